"""The synthetic region keeps its promises, and its referee knows the rules by their worked examples.

Speaks as cmocka does, so that each test counts.
"""
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import days
import rating
from people import TEST_RANGE, passes_eleven_test
from standing import Allocation

HERE = Path(__file__).parent
BOOK = HERE.parents[1] / "deploy/regions/haaglanden/book"
AT_LEAST = 20

# Every national return code that a message of the neutral feed can meet. 9369 is not among them: a budget without a
# product code can't be asked for.
CODES = ["0001", "0233", "0611", "8017", "8021", "8187", "9307", "9308", "9319", "9321", "9322", "9333", "9338",
         "9339", "9340", "9341", "9346", "9384", "9387", "9388", "9389", "9390"]
# Reasons that carry a national code outside declarations.
REASONS = ["REFERENCE_USED", "REQUEST_ALREADY_PENDING", "PRODUCT_NAMED_TWICE", "NUMBER_USED", "NOT_RUNNING",
           "NOTHING_CHANGES", "CHANGE_OF_WHOLE_PERIOD", "CHANGE_IN_PAST", "NO_SUCH_ALLOCATION", "ALREADY_STARTED",
           "NOT_STARTED", "STOPPED_BEFORE_START", "CLIENT_DIFFERS"]


def make(scale, seed, out):
    subprocess.run([str(HERE / "make"), "--scale", str(scale), "--seed", str(seed), "--book", str(BOOK), "--out", out],
                   check=True)
    return Path(out)


def digest(folder):
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.ndjson")):
        total.update(path.read_bytes())
    return total.hexdigest()


def the_same_seed_gives_the_same_region():
    with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b, tempfile.TemporaryDirectory() as c:
        first, again, other = make(0.004, 7, a), make(0.004, 7, b), make(0.004, 8, c)
        assert digest(first) == digest(again)
        assert digest(first) != digest(other)


def lines_of(folder):
    for path in sorted(folder.glob("feed/*.ndjson")):
        yield from path.read_text(encoding="utf-8").splitlines()


def at_one_twentieth_each_return_code_is_expected_twenty_times(folder):
    expected = json.loads((folder / "summary.json").read_text())["expected"]
    for code in CODES:
        found = sum(count for name, count in expected.items() if code in name.split())
        assert found >= AT_LEAST, f"{code}: {found}"
    for reason in REASONS:
        found = sum(count for name, count in expected.items() if reason in name.split())
        assert found >= AT_LEAST, f"{reason}: {found}"


def every_line_of_the_feed_has_its_verdict(folder):
    verdicts = [json.loads(line) for line in (folder / "expected.ndjson").read_text(encoding="utf-8").splitlines()]
    lines = list(lines_of(folder))
    assert len(verdicts) == len(lines)
    assert [verdict["line"] for verdict in verdicts] == list(range(1, len(lines) + 1))


def every_person_is_a_test_number(folder):
    seen = {}
    for line in lines_of(folder):
        if '"client":{' not in line or not line.endswith("}"):
            continue
        message = json.loads(line)
        for fact in message.values():
            request = fact.get("request", fact) if isinstance(fact, dict) else {}
            if "client" in request:
                bsn = request["client"]["bsn"]
                assert int(bsn) in TEST_RANGE
                if passes_eleven_test(bsn):
                    seen.setdefault(bsn, set()).add(request["client"]["name"])
    # A mistake may name somebody "Testpersoon 0"; beside it no number has two names.
    assert all(len(names - {"Testpersoon 0"}) <= 1 for names in seen.values())


def the_size_is_that_of_haaglanden(folder):
    summary = json.loads((folder / "summary.json").read_text())
    for year, figures in summary["years"].items():
        clients, lines = figures["clients"] / summary["scale"], figures["lines"] / summary["scale"]
        euros = figures["approved_cents"] / summary["scale"] / 100
        assert 24_000 <= clients <= 36_000, f"{year}: {clients:.0f} clients"
        assert 200_000 <= lines <= 350_000, f"{year}: {lines:.0f} lines"
        assert 200e6 <= euros <= 450e6, f"{year}: {euros:.0f} euros"


def months(first, last):
    period = (days.read(first), days.read(last))
    return [days.meet(month, period) for month in days.months_of(period)]


def weekly_volumes_are_the_worked_examples():
    def weekly(unit, first, last):
        allocation = Allocation(volume=3, unit=unit, frequency="PER_WEEK", period=(days.read(first), days.read(last)))
        parts = [rating.limit(allocation, month) // 3 for month in months(first, last)]
        return parts, rating.limit_in_all(allocation) // 3

    assert weekly("PIECE", "2025-07-07", "2025-09-07") == ([4, 5, 1], 9)
    assert weekly("PIECE", "2025-10-07", "2025-12-30") == ([4, 5, 5], 13)
    assert weekly("OUTPUT", "2025-07-07", "2025-09-07")[0] == [3, 5, 1]
    assert weekly("OUTPUT", "2025-07-07", "2025-09-05")[0] == [3, 6, 0]


def the_calendar_counts_as_people_do():
    assert days.weekday(days.read("2020-06-08")) == 1
    assert days.age(days.read("2004-02-29"), days.read("2021-02-28")) == 16
    assert days.age(days.read("2004-02-29"), days.read("2021-03-01")) == 17
    assert days.write(days.next_month(days.read("2020-01-31"))[1]) == "2020-02-29"


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as out:
        folder = make(0.05, 1, out)
        for test, arguments in ((the_calendar_counts_as_people_do, ()), (weekly_volumes_are_the_worked_examples, ()),
                                (the_same_seed_gives_the_same_region, ()),
                                (every_line_of_the_feed_has_its_verdict, (folder,)),
                                (every_person_is_a_test_number, (folder,)),
                                (the_size_is_that_of_haaglanden, (folder,)),
                                (at_one_twentieth_each_return_code_is_expected_twenty_times, (folder,))):
            print(f"[ RUN      ] {test.__name__}")
            try:
                test(*arguments)
                print(f"[       OK ] {test.__name__}")
            except AssertionError as fault:
                print(f"{fault}\n[  FAILED  ] {test.__name__}")
                failed += 1
    sys.exit(1 if failed else 0)


main()
