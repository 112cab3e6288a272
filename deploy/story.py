"""The demonstration: a street of its own, three years of a synthetic Haaglanden, and what happened in them.

    deploy/demo [--scale S] [--seed N] [--once] [--json]

Everything that it shows came out of the street: the letters in the mailboxes, and monitoring's tables.
"""
import argparse
import json
import os
import pathlib
import re
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import local
import play

ROOT = local.ROOT
RUN = ROOT / "run" / "demo"
THE_HAGUE = "0518"
BEGIN, END = "2019-01-01", "2021-12-31"
YEARS = (2018, 2019, 2020, 2021)
TARIFF_TABLE = "005-tariff-table-2020"
EARLIER = "2020-06-08"  # when the court of appeal heard the case


def euros(cents):
    """As people here write it: € 1.234.567."""
    return f"€ {round(cents / 100):,}".replace(",", ".")


def thousands(number):
    return f"{number:,}".replace(",", ".")


class Teller:
    """Tells people the story; with --json it goes to the side, so that the object stands alone."""

    def __init__(self, to):
        self.to = to
        self.bar = to.isatty()
        self.told_at = 0.0

    def clear(self):
        if self.bar:
            self.to.write("\r\033[K")

    def say(self, text=""):
        self.clear()
        print(text, file=self.to, flush=True)

    def title(self, day, text):
        self.say()
        self.say(f"{day}  {text}")

    def progress(self, done, of, day):
        now = time.monotonic()
        if now - self.told_at < (0.2 if self.bar else 15):
            return
        self.told_at = now
        filled = 30 * done // of
        if self.bar:
            self.to.write(f"\r\033[K  [{'=' * filled}{' ' * (30 - filled)}] {day}  {thousands(done)} of {thousands(of)} messages")
            self.to.flush()
        else:
            self.say(f"  {day}: {thousands(done)} of {thousands(of)} messages")


class Demo:
    def __init__(self, asked, teller):
        self.asked, self.teller = asked, teller
        self.cluster = local.Cluster(RUN / "cluster")
        self.secret, self.public_secret = secrets.token_hex(16), secrets.token_hex(16)
        self.street = self.office = self.region = self.player = self.foretold = None
        self.made_cents = 0
        self.day = BEGIN

    # starting and stopping

    def start(self):
        RUN.mkdir(parents=True, exist_ok=True)
        RUN.chmod(0o755)
        readers = RUN / "readers"
        readers.write_text(f"demo {self.secret} *\npublic {self.public_secret} public\n", encoding="utf-8")
        readers.chmod(0o600)
        self.cluster.start()
        self.street = local.Street(RUN / "street", self.cluster, ROOT / "build" / "bin",
                                   environment={"PICQ_READERS": str(readers)})
        self.office = local.Office(self.street.prepare())
        self.street.start()

    def stop(self):
        if self.street:
            self.street.stop()
        self.cluster.stop()

    def play(self):
        self.player = play.Player(self.street, self.office, self.region, self.story, self.progress, self.around_book)
        self.player.play()

    def cost(self):
        """Of all years, as monitoring adds it up."""
        return sum(row["cents"] for year in YEARS for row in self.year_of_region("spending", year)
                   if row["funding"] is None)

    def at_scale(self, folder):
        """The book with budgets for a region of this size; the folder itself where it has none."""
        budgets = folder / "budgets.yaml"
        if self.asked.scale == 1 or not budgets.exists():
            return folder
        scaled = RUN / "book" / folder.name
        shutil.copytree(folder, scaled, dirs_exist_ok=True)
        (scaled / "budgets.yaml").write_text(
            re.sub(r'^( +"\d{4}": )(\d+)', lambda entry: f"{entry[1]}{round(int(entry[2]) * self.asked.scale)}",
                   budgets.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
        return scaled

    def around_book(self, folder, publish):
        """Asks beforehand what the tariff table would change, and sees what it did change."""
        if folder.name != TARIFF_TABLE:
            publish(self.at_scale(folder))
            return
        before = self.cost()
        asked = subprocess.run([ROOT / "build" / "bin" / "picq", "whatif", "--json", folder], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={
                                   **os.environ, "PICQ_BILLING_HTTP": f"http://{self.http('billing')}",
                                   "PICQ_ALLOCATION_HTTP": f"http://{self.http('allocation')}",
                                   "PICQ_TOKEN": self.secret})
        if asked.returncode != 0:
            raise local.Trouble(f"picq whatif {folder}: {asked.stderr.strip()}")
        publish(folder)
        self.street.settle(600)
        self.foretold = json.loads(asked.stdout)["all"]
        self.made_cents = self.cost() - before

    def progress(self, sent):
        self.teller.progress(sent, self.region.summary["messages"], self.day)

    # asking

    def http(self, house):
        return f"127.0.0.1:{self.street.port(house, 0, 'http')}"

    def ask(self, house, question):
        request = urllib.request.Request(f"http://{self.http(house)}{question}",
                                         headers={"Authorization": f"Bearer {self.secret}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def table(self, name, year):
        return self.ask("monitoring", f"/v1/tables/{name}?year={year}")["rows"]

    def year_of_region(self, name, year):
        """The rows of the whole year and the whole region."""
        return [row for row in self.table(name, year) if row["municipality"] is None and row["month"] is None]

    def letter_about(self, case, about):
        for letter in self.player.letters_of(case["municipality"], case["provider"]):
            if letter.get("about") == about:
                return letter
        return {}

    # telling

    def story(self, name):
        particulars = self.region.stories[name]
        self.day = particulars["day"]
        kind = name.split(":")[0]
        {"published": self.tell_book, "year": self.tell_year, "moved": self.tell_moved,
         "one_week": self.tell_one_week}[kind](particulars)

    def tell_book(self, particulars):
        words = {
            "002-phased-introduction":
                ("A council letter: from 2020 new clients get a PIC, with results to reach.",
                 "The nine municipalities around The Hague will pay it as a fixed amount, The Hague by product for a "
                 "year more; in 2021 all switch."),
            "003-bridging-contracts-2020":
                ("A court found the tariffs too low, so bridging contracts keep care going in 2020.",
                 "Everybody in care has a contract that covers the care on every day."),
            "004-two-development-years":
                ("A second letter withdraws the switch of 2021: price × quantity goes on, for two development years.",
                 "Nothing that was granted changes by itself, and what was owed before is owed still."),
            TARIFF_TABLE:
                ("The court of appeal ruled the tariffs too low. Talks set those of 2020 after care was given and paid.",
                 "What they came to is invented: every price rises back to the first of January."),
            "006-residence-rule-2022":
                ("From 2022 the young person's own registered address tells who pays.", ""),
        }.get(particulars["book"])
        if words:
            self.teller.title(particulars["day"], words[0])
            if words[1]:
                self.teller.say(f"            {words[1]}")
        if particulars["book"] == TARIFF_TABLE:
            self.tell_court()

    def tell_court(self):
        """What was owed for one month, before prices rose afterwards and after."""
        say = self.teller.say
        say(f"            picq whatif foretold {euros(self.foretold['difference_cents'])} more, on"
            f" {thousands(self.foretold['lines'])} lines already approved; publishing made it {euros(self.made_cents)}"
            f"{', the same to the cent' if self.foretold['difference_cents'] == self.made_cents else ''}.")
        say(f"            What care of March 2020 costs, as known on {EARLIER} and today:")
        say(f"            {'':22}{EARLIER:>12}{'lines since':>14}{'new prices':>14}{'today':>14}{'of it asked':>14}")
        for municipality in self.ask("monitoring", "/v1/region")["municipalities"]:
            question = f"/owed?municipality={municipality['code']}&month=2020-03&known-on={self.day}"
            differs = self.ask("billing", f"{question}&known-from={EARLIER}")
            asked = self.ask("billing", question)["total"]["expected_cents"]
            by_book = sum(cause["difference_cents"] for cause in differs["causes"] if "book" in cause)
            total = differs["total"]
            columns = (total["before_cents"], total["difference_cents"] - by_book, by_book, total["after_cents"], asked)
            say(f"            {municipality['name']:22}{euros(columns[0]):>12}"
                + "".join(f"{euros(cents):>14}" for cents in columns[1:]))

    def tell_year(self, particulars):
        year = particulars["year"]
        whole = self.year_of_region("spending", year)
        paid = {}
        for row in whole:
            if row["funding"]:
                paid[row["funding"]] = paid.get(row["funding"], 0) + row["cents"]
        total = sum(paid.values())
        self.teller.title(particulars["day"], f"What {year} adds up to, as known on this day:")
        for funding in sorted(paid, reverse=True):
            words = {"PXQ": "price × quantity", "PIC": "profile-intensity combinations"}[funding]
            self.teller.say(f"            {euros(paid[funding]):>16}  {words}")
        self.teller.say(f"            {euros(total):>16}  in all, for {self.clients(whole)} clients")

    def clients(self, whole):
        return thousands(next(row["clients"] for row in whole if row["funding"] is None))

    def tell_allocations(self, letter, fact):
        for allocation in letter.get(fact, {}).get("allocations" if fact == "granted" else "begun", []):
            product, period = allocation["product"], allocation["period"]
            how = (f"{euros(product['volume'])} in all" if product["unit"] == "EURO" else
                   f"{product['volume']} {product['unit'].lower()} {product['frequency'].lower().replace('_', ' ')}")
            self.teller.say(f"              {allocation['number']}  {product['code']}  {how}, paid by {allocation['funding']},"
                            f" {period['first_day']} to {period['last_day']}")

    def tell_one_week(self, particulars):
        self.teller.title(particulars["day"], f"Two new clients begin in the same week, {particulars['week']}.")
        for place, name in (("delft", "Delft"), ("the_hague", "The Hague")):
            case = particulars[place]
            letter = self.letter_about(case, case["asked"])
            self.teller.say(f"            A client of {name} gets PIC {'/'.join(case['pic'])}, with {len(case['results'])}"
                            f" results to reach; trajectory {letter.get('granted', {}).get('trajectory', '?')}:")
            self.tell_allocations(letter, "granted")

    def tell_moved(self, particulars):
        letter = self.letter_about(particulars, particulars["asked"])
        self.teller.title(particulars["day"], f"An existing client moves from price × quantity to PIC"
                                              f" {'/'.join(particulars['pic'])}.")
        self.teller.say(f"            Number {particulars['ended']} ends on {particulars['ends_on']}; the day after begins")
        self.tell_allocations(letter, "converted")

    # the end

    def figures(self):
        agreement = self.player.agreement(RUN)
        approved = rejected = cents = granted = refused = 0
        ledger = 0
        for year in YEARS:
            ledger += sum(row["cents"] for row in self.table("ledger", year))
            for row in self.year_of_region("spending", year):
                if row["funding"] is None:
                    cents += row["cents"]
                    approved += row["lines"]
            for row in self.year_of_region("rejections", year):
                if row["code"] is None:
                    rejected += row["lines"]
            for row in self.year_of_region("decisions", year):
                if row["verdict"] is not None:
                    granted += row["allocations"]
                    refused += row["facts"] if row["verdict"] == "REFUSED" else 0
        aside = sum(self.cluster.number(house, "SELECT count(*) FROM set_aside WHERE state = 'ASIDE'")
                    for house in local.HOUSES)
        return {"messages_in": self.player.sent, "lines_approved": approved, "lines_rejected": rejected,
                "approved_cents": cents, "ledger_sum_cents": ledger, "set_aside": aside,
                "allocations_granted": granted, "allocations_refused": refused,
                "correction_foretold_cents": self.foretold["difference_cents"] if self.foretold else 0,
                "correction_made_cents": self.made_cents, **agreement}

    def tell_end(self, figures, seconds):
        say = self.teller.say
        say()
        say(f"{thousands(figures['messages_in'])} messages in {seconds:.0f} s; {thousands(figures['lines_approved'])} lines"
            f" approved for {euros(figures['approved_cents'])}, {thousands(figures['lines_rejected'])} rejected,"
            f" {figures['set_aside']} put aside; the ledger sums to {figures['ledger_sum_cents']} cents.")
        say(f"Of {thousands(figures['verdicts_expected'])} verdicts worked out beforehand by another program,"
            f" {thousands(figures['verdicts_agreeing'])} agree.")

    def write_environment(self):
        """What picq must know to speak to this street, for a shell."""
        environment = RUN / "environment"
        environment.touch(0o600)
        environment.write_text("".join(f"export {name}={shlex.quote(str(value))}\n" for name, value in {
            "PICQ_DOOR": self.street.endpoint("intake", 0, "door"),
            "PICQ_DOOR_KEY": self.street.keys / "intake",
            "PICQ_KEY": self.office.operators["inkoop"],
            "PICQ_ALLOCATION_HTTP": f"http://{self.http('allocation')}",
            "PICQ_INTAKE_HTTP": f"http://{self.http('intake')}",
            "PICQ_BILLING_HTTP": f"http://{self.http('billing')}",
            "PICQ_MONITORING": f"http://{self.http('monitoring')}",
            "PICQ_HOUSES": ",".join(f"{house}=http://{self.http(house)}" for house in local.HOUSES),
            "PICQ_TOKEN": self.secret,
        }.items()) + f"PATH={shlex.quote(str(ROOT / 'build' / 'bin'))}:$PATH\n", encoding="utf-8")

    def tell_how_to_look(self):
        self.write_environment()
        mover = next((story for name, story in self.region.stories.items() if name == "moved"), None)
        say = self.teller.say
        say()
        say(f"The street is left running. The page: http://{self.http('monitoring')}/")
        say(f"    access code of a controller of the region    {self.secret}")
        say(f"    access code of a wide audience               {self.public_secret}")
        say("To look further:")
        say(f"    . {(RUN / 'environment').relative_to(ROOT)}")
        say("    picq status")
        say(f"    picq report --municipality {THE_HAGUE} --year 2020")
        say(f"    picq report council --municipality {THE_HAGUE} --year 2020 --html letter.html     to its council")
        say(f"    picq owed --municipality {THE_HAGUE} --month 2020-03 --known-on {END} --since {EARLIER}")
        say(f"    picq owed --municipality {THE_HAGUE} --provider 90000001 --month 2020-03 --known-on {END}")
        say(f"    picq explain LINE --municipality {THE_HAGUE} --provider 90000001     one of those lines")
        say("    picq verify --year 2020")
        if mover:
            say(f"    picq feed fetch --municipality {mover['municipality']} --provider {mover['provider']}")
        for house in local.HOUSES:
            say(f"    http://{self.http(house)}/metrics   {house}, whose log is"
                f" {(self.street.folder / house).relative_to(ROOT)}-0.log")
        say("    deploy/demo --stop")


def stop_earlier():
    """Ends the processes that an earlier demonstration left running, by their number, and its cluster."""
    pids = RUN / "pids"
    if pids.exists():
        for line in pids.read_text().splitlines():
            house, pid = line.split()
            program = pathlib.Path(f"/proc/{pid}/comm")
            if program.exists() and program.read_text().strip() == house:
                os.kill(int(pid), signal.SIGTERM)
        pids.unlink()
    local.Cluster(RUN / "cluster").stop()


def run(asked, teller):
    began = time.monotonic()
    stop_earlier()
    shutil.rmtree(RUN, ignore_errors=True)
    demo = Demo(asked, teller)
    done = False
    try:
        teller.say(f"A synthetic Haaglanden, {BEGIN} to {END}, at {asked.scale} of its size, seed {asked.seed}."
                   " Nobody in it exists.")
        RUN.mkdir(parents=True, exist_ok=True)
        demo.region = play.Region.invent(RUN / "region", asked.scale, asked.seed, BEGIN, END)
        demo.start()
        demo.play()
        figures = demo.figures()
        demo.tell_end(figures, time.monotonic() - began)
        done = True
    finally:
        if asked.once or not done:
            demo.stop()
        else:
            (RUN / "pids").write_text("".join(f"{house} {process.pid}\n"
                                              for (house, _), process in demo.street.replicas.items()))
    if not asked.once:
        demo.tell_how_to_look()
    return figures


def main():
    parser = argparse.ArgumentParser(prog="deploy/demo", description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.05, help="1 is a whole Haaglanden (default 1/20)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--once", action="store_true", help="stop everything at the end")
    parser.add_argument("--stop", action="store_true", help="stop what an earlier demonstration left running")
    parser.add_argument("--json", action="store_true", help="print one JSON object at last")
    asked = parser.parse_args()
    if asked.stop:
        stop_earlier()
        return 0
    teller = Teller(sys.stderr if asked.json else sys.stdout)
    try:
        figures = run(asked, teller)
    except (local.Trouble, urllib.error.URLError) as trouble:
        teller.say(f"deploy/demo: {trouble}")
        return 3
    if asked.json:
        print(json.dumps(figures))
    as_expected = (figures["verdicts_expected"] == figures["verdicts_agreeing"]
                   and figures["correction_foretold_cents"] == figures["correction_made_cents"])
    return 0 if as_expected else 1


if __name__ == "__main__":
    sys.exit(main())
