"""What the year comes to, worked out anew: the chain ladder with Mack's error, and what is granted.

T. Mack, "Distribution-free calculation of the standard error of chain ladder reserve estimates", ASTIN Bulletin 23
(1993), 213-225. What was known at each month-end comes out of billing's lines and allocation's versions.
"""
import collections
import datetime
import functools
import math
import sys
from fractions import Fraction

from journey import BOOK, ROOT, story
from sums.asking import YEARS, half_up, holds, month_end, of_allocation, of_billing, share

sys.path.append(str(ROOT / "tests" / "region"))
from agreements import Agreements  # noqa: E402  (found by the path above)

import yaml  # noqa: E402

UNITS = {1: "MINUTE", 4: "HOUR", 14: "DAY", 16: "DAY_PART", 82: "OUTPUT", 83: "EURO", 84: "PIECE"}
PER_DAY, PER_WEEK, PER_MONTH = 1, 2, 4
PIC = 2
YEAR_DAYS, YEAR_MONTHS = 366, 12
HISTORY_MONTHS, DELAYS_LEAST, SHARE_MONTHS, SHARE_MONTHS_LEAST, SHARE_MONTHS_BACK = 36, 6, 6, 3, 12
EIGHT_OF_TEN, KNOWN_ENOUGH, COMPLETE, SETTLED = 1.2815515655446004, 0.5, 0.9, 0.99


def index_of(day):
    return day.year * 12 + day.month - 1


def index_of_text(month):
    return index_of(datetime.date.fromisoformat(month + "-01"))


def text_of(index):
    return f"{index // 12:04}-{index % 12 + 1:02}"


def money_of(number):
    """Half away from zero."""
    return int(number - 0.5) if number < 0 else int(number + 0.5)


# ---- the books ----

class Books:
    """What stood in the books by a day, as allocation heard of them."""

    def __init__(self, street):
        self.known = [(int(number), datetime.date.fromisoformat(day)) for number, day in of_allocation(
            street, "SELECT number, min(known_day) FROM heard_book GROUP BY 1 ORDER BY 1")]
        self.folders = {int(folder.name[:3]): folder for folder in BOOK.iterdir()}
        self.by_day = {}

    def on(self, day):
        numbers = tuple(number for number, known in self.known if known <= day)
        if numbers not in self.by_day:
            books = Agreements()
            for number in numbers:
                books.add_book(self.folders[number])
            self.by_day[numbers] = books
        return self.by_day[numbers]

    def budgets(self, year):
        cents = {}
        for number, _ in self.known:
            path = self.folders[number] / "budgets.yaml"
            for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["budgets"] if path.exists() else ():
                if entry["year"] == year:
                    cents.update(entry["cents"])
        return cents


# ---- what is granted ----

def times(frequency, first, last, whole_days):
    """How often a volume may be delivered from a day to another."""
    days = (last - first).days + 1
    if frequency == PER_DAY:
        return Fraction(days)
    if frequency == PER_WEEK:
        return Fraction((last.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7 + 1)
    if frequency == PER_MONTH:
        return Fraction(index_of(last) - index_of(first) + 1)
    return Fraction(days, whole_days)


class Version:
    """An allocation as it was known from a day on: what it is worth, over its first days."""

    def __init__(self, books, row):
        (self.municipality, self.number, self.provider, self.code, volume, unit, frequency, funding, first, last,
         removed, known) = row
        self.first, self.last, self.known = map(datetime.date.fromisoformat, (first, last, known))
        self.removed = removed == "t"
        days = (self.last - self.first).days + 1
        self.days = days if int(funding) == PIC else min(days, YEAR_DAYS)
        self.worth = int(volume) if int(funding) == PIC else self.estimate(
            books.on(self.known), int(volume), UNITS[int(unit)], int(frequency), days)

    def estimate(self, books, volume, unit, frequency, days):
        price = Fraction(1)
        if unit != "EURO":
            tariff = books.pxq_tariff(self.code, self.municipality, self.provider, self.first.toordinal())
            if tariff is None or (tariff.unit != unit and (tariff.unit, unit) != ("HOUR", "MINUTE")):
                return 0
            price = Fraction(tariff.cents, 60 if tariff.unit != unit else 1)
        last = self.first + datetime.timedelta(days=self.days - 1)
        return half_up(volume * price * times(frequency, self.first, last, days))

    def until(self, day):
        days = (min(day, self.last) - self.first).days + 1
        return half_up(Fraction(self.worth * days, self.days)) if days > 0 else 0

    def months(self):
        """(month, cents) of each month of it."""
        if self.removed:
            return
        before = 0
        for month in range(index_of(self.first), index_of(self.last) + 1):
            until = self.until(month_end(month // 12, month % 12 + 1))
            yield month, until - before
            before = until


def granted_when(street, books):
    """(municipality, month, month in which it became known): cents more or less."""
    versions = collections.defaultdict(dict)
    for partition, number_version, *row in of_allocation(street, """
            SELECT partition, version, municipality, number, provider, code, volume, unit, frequency, funding, first_day,
                   last_day, removed, known_day FROM allocation ORDER BY partition, municipality, number, version"""):
        version = Version(books, row)
        versions[partition, version.municipality, version.number][version.known] = version
    granted = collections.Counter()
    for known in versions.values():
        before = None
        for day in sorted(known):
            for version, sign in ((before, -1), (known[day], 1)):
                for month, cents in version.months() if version else ():
                    granted[version.municipality, month, index_of(day)] += sign * cents
            before = known[day]
    return granted


# ---- histories ----

class History:
    """Of one municipality or the region: what was known of each month of care at each month-end; the last end is now."""

    def __init__(self, first, ends, months):
        self.first, self.ends, self.months = first, ends, months
        self.sums = {name: [[0] * (ends + 1) for _ in range(months)] for name in ("approved", "corrected", "granted")}
        self.empty = True

    def add(self, name, month, known, cents):
        month, end = month - self.first, min(max(known - self.first, 0), self.ends)
        if 0 <= month < self.months and cents:
            self.empty = self.empty and name == "corrected"
            for later in range(end, self.ends + 1):
                self.sums[name][month][later] += cents

    def at(self, name, month, end):
        return self.sums[name][month][end]

    def at_prices(self, month, end, seen):
        """What was declared by then, at the prices that books had made of the month by another month-end."""
        then = self.at("approved", month, end) - self.at("corrected", month, end)
        now = self.at("approved", month, seen) - self.at("corrected", month, seen)
        if now <= 0:
            return self.at("approved", month, end)
        return money_half_up(Fraction(then * self.at("approved", month, seen), now))


def money_half_up(value):
    """To the cent, and away from zero."""
    return half_up(value) if value >= 0 else -half_up(-value)


class Histories:
    def __init__(self, street, year):
        self.street, self.year = street, year
        self.known_on = street.monitoring.known_on()
        self.books = Books(street)
        self.municipalities = sorted(self.books.budgets(year))
        approved = self.approved()
        after = self.known_on + datetime.timedelta(days=1)
        back = index_of(self.known_on) + 1 - HISTORY_MONTHS
        first = min(max(min(month for _, month, _ in approved), back), year * 12)
        ends = index_of(after) - first
        months = max(year * 12 + 12 - first, ends)
        self.first, self.ends, self.of_year = first, ends, year * 12 - first
        self.of = {place: History(first, ends, months) for place in (*self.municipalities, None)}
        for (municipality, month, known), (cents, corrected) in approved.items():
            for place in (municipality, None):
                self.of[place].add("approved", month, known, cents)
                self.of[place].add("corrected", month, known, corrected)
        for (municipality, month, known), cents in granted_when(street, self.books).items():
            for place in (municipality, None):
                self.of[place].add("granted", month, known, cents)

    def approved(self):
        return {(municipality, index_of_text(month), index_of_text(known)): (int(cents), int(corrected))
                for municipality, month, known, cents, corrected in of_billing(self.street, """
                    WITH money AS (
                        SELECT conversation, first_day, known_day, amount_cents, origin IS NOT NULL AS corrected
                          FROM line WHERE reason IS NULL
                         UNION ALL
                        SELECT conversation, first_day, known_day, amount_cents, true FROM adjustment)
                    SELECT lpad((conversation / 100000000)::text, 4, '0'), to_char(first_day, 'YYYY-MM'),
                           to_char(known_day, 'YYYY-MM'), sum(amount_cents),
                           coalesce(sum(amount_cents) FILTER (WHERE corrected), 0)
                      FROM money GROUP BY 1, 2, 3""")}

    def standing(self, end):
        return {place: Standing(history, end) for place, history in self.of.items()}

    def parts(self, standings):
        return [standings[place] for place in self.municipalities if not self.of[place].empty]

    def estimate(self, standings, place, first, months):
        if place is None:
            return estimate(self.parts(standings), standings[None], first, months)
        return estimate([] if self.of[place].empty else [standings[place]], standings[place], first, months)


# ---- the chain ladder ----

class Factor:
    def __init__(self, before, after):
        self.months, self.weight = len(before), sum(before)
        self.factor = sum(after) / self.weight if self.weight > 0 and sum(after) > 0 else None
        seen = [(one, other) for one, other in zip(before, after) if one > 0]
        self.variance = None
        if self.factor and len(seen) > 1:
            self.variance = sum(one * (other / one - self.factor) ** 2 for one, other in seen) / (len(seen) - 1)


class Standing:
    """A history as it was known at one month-end."""

    def __init__(self, history, end):
        self.history, self.end = history, end
        self.known = [[history.at_prices(month, month + delay, end) for delay in range(end - month + 1)]
                      for month in range(end + 1)]
        self.factors = []
        for delay in range(end):
            rows = self.known[:end - delay]
            self.factors.append(Factor([row[delay] for row in rows], [row[delay + 1] for row in rows]))
            self.go_on(delay)
        self.growth = [1.0]
        for factor in reversed(self.factors):
            self.growth.insert(0, self.growth[0] * factor.factor if self.growth[0] and factor.factor else None)

    def go_on(self, delay):
        """Where one month alone knows a factor, its variance is Mack's guess."""
        factor = self.factors[delay]
        if not factor.factor or factor.variance is not None or delay < 2:
            return
        before, last = (self.factors[delay - 2].variance, self.factors[delay - 1].variance)
        if before is None or last is None:
            return
        factor.variance = min([before, last] + ([last ** 2 / before] if before > 0 else []))

    def share_known(self, month):
        growth = self.growth[self.end - month] if month <= self.end else None
        return 1 / growth if growth else 0

    def ultimate(self, month):
        growth = self.growth[self.end - month]
        return self.known[month][-1] * growth if growth else None

    def method(self, month):
        if self.end < DELAYS_LEAST:
            return None
        return "RUN_OFF" if self.share_known(month) >= KNOWN_ENOUGH else "GRANTED"

    def complete(self, month):
        """(granted, ultimate) of the last complete months, granted as far ahead as this one is."""
        found = []
        for one in range(self.end, max(self.end - SHARE_MONTHS_BACK, -1), -1):
            end = one - (month - self.end)
            if len(found) == SHARE_MONTHS or not 0 <= end <= self.end or self.share_known(one) < COMPLETE:
                continue
            granted = self.history.at("granted", one, end)
            if granted > 0:
                found.append((granted, self.ultimate(one)))
        return found if len(found) >= SHARE_MONTHS_LEAST else None

    def expected(self, month):
        if self.method(month) is None:
            return None
        if self.method(month) == "RUN_OFF":
            return money_of(self.ultimate(month))
        complete = self.complete(month)
        if not complete:
            return None
        realised = sum(ultimate for _, ultimate in complete) / sum(granted for granted, _ in complete)
        return money_of(self.history.at("granted", month, self.end) * realised)

    def granted_error(self, month):
        complete = self.complete(month)
        if not complete:
            return None
        weight = sum(granted for granted, _ in complete)
        realised = sum(ultimate for _, ultimate in complete) / weight
        variance = sum(granted * (ultimate / granted - realised) ** 2
                       for granted, ultimate in complete) / (len(complete) - 1)
        granted = self.history.at("granted", month, self.end)
        return math.sqrt(max(0, variance * (granted + granted ** 2 / weight)))

    def run_off_error(self, chosen):
        """Mack's mean squared error of months together: each by itself, and twice each pair."""
        squared = 0.0
        for one in chosen:
            for other in chosen:
                for delay in range(self.end - min(one, other), self.end):
                    factor = self.factors[delay]
                    if delay < self.end - max(one, other):
                        continue
                    if factor.variance is None:
                        return None
                    ratio = factor.variance / factor.factor ** 2
                    both = self.ultimate(one) * self.ultimate(other)
                    squared += ratio * both / factor.weight
                    if one == other and self.ultimate(one) > 0:
                        squared += ratio * self.ultimate(one) * self.growth[delay]
        return squared

    def error(self, months):
        methods = {month: self.method(month) for month in months}
        run_off = self.run_off_error([month for month in months if methods[month] == "RUN_OFF"])
        granted = [self.granted_error(month) for month in months if methods[month] == "GRANTED"]
        if None in methods.values() or run_off is None or None in granted:
            return None
        return math.sqrt(max(0, run_off + sum(granted) ** 2))


def estimate(parts, whole, first, count):
    """expected, low, high and method of months together; None where nobody knows."""
    months = range(first, first + count)
    expected = [part.expected(month) for part in parts for month in months]
    if not expected or None in expected:
        return None, None, None, None
    methods = {part.method(month) for part in parts for month in months}
    error, total = whole.error(months), sum(expected)
    if error is None:
        return total, None, None, max(methods, key=lambda method: method == "GRANTED")
    apart = money_of(EIGHT_OF_TEN * error)
    return total, max(0, total - apart), total + apart, "GRANTED" if "GRANTED" in methods else "RUN_OFF"


@functools.lru_cache(maxsize=None)
def histories_of(street, year):
    """With what was known at the newest month-end."""
    histories = Histories(street, year)
    return histories, histories.standing(histories.ends - 1)


def places_of(histories):
    """(municipality, month of the year or None for all of it, first month on the span, how many)."""
    for place in (*histories.municipalities, None):
        for month in (*range(YEAR_MONTHS), None):
            yield place, month, histories.of_year + (month or 0), 1 if month is not None else YEAR_MONTHS


def budget_of(budgets, place):
    return budgets[place] if place else sum(budgets.values())


# ---- stories ----

@story
def the_forecast_is_the_chain_ladder_of_what_the_houses_know(journey):
    street = journey.common
    for year in YEARS:
        histories, standings = histories_of(street, year)
        budgets = histories.books.budgets(year)
        expected = {}
        for place, month, first, count in places_of(histories):
            total, low, high, method = histories.estimate(standings, place, first, count)
            budget = None if month is not None else budget_of(budgets, place)
            expected[place, text_of(year * 12 + month) if month is not None else None] = {
                "known_cents": sum(histories.of[place].at("approved", one, histories.ends)
                                   for one in range(first, first + count)),
                "expected_cents": total, "low_cents": low, "high_cents": high,
                "method": method if month is not None else None, "budget_cents": budget,
                "passes_budget": total > budget if budget and total is not None else None,
                "may_pass_budget": high > budget if budget and high is not None else None}
        holds(street, "forecast", ("municipality", "month"), expected, 100, year=year)


@story
def the_run_off_and_its_factors_are_those_of_billing(journey):
    street = journey.common
    for year in YEARS:
        histories, standings = histories_of(street, year)
        run_off, factors = {}, {}
        for place, standing in standings.items():
            for month in range(YEAR_MONTHS):
                at = histories.of_year + month
                for delay in range(histories.ends - at):
                    run_off[place, text_of(year * 12 + month), delay] = {
                        "cents": histories.of[place].at_prices(at, at + delay, histories.ends - 1)}
            for delay, factor in enumerate(standing.factors):
                factors[place, delay] = {"factor": money_of(factor.factor * 10000) / 10000 if factor.factor else None,
                                         "months": factor.months}
        holds(street, "run-off", ("municipality", "month", "delay"), run_off, 100, year=year)
        holds(street, "run-off-factors", ("municipality", "delay"), factors, 100, year=year)


@story
def earlier_forecasts_were_as_far_off_as_is_told(journey):
    street = journey.common
    histories, standings = histories_of(street, 2020)
    now, region = standings[None], histories.of[None]
    errors = collections.defaultdict(list)
    for end in range(DELAYS_LEAST, histories.ends):
        then = histories.standing(end)
        for still_open in range(YEAR_MONTHS):
            last = end + still_open
            if not YEAR_MONTHS - 1 <= last < histories.ends or now.share_known(last) < SETTLED:
                continue
            months = range(last + 1 - YEAR_MONTHS, last + 1)
            came_to = sum(region.at("approved", month, now.end) - region.at("corrected", month, now.end)
                          + region.at("corrected", month, end) for month in months)
            total, low, high, _ = histories.estimate(then, None, months[0], YEAR_MONTHS)
            if total is not None and came_to > 0:
                errors[still_open].append(((total - came_to) / came_to, low is not None, low is not None
                                           and low <= came_to <= high))
    expected = {}
    for still_open in range(YEAR_MONTHS):
        of = errors[still_open]
        ranged = sum(known for _, known, _ in of)
        expected[still_open,] = {
            "months": len(of),
            "mean_error": money_of(sum(error for error, *_ in of) / len(of) * 10000) / 10000 if of else None,
            "mean_absolute_error": money_of(sum(abs(error) for error, *_ in of) / len(of) * 10000) / 10000 if of else None,
            "within": share(sum(hit for *_, hit in of), ranged)}
    holds(street, "forecast-errors", ("months_open",), expected, YEAR_MONTHS, year=2020)


def flows(street, year, column, table, where):
    """(municipality, month of knowing) of a year."""
    return collections.Counter({(municipality, int(month)): int(cents) for municipality, month, cents in of_billing(
        street, f"""SELECT lpad((conversation / 100000000)::text, 4, '0'),
                           (extract(year FROM known_day) - {year}) * 12 + extract(month FROM known_day) - 1,
                           sum({column}) FROM {table} WHERE {where} GROUP BY 1, 2""")})


@story
def budgets_stand_beside_what_the_houses_know_of_each_month(journey):
    street = journey.common
    for year in YEARS:
        histories, standings = histories_of(street, year)
        budgets = histories.books.budgets(year)
        in_year = f"extract(year FROM known_day) = {year}"
        paid = flows(street, year, "-amount_cents", "posting", f"{in_year} AND account = 'PAID'")
        open_ = flows(street, year, "-amount_cents", "posting",
                      f"service_year = {year} AND account = 'EXPECTED_CORRECTION'")
        expected = {}
        for place, month, first, count in places_of(histories):
            history, budget = histories.of[place], budget_of(budgets, place)
            begun = month is None or datetime.date(year, month + 1, 1) <= histories.known_on
            here = [key for key in paid if place in (None, key[0]) and month in (None, key[1])]
            until = [key for key in open_ if place in (None, key[0]) and (month is None or key[1] <= month)]
            expected[place, text_of(year * 12 + month) if month is not None else None] = {
                "budget_cents": budget if month is None else
                half_up(Fraction(budget * (month + 1), 12)) - half_up(Fraction(budget * month, 12)),
                "granted_cents": sum(history.at("granted", one, histories.ends) for one in range(first, first + count)),
                "approved_cents": sum(history.at("approved", one, histories.ends) for one in range(first, first + count)),
                "paid_cents": sum(paid[key] for key in here) if begun else None,
                "expected_cents": histories.estimate(standings, place, first, count)[0],
                "open_corrections_cents": sum(open_[key] for key in until) if begun else None}
        holds(street, "budgets", ("municipality", "month"), expected, 100, year=year)
