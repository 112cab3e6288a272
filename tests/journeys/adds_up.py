"""What it adds up to: every figure that monitoring tells is the same figure out of billing's and allocation's tables.

The questions to those tables are this test's own: it shares no query and no code with monitoring. It stands on an
invented region with corrections: a book that changes prices of months that were paid.
"""
import collections
import json
import urllib.error
import urllib.request

from journey import local, main, play, story

SECRET = "0123456789abcdef-region"
PUBLIC = "0123456789abcdef-public"
DELFT, THE_HAGUE = "0503", "0518"
CONTROLLER = "0123456789abcdef-delft"
YEARS = (2019, 2020)
ENOUGH = {2019: 0, 2020: 20}  # figures to compare; care of 2019 is there for its last month alone


class Monitoring:
    """Its read API, as a program uses it."""

    def __init__(self, street):
        self.street = street

    def get(self, path, secret=SECRET, kind="application/json"):
        asked = urllib.request.Request(f"http://127.0.0.1:{self.street.port('monitoring', 0, 'http')}{path}",
                                       headers={"Authorization": f"Bearer {secret}", "Accept": kind})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.read().decode()

    def table(self, name, secret=SECRET, **filters):
        query = "&".join(f"{key.replace('_', '-')}={value}" for key, value in filters.items())
        return json.loads(self.get(f"/v1/tables/{name}?{query}", secret))["rows"]


def played(journey):
    readers = journey.folder / "readers"
    readers.write_text(f"region {SECRET} *\ndelft {CONTROLLER} {DELFT}\npublic {PUBLIC} public\n", encoding="utf-8")
    street = journey.street(environment={"PICQ_READERS": str(readers)})
    office = local.Office(street)
    street.start()
    region = play.Region.invent(journey.folder / "region", 0.006, 11, "2019-12-01", "2020-12-31")
    play.Player(street, office, region).play()
    street.settle()
    street.monitoring = Monitoring(street)
    return street


def of_billing(street, question):
    return street.cluster.ask(street.prefix + "billing", question)


def of_allocation(street, question):
    return street.cluster.ask(street.prefix + "allocation", question)


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


def cube(rows, axes):
    """Every total over every axis, as monitoring gives them: the whole kind of care is one axis."""
    sums = collections.Counter()
    for (*key, value) in rows:
        for dropped in range(2 ** axes):
            sums[tuple(None if dropped >> axis & 1 else key[axis] for axis in range(axes))] += value
    return sums


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


def spent_in(street, year):
    """(municipality, kind, month): cents and lines; and (municipality, kind, month, client): lines less credits."""
    rows = of_billing(street, f"""{MONEY}
        SELECT {MUNICIPALITY}, concat_ws('|', {', '.join(KIND)}), {MONTH}, coalesce(money.client, ''),
               sum(money.amount_cents), sum(money.lines), sum(money.sign)
          FROM money {CARE} AND extract(year FROM money.first_day) = {year}
         GROUP BY 1, 2, 3, 4""")
    return [(*row[:4], *map(int, row[4:])) for row in rows]


def told_by_kind(street, table, year, name):
    """(municipality, kind, month) of a table of monitoring."""
    rows = street.monitoring.table(table, year=year)
    return {(row["municipality"],
             "|".join((row["segment"], row["content"], row["funding"])) if row["segment"] else None,
             row["month"]): row[name] for row in rows}


def distinct(rows):
    """How many clients stand at each place, each once in a total, where their lines come to more than none."""
    lines = collections.Counter()
    for municipality, kind, month, client, count in rows:
        for place in cube([(municipality, kind, month, count)], 3):
            lines[place, client] += count
    clients = collections.Counter()
    for (place, _), count in lines.items():
        clients[place] += count > 0
    return clients


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


ALLOCATION = """
WITH newest AS (
    SELECT DISTINCT ON (partition, number, municipality) *
      FROM allocation ORDER BY partition, number, municipality, version DESC)
"""


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
        # A line whose reference another line has is told and counted, and stands nowhere.
        told = {(row["municipality"], f"{row['code']}|{row['reason']}", row["month"]): row["lines"]
                for row in street.monitoring.table("rejections", year=year)
                if row["code"] and row["reason"] != "REFERENCE_NOT_UNIQUE"}
        same(told, {place: count for place, count in cube([(*row[:3], int(row[3])) for row in rejected], 3).items()
                    if place[1]}, ENOUGH[year])
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
