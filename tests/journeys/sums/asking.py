"""How monitoring and the other houses are asked, and how a table is held to what was worked out."""
import collections
import datetime
import json
import math
import urllib.request
from fractions import Fraction

SECRET = "0123456789abcdef-region"
YEARS = (2019, 2020)
ENOUGH = {2019: 0, 2020: 20}  # figures to compare; care of 2019 is there for its last month alone
EPOCH = datetime.date(1970, 1, 1)


class Monitoring:
    """Its read API, as a program uses it."""

    def __init__(self, street):
        self.street = street

    def get(self, path, secret=SECRET, kind="application/json"):
        asked = urllib.request.Request(f"http://127.0.0.1:{self.street.port('monitoring', 0, 'http')}{path}",
                                       headers={"Authorization": f"Bearer {secret}", "Accept": kind})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.read().decode()

    def answer(self, name, secret=SECRET, **filters):
        query = "&".join(f"{key.replace('_', '-')}={value}" for key, value in filters.items())
        return json.loads(self.get(f"/v1/tables/{name}?{query}", secret))

    def table(self, name, secret=SECRET, **filters):
        return self.answer(name, secret, **filters)["rows"]

    def known_on(self):
        return datetime.date.fromisoformat(self.answer("spending", year=2020)["question"]["known_on"])


def of_billing(street, question):
    return street.cluster.ask(street.prefix + "billing", question)


def of_allocation(street, question):
    return street.cluster.ask(street.prefix + "allocation", question)


# ---- what billing and allocation know ----

# A line with what billing knows of its care: one row for each approved line and for each adjustment of one.
MONEY = """
WITH care AS (
    SELECT DISTINCT ON (partition, conversation, number) *
      FROM allocation ORDER BY partition, conversation, number, position DESC),
money AS (
    SELECT line.partition, line.conversation, line.allocation, line.first_day, line.client, line.amount_cents,
           CASE WHEN line.credits IS NULL THEN 1 ELSE -1 END AS sign, 1 AS lines, line.known_day
      FROM line WHERE line.reason IS NULL
     UNION ALL
    SELECT adjustment.partition, adjustment.conversation, adjustment.allocation, adjustment.first_day, NULL,
           adjustment.amount_cents, 0, 0, adjustment.known_day
      FROM adjustment)
"""
MUNICIPALITY = "lpad((money.conversation / 100000000)::text, 4, '0')"
PROVIDER = "lpad((money.conversation % 100000000)::text, 8, '0')"
CARE = "JOIN care USING (partition, conversation) WHERE care.number = money.allocation"
KIND = ("care.segment", "CASE care.profile WHEN '' THEN 'NONE' ELSE 'PIC' END",
        "CASE care.funding WHEN 1 THEN 'PXQ' ELSE 'PIC' END")
MONTH = "to_char(money.first_day, 'YYYY-MM')"

ALLOCATION = """
WITH newest AS (
    SELECT DISTINCT ON (partition, number, municipality) *
      FROM allocation ORDER BY partition, number, municipality, version DESC)
"""


def spent_in(street, year):
    """(municipality, kind, month): cents and lines; and (municipality, kind, month, client): lines less credits."""
    rows = of_billing(street, f"""{MONEY}
        SELECT {MUNICIPALITY}, concat_ws('|', {', '.join(KIND)}), {MONTH}, coalesce(money.client, ''),
               sum(money.amount_cents), sum(money.lines), sum(money.sign)
          FROM money {CARE} AND extract(year FROM money.first_day) = {year}
         GROUP BY 1, 2, 3, 4""")
    return [(*row[:4], *map(int, row[4:])) for row in rows]


# ---- days and numbers ----

def number_of(day):
    return (day - EPOCH).days


def month_end(year, month):
    return (datetime.date(year + month // 12, month % 12 + 1, 1)) - datetime.timedelta(days=1)


def months_before(first, count):
    for _ in range(count):
        first = (first - datetime.timedelta(days=1)).replace(day=1)
    return first


def half_up(value):
    return math.floor(Fraction(value) + Fraction(1, 2))


def share(part, whole):
    """As it is written: in ten-thousandths; missing of nothing."""
    return half_up(Fraction(part) / Fraction(whole) * 10000) / 10000 if whole else None


# ---- totals ----

def cube(rows, axes):
    """Every total over every axis, as monitoring gives them: the whole kind of care is one axis."""
    sums = collections.Counter()
    for (*key, value) in rows:
        for place in places(key[:axes]):
            sums[place] += value
    return sums


def places(key):
    """A place, and each total that it is in."""
    for dropped in range(2 ** len(key)):
        yield tuple(None if dropped >> axis & 1 else each for axis, each in enumerate(key))


def distinct(rows):
    """How many clients stand at each place, each once in a total, where their lines come to more than none."""
    lines = collections.Counter()
    for *key, client, count in rows:
        for place in places(key):
            lines[place, client] += count
    clients = collections.Counter()
    for (place, _), count in lines.items():
        clients[place] += count > 0
    return clients


# ---- beside each other ----

def figures(rows, columns, name):
    return {tuple(row[column] for column in columns): row[name] for row in rows}


def differences(ours, theirs):
    """In words; zero and nothing are the same."""
    return [f"{key}: monitoring says {ours.get(key, 0)}, the tables {theirs.get(key, 0)}"
            for key in sorted({*ours, *theirs}, key=str) if (ours.get(key) or 0) != (theirs.get(key) or 0)]


def same(ours, theirs, least=1):
    different = differences(ours, theirs)
    assert not different, "\n".join([f"{len(different)} figures differ", *different[:10]])
    assert sum(1 for value in theirs.values() if value) >= least, "there is too little to compare"


def alike(one, other):
    """A missing figure is no zero; where one side has no row, the other may say that there is nothing."""
    for key in sorted({*one, *other}, key=str):
        here, there = one.get(key), other.get(key)
        for name in here or there:
            mine, yours = (here or {}).get(name), (there or {}).get(name)
            if mine != yours and (here and there or mine or yours):
                yield f"{key} {name}: monitoring says {mine}, the tables {yours}"


def holds(street, table, keys, expected, least=1, **filters):
    """Each row of a table, whole: `expected` has for each key what stands in every other column."""
    rows = street.monitoring.table(table, **filters)
    names = next(iter(expected.values()), {}).keys()
    told = {tuple(row[key] for key in keys): {name: row[name] for name in names} for row in rows}
    assert len(told) == len(rows), f"{table} has two rows of one kind"
    different = list(alike(told, expected))
    assert not different, "\n".join([f"{len(different)} figures of {table} differ", *different[:10]])
    assert len(expected) >= least, f"there is too little of {table} to compare"
