"""Plays an invented region on a street that runs, and holds what the street answered beside what was expected.

The demonstration and the journeys stand on it; tests/region says what the files mean.
"""
import json
import pathlib
import subprocess

import local

ROOT = local.ROOT
MAKE = ROOT / "tests" / "region" / "make"
AGREE = ROOT / "tests" / "region" / "agree"
BOOK = ROOT / "deploy" / "regions" / "haaglanden" / "book"


class Region:
    """What tests/region/make wrote."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.order = [line.split(" ", 1) for line in (self.folder / "order").read_text().splitlines()]
        self.stories = json.loads((self.folder / "story.json").read_text())
        self.summary = json.loads((self.folder / "summary.json").read_text())
        self.conversations = self.conversations_of_feed()

    def conversations_of_feed(self):
        found = set()
        with open(self.folder / "expected.ndjson", encoding="utf-8") as lines:
            for line in lines:
                verdict = json.loads(line)
                if "provider" in verdict:
                    found.add((verdict["municipality"], verdict["provider"]))
        return sorted(found)

    @classmethod
    def invent(cls, folder, scale, seed=1, first="2019-01-01", last="2021-12-31", book=BOOK):
        subprocess.run([MAKE, "--scale", str(scale), "--seed", str(seed), "--from", first, "--to", last,
                        "--book", book, "--out", folder], check=True, cwd=ROOT)
        return cls(folder)


class Player:
    """Says what the region says, in its order. `tell` hears of each story, `progress` of each file that was sent, and
    `around_book` publishes a book's folder, or another in its place, by what it is handed."""

    def __init__(self, street, office, region, tell=lambda name: None, progress=lambda sent: None,
                 around_book=lambda folder, publish: publish(folder)):
        self.street, self.office, self.region = street, office, region
        self.tell, self.progress, self.around_book = tell, progress, around_book
        self.sent = 0
        self.refused = []   # the number of the line in the whole feed, and the code

    def play(self):
        actions = {"day": self.begin, "book": self.publish, "operator": self.operator, "control": self.control,
                   "provider": self.send, "quiet": self.quiet, "story": self.tell}
        for what, *argument in self.region.order:
            actions[what](*argument)

    def begin(self, day):
        self.office.begin(day)
        self.office.open_gateway(sorted({provider for _, provider in self.region.conversations}))

    def publish(self, folder):
        self.around_book(ROOT / folder, self.office.publish)

    def operator(self, file):
        self.send(file, "inkoop")

    def control(self, file):
        self.send(file, "control")

    def send(self, file, owner=None):
        path = self.region.folder / file
        sent = self.office.send("--json", path, owner=owner, check=False)
        if sent.returncode not in (0, 1):
            raise local.Trouble(f"picq feed send {path}: {sent.stderr.strip()}")
        answer = json.loads(sent.stdout)
        self.refused += [(self.sent + refusal["line"], refusal["code"]) for refusal in answer["refusals"]]
        self.sent += answer["sent"]
        self.progress(self.sent)

    def quiet(self):
        self.street.settle(600)

    def letters_of(self, municipality, provider):
        """All letters of a conversation, as lines of the feed."""
        fetched = self.office.picq(self.office.gateway, "feed", "fetch", "--municipality", municipality,
                                   "--provider", provider)
        return [json.loads(line) for line in fetched.stdout.splitlines()]

    def agreement(self, folder, show=20):
        """verdicts_expected and verdicts_agreeing; those that disagree are named on the error output."""
        letters, receipts = folder / "letters.ndjson", folder / "receipts.ndjson"
        with open(letters, "w", encoding="utf-8") as file:
            for municipality, provider in self.region.conversations:
                for letter in self.letters_of(municipality, provider):
                    file.write(json.dumps(letter, ensure_ascii=False) + "\n")
        receipts.write_text("".join(json.dumps({"line": line, "code": code}) + "\n" for line, code in self.refused))
        agreed = subprocess.run([AGREE, self.region.folder / "expected.ndjson", letters, "--receipts", receipts,
                                 "--show", str(show)], stdout=subprocess.PIPE, text=True, check=False)
        return json.loads(agreed.stdout)
