"""Billing's corrections are held to the oracle, and the oracle's comparison to faults that were planted in the core.

Speaks as cmocka does, so that each test counts.
"""
import hashlib
import pathlib
import sys
import traceback

import playing
from care import CareHistory, Stretch, differences
from histories import BEGIN, END, PARTITIONS, History, Plan

PROGRAMS = pathlib.Path(sys.argv[1]).resolve()
BILLING, ALLOCATION = PROGRAMS / "histories.billing", PROGRAMS / "histories.allocation"
PIECES_OF_THREE, IN_ONE_PIECE = 0, 2  # seeds of the driver: how many lines a turn corrects follows from them
HISTORIES, ORDERS, PLANTED, CARE = range(1, 97), range(1, 19), range(1, 17), range(1, 65)


def every_line_nets_to_what_it_is_worth_under_the_last_book():
    found = playing.compare(BILLING, HISTORIES, PIECES_OF_THREE)
    assert not found, "\n".join(f"seed {history.name}: {fault}" for history, faults in found for fault in faults)


def histories_are_about_what_they_are_for():
    """Lines of every kind and way, corrected and not, credited and not: chance must not leave any of it out."""
    histories = [History(str(seed), Plan(seed)) for seed in HISTORIES]
    lines = [line for history in histories for line in history.lines.values() if line.approved]
    assert {line.parts for line in lines} == {(), ("start",), ("end",), ("start", "end"), ("month",)}
    assert {line.unit for line in lines} == {"MINUTE", "HOUR", "DAY", "DAY_PART", "PIECE", "EURO"}
    assert len(lines) > 1000 and sum(line.credited for line in lines) > 200
    corrections = {entry.corrections for history in histories for _, book in history.plan.books
                   for entry in book.entries if hasattr(entry, "corrections")}
    assert corrections == {"self_billed", "declared", "settled"}
    assert sum(history.corrected for history in histories) > 250
    copies = [(history, planned.reference, history.copied(planned)) for history in histories
              for planned in history.plan.lines if planned.reference in history.made]
    assert len(copies) > 60
    assert sum(history.lines[reference].credited and copy is history.made[reference]
               for history, reference, copy in copies) > 4



def the_same_seed_gives_the_same_history():
    def digest(seed):
        return hashlib.sha256(playing.wire(History(str(seed), Plan(seed))).encode()).hexdigest()

    assert digest(7) == digest(7) and digest(7) != digest(8)


def in_orders(seed):
    """One history, whose last book comes before, between and after what is declared."""
    plan = Plan(seed, left=True)
    late = sorted(line.day for line in plan.lines)
    days = BEGIN, late[len(late) // 4], late[len(late) // 2], late[len(late) * 3 // 4], END + 1000
    return [History(f"{seed}/{place}", plan, newest_book_on=day, partition=(seed * len(days) + place) % PARTITIONS)
            for place, day in enumerate(days)]


def the_order_in_which_a_book_and_declarations_arrive_changes_no_final_balance():
    orders = [in_orders(seed) for seed in ORDERS]
    said = playing.drive(BILLING, [history for histories in orders for history in histories], IN_ONE_PIECE)
    for histories in orders:
        first = said[histories[0].name]
        for history in histories:
            assert said[history.name]["lines"] == first["lines"], f"{history.name}: other lines"
            assert said[history.name]["costs"] == first["costs"], f"{history.name}: other balances"
    assert sum(histories[0].corrected != histories[-1].corrected for histories in orders) > len(orders) // 3


def every_day_granted_at_first_is_paid_in_exactly_one_way():
    """Also where care goes from products to a PIC and back again."""
    histories = [CareHistory(seed) for seed in CARE]
    said = playing.drive(ALLOCATION, histories, 1)
    found = [f"seed {history.name}: {fault}" for history in histories
             for fault in differences(history, said[history.name])]
    assert not found, "\n".join(found)

    ways = {}
    for history in histories:
        for stretch in map(Stretch, said[history.name]["standing"]):
            ways.setdefault((history.name, stretch.care), set()).add((stretch.days[0], stretch.funding))
    there_and_back = [[funding for _, funding in sorted(stretches)] for stretches in ways.values()]
    assert sum("1, 2, 1" in str(fundings) for fundings in there_and_back) > 5


def finds(fault, compare=playing.compare):
    def a_planted_fault_is_found():
        assert compare(PROGRAMS / f"histories.{fault}", PLANTED, IN_ONE_PIECE), f"nobody saw a core that {fault}"

    a_planted_fault_is_found.__name__ = f"a_core_that_{fault}_is_found_out"
    return a_planted_fault_is_found


TESTS = [
    the_same_seed_gives_the_same_history,
    histories_are_about_what_they_are_for,
    every_line_nets_to_what_it_is_worth_under_the_last_book,
    the_order_in_which_a_book_and_declarations_arrive_changes_no_final_balance,
    finds("rounds_down"),
    finds("forgets_own_tariffs"),
    finds("forgets_earlier_corrections"),
    finds("keeps_corrections_of_credited_lines"),
    every_day_granted_at_first_is_paid_in_exactly_one_way,
    finds("ends_on_the_day", playing.compare_care),
]


def main():
    failed = 0
    for test in TESTS:
        print(f"[ RUN      ] {test.__name__}", flush=True)
        try:
            test()
            print(f"[       OK ] {test.__name__}", flush=True)
        except (AssertionError, OSError, RuntimeError):
            traceback.print_exc(file=sys.stdout)
            print(f"[  FAILED  ] {test.__name__}", flush=True)
            failed += 1
    return 1 if failed else 0


sys.exit(main())
