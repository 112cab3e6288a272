"""The oracle: what a line is worth, worked out from the agreements alone.

It knows the law of DOMAIN and the book, and nothing of how picq is built. `fresh` rates a line as if it came in only
now; so what a book changes afterwards needs no rule of its own here, and that is what picq's corrections are held to.
"""
from fractions import Fraction

import books
import days


def half_up(amount):
    """To the whole cent."""
    amount = Fraction(amount)
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


class Allocation:
    def __init__(self, number, municipality, provider, client, segment, product, pic, period, limit=None):
        self.number, self.municipality, self.provider, self.client = number, municipality, provider, client
        self.segment, self.product, self.pic, self.period = segment, product, pic, period
        self.limit = limit  # cents that may be approved in all; None: any amount
        self.begin_anew()

    def begin_anew(self):
        """As granted, with nothing heard of it."""
        self.start = self.stop = self.stop_reason = None
        self.lines = []  # approved and not credited

    def within(self, day):
        return max(self.period[0], min(self.period[1], day))

    def first_care_day(self):
        return self.period[0] if self.start is None else self.within(self.start)

    def last_care_day(self):
        return self.period[1] if self.stop is None else self.within(self.stop)

    def has_ended(self):
        """A stop says that care had started, a death does not."""
        return self.stop is not None and not (self.stop_reason == "DEATH" and self.start is None)

    def paid(self, part):
        return any(part in line.parts for line in self.lines)


class Line:
    """One declared debet line. Parts: of a trajectory, what it pays: start, end, or a month."""

    def __init__(self, reference, allocation, period, volume, unit):
        self.reference, self.allocation, self.period = reference, allocation, period
        self.volume, self.unit = volume, unit
        self.parts = ()
        self.approved = False
        self.credited = False

    def year(self):
        return days.year(self.period[0])


# price × quantity

def tariff_of(agreements, line):
    allocation = line.allocation
    return agreements.tariff(books.PxqTariff, (allocation.product,), allocation.municipality, allocation.provider,
                             line.period[0]).cents


def shown_tariff(agreements, line):
    """The tariff that a line shows: of a minute, where an hour has the price."""
    cents = tariff_of(agreements, line)
    return half_up(Fraction(cents, 60)) if (line.allocation.product.unit, line.unit) == ("HOUR", "MINUTE") else cents


def worth_of_volume(agreements, line):
    if line.unit == "EURO":
        return line.volume
    cents = tariff_of(agreements, line)
    if (line.allocation.product.unit, line.unit) == ("HOUR", "MINUTE"):
        return half_up(Fraction(cents * line.volume, 60))
    return cents * line.volume


# trajectories

def months_between(first, day):
    return (days.year(day) - days.year(first)) * 12 + days.month_number(day) - days.month_number(first)


def months_later(first, months):
    """The same day of a later month, or its last when it is shorter."""
    at = days.month(first)
    for _ in range(months):
        at = days.next_month(at[0])
    return min(at[0] + first - days.month(first)[0], at[1])


def terms_of(agreements, allocation):
    return agreements.terms(allocation.segment, allocation.pic, allocation.provider, allocation.period[0])


def price_of(agreements, terms, line):
    """Of the trajectory's first day; paid by the month, of the first day of its running year."""
    allocation = line.allocation
    day = allocation.period[0]
    if terms.shape == "monthly" and line.period[0] > day:
        day = months_later(day, months_between(day, line.period[0]) // 12 * 12)
    return agreements.tariff(books.PicTariff, (allocation.segment, allocation.pic), allocation.municipality,
                             allocation.provider, day).cents


def share_of_end(terms, allocation, cared, whole):
    """How much is paid of what falls due when care ends."""
    if allocation.stop is None or allocation.stop_reason == "AS_PLANNED":
        return Fraction(1)
    pays = dict(terms.early_end)
    pays = pays.get(allocation.stop_reason, pays["otherwise"])
    return {"all": Fraction(1), "pro_rata": min(Fraction(1), Fraction(cared, whole)), "nothing": Fraction(0)}[pays]


def ends_in(allocation, period):
    return allocation.stop is not None and period[0] <= allocation.last_care_day() <= period[1]


def worth_of_month(agreements, terms, line):
    allocation, period = line.allocation, line.period
    price = price_of(agreements, terms, line)
    month = months_between(allocation.period[0], period[0]) % 12
    whole = half_up(Fraction(price * (month + 1), 12)) - half_up(Fraction(price * month, 12))
    share = Fraction(1)
    if ends_in(allocation, period):
        share = share_of_end(terms, allocation, days.days((period[0], allocation.last_care_day())), days.days(period))
    return half_up(whole * share)


def worth_of_parts(agreements, terms, line, parts):
    allocation = line.allocation
    price = price_of(agreements, terms, line)
    start = half_up(price * terms.start_share)
    cared = days.days((allocation.first_care_day(), allocation.last_care_day()))
    end = half_up((price - start) * share_of_end(terms, allocation, cared, terms.expected_days))
    return start * ("start" in parts) + end * ("end" in parts)


def fresh(agreements, line):
    """What the approved line is worth under the agreements."""
    if line.allocation.pic is None:
        return worth_of_volume(agreements, line)
    terms = terms_of(agreements, line.allocation)
    if line.parts == ("month",):
        return worth_of_month(agreements, terms, line)
    return worth_of_parts(agreements, terms, line, line.parts)


# which parts of a trajectory may be declared

def resumes(agreements, allocation, others, terms):
    """Care under the same PIC that ended shortly before, or resumes shortly after, is paid: both are one trajectory, and
    whichever is declared first is paid."""
    def paid(care):
        return sum(fresh(agreements, line) for line in care.lines) > 0

    def are_one(earlier, later):
        return earlier.pic == later.pic and later.period[0] <= earlier.last_care_day() + terms.relapse_days

    return terms.relapse_days > 0 and any(
        are_one(other, allocation) if other.period[0] < allocation.period[0] else
        other.period[0] > allocation.period[0] and not paid(allocation) and are_one(allocation, other)
        for other in others if paid(other))


def month_due(terms, line):
    allocation, period = line.allocation, line.period
    if terms.start_due_by == "message" and (allocation.start is None or allocation.first_care_day() > period[1]):
        return []
    if allocation.last_care_day() < period[0]:
        return []
    months = months_between(allocation.period[0], period[0])
    if months < 0 or months_later(allocation.period[0], months) > allocation.period[1]:
        return []
    return [("month",)]


def parts_due(terms, line):
    """What is meant when the amount is left to the region comes first, then what a given amount may mean."""
    allocation, period = line.allocation, line.period

    def falls(part, due_by, happened, day):
        """Must it be declared here, and may it?"""
        if allocation.paid(part):
            return False, False
        if due_by == "declaration":
            return False, True
        return happened and period[0] <= day <= period[1], False

    start_must, start_may = falls("start", terms.start_due_by, allocation.start is not None,
                                  allocation.first_care_day())
    end_must, end_may = falls("end", terms.end_due_by, allocation.has_ended(), allocation.last_care_day())
    ends_here = end_must or (end_may and period[0] <= allocation.last_care_day() <= period[1])
    ways = ((start_must or start_may, ends_here), (start_must or start_may, end_must or end_may),
            (start_must or start_may, end_must), (start_must, end_must or end_may))
    due = []
    for start, end in ways:
        parts = ("start",) * start + ("end",) * end
        if parts and parts not in due:
            due.append(parts)
    return due


def due(agreements, line, others):
    """(parts, amount) of each way to declare the line, without those that come to nothing."""
    allocation = line.allocation
    terms = terms_of(agreements, allocation)
    if resumes(agreements, allocation, others, terms):
        return []
    if terms.shape == "monthly":
        ways = [(parts, worth_of_month(agreements, terms, line)) for parts in month_due(terms, line)]
    else:
        ways = [(parts, worth_of_parts(agreements, terms, line, parts)) for parts in parts_due(terms, line)]
    return [way for way in ways if way[1] > 0]


# the judgement

def exceeds(agreements, line):
    """With what the other lines come to now, the line is more than was granted."""
    if line.allocation.limit is None:
        return False
    return sum(fresh(agreements, other) for other in (*line.allocation.lines, line)) > line.allocation.limit


def debet_stands(line):
    return any(other.period[0] == line.period[0] for other in line.allocation.lines)


def judge(agreements, line, others, tariff=None, amount=None):
    """Whether the line is approved, as far as a history lets lines differ; an approved one stands from here on."""
    if debet_stands(line):
        return False
    if line.allocation.pic is not None:
        ways = due(agreements, line, others)
        chosen = next((parts for parts, cents in ways if amount is None or cents == amount), None)
        line.approved = chosen is not None
        line.parts = chosen or ()
    else:
        line.approved = (tariff is None or tariff == shown_tariff(agreements, line)) and \
                        (amount is None or amount == worth_of_volume(agreements, line))
    line.approved = line.approved and not exceeds(agreements, line)
    if line.approved:
        line.allocation.lines.append(line)
    return line.approved


def credit(line):
    line.credited = True
    line.allocation.lines.remove(line)
