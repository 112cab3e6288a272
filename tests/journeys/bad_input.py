"""Bad input of every kind gets a clear refusal or a closed door, is counted, and disturbs nothing else."""
import collections
import json
import socket
import struct
import subprocess
import sys
import time
import urllib.request

from journey import BOOK, ROOT, local, main, story, until

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import load  # noqa: E402

MUNICIPALITY, OURS, ANOTHERS = "0503", "90000001", "90000002"
# Each story has a key of its own for the same provider, so that its refusals are its own.
SENDERS = ("aanbieder", "slordig", "dubbel", "buurman", "onzin", "groot", "geweest", "vloed")
CONVERSATIONS = 11  # the eleventh is that of the second provider
MEBIBYTE = 1 << 20
SOON = 60  # seconds, for programs with sanitizers on a busy machine

Receipt = collections.namedtuple("Receipt", "outcome again code sentence", defaults=("", "", ""))


class Caller:
    """The program knock: speaks at the door with a key of its own, and keeps its connection."""

    def __init__(self, gate, key, door_key=None):
        self.process = subprocess.Popen(
            [gate.street.programs / "knock", gate.street.endpoint("intake", 0, "door"),
             door_key or gate.street.keys / "intake", key],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def order(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def outcome(self):
        return Receipt(*self.process.stdout.readline().rstrip("\n").split("\t"))

    def ask(self, *words):
        self.order(*words)
        return self.outcome()

    def say(self, message):
        return self.ask("line", json.dumps(message))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


class Gate:
    """A region with a month's care behind it, and a provider who speaks well on a connection that stays open."""

    def __init__(self, journey):
        self.street = journey.street()
        self.office = local.Office(self.street)
        self.street.start()
        self.office.begin("2019-12-31")
        self.office.open_gateway(load.PROVIDERS)
        # Long before they are used: who is turned away at the handshake does not come back soon.
        for owner in SENDERS:
            self.operator("keys", "give", self.office.make_key(owner), "--owner", owner, "--provider", OURS)
        self.office.publish(BOOK / "001-pxq-contracts-to-2019")
        over = journey.folder / "over.ndjson"
        load.write(over, (taken for taken in load.taken_over(CONVERSATIONS) if taken["municipality"] == MUNICIPALITY))
        self.office.send(over, owner="inkoop")
        self.street.settle()

        declarations = list(load.declarations(12, CONVERSATIONS))
        self.anothers_client = declarations[CONVERSATIONS - 1]["declaration"]["clients"][0]
        self.good = iter([message for message in declarations
                          if (message["municipality"], message["provider"]) == (MUNICIPALITY, OURS)])
        self.neighbour = self.caller("aanbieder")
        self.processes = {name: process.pid for name, process in self.street.replicas.items()}
        self.faults_before = self.faults()

    def operator(self, *arguments):
        self.office.picq(self.office.operators["inkoop"], *arguments)

    def caller(self, owner):
        return Caller(self, self.street.keys / owner)

    def letters(self, name=None):
        """Those of the conversation, or of the sender of that name."""
        mailbox = () if name else ("--municipality", MUNICIPALITY, "--provider", OURS)
        fetched = self.office.picq(self.street.keys / (name or "aanbieder"), "feed", "fetch", *mailbox)
        return [json.loads(line) for line in fetched.stdout.splitlines()]

    def letter_about(self, message):
        return next((letter for letter in self.letters() if letter.get("about") == message["id"]), {})

    def metric(self, name):
        page = urllib.request.urlopen(f"http://127.0.0.1:{self.street.port('intake', 0, 'http')}/metrics", timeout=SOON)
        for line in page.read().decode().splitlines():
            if line.startswith(f"picq_{name}_total "):
                return int(line.split()[1])
        raise AssertionError(f"intake counts no picq_{name}_total")

    def faults(self):
        """What the houses complain of in their logs; that a neighbour is slow on a busy machine is no complaint."""
        return [line for process in self.street.replicas.values() for line in process.said().splitlines()
                if (" WARN " in line or " ERROR " in line or "runtime error" in line or "Sanitizer" in line)
                and "NEIGHBOUR-SILENT" not in line]

    def assert_undisturbed(self):
        message = next(self.good)
        receipt = self.neighbour.say(message)
        assert receipt == Receipt("ADMITTED", "", "ADMITTED", ""), receipt
        self.street.settle()
        answer = self.letter_about(message)["declaration_answered"]
        assert answer["approved"] == answer["submitted"] and not answer.get("lines"), answer
        assert {name: process.pid for name, process in self.street.replicas.items() if process.alive()} == self.processes
        assert self.faults() == self.faults_before, self.faults()
        for house in local.HOUSES:
            assert self.street.cluster.number(house, "SELECT count(*) FROM set_aside") == 0, house


def fact(**said):
    return {"id": "nieuw-1", "municipality": MUNICIPALITY, "provider": OURS, **said}


def start(**changed):
    return {"start": {"bsn": "999900006", "allocation": "1001", "day": "2019-01-01", **changed}}


# What is wrong, the line, the code, where, and what to do about it.
BAD_LINES = (
    ("no JSON", '{"id": "nieuw-1"', "NOT_JSON", "", "controleer aanhalingstekens, komma's en haakjes (bij teken"),
    ("no object", '"nieuw-1"', "TYPE_WRONG", "", "gebruik een object tussen { en }"),
    ("unknown field", fact(strat={}), "FIELD_UNKNOWN", "", "gebruik id, municipality, provider, allocation_request"),
    ("unknown field within", fact(**start(dag="2019-01-01")), "FIELD_UNKNOWN", "start", "gebruik bsn, allocation, day"),
    ("field twice", '{"id": "nieuw-1", "id": "nieuw-2"}', "FIELD_TWICE", "id", "noem het één keer"),
    ("wrong type", fact(start=[]), "TYPE_WRONG", "start", "gebruik een object tussen { en }"),
    ("number for a text", fact(**start(allocation=1001)), "TYPE_WRONG", "start.allocation",
     "gebruik een tekst tussen aanhalingstekens"),
    ("no such day", fact(**start(day="2019-02-30")), "DAY_WRONG", "start.day", "schrijf jjjj-mm-dd"),
    ("missing field", fact(start={"allocation": "1001", "day": "2019-01-01"}), "FIELD_MISSING", "start.bsn", "vul het in"),
    ("empty field", fact(**start(allocation="")), "FIELD_MISSING", "start.allocation", "vul het in"),
    ("no fact", fact(), "FACT_MISSING", "", "neem een van deze velden op allocation_request"),
    ("two facts", fact(**start(), stop={}), "FACTS_TWO", "stop", "maak er twee berichten van"),
    ("unknown stop reason", fact(stop={"bsn": "999900006", "allocation": "1001", "day": "2019-01-01", "reason": "KLAAR"}),
     "VALUE_UNKNOWN", "stop.reason", "kies uit"),
    ("eleven-test", fact(**start(bsn="999900007")), "BSN_WRONG", "start.bsn", "controleer het nummer"),
    ("nobody's BSN", fact(**start(bsn="999999990")), "CLIENT_UNKNOWN", "start.bsn", "vraag eerst een toewijzing aan"),
    ("BSN elsewhere", fact(**start(allocation="999900006")), "TEXT_HIDES_BSN", "start.allocation",
     "zet een BSN alleen in het veld bsn"),
    ("another's AGB", {**fact(**start()), "provider": ANOTHERS}, "SENDER_NOT_FOR_PROVIDER", "provider",
     "vraag de regio om toegang"),
    ("an operator's fact", fact(new_day={"day": "2020-01-01"}), "FIELD_UNKNOWN", "", "gebruik id, municipality"),
)


@story
def each_bad_line_is_refused_with_a_code_the_place_and_what_to_do(journey):
    gate = journey.common
    refused_before = gate.metric("refused")
    with gate.caller("slordig") as caller:
        for number, (what, line, code, place, advice) in enumerate(BAD_LINES):
            said = line if isinstance(line, str) else json.dumps({**line, "id": f"nieuw-{number}"})
            receipt = caller.ask("line", said)
            assert receipt[:3] == ("REFUSED", "", code), (what, receipt)
            assert receipt.sentence.startswith(f"{place}: " if place else ("id: ", "d", "het ")), (what, receipt)
            assert advice in receipt.sentence and receipt.sentence.endswith("."), (what, receipt)
            for secret in ("999900006", "999900007", "999999990"):
                assert secret not in receipt.sentence, (what, receipt)
        receipt = caller.ask("long", 8 * MEBIBYTE + 1)
        assert receipt == Receipt("REFUSED", "", "LINE_TOO_LONG", "de regel is te lang; splits het bericht."), receipt
    assert gate.metric("refused") - refused_before == len(BAD_LINES) + 1

    letters = [letter["refused"]["code"] for letter in gate.letters("slordig") + gate.letters()
               if letter["sender"] == "slordig"]
    assert sorted(letters) == sorted([line[2] for line in BAD_LINES] + ["LINE_TOO_LONG"]), letters
    gate.assert_undisturbed()


@story
def an_id_means_one_message(journey):
    gate = journey.common
    message = fact(id="eenmaal", **start())
    with gate.caller("dubbel") as caller:
        assert caller.say(message) == Receipt("ADMITTED", "", "ADMITTED", "")
        again_before = gate.metric("heard_before")
        assert caller.say(message) == Receipt("ADMITTED", "again", "ADMITTED", "")
        assert gate.metric("heard_before") == again_before + 1
        other = caller.say(fact(id="eenmaal", **start(day="2019-01-02")))
        assert other.code == "ID_HAS_OTHER_CONTENT" and "geef het bericht een nieuw id" in other.sentence, other
        bad = fact(id="fout", **start(bsn="999900007"))
        first, second = caller.say(bad), caller.say(bad)
        assert second == first._replace(again="again"), (first, second)
    gate.assert_undisturbed()
    assert [letter["about"] for letter in gate.letters()].count("fout") == 1
    assert [letter["refused"]["code"] for letter in gate.letters("dubbel")] == ["ID_HAS_OTHER_CONTENT"]


@story
def the_care_of_another_provider_is_out_of_reach(journey):
    gate = journey.common
    line = gate.anothers_client["lines"][0]
    begun = fact(id="begin-elders", **start(bsn=gate.anothers_client["bsn"], allocation=line["allocation"]))
    declared = fact(id="declaratie-elders", declaration={
        "number": "elders", "month_day": line["period"]["first_day"], "clients": [gate.anothers_client]})
    with gate.caller("buurman") as caller:
        assert caller.say(begun).outcome == caller.say(declared).outcome == "ADMITTED"
    gate.assert_undisturbed()
    assert gate.letter_about(begun)["noted"]["reason"] == "NO_SUCH_ALLOCATION"
    answer = gate.letter_about(declared)["declaration_answered"]
    assert {line["reason"] for line in answer["lines"]} == {"LINE_WITHOUT_ALLOCATION"}, answer
    assert answer["approved"] == {"cents": 0}, answer


@story
def what_is_no_request_is_dropped_and_counted(journey):
    gate = journey.common
    before = gate.metric("denied_frames")
    with gate.caller("onzin") as caller:
        for size in (0, 1, 100, MEBIBYTE):
            assert caller.ask("frame", size).outcome == "SENT"
        assert caller.ask("line", "{").code == "NOT_JSON"
    assert gate.metric("denied_frames") == before + 4
    gate.assert_undisturbed()


@story
def a_frame_of_100_MB_closes_its_own_connection(journey):
    gate = journey.common
    ended = gate.metric("callers_ended")
    with gate.caller("groot") as caller:
        assert caller.ask("line", "{").code == "NOT_JSON"
        assert caller.ask("frame", 100_000_000).outcome == "SENT"
        until(lambda: gate.metric("callers_ended") > ended, seconds=SOON)
    gate.assert_undisturbed()


def raw(gate):
    _, port = gate.street.endpoint("intake", 0, "door").rsplit(":", 1)
    return socket.create_connection(("127.0.0.1", int(port)), timeout=SOON)


def is_closed_by_the_door(connection):
    """Whatever the door says first is read until it hangs up."""
    try:
        while connection.recv(4096):
            pass
    except ConnectionResetError:
        pass
    return True


def greeting(mechanism):
    """Of ZMTP 3.0, as a client."""
    return struct.pack(">BQBBB20s?31x", 0xFF, 0, 0x7F, 3, 0, mechanism, False)


@story
def who_speaks_no_curve_finds_the_door_closed(journey):
    gate = journey.common
    unfinished, ended = gate.metric("callers_unfinished"), gate.metric("callers_ended")
    silent = raw(gate)
    half_open = raw(gate)
    half_open.sendall(greeting(b"CURVE")[:20])
    for words in (b"GET / HTTP/1.1\r\nHost: picq\r\n\r\n", bytes(range(256)) * 64, greeting(b"NULL"), greeting(b"PLAIN")):
        with raw(gate) as connection:
            try:
                connection.sendall(words)
            except (BrokenPipeError, ConnectionResetError):
                pass
            assert is_closed_by_the_door(connection), words
    gate.assert_undisturbed()
    for waiting in (silent, half_open):
        assert is_closed_by_the_door(waiting)
        waiting.close()
    # What is not even ZeroMQ never begins a handshake.
    until(lambda: gate.metric("callers_unfinished") >= unfinished + 4, seconds=SOON)
    until(lambda: gate.metric("callers_ended") >= ended + 6, seconds=SOON)


@story
def an_unknown_key_and_the_key_of_another_door_stay_outside(journey):
    gate = journey.common
    denied, unfinished, admitted = gate.metric("callers_denied"), gate.metric("callers_unfinished"), gate.metric("admitted")
    with Caller(gate, gate.office.make_key("vreemd")) as stranger:
        assert stranger.say(fact(id="vreemd", **start())).outcome == "CLOSED"
    until(lambda: gate.metric("callers_denied") > denied, seconds=SOON)
    with Caller(gate, gate.street.keys / "aanbieder", door_key=gate.street.keys / "billing") as lost:
        assert lost.say(fact(id="verdwaald", **start())).outcome == "CLOSED"
    until(lambda: gate.metric("callers_unfinished") > unfinished, seconds=SOON)
    assert gate.metric("admitted") == admitted
    gate.assert_undisturbed()


@story
def a_revoked_key_is_not_heard_on_a_connection_that_is_open(journey):
    gate = journey.common
    with gate.caller("geweest") as caller:
        assert caller.say(fact(id="ervoor", **start())).outcome == "ADMITTED"
        gate.operator("keys", "revoke", gate.street.keys / "geweest", "--reason", "de overeenkomst is voorbij")
        dropped = gate.metric("denied_frames")
        at_once = caller.ask("post", json.dumps(fact(id="meteen", **start())))
        assert at_once.outcome == "SENT", at_once
        # The table of keys refuses it at once, and the door drops it as soon as it has looked at the table.
        until(lambda: caller.ask("post", "{").outcome == "SENT" and gate.metric("denied_frames") > dropped, seconds=SOON)
    said = gate.street.cluster.ask("intake", "SELECT id FROM sent WHERE owner = 'geweest'")
    assert said == [["ervoor"]], said
    gate.assert_undisturbed()


@story
def a_flood_of_one_sender_leaves_others_their_receipts(journey):
    gate = journey.common
    message = fact(id="rustig", **start())
    refused = gate.metric("refused")
    with gate.caller("vloed") as flooder:
        flooder.order("flood", 4000, 2000)
        until(lambda: gate.metric("refused") > refused, seconds=SOON)
        waited = []
        while gate.metric("refused") < refused + 3000:
            began = time.monotonic()
            assert gate.neighbour.say(message).outcome == "ADMITTED"
            waited.append(time.monotonic() - began)
        assert flooder.outcome().outcome == "SENT"
        until(lambda: gate.metric("refused"), refused + 4000)
    assert waited and max(waited) < SOON, waited
    gate.assert_undisturbed()


main(Gate)
