"""Feed: the messages in the order in which they are sent, beside the verdict expected of each.

The feed is cut where another speaks, into files that are played one after another; `order` says
what comes when, a line each:

    day DAY          the calendar begins
    book FOLDER      one operator proposes it, another approves it
    operator FILE    what operators say; wait for all receipts before going on
    control FILE     what another operator approves, likewise
    provider FILE    what providers say, likewise
    quiet            wait until every house has heard all that was said
    story NAME       something to tell about, whose particulars stand in story.json
"""
import json
import shutil
from pathlib import Path

import days

OPERATORS_SAY = {"new_day", "care_taken_over", "care_granted", "request_granted", "request_refused", "conversion",
                 "payment_made"}


class Feed:
    def __init__(self, out, referee):
        self.out = Path(out)
        shutil.rmtree(self.out, ignore_errors=True)
        (self.out / "feed").mkdir(parents=True)
        self.referee = referee
        self.order = open(self.out / "order", "w", encoding="utf-8")
        self.verdicts = open(self.out / "expected.ndjson", "w", encoding="utf-8")
        self.part = self.speaker = None
        self.number = self.parts = self.lines = 0
        self.counts = {}
        self.stories = {}

    def open(self, day):
        self.order.write(f"day {days.write(day)}\n")
        self.referee.standing.today = day

    def publish(self, folder):
        self.quiet()
        self.order.write(f"book {folder}\n")
        self.referee.publish(folder)

    def quiet(self):
        self.end_part()
        self.order.write("quiet\n")

    def story(self, name, particulars):
        self.quiet()
        self.order.write(f"story {name}\n")
        self.stories[name] = {"day": days.write(self.referee.today), **particulars}

    def end_part(self):
        if self.part:
            self.part.close()
        self.part = None

    def begin_part(self, speaker):
        self.end_part()
        self.parts += 1
        name = f"feed/{self.parts:05}.ndjson"
        self.order.write(f"{speaker} {name}\n")
        self.part = open(self.out / name, "w", encoding="utf-8")
        self.speaker = speaker

    def new_id(self):
        self.number += 1
        return f"m{self.number}"

    @staticmethod
    def speaker_of(message):
        if isinstance(message, str):
            return "provider"
        if "payment_approved" in message:
            return "control"
        return "operator" if OPERATORS_SAY & set(message) else "provider"

    def send(self, fact, body, conversation=None):
        """Sends one message and gives back the verdict on it."""
        message = {"id": self.new_id()}
        if conversation:
            message["municipality"], message["provider"] = conversation
        message[fact] = body
        return self.send_line(message)

    def send_line(self, message):
        """A message, or text that is none."""
        text = message if isinstance(message, str) else json.dumps(message, separators=(",", ":"), ensure_ascii=False)
        speaker = self.speaker_of(message)
        if not self.part or speaker != self.speaker:
            self.begin_part(speaker)
        self.part.write(text + "\n")
        self.lines += 1
        verdict = {"line": self.lines, **self.referee.judge(message)}
        self.verdicts.write(json.dumps(verdict, separators=(",", ":"), ensure_ascii=False) + "\n")
        self.count(verdict)
        return verdict

    def count(self, verdict):
        """How often each outcome is expected."""
        for each in [verdict] + verdict.get("lines", []):
            if "approved" in each:
                name = "line approved" if each["approved"] else f"line {each['code']} {each['reason']}"
            else:
                name = " ".join(filter(None, [verdict.get("fact", "door"), verdict["verdict"], verdict.get("code"),
                                              verdict["reason"]]))
            self.counts[name] = self.counts.get(name, 0) + 1

    def close(self):
        self.quiet()
        (self.out / "story.json").write_text(json.dumps(self.stories, indent=1, ensure_ascii=False) + "\n",
                                             encoding="utf-8")
        self.order.close()
        self.verdicts.close()
