"""What it adds up to: every figure that monitoring tells is the same figure out of billing's and allocation's tables.

The questions to those tables are this test's own: it shares no query and no code with monitoring. What the books say
is read from their files. It stands on an invented region with corrections: a book that changes prices of months that
were paid. A second argument is its size: 1 is a whole region (minutes), without one it is a small one.
"""
import collections
import datetime
import json
import math
import sys
import urllib.error
import urllib.request
from fractions import Fraction

from journey import local, main, play, story
import sums.forecasting  # noqa: F401  (its stories)
from sums.asking import (ALLOCATION, CARE, ENOUGH, EPOCH, KIND, MONEY, MONTH, MUNICIPALITY, PROVIDER, SECRET, YEARS,
                         Monitoring, cube, distinct, figures, half_up, holds, months_before, number_of, of_allocation,
                         of_billing, same, spent_in)

PUBLIC = "0123456789abcdef-public"
DELFT, THE_HAGUE = "0503", "0518"
CONTROLLER = "0123456789abcdef-delft"
SIZE = float(sys.argv[2]) if len(sys.argv) > 2 else 0.006


def played(journey):
    readers = journey.folder / "readers"
    readers.write_text(f"region {SECRET} *\ndelft {CONTROLLER} {DELFT}\npublic {PUBLIC} public\n", encoding="utf-8")
    street = journey.street(environment={"PICQ_READERS": str(readers)})
    office = local.Office(street)
    street.start()
    region = play.Region.invent(journey.folder / "region", SIZE, 11, "2019-12-01", "2020-12-31")
    play.Player(street, office, region).play()
    street.settle()
    street.monitoring = Monitoring(street)
    return street


def told_by_kind(street, table, year, name):
    """(municipality, kind, month) of a table of monitoring."""
    told = figures(street.monitoring.table(table, year=year), ("municipality", "segment", "content", "funding", "month"),
                   name)
    return {(municipality, "|".join(kind) if kind[0] else None, month): value
            for (municipality, *kind, month), value in told.items()}


@story
def money_lines_and_clients_are_those_of_billing(journey):
    street = journey.common
    for year in YEARS:
        spent = spent_in(street, year)
        same(told_by_kind(street, "spending", year, "cents"), cube([(*row[:3], row[4]) for row in spent], 3), ENOUGH[year])
        same(told_by_kind(street, "spending", year, "lines"), cube([(*row[:3], row[5]) for row in spent], 3), ENOUGH[year])
        clients = distinct([(*row[:4], row[6]) for row in spent if row[3]])
        same(told_by_kind(street, "spending", year, "clients"), clients, ENOUGH[year])


@story
def a_book_corrected_lines_and_the_figures_follow(journey):
    street = journey.common
    corrected = int(of_billing(street, "SELECT count(*) FROM line WHERE origin IS NOT NULL")[0][0])
    adjusted = int(of_billing(street, "SELECT count(*) FROM adjustment")[0][0])
    assert corrected > 20 and adjusted > 20, (corrected, adjusted)


@story
def clients_with_an_allocation_are_those_of_allocation(journey):
    street = journey.common
    for year in YEARS:
        rows = of_allocation(street, f"""{ALLOCATION}
            SELECT municipality,
                   concat_ws('|', segment, CASE profile WHEN '' THEN 'NONE' ELSE 'PIC' END,
                             CASE funding WHEN 1 THEN 'PXQ' ELSE 'PIC' END),
                   to_char(month, 'YYYY-MM'), client, 1
              FROM newest, generate_series(date '{year}-01-01', date '{year}-12-01', '1 month') AS month
             WHERE NOT removed AND first_day < month + interval '1 month' AND last_day >= month""")
        clients = distinct([(*row[:4], 1) for row in rows])
        same(told_by_kind(street, "clients", year, "clients"), clients, ENOUGH[year])


@story
def declarations_rejections_and_the_ledger_are_those_of_billing(journey):
    street = journey.common
    for year in YEARS:
        declarations = of_billing(street, f"""
            SELECT lpad((conversation / 100000000)::text, 4, '0'), code, to_char(known_day, 'YYYY-MM'), count(*)
              FROM declaration WHERE number NOT LIKE '%~%' AND extract(year FROM known_day) = {year}
             GROUP BY 1, 2, 3""")
        told = figures(street.monitoring.table("declarations", year=year), ("municipality", "code", "month"),
                       "declarations")
        # A declaration of which nothing was judged is as if it had never been sent: billing keeps no row of it.
        judged = {code for _, code, _, _ in declarations}
        same({place: count for place, count in told.items() if place[1] in judged},
             {place: count for place, count in cube([(*row[:3], int(row[3])) for row in declarations], 3).items()
              if place[1]}, ENOUGH[year])
        rejected = of_billing(street, f"""
            SELECT lpad((conversation / 100000000)::text, 4, '0'), return_code || '|' || reason,
                   to_char(known_day, 'YYYY-MM'), count(*)
              FROM line WHERE reason IS NOT NULL AND extract(year FROM known_day) = {year} GROUP BY 1, 2, 3""")
        # A line whose reference another line has is told and counted, and stands nowhere: most are rejected for it,
        # and a few, among many lines, for what allocation found first.
        told = {(row["municipality"], f"{row['code']}|{row['reason']}", row["month"]): row["lines"]
                for row in street.monitoring.table("rejections", year=year)
                if row["code"] and row["reason"] != "REFERENCE_NOT_UNIQUE"}
        kept = {place: count for place, count in cube([(*row[:3], int(row[3])) for row in rejected], 3).items()
                if place[1]}
        nowhere = sum(told.values()) - sum(kept.values())
        assert 0 <= nowhere <= sum(kept.values()) // 200, f"{nowhere} rejected lines stand nowhere"
        assert all(told.get(place, 0) >= count for place, count in kept.items()), "rejected lines are not told"
        if nowhere == 0:
            same(told, kept, ENOUGH[year])
        ledger = of_billing(street, f"""
            SELECT lpad((conversation / 100000000)::text, 4, '0'), account, sum(amount_cents)
              FROM posting WHERE service_year = {year} GROUP BY 1, 2""")
        same(figures(street.monitoring.table("ledger", year=year), ("municipality", "account"), "cents"),
             {tuple(row[:2]): int(row[2]) for row in ledger}, ENOUGH[year])


@story
def providers_are_those_of_billing(journey):
    street = journey.common
    for year in YEARS:
        rows = [(provider, municipality, int(cents), int(lines)) for provider, municipality, cents, lines in
                of_billing(street, f"""{MONEY}
                    SELECT {PROVIDER}, {MUNICIPALITY}, sum(money.amount_cents), sum(money.lines)
                      FROM money {CARE} AND extract(year FROM money.first_day) = {year} GROUP BY 1, 2""")]
        told = [row for row in street.monitoring.table("providers", year=year) if row["provider"]]
        for place, name in ((2, "cents"), (3, "lines")):
            sums = cube([(*row[:2], row[place]) for row in rows], 2)
            same(figures(told, ("provider", "municipality"), name),
                 {key: value for key, value in sums.items() if key[0]}, ENOUGH[year])


# Trajectories with a PIC: when care lasted, by allocation's tables, and what it cost, by billing's.

FOR_A_WHILE = 20
ENDED_LEAST, SEEN_LEAST = 5, Fraction(9, 10)


def horizon_of(known_on):
    """The end of the last month after which three whole months went by."""
    first_not_whole = (known_on + datetime.timedelta(days=1)).replace(day=1)
    return months_before(first_not_whole, 3) - datetime.timedelta(days=1)


class Course:
    """One trajectory, as what was said of its allocations has it."""

    def __init__(self, allocations, notices):
        newest = allocations[0]
        self.municipality, self.provider, self.client = newest["municipality"], newest["provider"], newest["client"]
        self.segment, self.profile, self.intensity = newest["segment"], newest["profile"], newest["intensity"]
        self.first = min(each["first"] for each in allocations)
        self.paid_as_pic = min((each["first"] for each in allocations if each["funding"] == 2), default=10 ** 6)
        used = {each["number"]: [notice for notice in notices if notice[0] == each["number"]] for each in allocations}
        starts = [day for told in used.values() for _, started, day, _ in told if started]
        self.started = bool(starts)
        self.began = min(starts, default=self.first)
        ends, stopped_ends, idle = [], [], []
        for each in allocations:
            told = used[each["number"]]
            if not any(started for _, started, *_ in told):
                idle.append(each)
                continue
            last_start = max(day for _, started, day, _ in told if started)
            stops = [day for _, started, day, reason in told if not started and reason != FOR_A_WHILE]
            if stops and max(stops) >= last_start:
                stopped_ends.append(max(stops))
                ends.append(max(stops))
            else:
                ends.append(each["last"])
        begins_later = idle and max(each["first"] for each in idle) > max(ends, default=-1)
        if idle and (not stopped_ends or begins_later):
            ends.append(max(each["last"] for each in idle))
        self.end = max(ends)


def courses_of(street, known_on):
    allocations = collections.defaultdict(list)
    for row in of_allocation(street, f"""{ALLOCATION}
            SELECT partition, municipality, number, provider, trajectory, client, segment, profile, intensity, funding,
                   first_day - date '1970-01-01', last_day - date '1970-01-01'
              FROM newest WHERE NOT removed AND first_day <= last_day"""):
        allocations[row[0], row[4]].append({
            "municipality": row[1], "number": row[2], "provider": row[3], "client": row[5], "segment": row[6],
            "profile": row[7], "intensity": row[8], "funding": int(row[9]), "first": int(row[10]), "last": int(row[11])})
    notices = collections.defaultdict(list)
    for partition, municipality, number, started, day, reason in of_allocation(street, """
            SELECT partition, municipality, number, started, day - date '1970-01-01', stop_reason
              FROM delivery ORDER BY position"""):
        notices[partition, municipality].append((number, started == "t", int(day), int(reason)))
    courses = {key: Course(listed, notices[key[0], listed[0]["municipality"]]) for key, listed in allocations.items()}
    begins = collections.defaultdict(set)
    for course in courses.values():
        begins[course.client].add(course.first)
    today = number_of(known_on)
    for course in courses.values():
        course.last = min(course.end, today)
        course.ended = course.end <= today and course.end + 1 not in begins[course.client]
        course.next = min((first for first in begins[course.client] if first > course.end), default=10 ** 6)
    return courses


def weighted(sample):
    """(days, ended, cents): how much each counts, by those who were cut off before."""
    weights, chance = {}, Fraction(1)
    for days in sorted({days for days, *_ in sample}):
        here = [index for index, (there, *_) in enumerate(sample) if there == days]
        longer = sum(1 for there, *_ in sample if there > days)
        cut_off = sum(1 for index in here if not sample[index][1])
        weights.update({index: 1 / chance for index in here if sample[index][1]})
        if cut_off:
            chance *= 1 - Fraction(cut_off, longer + cut_off)
    return weights


def cost_of(cell, horizon):
    """Trajectories, ended, the mean if it is told, and the part that is seen, of one cell."""
    sample = []
    for course, cents in cell:
        last = min(course.last, horizon, course.paid_as_pic - 1)
        sample.append((last - course.began + 1, course.ended and last == course.last, cents, course.paid_as_pic <= horizon))
    if cell[0][0].intensity.startswith("DUURZAAM"):
        sample = [row for row in sample if not row[3]]
        days, cents = sum(row[0] for row in sample), sum(row[2] for row in sample)
        mean = Fraction(cents, days) * Fraction(1461, 4) if len(sample) >= ENDED_LEAST else None
        part = Fraction(1)
    else:
        weights = weighted([row[:3] for row in sample])
        seen = sum(weights.values())
        part = Fraction(seen, len(sample))
        told = len(weights) >= ENDED_LEAST and part >= SEEN_LEAST
        mean = sum(weight * sample[index][2] for index, weight in weights.items()) / seen if told else None
    return len(sample), sum(1 for row in sample if row[1]), mean, part


@story
def what_care_with_a_pic_costs_is_what_allocation_and_billing_know_of_it(journey):
    street = journey.common
    known_on = datetime.date.fromisoformat(
        json.loads(street.monitoring.get("/v1/tables/pic-costs?year=2020"))["question"]["known_on"])
    horizon = horizon_of(known_on)
    costs = {(partition, trajectory): int(cents) for partition, trajectory, cents in of_billing(street, f"""{MONEY}
        SELECT money.partition, care.trajectory, sum(money.amount_cents)
          FROM money {CARE} AND care.profile <> '' AND money.first_day <= '{horizon}' GROUP BY 1, 2""")}
    cells = collections.defaultdict(list)
    last_day = number_of(datetime.date(2020, 12, 31))
    for key, course in courses_of(street, known_on).items():
        cents = costs.get(key, 0)
        last = min(course.last, number_of(horizon), course.paid_as_pic - 1)
        if not course.profile or not (course.started or cents) or last < course.began or course.began > last_day:
            continue
        pic = (course.segment, course.profile, course.intensity)
        for place in ((None, None), (course.municipality, None), (None, course.provider)):
            cells[pic + place].append((course, cents))
    told = {tuple(row[name] for name in ("segment", "profile", "intensity", "municipality", "provider")): row
            for row in street.monitoring.table("pic-costs", year=2020)}
    expected = {key: cost_of(cell, number_of(horizon)) for key, cell in cells.items()}
    same({key: row["trajectories"] for key, row in told.items()}, {key: row[0] for key, row in expected.items()}, 20)
    same({key: row["ended"] for key, row in told.items()}, {key: row[1] for key, row in expected.items()}, 5)
    same({key: row["mean_cents"] for key, row in told.items()},
         {key: None if row[2] is None else half_up(row[2]) for key, row in expected.items()}, 0)
    same({key: row["seen"] and round(row["seen"] * 10000) for key, row in told.items()},
         {key: half_up(row[3] * 10000) for key, row in expected.items()}, 20)


# The bytes of what was told of a trajectory, by what it is; see services/monitoring/core/told.h.
TOLD_BYTES, TOLD_COST = {1: 26, 2: 13, 3: 14, 4: 8, 5: 17}, 5


def costs_in(told):
    """(month, cents) of each cost among them."""
    while told:
        size = TOLD_BYTES[told[0]]
        if told[0] == TOLD_COST:
            month = EPOCH + datetime.timedelta(days=int.from_bytes(told[5:9], "big"))
            yield f"{month:%Y-%m}", int.from_bytes(told[9:17], "big", signed=True)
        told = told[size:]


@story
def each_trajectory_with_a_pic_cost_in_each_month_what_billing_approved_for_it(journey):
    street = journey.common
    ours = collections.Counter()
    for partition, trajectory, told in street.cluster.ask(street.prefix + "monitoring", """
            SELECT partition, id, encode(told, 'hex') FROM trajectory"""):
        for month, cents in costs_in(bytes.fromhex(told)):
            ours[partition, trajectory, month] += cents
    same(ours, {tuple(row[:3]): int(row[3]) for row in of_billing(street, f"""{MONEY}
        SELECT money.partition, care.trajectory, {MONTH}, sum(money.amount_cents)
          FROM money {CARE} AND care.profile <> '' GROUP BY 1, 2, 3""")}, 100)


@story
def what_ended_in_a_year_is_what_allocation_knows_of_it(journey):
    street = journey.common
    known_on = datetime.date.fromisoformat(
        json.loads(street.monitoring.get("/v1/tables/results?year=2020"))["question"]["known_on"])
    paid = {(partition, trajectory) for partition, trajectory, cents in of_billing(street, f"""{MONEY}
        SELECT money.partition, care.trajectory, sum(money.amount_cents)
          FROM money {CARE} AND care.profile <> '' AND money.first_day <= '{horizon_of(known_on)}' GROUP BY 1, 2""")
            if int(cents)}
    window = number_of(datetime.date(2020, 1, 1)), number_of(min(known_on, datetime.date(2020, 12, 31)))
    relapse_days = {"PERSPECTIEF": 91, "INTENSIEF": 182}
    ended, relapsed = collections.Counter(), collections.Counter()
    for key, course in courses_of(street, known_on).items():
        if not course.profile or not course.ended or not window[0] <= course.end <= window[1] or \
                not (course.started or key in paid):
            continue
        days = relapse_days.get(course.intensity)
        over = days and course.end + days <= number_of(known_on)
        for place in ((None, None), (course.municipality, None), (None, course.provider)):
            for profile in (None, course.profile + course.intensity + course.segment):
                ended[(profile, *place)] += 1
                relapsed[(profile, *place)] += bool(over and course.next <= course.end + days)
    told = {(row["profile"] and row["profile"] + row["intensity"] + row["segment"], row["municipality"], row["provider"]): row
            for row in street.monitoring.table("results", year=2020)}
    same({key: row["ended"] for key, row in told.items()}, ended, 10)
    same({key: row["relapsed"] for key, row in told.items()}, relapsed, 0)
    for row in told.values():
        for parts in (("goal_reached", "goal_not_reached", "goal_missing"),
                      ("dropped_out", "not_dropped_out", "dropout_missing"),
                      ("satisfaction_answers", "satisfaction_missing")):
            assert sum(row[part] for part in parts) == row["ended"], row


@story
def what_a_month_comes_to_beside_its_budget_is_what_billing_knows(journey):
    street = journey.common
    for year in YEARS:
        budgets = street.monitoring.table("budgets", year=year)
        approved = [(municipality, month, cents) for municipality, _, month, _, cents, _, _ in spent_in(street, year)]
        same(figures(budgets, ("municipality", "month"), "approved_cents"), cube(approved, 2), ENOUGH[year])
        known = [row for row in street.monitoring.table("forecast", year=year)]
        same(figures(known, ("municipality", "month"), "known_cents"), cube(approved, 2), ENOUGH[year])
        paid = [(*row[:2], int(row[2])) for row in of_billing(street, f"""
            SELECT lpad((conversation / 100000000)::text, 4, '0'), to_char(known_day, 'YYYY-MM'), -sum(amount_cents)
              FROM posting WHERE account = 'PAID' AND extract(year FROM known_day) = {year} GROUP BY 1, 2""")]
        same(figures(budgets, ("municipality", "month"), "paid_cents"), cube(paid, 2), 0)
        expected = [(row[0], int(row[1])) for row in of_billing(street, f"""
            SELECT lpad((conversation / 100000000)::text, 4, '0'), -sum(amount_cents)
              FROM posting WHERE account = 'EXPECTED_CORRECTION' AND service_year = {year} GROUP BY 1""")]
        same(figures([row for row in budgets if not row["month"]], ("municipality",), "open_corrections_cents"),
             cube(expected, 1), 1 if year == 2020 else 0)


@story
def months_of_providers_are_those_of_billing(journey):
    street = journey.common
    for year in YEARS:
        rows = [(provider, month, int(cents)) for provider, month, cents in of_billing(street, f"""{MONEY}
            SELECT {PROVIDER}, {MONTH}, sum(money.amount_cents)
              FROM money {CARE} AND extract(year FROM money.first_day) = {year} GROUP BY 1, 2""")]
        told = [row for row in street.monitoring.table("provider-months", year=year) if row["provider"] and row["month"]]
        same(figures(told, ("provider", "month"), "cents"), {tuple(row[:2]): row[2] for row in rows}, ENOUGH[year])


@story
def who_is_on_which_funding_is_what_allocation_granted(journey):
    street = journey.common
    for year in YEARS:
        rows = of_allocation(street, f"""{ALLOCATION}
            SELECT municipality, segment, to_char(month, 'YYYY-MM'), client, profile <> '', funding = 2
              FROM newest, generate_series(date '{year}-01-01', date '{year}-12-01', '1 month') AS month
             WHERE NOT removed AND first_day < month + interval '1 month' AND last_day >= month""")
        paths = [row for row in street.monitoring.table("funding-paths", year=year) if row["month"]]
        for column, those in (("clients", rows), ("clients_pic_content", [row for row in rows if row[4] == "t"]),
                              ("clients_pic_funding", [row for row in rows if row[5] == "t"])):
            clients = distinct([(*row[:4], 1) for row in those])
            same(figures(paths, ("municipality", "segment", "month"), column),
                 {place: count for place, count in clients.items() if place[2]}, ENOUGH[year])


@story
def requests_that_wait_are_those_of_allocation(journey):
    street = journey.common
    waiting = of_allocation(street, "SELECT municipality, due_day, count(*) FROM worklist GROUP BY 1, 2")
    same(figures(street.monitoring.table("open-requests", year=2020), ("municipality", "due_day"), "requests"),
         {tuple(row[:2]): int(row[2]) for row in waiting}, 0)
    known_on = street.monitoring.known_on().isoformat()
    expected = collections.defaultdict(lambda: {"open_requests": 0, "overdue_requests": 0, "next_due_day": None})
    for municipality, due, count in waiting:
        for place in (municipality, None):
            row = expected[place,]
            row["open_requests"] += int(count)
            if due < known_on:
                row["overdue_requests"] += int(count)
            else:
                row["next_due_day"] = min(due, row["next_due_day"] or due)
    holds(street, "deadlines", ("municipality",), expected, 1 if waiting else 0, year=2020)
    same({(row["municipality"], row["due_day"]): row["overdue"]
          for row in street.monitoring.table("open-requests", year=2020)},
         {tuple(row[:2]): row[1] < known_on for row in waiting}, 0)


@story
def a_controller_sees_the_same_of_the_own_municipality_and_rounded_figures_of_the_region(journey):
    street = journey.common
    own = street.monitoring.table("spending", CONTROLLER, year=2020, municipality=DELFT)
    region = street.monitoring.table("spending", year=2020)
    exact = [row for row in region if row["municipality"] == DELFT]
    assert own and all(row in exact for row in own), "a controller's figures are not those of the region"
    for row in street.monitoring.table("spending", CONTROLLER, year=2020):
        assert row["clients"] is None or row["clients"] % 5 == 0, row
    try:
        street.monitoring.table("providers", PUBLIC, year=2020)
        raise AssertionError("a wide audience sees providers")
    except urllib.error.HTTPError as refusal:
        assert refusal.code == 403, refusal.code


main(played)
