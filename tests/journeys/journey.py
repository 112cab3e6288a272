"""Journey: the kit of the tests that run a whole street, as processes, over real sockets and real databases.

A story is a sentence that is true: a function that takes the journey and asserts. A program speaks as cmocka does, so
that each story counts as a test. Everything lives in a folder of its own, thrown away at the end unless KEEP is set.
"""
import os
import pathlib
import shutil
import sys
import tempfile
import time
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "deploy"), str(ROOT / "tests" / "support")]

import local  # noqa: E402  (found by the path above)
import play  # noqa: E402
import replay  # noqa: E402

BOOK = ROOT / "deploy" / "regions" / "haaglanden" / "book"
STORIES = []


def story(function):
    STORIES.append(function)
    return function


class Journey:
    """A cluster of its own, and the streets that a story starts on it."""

    def __init__(self, programs):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="picq-journey-"))
        self.folder.chmod(0o755)
        self.programs = programs
        self.cluster = local.Cluster(self.folder / "cluster", durable=False).start()
        self.streets = []
        self.lasting = []
        self.common = None

    def street(self, name="street", **settings):
        street = local.Street(self.folder / name, self.cluster, self.programs, **settings)
        self.streets.append(street)
        return street.prepare()

    def begin(self, common):
        """What all stories share; its streets outlive them."""
        self.common = common(self)
        self.lasting, self.streets = self.streets, []

    def end_story(self):
        for street in self.streets:
            street.stop()
            for house in local.HOUSES:
                self.cluster.drop_house(street.prefix + house)
        self.streets.clear()

    def close(self):
        self.streets += self.lasting
        self.end_story()
        self.cluster.remove()
        if not os.environ.get("KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)


def until(question, expected=True, seconds=60):
    """Asks until the answer is as expected; fails with the last answer."""
    end = time.monotonic() + seconds
    while (answer := question()) != expected:
        if time.monotonic() > end:
            raise AssertionError(f"{answer!r} after {seconds} s, not {expected!r}")
        time.sleep(0.05)


def main(common=None):
    """Tells every story; `common(journey)` makes what they share, as journey.common."""
    journey = Journey(sys.argv[1])
    failed = 0
    try:
        if common:
            journey.begin(common)
        for tell in STORIES:
            print(f"[ RUN      ] {tell.__name__}", flush=True)
            try:
                tell(journey)
                print(f"[       OK ] {tell.__name__}", flush=True)
            except Exception:
                traceback.print_exc(file=sys.stdout)
                print(f"[  FAILED  ] {tell.__name__}", flush=True)
                failed += 1
            finally:
                journey.end_story()
    finally:
        journey.close()
    sys.exit(1 if failed else 0)
