"""Tally: counts the tests in what ctest wrote with --output-junit; prints "passed failed".

A cmocka program counts for each test in it; one that began and said no end has failed. Any other
program counts for one, but the cluster's start and stop only when they fail. A program that fails
while all its tests passed (a leak at its end, a timeout) counts for one failed test more, and no
tests at all are one failed test.
"""
import sys
import xml.etree.ElementTree as ElementTree

BEGUN, PASSED, SKIPPED = "[ RUN      ]", "[       OK ]", "[  SKIPPED ]"


def tally_program(case):
    lines = (case.findtext("system-out") or "").splitlines()
    begun, passed, skipped = (sum(mark in line for line in lines) for mark in (BEGUN, PASSED, SKIPPED))
    skipped = min(skipped, begun - passed)
    failed = begun - passed - skipped
    status = case.get("status")
    if status == "run":
        return (passed, failed) if begun else (0 if case.get("name").startswith("cluster.") else 1, 0)
    if status in ("notrun", "disabled") and case.find("failure") is None:
        return 0, 0
    return passed, max(failed, 1)


def main():
    passed = failed = 0
    for case in ElementTree.parse(sys.argv[1]).getroot().iter("testcase"):
        more_passed, more_failed = tally_program(case)
        passed += more_passed
        failed += more_failed
    print(passed, failed if passed or failed else 1)


main()
