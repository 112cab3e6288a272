"""Tables: what monitoring answers over HTTP when a whole region has been heard for three years.

The aggregates are written straight into its database, as turns would have left them: 350,000 lines a year, a thousand
conversations, 45,000 allocations that run. Then every table is asked, for the region exactly, for one municipality, and
as a wide audience sees the region; each time as known on another day, so that no answer is remembered. Beside the
tables of money and clients stands the time that their SQL takes alone. Last, a page asks for all tables at once.
"""
import concurrent.futures
import json
import pathlib
import re
import tempfile
import time
import urllib.request

import local
import tools
from tools import median

YEARS = (2018, 2019, 2020)
SECRETS = {"region": "0123456789abcdef-region", "public": "0123456789abcdef-public"}
# Days of the calendar, which takes no step of more than a year, and the book that becomes known on each.
DAYS = {"2017-12-01": "001-pxq-contracts-to-2019", "2018-09-01": None, "2019-04-23": "002-phased-introduction",
        "2019-12-20": "003-bridging-contracts-2020", "2020-07-07": "004-two-development-years"}
FLOORS = {"spending": ("load_spent", "load_cared"), "clients": ("load_running",), "decisions": ("load_decided",),
          "rejections": ("load_rejected",), "declarations": ("load_answered",), "ledger": ("load_posted",),
          "providers": ("load_provider_spent", "load_provider_cared", "load_provider_rejected")}
REGION = tools.ROOT / "deploy" / "regions" / "haaglanden" / "book"


def codes(pattern, text):
    return sorted(set(re.findall(pattern, text)))


def conversations(providers_most):
    """Each municipality with each provider, as rows of SQL: place, municipality, provider, partition."""
    first = REGION / "001-pxq-contracts-to-2019"
    municipalities = codes(r'code: "?(\d{4})"?', (first / "region.yaml").read_text())
    providers = codes(r'agb: "?(\d{8})"?', (first / "providers.yaml").read_text())
    providers += [f"9900{number:04d}" for number in range(1, providers_most)]
    pairs = [(municipality, provider) for provider in providers[:providers_most] for municipality in municipalities]
    return ", ".join(f"({place}, '{municipality}', '{provider}', {place % 64}::smallint)"
                     for place, (municipality, provider) in enumerate(pairs))


def fill(cluster, providers, clients):
    """What turns would have kept, in the order in which it became known: a declaration of each conversation and month,
    with some clients of three kinds."""
    months = f"generate_series(date '{YEARS[0]}-01-01', date '{YEARS[-1]}-12-01', interval '1 month')"
    cluster.run("monitoring", f"""
        CREATE TABLE conversation AS
        SELECT * FROM (VALUES {conversations(providers)}) AS list(place, municipality, provider, partition);
        CREATE TABLE kind AS
        SELECT * FROM (VALUES (0, 'SPECIALIST', 1::smallint, 1::smallint, '', ''),
                              (1, 'SPECIALIST', 2::smallint, 2::smallint, 'PROFIEL1', 'PERSPECTIEF'),
                              (2, 'HIGHLY_SPECIALIST', 2::smallint, 1::smallint, 'PROFIEL4', 'INTENSIEF'))
                      AS list(number, segment, content, funding, profile, intensity);
        CREATE TABLE month AS
        SELECT month::date AS month, (month + interval '1 month 5 days')::date AS known_day,
               row_number() OVER (ORDER BY month) AS number FROM {months} AS month;

        INSERT INTO spent
        SELECT partition, municipality, provider, segment, content, funding, profile, intensity, month,
               known_day + late * 30, {clients} / 3 / (late + 1), (40000 + place % 97 * 100 + number * 10)
               * ({clients} / 3) / (late + 1), late, late * 100, 0
          FROM conversation, kind AS kinds(kind, segment, content, funding, profile, intensity), month,
               generate_series(0, 1) AS late
         ORDER BY known_day + late * 30;

        INSERT INTO cared
        SELECT partition, place * 1000 + number, municipality, provider, segment, content, funding, month, known_day,
               (SELECT string_agg(int8send(hashint8extended(client, 0)) || int4send(1), ''::bytea)
                  FROM generate_series(place * 7 + kind * 3 + number % 5,
                                       place * 7 + kind * 3 + number % 5 + {clients} / 3 - 1) AS client)
          FROM conversation, kind AS kinds(kind, segment, content, funding, profile, intensity), month
         ORDER BY known_day;

        INSERT INTO running
        SELECT partition, municipality, (640000000 + place::bigint * 1000 + allocation)::text,
               begin_day + version * 40, provider, 't-' || place || '-' || allocation,
               hashint8extended(place * 7 + allocation % 40, 0), segment, content, funding, 1, profile, intensity,
               begin_day, begin_day + 540, false, 900000, 540, CASE version WHEN 0 THEN begin_day + 40 END
          FROM conversation, generate_series(0, 89) AS allocation, generate_series(0, 1) AS version,
               LATERAL (SELECT date '{YEARS[0]}-01-01' + (place * 31 + allocation * 12) % 1000 AS begin_day) AS begins,
               kind WHERE number = allocation % 3
         ORDER BY begin_day + version * 40;

        INSERT INTO granted
        SELECT partition, municipality, extract(year FROM month)::integer, known_month,
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 1), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 2), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 3), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 4), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 5), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 6), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 7), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 8), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 9), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 10), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 11), 0),
               coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 12), 0)
          FROM (SELECT partition, municipality, month::date, date_trunc('month', known_day)::date,
               sum(worth_in_month(worth_cents, worth_days, first_day, last_day, month::date))
          FROM running, generate_series(date_trunc('month', first_day), last_day, interval '1 month') AS month
         WHERE known_day = first_day
         GROUP BY 1, 2, 3, 4) AS by_month(partition, municipality, month, known_month, cents)
         GROUP BY 1, 2, 3, 4;
        INSERT INTO approved
        SELECT partition, municipality, month, date_trunc('month', known_day)::date, sum(debet_cents - credit_cents),
               0
          FROM spent GROUP BY 1, 2, 3, 4;

        -- As told_pack packs it: an allocation, a start, a cost for each month, a stop and an outcome.
        CREATE FUNCTION day_bytes(day date) RETURNS bytea LANGUAGE sql IMMUTABLE AS
        $$ SELECT int4send(day - date '1970-01-01') $$;
        INSERT INTO trajectory
        SELECT partition, trajectory, municipality, provider, segment, profile, intensity,
               '\\x01'::bytea || day_bytes(known_day) || int4send(7) || day_bytes(first_day) || day_bytes(last_day)
                   || int8send(client) || '\\x0a'::bytea
               || '\\x02'::bytea || day_bytes(first_day) || int4send(7) || day_bytes(first_day)
               || (SELECT string_agg('\\x05'::bytea || day_bytes((first_day + month * 30)::date)
                                     || day_bytes(date_trunc('month', first_day + month * 30 - 30)::date)
                                     || int8send(40000 + month), ''::bytea) FROM generate_series(1, 9) AS month)
               || '\\x03'::bytea || day_bytes(first_day + 280) || int4send(7) || day_bytes(first_day + 270) || '\\x1f'::bytea
               || '\\x04'::bytea || day_bytes(first_day + 290) || '\\x020108'::bytea
          FROM running WHERE profile <> '' AND known_day = first_day;
        DROP FUNCTION day_bytes;
        INSERT INTO decided
        SELECT partition, municipality, provider, verdict, reason, known_day, 3, 2
          FROM conversation, month,
               (VALUES ('GRANTED', 'BY_RULE'), ('REFUSED', 'NO_CONTRACT'), ('CHANGED', 'END')) AS list(verdict, reason)
         ORDER BY known_day;
        INSERT INTO rejected
        SELECT partition, municipality, provider, code, 'REASON_' || code, known_day, 2
          FROM conversation, month, (VALUES ('9321'), ('0233'), ('8001')) AS list(code)
         ORDER BY known_day;
        INSERT INTO answered
        SELECT partition, municipality, provider, '0200', known_day, 1, 1000000, 990000 FROM conversation, month;
        INSERT INTO posted
        SELECT partition, municipality, provider, account, extract(year FROM month)::int, known_day, sign * 990000
          FROM conversation, month, (VALUES ('COST', 1), ('PAYABLE', -1), ('COMMITMENT', 2), ('EXPECTED', -2))
               AS list(account, sign);
        INSERT INTO referred
        SELECT partition, municipality, provider, 'vraag-' || place || '-' || number, known_day, known_day + 14,
               CASE WHEN number < 34 THEN known_day + 7 END
          FROM conversation, month WHERE (place + number) % 7 = 0;
        DROP TABLE conversation, kind, month;
        ANALYZE;
    """)


class House:
    """Monitoring alone, after the region's books have come along the street."""

    def __init__(self, cluster, folder, providers, clients):
        self.cluster = cluster
        readers = folder / "readers"
        readers.write_text(f"region {SECRETS['region']} *\npublic {SECRETS['public']} public\n", encoding="utf-8")
        self.street = local.Street(folder / "street", cluster, tools.programs,
                                   environment={"PICQ_READERS": str(readers)})
        self.office = local.Office(self.street.prepare())
        self.providers, self.clients = providers, clients

    def open(self):
        self.street.start()
        for day, book in DAYS.items():
            self.office.picq(self.office.operators["inkoop"], "day", day, "--after-gap")
            if book:
                self.office.publish(REGION / book)
        self.street.settle()
        self.street.stop()
        fill(self.cluster, self.providers, self.clients)
        self.street.start(houses=("monitoring",))

    def ask(self, path, reader="region"):
        request = urllib.request.Request(f"http://127.0.0.1:{self.street.port('monitoring', 0, 'http')}{path}",
                                         headers={"Authorization": f"Bearer {SECRETS[reader]}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def timed(self, path, reader="region"):
        began = time.monotonic()
        size = len(self.ask(path, reader))
        return (time.monotonic() - began) * 1000, size

    def floor(self, table):
        """Milliseconds of its SQL alone, as PostgreSQL says."""
        total = 0.0
        for query in FLOORS[table]:
            text = (tools.ROOT / "services" / "monitoring" / "sql" / f"{query}.sql").read_text()
            for number, value in enumerate(("''", "2020", "date '2020-12-29'", "''"), 1):
                text = text.replace(f"${number}", value)
            plan = self.cluster.ask("monitoring", "EXPLAIN (ANALYZE, TIMING OFF) " + text)
            total += float(re.search(r"Execution Time: ([0-9.]+)", str(plan))[1])
        return total


def rounded(numbers):
    return round(median(numbers), 1)


def measure_table(house, card, rounds):
    name = card["name"]
    figures = {}
    days = [f"2020-12-{day:02d}" for day in range(10, 10 + rounds)]
    asked = {"region": [(f"?year=2020&known-on={day}", "region") for day in days]}
    if "municipality" in card["filters"]:
        asked["municipality"] = [(f"?municipality=0518&year=2020&known-on={day}", "region") for day in days]
    if card["wide"]:
        asked["wide"] = [(f"?year=2020&known-on=2020-{month:02d}-28", "public") for month in range(12, 12 - rounds, -1)]
    for what, questions in asked.items():
        took = [house.timed(f"/v1/tables/{name}{query}", reader) for query, reader in questions]
        figures[f"{what}_ms"] = rounded([ms for ms, _ in took])
        figures[f"{what}_kb"] = took[0][1] // 1024
    figures["again_ms"] = rounded([house.timed(f"/v1/tables/{name}{asked['region'][0][0]}")[0] for _ in range(rounds)])
    if name in FLOORS:
        figures["sql_alone_ms"] = rounded([house.floor(name) for _ in range(rounds)])
    return figures


def all_at_once(house, names, day):
    """A page that asks for every table in the same moment: milliseconds until it has all of them."""
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(lambda name: house.ask(f"/v1/tables/{name}?year=2020&known-on={day}"), names))
    return (time.monotonic() - began) * 1000


def measure(cluster, short=False):
    providers, clients, rounds = (3, 9, 1) if short else (100, 21, 5)
    with tempfile.TemporaryDirectory(prefix="picq-bench-") as folder:
        folder = pathlib.Path(folder)
        folder.chmod(0o755)
        house = House(cluster, folder, providers, clients)
        try:
            house.open()
            cards = json.loads(house.ask("/v1/tables"))
            lines = cluster.number("monitoring", "SELECT sum(debet_lines) FROM spent WHERE month >= '2020-01-01'")
            figures = {"lines_a_year": lines,
                       "allocations": cluster.number("monitoring", "SELECT count(DISTINCT number) FROM running")}
            for card in cards:
                figures[card["name"]] = measure_table(house, card, rounds)
            figures["all_at_once_ms"] = rounded([all_at_once(house, [card["name"] for card in cards], f"2020-11-{day:02d}")
                                                 for day in range(10, 10 + rounds)])
            return figures
        finally:
            house.street.stop()
