"""The front door, from a sender's side: what is typed is admitted once, answered by letter, and survives what may happen."""
import itertools
import json
import os
import signal
import subprocess
import sys

from journey import BOOK, ROOT, local, main, story, until

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import load  # noqa: E402

PROVIDER, MUNICIPALITY = "90000001", "0503"
CONVERSATION = ("--municipality", MUNICIPALITY, "--provider", PROVIDER)
SECRET = "0123456789abcdef-delft"


def open_region(journey, replicas=None, **settings):
    street = journey.street(**settings)
    office = local.Office(street)
    street.start(replicas)
    office.begin("2019-12-31")
    office.open_gateway(load.PROVIDERS)
    office.publish(BOOK / "001-pxq-contracts-to-2019")
    return street, office


def letters(office, key, *arguments):
    return [json.loads(line) for line in office.picq(key, "feed", "fetch", *arguments).stdout.splitlines()]


def request(reference, hours, client):
    bsn = next(itertools.islice(load.test_bsns(), client, None))
    return {"id": reference, "municipality": MUNICIPALITY, "provider": PROVIDER, "allocation_request": {
        "reference": reference, "client": {"bsn": bsn, "name": "Synthetisch", "birth_day": "2008-05-06"},
        "referrer": "GP", "segment": "SPECIALIST", "period": {"first_day": "2019-12-31", "last_day": "2019-12-31"},
        "products": [{"category": "45", "code": "45A48", "volume": hours, "unit": "HOUR", "frequency": "PER_WEEK"}]}}


@story
def lines_are_admitted_once_answered_by_letter_and_read_from_any_position(journey):
    street, office = open_region(journey)
    taken_over, declared = journey.folder / "taken_over.ndjson", journey.folder / "declared.ndjson"
    load.write(taken_over, load.taken_over(10))
    count = load.write(declared, load.declarations(3, 10))
    office.send(taken_over, owner="inkoop")
    with open(declared, "a", encoding="utf-8") as file:
        file.write("{not JSON\n")
    for round_ in range(2):
        sent = office.picq(office.gateway, "feed", "send", "--json", declared, check=False)
        said = json.loads(sent.stdout)
        assert sent.returncode == 1, sent
        assert (said["sent"], said["admitted"], said["refused"]) == (count + 1, count, 1), said
        assert said["heard_before"] == (0 if round_ == 0 else count + 1), said
        assert [(refusal["line"], refusal["code"]) for refusal in said["refusals"]] == [(count + 1, "NOT_JSON")], said
    street.settle()

    answers = letters(office, office.gateway, *CONVERSATION)
    assert sum("declaration_answered" in answer for answer in answers) == 3, answers[-1]
    assert letters(office, office.gateway, *CONVERSATION, "--after", len(answers) - 1) == answers[-1:]


@story
def a_feed_goes_on_when_doors_are_killed_and_stopped(journey):
    street, office = open_region(journey, {"intake": 2})
    feed = journey.folder / "feed.ndjson"
    count = load.write(feed, load.taken_over(60))
    replicas = sorted(number for house, number in street.replicas if house == "intake")
    environment = {**os.environ, "PICQ_KEY": str(office.operators["inkoop"]), "PICQ_DOOR_KEY": str(street.keys / "intake"),
                   "PICQ_DOOR": ",".join(street.endpoint("intake", number, "door") for number in replicas)}
    sender = subprocess.Popen([street.programs / "picq", "feed", "send", "--json", feed], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first, second = (street.replicas["intake", number] for number in replicas)
    until(lambda: kept(street, "inkoop") > 0)
    first.send(signal.SIGSTOP)
    until(lambda: sender.poll() is not None or kept(street, "inkoop") > count // 2)
    first.send(signal.SIGCONT)
    second.send(signal.SIGKILL)
    second.process.wait()
    street.start_one("intake", replicas[1], {"intake": 2})
    said, complaints = sender.communicate(timeout=120)
    assert sender.returncode == 0, complaints
    said = json.loads(said)
    assert (said["sent"], said["admitted"]) == (count, count), said
    assert kept(street, "inkoop") == count, kept(street, "inkoop")
    street.settle()


def kept(street, owner):
    """How many ids of taken over care stand at the door for this owner."""
    return street.cluster.number(street.prefix + "intake",
                                 f"SELECT count(*) FROM sent WHERE owner = '{owner}' AND id LIKE 'over-%'")


@story
def what_no_rule_may_grant_waits_for_a_person(journey):
    readers = journey.folder / "readers"
    readers.write_text(f"delft {SECRET} {MUNICIPALITY}\n", encoding="utf-8")
    street, office = open_region(journey, environment={"PICQ_READERS": str(readers)})
    feed = journey.folder / "requests.ndjson"
    load.write(feed, [request("R-1", 3, 0), request("R-2", 30, 1), request("R-3", 40, 2)])
    office.send(feed)
    street.settle()
    operator = office.operators["inkoop"]

    def listed(secret=SECRET, *arguments):
        return street.picq("requests", "list", *arguments, check=False, environment={
            "PICQ_TOKEN": secret, "PICQ_ALLOCATION_HTTP": f"127.0.0.1:{street.port('allocation', 0, 'http')}"})

    def waiting():
        found = json.loads(listed(SECRET, "--json", "--municipality", MUNICIPALITY).stdout)
        return [asked["reference"] for asked in found["requests"]]

    assert waiting() == ["R-2", "R-3"], waiting()
    assert "2 requests for a person" in listed(SECRET, "--municipality", MUNICIPALITY).stdout
    assert listed(SECRET).returncode == 1, "the whole region is not for an operator of one municipality"
    assert listed("0123456789abcdef-nobody", "--municipality", MUNICIPALITY).returncode == 1

    office.picq(operator, "requests", "grant", "R-2", *CONVERSATION, "--reason", "past bij het plan")
    office.picq(operator, "requests", "refuse", "R-3", *CONVERSATION, "--reason", "is al toegewezen")
    street.settle()
    until(waiting, [])
    answers = [(kind, letter[kind]["reference"]) for letter in letters(office, office.gateway, *CONVERSATION)
               for kind in ("granted", "referred", "request_refused") if kind in letter]
    assert sorted(answers) == [("granted", "R-1"), ("granted", "R-2"), ("referred", "R-2"), ("referred", "R-3"),
                               ("request_refused", "R-3")], answers


@story
def who_follows_a_mailbox_hears_of_what_comes(journey):
    street, office = open_region(journey)
    environment = {**os.environ, "PICQ_KEY": str(office.gateway), "PICQ_DOOR_KEY": str(street.keys / "intake"),
                   "PICQ_DOOR": street.endpoint("intake", 0, "door")}
    reader = subprocess.Popen([street.programs / "picq", "feed", "follow", *CONVERSATION], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    feed = journey.folder / "requests.ndjson"
    load.write(feed, [request("R-1", 3, 0)])
    office.send(feed)
    letter = json.loads(reader.stdout.readline())
    assert letter["about"] == "R-1", letter
    reader.send_signal(signal.SIGINT)
    _, told = reader.communicate(timeout=30)
    assert reader.returncode == 0 and "go on with --after 1" in told, told


main()
