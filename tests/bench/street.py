"""The whole street: declarations of a hundred lines, from the door to monitoring, every rule checked."""
import pathlib
import shutil
import tempfile
import time

import load
import local
import tools
from tools import ROOT, median

BOOK = ROOT / "deploy" / "regions" / "haaglanden" / "book" / "001-pxq-contracts-to-2019"


def floor_copy(cluster, lines):
    """A bare COPY of as many rows as billing keeps of lines, into one table with a key."""
    cluster.run("postgres", f"""
        CREATE TABLE made AS SELECT (n % 64)::smallint AS partition, 'reference-' || n AS reference, n AS cents,
                                    date '2019-01-01' AS first_day, date '2019-01-31' AS last_day, 'allocation-' || n AS allocation
          FROM generate_series(1, {lines}) AS n;
        COPY made TO '{cluster.folder}/lines' (FORMAT binary);
        CREATE TABLE kept (LIKE made, PRIMARY KEY (partition, reference));""")
    began = time.monotonic()
    cluster.run("postgres", f"COPY kept FROM '{cluster.folder}/lines' (FORMAT binary)")
    took = time.monotonic() - began
    cluster.run("postgres", "DROP TABLE made, kept")
    return lines / took


def floor_commits(cluster, commits=2000):
    """One row, one commit, on one connection."""
    cluster.run("postgres", "CREATE TABLE single (n integer PRIMARY KEY)")
    rows = "".join(f"INSERT INTO single VALUES ({n});\n" for n in range(commits))
    began = time.monotonic()
    cluster.run("postgres", rows)
    took = time.monotonic() - began
    cluster.run("postgres", "DROP TABLE single")
    return commits / took


def one_run(cluster, months, conversations):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="picq-street-"))
    street = local.Street(folder, cluster, tools.programs)
    try:
        office = local.Office(street.prepare())
        street.start()
        office.begin("2019-12-31")
        office.open_gateway(load.PROVIDERS)
        office.publish(BOOK)
        over = load.write(folder / "over.ndjson", load.taken_over(conversations))
        declared = load.write(folder / "declared.ndjson", load.declarations(months, conversations))
        began = time.monotonic()
        office.send(folder / "over.ndjson", owner="inkoop")
        street.settle(300)
        small = over / (time.monotonic() - began)

        before = {house: street.cpu(house) for house in local.HOUSES}
        began = time.monotonic()
        office.send(folder / "declared.ndjson")
        street.settle(600)
        took = time.monotonic() - began
        lines = declared * load.LINES
        cpu = {house: [1e6 * (after - first) / lines for after, first in zip(street.cpu(house), before[house])]
               for house in local.HOUSES}
        approved = cluster.number("monitoring", "SELECT coalesce(sum(position), 0) FROM inbox")
        assert approved > 0
        return lines / took, declared / took, small, cpu
    finally:
        street.stop()
        for house in local.HOUSES:
            cluster.drop_house(house)
        shutil.rmtree(folder, ignore_errors=True)


def measure(cluster, short=False):
    months, conversations, rounds = (2, 20, 1) if short else (25, 120, 3)
    runs = [one_run(cluster, months, conversations) for _ in range(rounds)]
    run = sorted(runs)[len(runs) // 2]
    lines = months * conversations * load.LINES
    return {
        "lines": lines,
        "rounds": rounds,
        "lines_per_second": round(run[0]),
        "declarations_per_second": round(run[1]),
        "small_messages_per_second": round(median([one[2] for one in runs])),
        "cpu_us_per_line": {house: {"house": round(own, 2), "database": round(database, 2)}
                            for house, (own, database) in run[3].items()},
        "floor_copy_rows_per_second": round(floor_copy(cluster, lines)),
        "floor_single_commits_per_second": round(floor_commits(cluster)),
    }
