"""Two people close a year: its statements are frozen, what comes later is booked in the open year, and the sum of all
statements is what the ledger has, before and after late lines, new prices and a year that is opened again."""
import csv
import io
import json
import os
import re
import subprocess

from journey import BOOK, local, main, replay, story, until

SECRET, OF_DELFT = "0123456789abcdef-region", "0123456789abcdef-delft"
DELFT, THE_HAGUE = "0503", "0518"
PROVIDERS = ("90000001", "90000002", "90000013")
BSNS = ("999900006", "999900018", "999900031")
HOUR, DEARER = 7200, 300        # cents: of 2020 as bridged, and what the tariff table of July adds to an hour
MONTHS = {"10": "31", "11": "30", "12": "31"}


def person(bsn):
    return {"bsn": bsn, "name": f"Testpersoon {bsn[-3:]}", "birth_day": "2010-05-01"}


def taken_over(number, bsn, provider, municipality=DELFT):
    return {"id": f"over-{municipality}-{number}", "municipality": municipality, "provider": provider, "care_taken_over": {
        "client": person(bsn), "allocation": str(number), "segment": "SPECIALIST", "referrer": "GP",
        "period": {"first_day": "2019-01-01", "last_day": "2020-12-31"},
        "product": {"category": "45", "code": "45A48", "volume": 40, "unit": "HOUR", "frequency": "PER_MONTH"}}}


def declared(number, bsn, allocation, provider, month, hours, credits=None, municipality=DELFT):
    line = {"reference": f"R-{number}", "allocation": str(allocation), "category": "45", "code": "45A48",
            "period": {"first_day": f"2020-{month}-01", "last_day": f"2020-{month}-{MONTHS[month]}"}, "volume": hours,
            "unit": "HOUR", "tariff": {"cents": HOUR}, "amount": {"cents": HOUR * hours}}
    if credits:
        line["credits"] = credits
    return {"id": f"d-{municipality}-{provider}-{number}", "municipality": municipality, "provider": provider,
            "declaration": {"number": f"D-{number}", "month_day": f"2020-{month}-01",
                            "clients": [{"bsn": bsn, "lines": [line]}]}}


class Region:
    """On 2021-01-20, with two billings that cut their work at every conversation."""

    def __init__(self, journey):
        readers = journey.folder / "readers"
        readers.write_text(f"region {SECRET} *\ndelft {OF_DELFT} {DELFT}\n", encoding="utf-8")
        self.folder = journey.folder
        self.street = journey.street(environment={"PICQ_READERS": str(readers), "PICQ_PIECE": "1"})
        self.cluster = self.street.cluster
        self.office = local.Office(self.street)
        self.street.start({"billing": 2})
        self.office.begin("2020-10-01")
        self.office.open_gateway(PROVIDERS)
        for book in ("001-pxq-contracts-to-2019", "002-phased-introduction", "003-bridging-contracts-2020",
                     "004-two-development-years"):
            self.office.publish(BOOK / book)
        self.send("inkoop", *[taken_over(71 + i, BSNS[i], provider) for i, provider in enumerate(PROVIDERS)],
                  taken_over(71, BSNS[0], PROVIDERS[0], THE_HAGUE), taken_over(79, BSNS[0], PROVIDERS[0]))
        self.begin("2021-01-20")
        for i, provider in enumerate(PROVIDERS):
            self.send(None, *[declared(f"{month}-{i}", BSNS[i], 71 + i, provider, month, 10) for month in MONTHS])
        self.send(None, declared("10-h", BSNS[0], 71, PROVIDERS[0], "10", 5, municipality=THE_HAGUE),
                  declared("12-x", BSNS[0], 71, PROVIDERS[0], "12", 99, municipality=THE_HAGUE))

    def begin(self, day):
        self.office.picq(self.office.operators["inkoop"], "day", day, "--after-gap")
        self.street.settle()

    def send(self, owner, *messages):
        path = self.folder / "messages.ndjson"
        path.write_text("".join(json.dumps(message) + "\n" for message in messages), encoding="utf-8")
        self.office.send(path, owner=owner)
        self.street.settle()

    def picq(self, *words, who="inkoop", token=SECRET, expected=0):
        street = self.street
        http = {house: f"http://127.0.0.1:{street.port(house, 0, 'http')}" for house in local.HOUSES}
        alive = sorted(number for house, number in street.replicas if house == "billing")
        http["billing"] = f"http://127.0.0.1:{street.port('billing', alive[0], 'http')}"
        ran = subprocess.run([str(street.programs / "picq"), *map(str, words)], text=True, capture_output=True, check=False,
                             env={**os.environ, "PICQ_DOOR": street.endpoint("intake", 0, "door"),
                                  "PICQ_KEY": str(self.office.operators[who]), "PICQ_DOOR_KEY": str(street.keys / "intake"),
                                  "PICQ_BILLING_HTTP": http["billing"], "PICQ_ALLOCATION_HTTP": http["allocation"],
                                  "PICQ_HOUSES": ",".join(f"{house}={place}" for house, place in http.items()),
                                  "PICQ_TOKEN": token})
        assert ran.returncode == expected, (words, ran.returncode, ran.stdout, ran.stderr)
        return ran.stdout

    def statements(self, year, municipality):
        said = self.picq("statement", "--municipality", municipality, "--year", year, "--json",
                         expected=0 if self.has(year, municipality) else 1)
        return json.loads(said)

    def has(self, year, municipality):
        return self.number(f"SELECT count(*) FROM line WHERE booked_year = {year} AND conversation / 100000000 = "
                           f"{int(municipality)}") > 0 or year == 2020

    def number(self, question):
        return self.cluster.number("billing", question)

    def cost(self, year):
        return self.number("SELECT coalesce(sum(amount_cents), 0) FROM posting WHERE account = 'COST'"
                           f" AND booked_year = {year}")

    def check_sums(self):
        """To the cent: statements and journal are the ledger, of each year that anything is booked in."""
        for year in (2020, 2021):
            found = [one for municipality in (DELFT, THE_HAGUE) for one in self.statements(year, municipality)]
            assert sum(one["total"]["cost_cents"] for one in found) == self.cost(year), (year, found)
            assert all(one["digest_agrees"] for one in found)
            rows = csv.DictReader(io.StringIO(self.picq("journal", "--year", year, "--csv")), delimiter=";")
            sums = {"debet": 0, "credit": 0, "COST": 0}
            for row in rows:
                debet, credit = (int(row[side].replace(",", "")) for side in ("debet", "credit"))
                sums["debet"] += debet
                sums["credit"] += credit
                sums["COST"] += (debet - credit) * (row["rekening"] == "COST")
            assert sums["debet"] == sums["credit"] and sums["COST"] == self.cost(year), (year, sums)


@story
def a_year_is_closed_by_two_people_while_a_replica_dies_and_stays_closed(journey):
    region = Region(journey)
    region.check_sums()
    provisional = region.statements(2020, DELFT)
    assert [one["provider"] for one in sorted(provisional, key=lambda one: one["provider"])] == list(PROVIDERS)
    assert not any(one["closed"] for one in provisional)

    # Allocations of 2020 on which nobody declared, and care that no contract covers, stand in the way.
    region.begin("2021-03-31")
    obstacles = json.loads(region.picq("close", 2020, "--check", "--json", expected=1))
    assert {"kind": "UNDECLARED", "where": f"{DELFT}/{PROVIDERS[0]}",
            "sentence": "1 allocation of the year without any approved line"} in obstacles, obstacles

    # One person is not enough, and one cannot be two.
    region.picq("close", 2020, who="inkoop")
    assert "NEEDS_ANOTHER" in region.picq("close", 2020, "--approve", who="inkoop", expected=1)
    assert region.number("SELECT count(*) FROM year_decided") == 0
    assert "YEAR_NOT_ENDED" in region.picq("close", 2021, expected=1)

    # A billing is killed in the middle of the close; the other one goes on.
    region.picq("close", 2020, "--approve", who="control")
    until(lambda: region.number("SELECT count(*) FROM year_decided") > 0)
    killed = region.street.replicas.pop(("billing", 0))
    killed.process.kill()
    killed.process.wait()
    assert "2020 is closed in 64 partitions" in region.picq("close", 2020, "--watch")
    region.street.settle()
    assert region.number("SELECT count(*) FROM year_decided") == 64
    region.check_sums()
    frozen = region.statements(2020, DELFT)
    assert all(one["closed"] and (one["proposed_by"], one["approved_by"]) == ("inkoop", "control") for one in frozen)
    assert [one["rows"] for one in frozen] == [one["rows"] for one in provisional]
    assert region.picq("statement", "--municipality", THE_HAGUE, "--year", 2020, token=OF_DELFT, expected=1) == ""

    # A late line, a credit and new prices of 2020 land in 2021 with the year that they belong to.
    region.begin("2021-04-15")
    region.send(None, declared("10-late", BSNS[0], 79, PROVIDERS[0], "10", 2),
                declared("12-c", BSNS[1], 72, PROVIDERS[1], "12", 10, credits="R-12-1"))
    region.office.publish(BOOK / "005-tariff-table-2020")
    region.street.settle()
    assert region.statements(2020, DELFT) == frozen
    late = [row for one in region.statements(2021, DELFT) for row in one["rows"]]
    assert late and all(row["service_year"] == 2020 and row["late"] for row in late), late
    hours = 10 * 3 * len(PROVIDERS) + 5 + 2 - 10
    assert region.cost(2021) == 2 * HOUR - 10 * HOUR + hours * DEARER, region.cost(2021)
    region.check_sums()

    # A provider's own account: one line that it forgot, and one that it did not get.
    account = region.folder / "opgave.csv"
    account.write_text("referentie;bedrag\nR-10-0;720,00\nR-11-0;721,00\nR-99;10,00\nR-10-late;144,00\n", encoding="utf-8")
    told = json.loads(region.picq("reconcile", account, "--municipality", DELFT, "--provider", PROVIDERS[0], "--year", 2020,
                                  "--json", token=OF_DELFT, expected=1))
    kinds = {each["reference"]: each["kind"] for each in told["differences"]}
    assert kinds == {"R-11-0": "AMOUNT", "R-99": "UNKNOWN", "R-10-late": "LATE", "R-12-0": "UNSTATED"}, told
    assert told["agreeing"] == 1

    page = region.folder / "statement.html"
    region.picq("statement", "--municipality", DELFT, "--provider", PROVIDERS[0], "--year", 2020, "--html", page)
    text = page.read_text(encoding="utf-8")
    assert "Definitief" in text and re.search(r"Kenmerk van deze verantwoording: [0-9a-f]{64}", text), text
    region.picq("statement", "--municipality", DELFT, "--provider", PROVIDERS[0], "--year", 2021, "--html", page)
    assert "Voorlopig" in page.read_text(encoding="utf-8")

    # Opened again for a reason, by two people; closed anew, it takes in what came in between.
    region.picq("close", 2020, "--reopen", "--reason", "De rechter oordeelde anders.", who="control")
    region.picq("close", 2020, "--reopen", "--approve", who="inkoop")
    region.street.settle()
    assert "Voorlopig" not in text and not any(one["closed"] for one in region.statements(2020, DELFT))
    before = region.cost(2020)
    again = declared("11-again", BSNS[0], 79, PROVIDERS[0], "11", 3)
    line = again["declaration"]["clients"][0]["lines"][0]
    line["tariff"], line["amount"] = {"cents": HOUR + DEARER}, {"cents": 3 * (HOUR + DEARER)}
    region.send(None, again)
    region.picq("close", 2020, who="inkoop")
    region.picq("close", 2020, "--approve", "--watch", who="control")
    region.street.settle()
    assert region.cost(2020) == before + 3 * (HOUR + DEARER), region.cost(2020)
    region.check_sums()

    # Intake's log alone makes all of it again, in batches of any size by any number of replicas.
    ours = replay.digests(region.street)
    again = replay.play_again(region.street, "closed_again", {"PICQ_BATCH": "7"}, {house: 3 for house in replay.DOWNSTREAM})
    assert not replay.differences(ours, again), replay.differences(ours, again)


@story
def a_payment_is_booked_when_another_person_approves_it(journey):
    region = Region(journey)
    paid = {"declaration": "D-10-0", "amount": {"cents": 10 * HOUR}, "day": "2021-01-20"}
    conversation = {"municipality": DELFT, "provider": PROVIDERS[0]}
    region.send("inkoop", {"id": "p-1", **conversation, "payment_made": paid})
    assert region.number("SELECT count(*) FROM payment") == 0
    region.send("control", {"id": "a-1", **conversation, "payment_approved": {"payment": "inkoop:p-1", **paid}})
    assert region.number("SELECT count(*) FROM payment WHERE reason = 'PAYMENT_BOOKED'") == 1


main()
