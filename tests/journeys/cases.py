"""Care goes from one conversation to another, and clients die or turn out to be another: no day is without an allocation
and none has two, money follows the person, and intake's log tells all of it again."""
import json
import os
import subprocess

from journey import BOOK, local, main, replay, story

SECRET = "0123456789abcdef-cases"
DELFT, THE_HAGUE = "0503", "0518"
ONE, TWO, STRANGER, SMALL, LARGE = "90000001", "90000002", "90000099", "90000004", "90000005"
PROVIDERS = (ONE, TWO, SMALL, LARGE)
MOVER, CHANGER, DYING, MISTYPED, RIGHT, STAYER, NEWCOMER = (
    "999900006", "999900018", "999900031", "999900043", "999900055", "999900067", "999900079")
MERGING = ("999900080", "999900092", "999900109")
FIRST, LAST = "2020-01-01", "2020-06-30"
MERGE = ("cases", "merge", "--from", SMALL, "--into", LARGE, "--day", "2020-05-01", "--json")


def person(bsn):
    return {"bsn": bsn, "name": f"Testpersoon {bsn[-3:]}", "birth_day": "2010-05-01"}


def taken_over(number, bsn, municipality, provider):
    return {"id": f"over-{number}", "municipality": municipality, "provider": provider, "care_taken_over": {
        "client": person(bsn), "allocation": number, "segment": "SPECIALIST", "referrer": "GP",
        "period": {"first_day": "2019-01-01", "last_day": LAST},
        "product": {"category": "45", "code": "45A48", "volume": 40, "unit": "HOUR", "frequency": "PER_MONTH"}}}


def trajectory_granted(bsn):
    return {"id": "pic-1", "municipality": DELFT, "provider": ONE, "care_granted": {"request": {
        "reference": "pic-1", "client": person(bsn), "referrer": "GP", "segment": "SPECIALIST",
        "pic": {"profile": "P1", "intensity": "PERSPECTIEF"}, "results": ["naar school", "thuis rust"],
        "period": {"first_day": "2020-01-06", "last_day": "2020-12-31"}}}}


def declared(number, bsn, allocation, month, last, credits=None):
    line = {"reference": f"{number}-1", "allocation": allocation, "category": "45", "code": "45A48",
            "period": {"first_day": f"{month}-01", "last_day": f"{month}-{last}"}, "volume": 12, "unit": "HOUR",
            "tariff": {"cents": 7200}, "amount": {"cents": 86400}}
    if credits:
        line["credits"] = credits
    return {"id": number, "municipality": DELFT, "provider": ONE, "declaration": {
        "number": number, "month_day": f"{month}-01", "clients": [{"bsn": bsn, "lines": [line]}]}}


class Region:
    """A street with children in care, on 2020-02-03."""

    def __init__(self, journey):
        readers = journey.folder / "readers"
        readers.write_text(f"region {SECRET} *\n", encoding="utf-8")
        self.folder = journey.folder
        self.street = journey.street(environment={"PICQ_READERS": str(readers)})
        self.cluster = self.street.cluster
        self.office = local.Office(self.street)
        self.street.start()
        self.office.begin("2020-02-02")
        self.office.open_gateway(PROVIDERS)
        for book in ("001-pxq-contracts-to-2019", "002-phased-introduction", "003-bridging-contracts-2020"):
            self.office.publish(BOOK / book)
        self.send("inkoop", *[taken_over(*care) for care in (
            ("71", MOVER, DELFT, ONE), ("72", CHANGER, DELFT, ONE), ("73", DYING, DELFT, ONE),
            ("74", DYING, THE_HAGUE, TWO), ("75", MISTYPED, DELFT, ONE), ("76", RIGHT, THE_HAGUE, ONE),
            ("77", STAYER, DELFT, ONE), ("81", MERGING[0], DELFT, SMALL), ("82", MERGING[1], DELFT, SMALL),
            ("83", MERGING[2], THE_HAGUE, SMALL))], trajectory_granted(NEWCOMER))
        self.office.begin("2020-02-03")
        self.street.settle()

    def send(self, owner, *messages):
        path = self.folder / "messages.ndjson"
        path.write_text("".join(json.dumps(message) + "\n" for message in messages), encoding="utf-8")
        self.office.send(path, owner=owner)
        self.street.settle()

    def picq(self, *words, told="", check=True):
        """What an operator types, with what comes on standard input."""
        office, street = self.office, self.street
        ran = subprocess.run([str(street.programs / "picq"), *words], input=told, text=True, capture_output=True,
                             check=False, env={**os.environ, "PICQ_DOOR": street.endpoint("intake", 0, "door"),
                                               "PICQ_KEY": str(office.operators["inkoop"]),
                                               "PICQ_DOOR_KEY": str(street.keys / "intake"),
                                               "PICQ_INTAKE_HTTP": f"127.0.0.1:{street.port('intake', 0, 'http')}",
                                               "PICQ_TOKEN": SECRET})
        assert not check or ran.returncode == 0, (words, ran.returncode, ran.stdout, ran.stderr)
        return ran

    def conversation(self, provider=ONE, municipality=DELFT):
        return "--municipality", municipality, "--provider", provider

    def cases(self, *words):
        return json.loads(self.picq("cases", "list", "--json", *words).stdout)["cases"]

    def days(self, *numbers):
        """By municipality and provider: the days of 2020 to June on which these clients have an allocation, and on how
        many of them more than one."""
        names = ", ".join(f"'{number}'" for number in numbers)
        return self.cluster.ask("allocation", f"""
            WITH now AS (SELECT DISTINCT ON (municipality, number) * FROM allocation
                          ORDER BY municipality, number, version DESC),
                 client AS (SELECT DISTINCT client FROM now WHERE number IN ({names})),
                 day AS (SELECT day::date FROM generate_series('{FIRST}'::date, '{LAST}', interval '1 day') AS day),
                 covered AS (SELECT day, count(now.number) AS times, min(municipality || '/' || provider) AS place
                               FROM day LEFT JOIN now ON day BETWEEN first_day AND last_day AND NOT removed
                                AND now.client IN (SELECT client FROM client)
                              GROUP BY day)
            SELECT coalesce(place, 'nowhere'), min(day), max(day), count(*), max(times) FROM covered
             GROUP BY place ORDER BY min(day)""")


def care_moves(region):
    """A move, said twice under one id, another provider, and one with whom nobody has a contract."""
    for _ in range(2):
        region.picq("cases", "move", "71", *region.conversation(), "--to", THE_HAGUE, "--day", "2020-03-01", "--id", "move-1")
    region.picq("cases", "transfer", "72", *region.conversation(), "--to", TWO, "--day", "2020-04-01")
    region.picq("cases", "transfer", "77", *region.conversation(), "--to", STRANGER, "--day", "2020-03-01")
    past = region.picq("cases", "move", "75", *region.conversation(), "--to", THE_HAGUE, "--day", "2020-02-01", check=False)
    assert past.returncode == 1 and "CONSENT_ABSENT" in past.stdout, past.stdout


def care_has_moved(region):
    assert region.days("71") == [[f"{DELFT}/{ONE}", "2020-01-01", "2020-02-29", "60", "1"],
                                 [f"{THE_HAGUE}/{ONE}", "2020-03-01", "2020-06-30", "122", "1"]]
    assert region.days("72") == [[f"{DELFT}/{ONE}", "2020-01-01", "2020-03-31", "91", "1"],
                                 [f"{DELFT}/{TWO}", "2020-04-01", "2020-06-30", "91", "1"]]
    assert region.cluster.ask("allocation", "SELECT change FROM allocation WHERE number IN ('71', '72') AND version = 2"
                                            " ORDER BY number") == [["7"], ["9"]]
    # Not granted there, so it goes on here, and the half is shown until a person settles it.
    assert region.days("77") == [[f"{DELFT}/{ONE}", "2020-01-01", "2020-06-30", "182", "1"]]
    half, = region.cases("--municipality", DELFT)
    assert (half["state"], half["allocation"], half["why"]) == ("NOT_GRANTED", "77", "NO_CONTRACT")
    region.picq("cases", "close", half["id"], "--reason", "zij blijft")
    assert region.cases() == []


def clients_die(region):
    """One in two municipalities, and one whose trajectory is paid in parts."""
    region.picq("cases", "death", "--day", "2020-02-01", told=f"{DYING}\n")
    region.picq("cases", "death", "--day", "2020-01-31", told=f"{NEWCOMER}\n")


def clients_have_died(region, number):
    assert region.days("73", "74") == [[f"{DELFT}/{ONE}", "2020-01-01", "2020-02-01", "32", "2"],
                                       ["nowhere", "2020-02-02", "2020-06-30", "150", "0"]]
    assert region.cluster.ask("billing", f"SELECT day, reason FROM care WHERE allocation = '{number}'"
                                         " ORDER BY position") == [["2020-01-06", ""], ["2020-01-31", "2"]]


def money_has_followed_the_person(region):
    """January was declared under a number that turned out to be another known child's."""
    lines = dict(region.cluster.ask("billing", "SELECT reference, coalesce(reason, 'APPROVED') FROM line"))
    assert lines == {"jan-1": "APPROVED", "jan-credit-1": "APPROVED", "jan-anew-1": "APPROVED",
                     "jan-wrong-1": "CLIENT_UNKNOWN"}, lines
    assert region.cluster.number("billing", "SELECT sum(amount_cents)::bigint FROM line") == 86400
    assert region.cluster.number("monitoring", """
        SELECT count(DISTINCT client) FROM (SELECT DISTINCT ON (municipality, number) * FROM running
         WHERE number IN ('75', '76') ORDER BY municipality, number, known_day DESC) AS newest""") == 1
    assert region.cluster.number("monitoring", "SELECT count(*) FROM joined") == 1
    letters = region.office.picq(region.office.gateway, "feed", "fetch", *region.conversation()).stdout
    assert MISTYPED not in letters and RIGHT in letters


def a_provider_merges(region):
    """First in one municipality, then the same command for all: each trajectory counts once."""
    assert json.loads(region.picq(*MERGE, "--municipality", THE_HAGUE).stdout)["admitted"] == 1
    said = json.loads(region.picq(*MERGE).stdout)
    assert said["admitted"] == said["cases"] and said["cases"] - said["heard_before"] == 2, said


def a_provider_has_merged(region):
    for number, municipality in (("81", DELFT), ("82", DELFT), ("83", THE_HAGUE)):
        assert region.days(number) == [[f"{municipality}/{SMALL}", "2020-01-01", "2020-04-30", "121", "1"],
                                       [f"{municipality}/{LARGE}", "2020-05-01", "2020-06-30", "61", "1"]], number
    assert json.loads(region.picq(*MERGE).stdout)["cases"] == 0


@story
def care_goes_where_the_client_goes_and_no_day_is_lost_or_doubled(journey):
    region = Region(journey)
    number = region.cluster.ask("allocation", "SELECT number FROM allocation WHERE funding = 2")[0][0]
    care_moves(region)
    region.send(None, declared("jan", MISTYPED, "75", "2020-01", "31"), {
        "id": "start-1", "municipality": DELFT, "provider": ONE,
        "start": {"bsn": NEWCOMER, "allocation": number, "day": "2020-01-06"}})
    care_has_moved(region)

    clients_die(region)
    region.picq("cases", "bsn", told=f"{MISTYPED}\n{RIGHT}\n")
    a_provider_merges(region)
    region.street.settle()
    region.send(None, declared("jan-credit", RIGHT, "75", "2020-01", "31", credits="jan-1"),
                declared("jan-anew", RIGHT, "75", "2020-01", "31"), declared("jan-wrong", MISTYPED, "75", "2020-02", "29"))
    clients_have_died(region, number)
    money_has_followed_the_person(region)
    a_provider_has_merged(region)
    assert region.cases() == []
    assert {each["state"] for each in region.cases("--closed")} == {"CLOSED"}

    ours = replay.digests(region.street)
    different = replay.differences(ours, replay.play_again(region.street, "again", {"PICQ_BATCH": "7"}))
    assert not different, different


main()
