"""Small facts: one allocation each, from the door to monitoring."""
import pathlib
import shutil
import tempfile
import time

import load
import local
import tools
from tools import median
from street import BOOK


def one_run(cluster, conversations):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="picq-small-"))
    street = local.Street(folder, cluster, tools.programs)
    try:
        office = local.Office(street.prepare())
        street.start()
        office.begin("2019-12-31")
        office.open_gateway(load.PROVIDERS)
        office.publish(BOOK)
        street.settle(60)
        facts = load.write(folder / "over.ndjson", load.taken_over(conversations))
        before = {house: street.cpu(house) for house in local.HOUSES}
        began = time.monotonic()
        office.send(folder / "over.ndjson", owner="inkoop")
        street.settle(300)
        took = time.monotonic() - began
        cpu = {house: [1e6 * (after - first) / facts for after, first in zip(street.cpu(house), before[house])]
               for house in local.HOUSES}
        return facts / took, cpu
    finally:
        street.stop()
        for house in local.HOUSES:
            cluster.drop_house(house)
        shutil.rmtree(folder, ignore_errors=True)


def measure(cluster, short=False):
    conversations, rounds = (20, 1) if short else (120, 5)
    runs = [one_run(cluster, conversations) for _ in range(rounds)]
    return {
        "facts": conversations * load.LINES,
        "rounds": rounds,
        "per_second": round(median([run[0] for run in runs])),
        "all": [round(run[0]) for run in runs],
        "cpu_us_per_fact": {house: {part: round(median([run[1][house][place] for run in runs]), 1)
                                    for place, part in enumerate(("house", "database"))} for house in local.HOUSES},
    }
