"""Every command of deploy/README.md is run by a test: those of picq here, as they stand there, on a new region; the others
by the tests that know their machines, where the words that they run by are looked up."""
import json
import os
import re
import subprocess
import sys

from journey import ROOT, local, main, story

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import load  # noqa: E402

HANDBOOK = ROOT / "deploy" / "README.md"
SECRET = "0123456789abcdef-handbook"
# What a command begins with, the test that runs it, and the words there that do.
ELSEWHERE = (
    ("picq close 2020 --check", "tests/journeys/close.py", '"close", 2020, "--check"'),
    ("picq close 2020 --approve --watch", "tests/journeys/close.py", '"close", 2020, "--approve", "--watch"'),
    ("picq close 2020 --reopen --reason", "tests/journeys/close.py", '"close", 2020, "--reopen", "--reason"'),
    ("picq close 2020 --reopen --approve", "tests/journeys/close.py", '"close", 2020, "--reopen", "--approve"'),
    ("picq close 2020", "tests/journeys/close.py", '"close", 2020, who='),
    ("picq set-aside show", "tests/journeys/watching.py", '"set-aside", "show"'),
    ("picq set-aside retry", "tests/journeys/watching.py", '"set-aside", decision, f"{message}/allocation.1", "--reason"'),
    ("picq set-aside drop", "tests/journeys/watching.py", '"set-aside", "drop"'),
    ("cmake -S . -B build/package", "tests/deploy/package", '"-DCMAKE_BUILD_TYPE=Release"'),
    ("(cd build/package && cpack", "tests/deploy/package", '"cpack", "-G", "DEB"'),
    ("apt install ./picq", "tests/deploy/package", 'machine.apt("install"'),
    ("apt install --allow-downgrades", "tests/deploy/package", '"--allow-downgrades"'),
    ("picq-setup", "tests/deploy/package", 'machine.inside("picq-setup")'),
    ("picq-office day", "tests/deploy/package", 'machine.office("day"'),
    ("printf 'PICQ_LISTEN=", "tests/deploy/package", "/etc/picq/billing@2.conf"),
    ("systemctl enable --now picq-billing@2", "tests/deploy/package", '"picq-billing@2"'),
    ("systemctl start picq-backup", "tests/deploy/package", '"picq-backup.service"'),
    ("systemctl stop picq.target", "tests/deploy/package", '"stop", "picq.target"'),
    ("systemctl start picq.target", "tests/deploy/package", '"start", "picq.target"'),
    ("runuser -u picq -- /usr/lib/picq/backup restore", "tests/deploy/package", '"/usr/lib/picq/backup", "restore"'),
    ("deploy/container/build", "tests/containers/run", '"deploy" / "container" / "build"'),
    ("docker compose up -d --scale", "tests/containers/run", 'PICQ_BILLING_REPLICAS="2"'),
    ("docker compose up -d", "tests/containers/run", '"up", "-d"'),
    ("docker compose run --rm picq publish", "tests/containers/run", 'street.office("publish"'),
    ("docker compose run --rm picq report", "tests/containers/run", '"report"'),
    ("docker compose run --rm picq status", "tests/containers/run", 'street.office("status")'),
    ("docker compose exec billing ask", "tests/containers/run", '"billing", "ask", "/metrics"'),
    ("docker compose -p utrecht", "tests/containers/run", 'name=f"{NAME}2"'),
    ("PICQ_TAG=NEW docker compose up", "tests/containers/run", 'PICQ_TAG="next"'),
    ("mkdir -m 700 KEYS", "tests/deploy/manifests", "tempfile.TemporaryDirectory()"),
    ("podman run --rm --user 0", "tests/deploy/manifests", '"make-keys"'),
    ("deploy/kubernetes/secrets KEYS", "tests/deploy/manifests", '"kubernetes" / "secrets"'),
)
# There is no cluster to try these on; what they are given is rendered, checked and played.
NEED_A_CLUSTER = ("kubectl create namespace", "kubectl apply -k", "kubectl -n picq-haaglanden exec deploy/office")


def sections():
    """(heading, its commands) of the handbook: a line of a fenced block each, without what explains it."""
    heading, fenced, found = "", False, []
    for line in HANDBOOK.read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced:
            found.append((heading, re.split(r" {3,}", line.strip())[0]))
        elif line.startswith("#"):
            heading = line.lstrip("# ")
    return found


def is_command(line):
    return not line.startswith(("{", "export "))


class Region:
    """A street where nothing has been said yet, and a folder with the keys that the handbook names."""

    def __init__(self, journey):
        self.folder = journey.folder / "office"
        self.folder.mkdir()
        readers = self.folder / "readers"
        readers.write_text(f"office {SECRET} *\n", encoding="utf-8")
        self.street = journey.street(environment={"PICQ_READERS": str(readers)})
        (self.street.keys / "operators").mkdir()
        for owner in ("inkoop", "control"):
            self.street.picq("keys", "make", self.folder / owner)
            (self.street.keys / "operators" / owner).write_bytes((self.folder / owner).read_bytes())
        self.street.start()
        self.ran = set()

    def http(self, house):
        return f"http://127.0.0.1:{self.street.port(house, 0, 'http')}"

    def type(self, line, **more):
        """The line, as a shell in that folder takes it. Gives what it said, and its exit status."""
        environment = {**os.environ, "PATH": f"{self.street.programs.resolve()}:/usr/bin:/bin", "PICQ_TOKEN": SECRET,
                       "PICQ_DOOR": self.street.endpoint("intake", 0, "door"), "PICQ_KEY": "inkoop",
                       "PICQ_DOOR_KEY": str(self.street.keys / "intake"), "PICQ_MONITORING": self.http("monitoring"),
                       "PICQ_INTAKE_HTTP": self.http("intake"),
                       "PICQ_ALLOCATION_HTTP": self.http("allocation"), "PICQ_BILLING_HTTP": self.http("billing"),
                       "PICQ_HOUSES": ",".join(f"{house}={self.http(house)}" for house in local.HOUSES), **more}
        ran = subprocess.run(["bash", "-c", line], cwd=self.folder, env=environment, text=True, capture_output=True, check=False)
        self.ran.add(line)
        return ran

    def type_all(self, heading):
        """The commands of a section. The answer may be no only where what was asked is whether all is well."""
        lines = [line for where, line in sections() if where == heading and is_command(line)]
        assert lines, f"the handbook has no commands under {heading}"
        for line in lines:
            if not any(line.startswith(begins) for begins, _, _ in ELSEWHERE):
                ran = self.type(line)
                assert ran.returncode in ((0, 1) if line.startswith(("picq status", "picq gaps")) else (0,)), (line, ran)


@story
def the_first_day_goes_as_it_stands_there(journey):
    region = journey.common
    region.type("picq day 2019-02-02")
    region.type_all("The first day")
    assert region.street.cluster.number("allocation", "SELECT count(DISTINCT number) FROM heard_book") == 1


@story
def care_that_runs_is_taken_over_by_the_line_that_stands_there(journey):
    region = journey.common
    line = next(line for where, line in sections() if where == "Care that runs already" and line.startswith("{"))
    line = line.replace('"bsn": …', f'"bsn": "{next(load.test_bsns())}"').replace('"name": …', '"name": "Testpersoon 1"')
    json.loads(line)
    (region.folder / "over.ndjson").write_text(line + "\n", encoding="utf-8")
    region.type_all("Care that runs already")
    region.street.settle()
    assert region.street.cluster.ask("allocation", "SELECT DISTINCT number FROM allocation") == [["1001"]]
    again = region.type("picq feed send over.ndjson")
    assert again.returncode == 0, again


@story
def the_daily_round_finds_that_nothing_waits(journey):
    region = journey.common
    region.type_all("The daily round")


@story
def the_way_of_a_message_is_asked_as_it_stands_there(journey):
    region = journey.common
    declaration = {"id": "m-1", "municipality": "0344", "provider": "90000001", "declaration": {
        "number": "2019-01", "month_day": "2019-01-01", "clients": [{"bsn": next(load.test_bsns()), "lines": [
            {"reference": "1", "allocation": "1001", "category": "45", "code": "45A48", "volume": 3, "unit": "HOUR",
             "period": {"first_day": "2019-01-01", "last_day": "2019-01-31"},
             "tariff": {"cents": 7200}, "amount": {"cents": 21600}}]}]}}
    (region.folder / "m.ndjson").write_text(json.dumps(declaration) + "\n", encoding="utf-8")
    sent = region.type("picq feed send m.ndjson", PICQ_KEY="gateway")
    assert sent.returncode == 0, sent
    region.street.settle()
    region.type_all("On duty")
    region.type_all("The way of a message")


@story
def every_other_command_is_run_by_a_test_that_says_so(journey):
    for _, line in sections():
        rows = [row for row in ELSEWHERE if line.startswith(row[0])]
        assert (not is_command(line) or line in journey.common.ran or rows
                or line.startswith(NEED_A_CLUSTER)), f"no test runs: {line}"
        for _, test, words in rows:
            assert words in (ROOT / test).read_text(encoding="utf-8"), f"{test} does not say {words}, for: {line}"


@story
def every_alert_has_its_line_and_every_line_its_alert(journey):
    del journey
    alerts = re.findall(r"- alert: (\w+)", (ROOT / "deploy" / "observability" / "alerts.yml").read_text(encoding="utf-8"))
    lines = re.findall(r"^\| `([A-Z][a-z]\w+)` \|", HANDBOOK.read_text(encoding="utf-8"), re.MULTILINE)
    assert alerts and sorted(alerts) == sorted(lines), set(alerts) ^ set(lines)


main(Region)
