"""One child of Delft, 2019 to 2021: paid by product, then by a PIC, then by product again. The child was in care on the
last day of 2019 and moves over softly in May 2020; contracts for 2021 are signed under the plan of 2019, the plan is
withdrawn in July 2020, and the child goes back to products in January 2021. What each month comes to is written out here
as a controller would check it. The child, the contracts of 2021 and all prices of a PIC are synthetic."""
import datetime
import json
import shutil

from journey import BOOK, local, main, story

MUNICIPALITY, PROVIDER, BSN = "0503", "90000001", "999900006"
OLD = "4711"  # the number in the old administration
SECRET = "0123456789abcdef-delft"

# An hour of 45A48 is € 72,00, a minute € 1,20; three hours a week are allocated.
HOUR, MINUTE = 7200, 120
# P2/INTENSIEF is € 7.560,00: 70 % at the start, the rest at the end; 274 days are expected.
PIC_PRICE = 756000
START_PART = 529200  # 756000 × 0.70
# The care under the PIC ran from 11 May 2020 to 17 January 2021:
# 21 + 30 + 31 + 31 + 30 + 31 + 30 + 31 + 17 = 252 of 274 days, of 756000 − 529200 = 226800.
END_PART = 208590  # 226800 × 252 / 274 = 208589.78, rounded half up

# What is owed of each product period after all: (funding, first day) and cents.
OWED = {
    ("PXQ", "2019-11-01"): 86400,   # 12 hours × 7200
    ("PXQ", "2019-12-01"): 72000,   # 10 hours
    ("PXQ", "2020-01-01"): 93600,   # 13 hours
    ("PXQ", "2020-02-01"): 86400,   # 11 hours, 79200, credited in March 2021; then 12 hours
    ("PXQ", "2020-03-01"): 90000,   # 750 minutes × 7200 / 60
    ("PXQ", "2020-04-01"): 86400,   # 12 hours
    ("PXQ", "2020-05-01"): 36000,   # 5 hours to 10 May
    ("PIC", "2020-05-11"): START_PART,
    ("PIC", "2021-01-01"): END_PART,
    ("PXQ again", "2021-01-18"): 36000,   # 5 hours from 18 January
    ("PXQ again", "2021-02-01"): 86400,   # 12 hours
    ("PXQ again", "2021-03-01"): 100800,  # 14 hours
}
# By year of service: 86400 + 72000 · 93600 + 86400 + 90000 + 86400 + 36000 + 529200 · 208590 + 36000 + 86400 + 100800
COST = {"2019": 158400, "2020": 921600, "2021": 431790}
# In all, and hours in minutes: 76.5 hours × 7200 · 529200 + 208590 · 31 hours × 7200
RUNNING = {"PXQ": (550800, 4590), "PIC": (737790, 737790), "PXQ again": (223200, 1860)}


class Child:
    """What is said of the child, and by which numbers it is known."""

    def __init__(self, journey):
        self.folder = journey.folder
        readers = self.folder / "readers"
        readers.write_text(f"delft {SECRET} {MUNICIPALITY}\n", encoding="utf-8")
        self.street = journey.street(environment={"PICQ_READERS": str(readers)})
        self.cluster = self.street.cluster
        self.office = local.Office(self.street)
        self.numbers = {"PXQ": OLD}
        self.said = 0
        self.street.start()

    def say(self, kind, body, owner=None):
        self.said += 1
        path = self.folder / f"said-{self.said}.ndjson"
        path.write_text(json.dumps({"id": f"child-{self.said}", "municipality": MUNICIPALITY, "provider": PROVIDER,
                                    kind: body}) + "\n", encoding="utf-8")
        self.office.send(path, owner=owner)

    def begin(self, day):
        self.office.picq(self.office.operators["inkoop"], "day", day, "--after-gap")

    def declare(self, number, month, *lines):
        self.say("declaration", {"number": number, "month_day": month,
                                 "clients": [{"bsn": BSN, "lines": list(lines)}]})

    def hours(self, reference, phase, first, last, volume, unit="HOUR", credits=""):
        cents = volume * {"HOUR": HOUR, "MINUTE": MINUTE}[unit]
        line = {"reference": reference, "allocation": self.numbers[phase], "category": "45", "code": "45A48",
                "period": {"first_day": first, "last_day": last}, "volume": volume, "unit": unit,
                "amount": {"cents": cents}}
        return {**line, "credits": credits} if credits else line

    def part(self, reference, first, last, cents):
        return {"reference": reference, "allocation": self.numbers["PIC"], "category": "50", "code": "PS2IN",
                "period": {"first_day": first, "last_day": last}, "volume": cents, "unit": "EURO",
                "amount": {"cents": cents}}

    def convert(self, phase, day, **how):
        """The number that takes over."""
        self.say("conversion", {"allocation": self.numbers[phase], "day": day, **how}, owner="inkoop")
        self.street.settle()
        return self.cluster.ask("allocation", f"SELECT number FROM allocation WHERE first_day = '{day}'")[0][0]

    def work(self, *arguments):
        """What `picq work` tells of the child on the last day of 2020."""
        self.street.settle()
        return self.street.picq("work", "--municipality", MUNICIPALITY, "--on", "2020-12-31", *arguments, environment={
            "PICQ_TOKEN": SECRET, "PICQ_BILLING_HTTP": f"127.0.0.1:{self.street.port('billing', 0, 'http')}"}).stdout

    def verdict(self, reference):
        """APPROVED, or why not."""
        self.street.settle()
        return self.cluster.ask("billing", "SELECT coalesce(reason, 'APPROVED') FROM line"
                                           f" WHERE reference = '{reference}'")[0][0]


def books_of(folder):
    """Book 004 of Haaglanden in two: the contracts of 2021 were signed under the plan, which was then withdrawn."""
    written = BOOK / "004-two-development-years"
    signed, withdrawn = folder / "004-contracts-2021", folder / "005-plan-withdrawn"
    for book, number, decided, name, files in (
            (signed, 4, "2020-02-24", "Contracten vanaf 2021 volgens het plan", ("contracts", "providers", "region")),
            (withdrawn, 5, "2020-06-15", "Voortzetting productiebekostiging", ("funding", "budgets", "region"))):
        book.mkdir()
        for file in files:
            shutil.copy(written / f"{file}.yaml", book)
        book.joinpath("decision.yaml").write_text(
            f"synthetic: true\ndecision: {{number: {number}, slug: {book.name[4:]}, name: {name}, decided: {decided},"
            " source: verzonnen voor deze proef}\n", encoding="utf-8")
    return signed, withdrawn


def played(journey):
    child = Child(journey)
    office = child.office
    signed, withdrawn = books_of(journey.folder)

    office.begin("2019-12-19")
    office.open_gateway([PROVIDER])
    office.publish(BOOK / "001-pxq-contracts-to-2019")
    office.publish(BOOK / "002-phased-introduction")
    office.publish(BOOK / "003-bridging-contracts-2020")
    child.say("care_taken_over", {
        "client": {"bsn": BSN, "name": "Testpersoon", "birth_day": "2009-03-14"}, "allocation": OLD,
        "segment": "SPECIALIST", "period": {"first_day": "2019-01-01", "last_day": "2021-06-30"}, "referrer": "GP",
        "product": {"category": "45", "code": "45A48", "volume": 3, "unit": "HOUR", "frequency": "PER_WEEK"}},
        owner="inkoop")

    child.begin("2020-03-02")
    office.publish(signed)
    child.declare("D1", "2019-12-01", child.hours("nov", "PXQ", "2019-11-01", "2019-11-30", 12),
                  child.hours("dec", "PXQ", "2019-12-01", "2019-12-31", 10))
    child.declare("D2", "2020-03-01", child.hours("jan", "PXQ", "2020-01-01", "2020-01-31", 13),
                  child.hours("feb", "PXQ", "2020-02-01", "2020-02-29", 11),
                  child.hours("mar", "PXQ", "2020-03-01", "2020-03-31", 750, "MINUTE"))

    child.begin("2020-04-27")
    child.numbers["PIC"] = child.convert("PXQ", "2020-05-11", pic={"profile": "P2", "intensity": "INTENSIEF"},
                                         results=["Weer naar school"])
    child.say("start", {"bsn": BSN, "allocation": child.numbers["PIC"], "day": "2020-05-11"})
    child.declare("D3", "2020-05-01", child.hours("apr", "PXQ", "2020-04-01", "2020-04-30", 12),
                  child.hours("may", "PXQ", "2020-05-01", "2020-05-10", 5),
                  child.part("start", "2020-05-11", "2020-05-31", START_PART))
    child.declare("D4", "2020-06-01", child.hours("under-pic", "PXQ", "2020-06-01", "2020-06-30", 12),
                  child.part("start-again", "2020-06-01", "2020-06-30", START_PART))

    child.begin("2020-07-07")
    office.publish(withdrawn)

    child.begin("2021-01-11")
    child.numbers["PXQ again"] = child.convert("PIC", "2021-01-18", products=[
        {"category": "45", "code": "45A48", "volume": 3, "unit": "HOUR", "frequency": "PER_WEEK"}])
    child.declare("D5", "2021-01-01", child.part("whole-end", "2021-01-01", "2021-01-17", PIC_PRICE - START_PART))
    child.declare("D6", "2021-01-01", child.part("end", "2021-01-01", "2021-01-17", END_PART),
                  child.hours("back", "PXQ again", "2021-01-18", "2021-01-31", 5))
    child.declare("D7", "2021-03-01", child.hours("feb-21", "PXQ again", "2021-02-01", "2021-02-28", 12),
                  child.hours("mar-21", "PXQ again", "2021-03-01", "2021-03-31", 14),
                  child.hours("feb-credit", "PXQ", "2020-02-01", "2020-02-29", 11, credits="feb"),
                  child.hours("feb-anew", "PXQ", "2020-02-01", "2020-02-29", 12))
    child.street.settle()
    return child


@story
def every_month_comes_to_what_a_controller_works_out(journey):
    child = journey.common
    phases = {number: phase for phase, number in child.numbers.items()}
    owed = {(phases[number], first): int(cents) for number, first, cents in child.cluster.ask(
        "billing", "SELECT allocation, first_day, sum(amount_cents) FROM line WHERE reason IS NULL GROUP BY 1, 2")}
    assert owed == OWED, owed


@story
def what_does_not_belong_to_its_funding_is_refused(journey):
    verdicts = {reference: journey.common.verdict(reference) for reference in ("under-pic", "start-again", "whole-end")}
    assert verdicts == {
        "under-pic": "LINE_BEGINS_OUTSIDE",   # hours on a day that the PIC pays
        "start-again": "CARE_NOT_STOPPED",    # the start falls due once
        "whole-end": "PART_EXCEEDED",         # 252 of 274 days
    }, verdicts


@story
def every_day_has_one_number_and_one_funding(journey):
    child = journey.common
    rows = child.cluster.ask("allocation", """
        SELECT DISTINCT ON (number) number, funding, first_day, last_day, removed, change
          FROM allocation ORDER BY number, version DESC""")
    numbers = {number: (funding, first, last, change) for number, funding, first, last, removed, change in rows
               if removed == "f"}
    assert numbers == {
        child.numbers["PXQ"]: ("1", "2019-01-01", "2020-05-10", "10"),
        child.numbers["PIC"]: ("2", "2020-05-11", "2021-01-17", "10"),
        child.numbers["PXQ again"]: ("1", "2021-01-18", "2021-06-30", "0"),
    }, numbers
    day, end = datetime.date(2019, 1, 1), datetime.date(2021, 6, 30)
    while day <= end:
        covers = [number for number, (_, first, last, _) in numbers.items() if first <= day.isoformat() <= last]
        assert len(covers) == 1, f"{day} is covered by {covers}"
        day += datetime.timedelta(days=1)


@story
def running_totals_and_the_ledger_are_right(journey):
    child = journey.common
    phases = {number: phase for phase, number in child.numbers.items()}
    running = {phases[number]: (int(cents), int(counted)) for number, cents, counted in child.cluster.ask(
        "billing", "SELECT allocation, sum(amount_cents), sum(counted) FROM line WHERE reason IS NULL GROUP BY 1")}
    assert running == RUNNING, running

    cost = {year: int(cents) for year, cents in child.cluster.ask(
        "billing", "SELECT service_year, sum(amount_cents) FROM posting WHERE account = 'COST' GROUP BY 1")}
    assert cost == COST and sum(OWED.values()) == sum(COST.values()), cost
    assert child.cluster.number("billing", "SELECT sum(amount_cents) FROM posting") == 0


@story
def work_in_progress_of_a_year_depends_on_when_it_is_known(journey):
    child = journey.common
    amounts = ("delivered_cents", "paid_cents", "in_progress_cents", "ahead_cents", "obligation_cents")

    def told(known_on):
        total = json.loads(child.work("--known-on", known_on, "--json"))["total"]
        return tuple(total[amount] for amount in amounts)

    # Linear: 235 days of care in 2020, of the 416 days to 30 June 2021 that were granted.
    # 756000 × 235 / 416 = 427067.31; the start was 529200, so 102133 is paid ahead, and the end is obliged.
    assert told("2021-01-10") == (427067, START_PART, 0, 102133, PIC_PRICE - START_PART), told("2021-01-10")
    # Once it is known that the PIC ends on 17 January 2021 it is 235 of 252 days: 756000 × 235 / 252 = 705000.
    assert told("2021-01-11") == (705000, START_PART, 175800, 0, PIC_PRICE - START_PART), told("2021-01-11")
    shown = child.work("--provider", PROVIDER, "--known-on", "2021-01-10")
    assert "P2/INTENSIEF linear" in shown and "€ 4.270,67" in shown and "€ 1.021,33" in shown, shown


@story
def the_first_phase_is_still_credited_once_and_only_once(journey):
    child = journey.common
    assert child.verdict("feb-credit") == child.verdict("feb-anew") == "APPROVED"
    child.declare("D8", "2021-03-01", child.hours("credit-again", "PXQ", "2020-02-01", "2020-02-29", 11, credits="feb"))
    assert child.verdict("credit-again") == "CREDITED_BEFORE"


main(played)
