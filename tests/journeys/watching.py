"""What the people on duty see: how the region is, what was set aside and why, and the way of each message. Every house
is asked over HTTP by the real picq, and every number is compared with what stands in the tables."""
import json
import os
import re
import subprocess
import time
import urllib.request

from journey import BOOK, ROOT, local, main, story, until

MUNICIPALITY, PROVIDER, BSN, NAME = "0503", "90000001", "999900006", "Testpersoon"
SECRET, OF_ONE = "0123456789abcdef-region", "0123456789abcdef-delft"
BOOKS = ("001-pxq-contracts-to-2019", "002-phased-introduction", "003-bridging-contracts-2020")
SOON = 20


class Duty:
    """A street of four houses, billing twice, watched."""

    def __init__(self, journey):
        self.folder = journey.folder
        readers = self.folder / "readers"
        readers.write_text(f"region {SECRET} *\ndelft {OF_ONE} {MUNICIPALITY}\n", encoding="utf-8")
        self.street = journey.street(environment={"PICQ_READERS": str(readers), "PICQ_LOG": "debug",
                                                  "PICQ_BEAT_MS": "200"})
        self.cluster = self.street.cluster
        self.office = local.Office(self.street)
        self.said = 0
        self.street.start({"billing": 2})
        self.office.begin("2019-12-19")
        self.office.open_gateway([PROVIDER])
        for book in BOOKS:
            self.office.publish(BOOK / book)
        self.say("care_taken_over", {
            "client": {"bsn": BSN, "name": NAME, "birth_day": "2009-03-14"}, "allocation": "4711",
            "segment": "SPECIALIST", "period": {"first_day": "2019-01-01", "last_day": "2020-12-31"}, "referrer": "GP",
            "product": {"category": "45", "code": "45A48", "volume": 3, "unit": "HOUR", "frequency": "PER_WEEK"}},
            owner="inkoop")
        self.declare("eerste", "nov")
        self.street.settle()

    def places(self):
        return ",".join(f"{house}=127.0.0.1:{self.street.port(house, number, 'http')}"
                        for house, number in sorted(self.street.replicas))

    def picq(self, *arguments, places=None, token=SECRET, key="control"):
        return self.street.picq(*arguments, check=False, environment={
            "PICQ_HOUSES": self.places() if places is None else places, "PICQ_TOKEN": token,
            "PICQ_DOOR": self.street.endpoint("intake", 0, "door"), "PICQ_DOOR_KEY": str(self.street.keys / "intake"),
            "PICQ_KEY": str(self.office.operators[key])})

    def read(self, *arguments, status=0, **how):
        answer = self.picq(*arguments, "--json", **how)
        assert answer.returncode == status, (arguments, answer.returncode, answer.stdout, answer.stderr)
        return json.loads(answer.stdout)

    def needs(self):
        """What needs a person, as (house, kind), and that the exit status says so."""
        answer = self.picq("status", "--json")
        needs = sorted({(need["house"], need["kind"]) for need in json.loads(answer.stdout)["needs_a_person"]})
        assert answer.returncode == (1 if needs else 0), answer
        return needs

    def say(self, kind, body, owner=None):
        self.said += 1
        path = self.folder / f"said-{self.said}.ndjson"
        path.write_text(json.dumps({"id": f"duty-{self.said}", "municipality": MUNICIPALITY, "provider": PROVIDER,
                                    kind: body}) + "\n", encoding="utf-8")
        self.office.send(path, owner=owner)
        return f"{owner or 'gateway'}:duty-{self.said}"

    def declare(self, number, reference):
        return self.say("declaration", {"number": number, "month_day": "2019-12-01", "clients": [{"bsn": BSN, "lines": [{
            "reference": reference, "allocation": "4711", "category": "45", "code": "45A48", "unit": "HOUR",
            "period": {"first_day": "2019-11-01", "last_day": "2019-11-30"}, "volume": 1,
            "amount": {"cents": 7200}}]}]})

    def metrics(self, house, number=0):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.street.port(house, number, 'http')}/metrics") as page:
            return page.read().decode()

    def number(self, house, name, number=0):
        return float(re.search(rf"^{name} (\S+)$", self.metrics(house, number), re.MULTILINE)[1])

    def page(self, house, path, token=SECRET):
        request = urllib.request.Request(f"http://127.0.0.1:{self.street.port(house, 0, 'http')}{path}",
                                         headers={"Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request) as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()


def statuses(status):
    """What each replica says of itself, by its name."""
    return {house["status"]["replica"]: house["status"] for house in status["houses"]}


@story
def one_screen_says_how_the_region_is(journey):
    duty = journey.common
    until(duty.needs, [], SOON)
    status = duty.read("status")
    said = statuses(status)
    assert set(said) == {"allocation-0", "billing-0", "billing-1", "intake-0", "monitoring-0"}, set(said)
    for answer in said.values():
        assert answer["ready"] and answer["version"] and answer["replicas"][0]["since"] <= answer["now"], answer
        assert sum(replica["partitions"] for replica in answer["replicas"]) == 64, answer["replicas"]
    assert [replica["partitions"] for replica in said["billing-1"]["replicas"]] == [32, 32]
    assert {(stream["house"], stream["source"]): stream["waiting"] for stream in status["streams"]} == {
        (house, source): 0 for house in local.HOUSES for source in local.HEARS[house]}, status["streams"]

    screen = duty.picq("status").stdout
    for words in ("Nothing needs a person.", "calendar   2019-12-19",
                  "book       3 published; heard by allocation 3, billing 3, monitoring 3",
                  "requests   0 wait for a person, 0 of them overdue",
                  "set aside  allocation 0, billing 0, intake 0, monitoring 0",
                  "backup     allocation unknown, billing unknown, intake unknown, monitoring unknown"):
        assert words in screen, (words, screen)


@story
def a_backup_is_told_once_there_is_one(journey):
    duty = journey.common
    duty.cluster.run("intake", "INSERT INTO backup_taken VALUES ('2020-01-01 00:00 UTC')", role="intake")
    assert "intake 2020-01-01 00:00" in duty.picq("status").stdout


@story
def a_screen_comes_again_and_again(journey):
    duty = journey.common
    watching = subprocess.Popen([duty.street.programs / "picq", "status", "--watch=1"], stdout=subprocess.PIPE, text=True,
                                env={**os.environ, "PICQ_HOUSES": duty.places(), "PICQ_TOKEN": SECRET})
    try:
        for _ in range(2):
            while not watching.stdout.readline().startswith("backup"):
                assert watching.poll() is None
    finally:
        watching.kill()
        watching.communicate()


@story
def who_asks_wrongly_or_nobody_is_told_so(journey):
    duty = journey.common
    free = local.free_port()
    for arguments, how, status, words in (
            (("status",), {"places": ""}, 2, "PICQ_HOUSES=intake="),
            (("status",), {"places": "intake"}, 2, 'PICQ_HOUSES has "intake"'),
            (("status",), {"places": f"intake=127.0.0.1:{free}"}, 3, "no house answers"),
            (("status",), {"token": ""}, 3, "no house answers"),
            (("status", "now"), {}, 2, '"now" says nothing here'),
            (("trace",), {}, 2, "name the message"),
            (("trace", "gateway:never"), {}, 1, "intake has said nothing under gateway:never"),
            (("set-aside", "list"), {"token": "wrong"}, 3, "does not know who asks"),
            (("set-aside", "show", "gateway:never"), {}, 1, "no house has set gateway:never aside"),
            (("set-aside", "drop", "gateway:never"), {}, 2, "say why you decide so"),
            (("set-aside", "drop", "gateway:never", "--reason", "x"), {}, 1, "waits in no house"),
    ):
        answer = duty.picq(*arguments, **how)
        assert answer.returncode == status and words in answer.stderr, (arguments, answer)
    for path, token, status in (("/status", SECRET, 200), ("/status", "nobody", 401), ("/status", OF_ONE, 403),
                                ("/trace?id=gateway:duty-1", OF_ONE, 403), ("/set-aside", OF_ONE, 403),
                                (f"/set-aside?municipality={MUNICIPALITY}", OF_ONE, 200),
                                ("/waiting?after=0:1", SECRET, 200), ("/waiting?after=64:1", SECRET, 400),
                                ("/waiting?after=1", SECRET, 400), ("/trace", SECRET, 400),
                                ("/trace?id=m&source=intake&partition=7", SECRET, 400)):
        for house in local.HOUSES:
            assert duty.page(house, path, token)[0] == status, (house, path, token)


@story
def the_way_of_a_message_is_told_from_the_door_to_the_ledger(journey):
    duty = journey.common
    began = time.time()
    message = duty.declare("tweede", "dec")
    duty.street.settle()
    trace = duty.read("trace", message)
    ids = {"allocation": message, "billing": f"{message}/allocation.1", "monitoring": f"{message}/allocation.1/billing.1"}
    steps = {(step["house"], step["id"]): step for step in trace["steps"]}
    assert set(steps) == {("intake", message), *ids.items(), ("intake", ids["billing"]), ("intake", ids["monitoring"])}
    for step in trace["steps"][1:]:
        assert step["heard"] and step["spent_us"] > 0, step
    moments = [steps["intake", message]["at"]] + [steps[house, ids[house]]["at"] for house in
                                                  ("allocation", "billing", "monitoring")]
    assert moments == sorted(moments) and len(set(moments)) == 4, moments
    first = time.strptime(moments[0][:19], "%Y-%m-%dT%H:%M:%S")
    assert abs(time.mktime(first) - time.timezone - began) < 60, (moments[0], began)
    # The positions are those of the tables.
    for house, source in (("allocation", "intake"), ("billing", "allocation"), ("monitoring", "billing")):
        step = steps[house, ids[house]]
        assert duty.cluster.ask(source, f"SELECT partition, position FROM outbox WHERE id = '{ids[house]}'") == [
            [str(step["partition"]), str(step["position"])]], step

    # A part of the history leads to the same way, and so does the screen for people.
    assert duty.read("trace", ids["monitoring"])["steps"] == trace["steps"]
    screen = duty.picq("trace", ids["billing"]).stdout
    for words in ("intake.Fact", "allocation.Judged", "billing.Judged", "takes it, and says nothing",
                  "from the door to the last that is known"):
        assert words in screen, (words, screen)

    # What goes to everyone has a place in every partition.
    published = duty.read("trace", "book-3@12")
    assert {step["house"] for step in published["steps"]} == set(local.HOUSES), published
    assert len(json.loads(duty.page("intake", "/trace?id=book-3")[1])["said"]) == 64

    for words in (BSN, NAME, "7200"):
        for arguments in (("trace", message), ("trace", "inkoop:duty-1"), ("status",), ("set-aside", "list", "--settled")):
            assert words not in duty.picq(*arguments, "--json").stdout, (words, arguments)


@story
def the_id_stands_in_every_log_line_about_the_message(journey):
    duty = journey.common
    message = duty.declare("derde", "derde")
    duty.street.settle()

    def events(house):
        logs = "".join(process.said() for (name, _), process in duty.street.replicas.items() if name == house)
        return {line.split(" ")[3] for line in logs.splitlines() if f" message={message}" in line}

    assert events("intake") >= {"MESSAGE-ADMITTED", "MESSAGE-TAKEN"}, events("intake")
    for house in local.HOUSES[1:]:
        assert "MESSAGE-TAKEN" in events(house), (house, events(house))

    refused = duty.folder / "refused.ndjson"
    refused.write_text(json.dumps({"id": "geweigerd", "municipality": MUNICIPALITY, "provider": PROVIDER,
                                   "start": {"bsn": "999900007", "allocation": "4711", "day": "2020-01-01"}}) + "\n"
                       + json.dumps({"id": BSN, "municipality": MUNICIPALITY, "provider": PROVIDER, "start": {
                           "bsn": BSN, "allocation": "4711", "day": "2020-01-01"}}) + "\n", encoding="utf-8")
    duty.office.send(refused, check=False)
    log = duty.street.replicas["intake", 0].said()
    assert re.search(r" MESSAGE-REFUSED message=gateway:geweigerd sender=gateway reason=BSN_WRONG", log), log[-2000:]
    assert re.search(r" MESSAGE-REFUSED sender=gateway reason=TEXT_HIDES_BSN", log), log[-2000:]
    for process in duty.street.replicas.values():
        assert BSN not in process.said() and NAME not in process.said()


@story
def what_waits_is_counted_and_its_oldest_is_told(journey):
    duty = journey.common
    duty.cluster.run("allocation", "CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS"
                                   " 'BEGIN PERFORM pg_sleep(3); RETURN NEW; END'; CREATE TRIGGER slow BEFORE INSERT ON"
                                   " outbox FOR EACH STATEMENT EXECUTE FUNCTION wait_here()")
    try:
        message = duty.declare("trage", "trage")
        time.sleep(1.2)
        status = duty.read("status")
        stream = next(stream for stream in status["streams"] if stream["house"] == "allocation")
        assert stream["waiting"] == 1 and stream["waited_seconds"] >= 1, stream
        waits = [step for step in duty.read("trace", message)["steps"] if step["house"] == "allocation"]
        assert [step["heard"] for step in waits] == [False] and "at" not in waits[0], waits
        assert "waits to be heard" in duty.picq("trace", message).stdout
    finally:
        duty.cluster.run("allocation", "DROP TRIGGER slow ON outbox; DROP FUNCTION wait_here()")
    duty.street.settle()
    assert duty.needs() == []


@story
def what_was_set_aside_is_shown_and_settled_for_a_reason_that_is_kept(journey):
    duty = journey.common
    duty.cluster.run("billing", "ALTER TABLE line ADD CONSTRAINT broken CHECK (reference NOT IN ('stuk', 'weg')) NOT VALID")
    retried, dropped = duty.declare("vierde", "stuk"), duty.declare("vijfde", "weg")
    duty.street.settle()
    until(duty.needs, [("billing", "SET_ASIDE")], SOON)
    until(lambda: duty.number("billing", "picq_set_aside_messages"), 2.0, SOON)
    listed = duty.read("set-aside", "list")
    assert {(aside["house"], aside["id"], aside["state"]) for aside in listed} == {
        ("billing", f"{message}/allocation.1", "ASIDE") for message in (retried, dropped)}, listed
    assert all(aside["reason"] and aside["subject"] == f"{MUNICIPALITY}/{PROVIDER}" for aside in listed), listed
    assert "2 messages wait for a person" in duty.picq("set-aside", "list").stdout
    assert duty.read("set-aside", "list", "--municipality", MUNICIPALITY, token=OF_ONE) == listed
    shown = duty.picq("set-aside", "show", f"{retried}/allocation.1").stdout
    for words in ("billing", "allocation.Judged", "23514", f"picq set-aside retry {retried}/allocation.1 --reason"):
        assert words in shown, (words, shown)
    assert "set aside: " in duty.picq("trace", retried).stdout

    duty.cluster.run("billing", "ALTER TABLE line DROP CONSTRAINT broken")
    for decision, message, reason in (("retry", retried, "de regel is hersteld"), ("drop", dropped, "dubbel")):
        answer = duty.picq("set-aside", decision, f"{message}/allocation.1", "--reason", reason)
        assert answer.returncode == 0, answer
    duty.street.settle()
    assert duty.cluster.ask("billing", "SELECT reference FROM line WHERE reference IN ('stuk', 'weg')") == [["stuk"]]
    settled = {aside["id"]: aside for aside in duty.read("set-aside", "list", "--settled")}
    assert settled[f"{retried}/allocation.1"]["state"] == "RETRIED"
    assert settled[f"{retried}/allocation.1"]["decided_reason"] == "de regel is hersteld"
    assert settled[f"{dropped}/allocation.1"]["state"] == "DROPPED"
    assert settled[f"{dropped}/allocation.1"]["decided_reason"] == "dubbel"
    assert all(aside["decided_id"].startswith("control:") for aside in settled.values()), settled
    assert "dropped by control:" in duty.picq("set-aside", "list", "--settled").stdout
    assert "set aside and retried" in duty.picq("trace", retried).stdout
    assert duty.needs() == [] and duty.read("set-aside", "list") == []


@story
def every_number_is_explained_and_every_explained_number_is_told(journey):
    duty = journey.common
    exposed = {}
    for house in local.HOUSES:
        for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", duty.metrics(house), re.MULTILINE):
            exposed.setdefault((name, kind), set()).add(house)
    written = {}
    for line in (ROOT / "deploy/observability/metrics.md").read_text(encoding="utf-8").splitlines():
        row = re.match(r"\| `(\w+)(?:\{\w+\})?` \| (counter|gauge) \| ([\w, ]+) \| \S", line)
        if row:
            houses = set(local.HOUSES) if row[3] == "all" else set(row[3].split(", "))
            written[row[1], row[2]] = houses
    assert written == exposed, (set(written) - set(exposed), set(exposed) - set(written), [
        name for name in written if written[name] != exposed.get(name)])
    assert len(exposed) > 30


@story
def a_partition_with_another_history_needs_a_person(journey):
    duty = journey.common
    partition, identity = duty.cluster.ask("allocation", "SELECT partition, id FROM inbox WHERE position > 3 LIMIT 1")[0]
    place = (f"partition = {partition} AND position = (SELECT position FROM outbox_head WHERE partition = {partition})")
    duty.cluster.run("intake", f"UPDATE outbox SET id = 'another' WHERE {place}")
    until(duty.needs, [("allocation", "DIVERGED")], SOON)
    assert f"{partition} DIVERGED" in duty.picq("status").stdout
    assert duty.page("allocation", "/status")[1].count('"why_not":"1 partitions are stopped') == 1
    # Once both are of one moment, a house that starts looks again.
    duty.cluster.run("intake", f"UPDATE outbox SET id = '{identity}' WHERE {place}")
    duty.street.replicas["allocation", 0].stop()
    duty.street.start_one("allocation", 0).wait_for("HOUSE-OPENED")
    until(duty.needs, [], SOON)


@story
def a_replica_that_is_gone_needs_a_person_and_its_work_goes_on(journey):
    duty = journey.common
    places = duty.places()
    duty.street.replicas["billing", 1].process.kill()
    duty.street.replicas["billing", 1].process.wait()
    try:
        until(lambda: duty.number("billing", "picq_partitions"), 64.0, SOON)
        answer = duty.picq("status", places=places)
        assert answer.returncode == 1 and re.search(r"^! billing: \S+ cannot be reached", answer.stdout, re.MULTILINE), answer
        fewer = ",".join(place for place in places.split(",") if place != places.split(",")[2])
        assert duty.picq("status", places=fewer).returncode == 0
        duty.declare("zesde", "zesde")
        duty.street.settle()
    finally:
        duty.street.start_one("billing", 1, {"billing": 2}).wait_for("HOUSE-OPENED")
    until(lambda: duty.number("billing", "picq_partitions"), 32.0, SOON)


main(Duty)
