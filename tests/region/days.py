"""Days: a day is its ordinal number, as datetime counts; a period is (first, last), both inside."""
import calendar
import functools
from datetime import date

DAY_LAST = date(2189, 12, 31).toordinal()


def read(text):
    return date.fromisoformat(text).toordinal()


@functools.lru_cache(maxsize=None)
def write(day):
    return date.fromordinal(day).isoformat()


@functools.lru_cache(maxsize=None)
def month(day):
    """The calendar month that the day lies in."""
    of = date.fromordinal(day)
    return (day - of.day + 1, day - of.day + calendar.monthrange(of.year, of.month)[1])


@functools.lru_cache(maxsize=None)
def year(day):
    return date.fromordinal(day).year


@functools.lru_cache(maxsize=None)
def month_number(day):
    return date.fromordinal(day).month


def next_month(day):
    return month(month(day)[1] + 1)


def weekday(day):
    """1 is Monday, 7 is Sunday; ordinal 1 was a Monday."""
    return (day - 1) % 7 + 1


def days(period):
    return max(0, period[1] - period[0] + 1)


def weeks_touched(period):
    if not days(period):
        return 0
    return (period[1] - 1) // 7 - (period[0] - 1) // 7 + 1


def sundays(period):
    return period[1] // 7 - (period[0] - 1) // 7 if days(period) else 0


def meet(a, b):
    return max(a[0], b[0]), min(a[1], b[1])


def covers(outer, inner):
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def months_of(period):
    """The calendar months that a period touches."""
    at = month(period[0])
    while at[0] <= period[1]:
        yield at
        at = next_month(at[0])


def age(birth, day):
    """In whole years; who was born on 29 February has a birthday on 1 March of a common year."""
    born, now = date.fromordinal(birth), date.fromordinal(day)
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day))


def years_later(day, years):
    of = date.fromordinal(day)
    try:
        return of.replace(year=of.year + years).toordinal()
    except ValueError:
        return date(of.year + years, 3, 1).toordinal()
