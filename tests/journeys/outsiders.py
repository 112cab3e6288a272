"""Outsiders at the front door: bad input of every kind, wrong keys and no key; and where a person is named."""
import json
import socket
import subprocess

from journey import BOOK, local, main, story, until

PROVIDER = "90000001"  # synthetic, as all codes here
DELFT = {"municipality": "0503", "provider": PROVIDER}


def request(name, bsn, **other):
    return {"id": name, **DELFT, "allocation_request": {
        "reference": name, "client": {"bsn": bsn, "name": "Test Client", "birth_day": "2010-05-01"}, "referrer": "GP",
        "segment": "SPECIALIST", "period": {"first_day": "2019-02-01", "last_day": "2019-06-30"},
        "products": [{"category": "45", "code": "45A04", "volume": 60, "unit": "MINUTE", "frequency": "PER_WEEK"}]},
        **other}


# What is sent, and the code it is refused with; None is admitted.
LINES = [
    ("hello", "NOT_JSON"),
    ('{"id":"cut', "NOT_JSON"),
    ('{"id":"twice","id":"twice"}', "FIELD_TWICE"),
    (request("other", "999900006", remark="please"), "FIELD_UNKNOWN"),
    ({"id": 17}, "TYPE_WRONG"),
    ({"id": "nothing", **DELFT}, "FACT_MISSING"),
    ({"id": "unborn", **DELFT, "start": {"bsn": "999900006", "allocation": "1", "day": "2019-02-30"}}, "DAY_WRONG"),
    (request("999900018", "999900018"), "TEXT_HIDES_BSN"),
    (request("typo", "999900007"), "BSN_WRONG"),
    ({"id": "early", **DELFT, "start": {"bsn": "999900006", "allocation": "1", "day": "2019-02-01"}}, "CLIENT_UNKNOWN"),
    (request("good", "999900006"), None),
    (request("good", "999900006"), None),
    (request("good", "999900018"), "ID_HAS_OTHER_CONTENT"),
    ({**request("elsewhere", "999900006"), "provider": "90000009"}, "SENDER_NOT_FOR_PROVIDER"),
    ({"id": "long", **DELFT, "start": {"bsn": "9" * 4_000_000, "allocation": "1", "day": "2019-02-01"}}, "TEXT_WRONG"),
    ({"id": "last", **DELFT, "start": {"bsn": "999900006", "allocation": "1", "day": "2019-02-01"}}, None),
]


def region(journey, **replicas):
    street = journey.street()
    office = local.Office(street)
    street.start(replicas)
    office.begin("2019-01-01")
    office.open_gateway([PROVIDER])
    return street, office


def tables_of(street, house):
    """Everything in a house's database; bytes stand in it as hexadecimal."""
    return subprocess.run([street.cluster.programs / "pg_dump", street.cluster.connection(house)], text=True,
                          capture_output=True, check=True).stdout


def written(street, name, messages):
    path = street.folder / name
    path.write_text("".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in messages))
    return path


@story
def bad_input_of_every_kind_is_refused_with_a_reason_and_disturbs_nothing_else(journey):
    street, office = region(journey)
    path = written(street, "lines.ndjson", [line for line, _ in LINES])
    told = json.loads(office.picq(office.gateway, "feed", "send", "--json", path, check=False).stdout)
    refused = {refusal["line"]: refusal["code"] for refusal in told["refusals"]}
    assert refused == {number: code for number, (_, code) in enumerate(LINES, 1) if code}, refused
    assert told["admitted"] == 3, told

    # Each refusal has one letter, and one only when the lines are sent once more.
    office.send(path, check=False)
    letters = street.cluster.number("intake", "SELECT count(*) FROM letter WHERE address IN ('@gateway', '0503/90000001')")
    kept = sum(1 for _, code in LINES if code and code != "ID_HAS_OTHER_CONTENT")
    answers = street.cluster.number("allocation", "SELECT count(*) FROM outbox WHERE subject <> ''")
    assert kept + 2 <= letters <= kept + 2 + answers, (kept, letters, answers)


@story
def what_does_not_speak_the_protocol_is_left_standing_outside(journey):
    street, office = region(journey)
    port = street.port("intake", 0, "door")
    for noise in (b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 100_000, b"\x00"):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            try:
                connection.sendall(noise)
            except OSError:
                pass  # the door may close while it is spoken to
    office.send(written(street, "good.ndjson", [request("good", "999900006")]))


@story
def a_key_that_nobody_gave_stays_outside_and_one_that_is_revoked_goes_out(journey):
    street, office = region(journey)
    good = written(street, "good.ndjson", [request("good", "999900006")])
    stranger = office.make_key("stranger")
    assert office.picq(stranger, "feed", "send", "--patience", "3", good, check=False).returncode == 3

    office.send(good)
    office.say("inkoop", {"key_revoked": {"key": office.public(office.gateway), "reason": "test"}})
    again = office.picq(office.gateway, "feed", "send", "--patience", "3", good, check=False)
    assert again.returncode in (1, 3), again
    assert street.cluster.number("intake", "SELECT count(*) FROM sent WHERE owner = 'gateway'") == 1


@story
def an_answer_comes_by_letter_with_the_person_in_it_and_nowhere_else(journey):
    street, office = region(journey)
    office.publish(BOOK / "001-pxq-contracts-to-2019")
    office.send(written(street, "good.ndjson", [request("good", "999900006")]))
    street.settle()
    until(lambda: street.cluster.number("intake", "SELECT count(*) FROM letter WHERE address = '0503/90000001'"), 1)

    fetched = office.picq(office.gateway, "feed", "fetch", "--municipality", "0503", "--provider", PROVIDER)
    letter = json.loads(fetched.stdout.splitlines()[0])
    assert letter["about"] == "good" and letter["sender"] == "gateway", letter
    assert street.cluster.number("intake", "SELECT count(*) FROM person_read") == ("999900006" in fetched.stdout)
    words = ("999900006", "Test Client")
    for house in local.HOUSES:
        tables = tables_of(street, house)
        assert not any(word in tables or word.encode().hex() in tables for word in words), house
    for log in street.folder.glob("*.log"):
        assert not any(word in log.read_text() for word in words), log


main()
