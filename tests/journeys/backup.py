"""A backup takes each database at a moment of its own, while the street goes on. It is put back: the houses find each other
again by themselves, and whatever intake still knows adds up to the cent."""
import datetime
import json
import os
import re
import subprocess
import sys

from journey import BOOK, ROOT, local, main, story

sys.path.append(str(ROOT / "tests" / "bench"))

import load  # noqa: E402

SECRET = "0123456789abcdef-backup"
CONVERSATIONS = 3
MONTH = CONVERSATIONS * load.LINES

# As pg_dump: takes the database, and lets a month be declared and answered before it says that it is done.
SLOW_DUMP = """#!/bin/sh
set -e
{pg_dump} "$@"
month=$(cat {folder}/month)
{picq} feed send {folder}/month-$month.ndjson >/dev/null
sleep 0.7
echo $((month + 1)) >{folder}/month
"""


class Region:
    """A street with care taken over, and months of declarations to send."""

    def __init__(self, journey):
        self.folder = journey.folder
        readers = journey.folder / "readers"
        readers.write_text(f"region {SECRET} *\n", encoding="utf-8")
        self.street = journey.street(environment={"PICQ_READERS": str(readers)})
        self.cluster = self.street.cluster
        self.office = local.Office(self.street)
        self.street.start()
        self.office.begin("2019-12-31")
        self.office.open_gateway(load.PROVIDERS)
        self.office.publish(BOOK / "001-pxq-contracts-to-2019")
        load.write(self.folder / "over.ndjson", load.taken_over(CONVERSATIONS))
        declarations = list(load.declarations(12, CONVERSATIONS))
        for month in range(12):
            load.write(self.folder / f"month-{month}.ndjson", declarations[month * CONVERSATIONS : (month + 1) * CONVERSATIONS])
        self.office.send(self.folder / "over.ndjson", owner="inkoop")
        self.street.settle()
        self.make_slow_dump()

    def make_slow_dump(self):
        programs = self.folder / "programs"
        programs.mkdir()
        (self.folder / "month").write_text("1\n", encoding="utf-8")
        dump = programs / "pg_dump"
        dump.write_text(SLOW_DUMP.format(pg_dump=self.cluster.programs / "pg_dump", folder=self.folder,
                                         picq=self.street.programs / "picq"), encoding="utf-8")
        dump.chmod(0o755)

    def declare(self, month):
        self.office.send(self.folder / f"month-{month}.ndjson")
        self.street.settle()

    def backup(self, *words, check=True, slow=False, **instead):
        """deploy/postgres/backup, in the role of each house."""
        connections = {f"PICQ_{house.upper()}_DATABASE": instead.get(house, self.cluster.connection(house, house))
                       for house in local.HOUSES}
        kept = self.folder / "backups"
        kept.mkdir(exist_ok=True)
        return subprocess.run([ROOT / "deploy" / "postgres" / "backup", *words], text=True, capture_output=True, check=check,
                              env={**os.environ, **connections, "PICQ_BACKUPS": str(kept), "PICQ_BACKUPS_KEPT": "2",
                                   "PATH": f"{self.folder / 'programs'}:{os.environ['PATH']}" if slow else os.environ["PATH"],
                                   "PICQ_DOOR": self.street.endpoint("intake", 0, "door"),
                                   "PICQ_KEY": str(self.office.gateway), "PICQ_DOOR_KEY": str(self.street.keys / "intake")})

    def ahead(self):
        """Between each house and its neighbours: what is heard less what is said, where that is more."""
        ahead = {}
        for house, neighbours in local.HEARS.items():
            for neighbour in neighbours:
                said = dict(self.cluster.ask(neighbour, "SELECT partition, position FROM outbox_head"))
                for partition, position in self.cluster.ask(house, "SELECT partition, position FROM inbox"
                                                                   f" WHERE source = '{neighbour}'"):
                    if int(position) > int(said[partition]):
                        ahead[house, neighbour] = ahead.get((house, neighbour), 0) + int(position) - int(said[partition])
        return ahead

    def noted(self, house):
        """When the newest backup was done, in seconds, as its database has it."""
        return float(self.cluster.ask(house, "SELECT coalesce(max(extract(epoch FROM taken_at)), 0) FROM backup_taken")[0][0])

    def admitted_lines(self):
        """What intake remembers that it was sent."""
        return load.LINES * self.cluster.number("intake", "SELECT count(*) FROM sent WHERE id LIKE 'declaration-%'")

    def approved_lines(self):
        return self.cluster.number("billing", "SELECT count(*) FROM line WHERE reason IS NULL")

    def approved_cents(self):
        return self.cluster.number("billing", "SELECT coalesce(sum(amount_cents), 0) FROM line WHERE reason IS NULL")

    def reported_cents(self):
        port = self.street.port("monitoring", 0, "http")
        said = self.street.picq("report", "table", "spending", "--year", "2019", "--json", environment={
            "PICQ_MONITORING": f"http://127.0.0.1:{port}", "PICQ_TOKEN": SECRET}).stdout
        return sum(row["cents"] for row in json.loads(said)["rows"]
                   if row["municipality"] is None and row["funding"] is None and row["month"] is None)

    def adds_up(self, lines):
        assert self.approved_lines() == self.admitted_lines() == lines, (self.approved_lines(), self.admitted_lines(), lines)
        assert self.approved_cents() == self.reported_cents(), (self.approved_cents(), self.reported_cents())
        assert self.cluster.number("billing", "SELECT sum(amount_cents) FROM posting") == 0


@story
def a_backup_taken_under_feed_is_put_back_and_the_houses_find_each_other(journey):
    region = journey.common
    region.declare(0)
    taken = region.backup("take", slow=True).stdout.strip()  # months 1 to 4 come between
    assert re.search(r"/20[\dT:-]+Z$", taken), taken
    assert all(region.noted(house) >= os.stat(taken).st_mtime for house in local.HOUSES)
    region.street.settle()
    region.adds_up(5 * MONTH)

    refused = region.backup("restore", taken, check=False)
    assert refused.returncode == 1 and "stop its replicas first" in refused.stderr, refused
    region.street.stop()
    region.backup("restore", taken)
    moment = datetime.datetime.strptime(os.path.basename(taken), "%Y-%m-%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    assert all(region.noted(house) == moment.timestamp() for house in local.HOUSES), (taken, region.noted("billing"))
    ahead = region.ahead()
    assert set(ahead) <= {("intake", "allocation"), ("intake", "billing")}, ahead
    assert ahead and region.admitted_lines() == 4 * MONTH > region.approved_lines(), (ahead, region.approved_lines())

    region.street.start()
    region.street.settle()
    assert region.ahead() == {}
    for house in local.HOUSES:
        assert region.cluster.ask(house, "SELECT DISTINCT state FROM inbox") == [["HEARING"]], house
        assert region.cluster.number(house, "SELECT count(*) FROM set_aside") == 0, house
    region.adds_up(4 * MONTH)

    for month in range(6):
        region.declare(month)  # who sends again what may be lost, is heard once
    region.adds_up(6 * MONTH)


@story
def the_houses_at_the_end_of_the_street_are_put_back_alone(journey):
    region = journey.common
    taken = region.backup("take").stdout.strip()
    region.declare(6)
    region.street.stop()
    region.backup("restore", taken, "billing", "monitoring")
    assert region.approved_lines() == 6 * MONTH and region.admitted_lines() == 7 * MONTH
    region.street.start()
    region.street.settle()
    region.adds_up(7 * MONTH)


@story
def only_as_many_backups_are_kept_as_asked_and_none_that_is_half(journey):
    region = journey.common
    kept = region.folder / "backups"
    for name in ("2019-01-01T000000Z", "2019-01-02T000000Z", "2019-01-03T000000Z"):
        (kept / name).mkdir()
    newest = region.backup("take").stdout.strip()
    names = sorted(kept.iterdir())
    assert len(names) == 2 and newest in map(str, names), names
    moments = [region.noted(house) for house in local.HOUSES]
    failed = region.backup("take", check=False, billing="dbname=nowhere")
    assert failed.returncode != 0 and sorted(kept.iterdir()) == names, (failed, list(kept.iterdir()))
    assert [region.noted(house) for house in local.HOUSES] == moments


main(Region)
