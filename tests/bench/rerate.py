"""Re-rating: a book raises a price of the past, and half of a year's lines get a credit and a new debet line.

Measured is the house itself, from the moment the book is published until it has been heard in every partition, and
before that what-if, asked of the houses by picq. Beside them stand one set-based statement that makes the same rows
from the same tables, and a bare binary COPY of those rows. All begin with copies of the same database. The lines are
written straight into its tables, since only what comes after them is measured; their digests are no more than bytes.
"""
import json
import pathlib
import shutil
import tempfile
import time

import load
import local
import tools
from tools import median

ALLOCATIONS, MONTHS = 700, 12  # of each conversation, so that all of them have a million lines a year
TOUCHED, UNTOUCHED = load.PRODUCTS
OLD_CENTS, NEW_CENTS = TOUCHED[2], TOUCHED[2] + 180
HOURS = 12
KNOWN = "2020-07-07"
SECRET = "0123456789abcdef-bench"
HOUSES = ("intake", "allocation", "billing")

FIRST_BOOK = {
    "decision.yaml": {"decision": {"number": 1, "slug": "contracts", "name": "Contracten", "decided": "2018-11-01",
                                   "source": "verzonnen"}},
    "region.yaml": {
        "region": {"code": "ELDERS", "name": "Elders", "number_floor": 0, "residence": [{"rule": "guardian"}],
                   "municipalities": [{"code": code, "name": f"Gemeente {code}"} for code in load.MUNICIPALITIES]},
        "segments": [{"code": "SPECIALIST", "name": "Specialistisch"}],
        "cohort": [{"everyone": "NEW"}],
        "products": [{"category": category, "code": code, "segment": "SPECIALIST", "units": "HOUR", "name": code}
                     for category, code, _ in load.PRODUCTS],
        "pxq_tariffs": [{"product": code, "unit": "HOUR", "cents": cents} for _, code, cents in load.PRODUCTS],
        "providers": [{"agb": agb, "name": f"Aanbieder {agb}"} for agb in load.PROVIDERS],
        "contracts": [{"id": "overbrugging", "kind": "bridging", "segment": "SPECIALIST", "from": "2019-01-01",
                       "until": "2021-12-31", "municipalities": list(load.MUNICIPALITIES), "products": "all",
                       "providers": list(load.PROVIDERS), "pics": "none", "corrections": "self_billed"}],
        "funding": [{"municipalities": list(load.MUNICIPALITIES), "segments": "SPECIALIST", "cohorts": ["NEW", "EXISTING"],
                     "content": "NONE", "funding": "PXQ", "running": "keep"}],
    },
}
SECOND_BOOK = {
    "decision.yaml": {"decision": {"number": 2, "slug": "higher-price", "name": "Tarieven opnieuw", "decided": KNOWN,
                                   "source": "verzonnen"}},
    "tariffs.yaml": {"pxq_tariffs": [{"product": TOUCHED[1], "unit": "HOUR", "cents": NEW_CENTS, "from": "2019-01-01"}]},
}


def write_book(folder, files):
    folder.mkdir(parents=True)
    for name, sections in files.items():
        text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in {"synthetic": True, **sections}.items())
        (folder / name).write_text(text, encoding="utf-8")
    return folder


# the lines of a year

def fill(cluster, database, allocations):
    """Allocations, declarations of a hundred lines, their lines and postings: as billing keeps them."""
    conversations = ", ".join(f"({place % 64}, {int(municipality + provider)})"
                              for place, (municipality, provider) in enumerate(load.conversations()))
    cluster.run(database, f"""
        CREATE TEMP TABLE care AS
        SELECT partition::smallint, conversation::bigint, conversation || '-' || n AS number, n,
               CASE n % 2 WHEN 0 THEN '{TOUCHED[1]}' ELSE '{UNTOUCHED[1]}' END AS code,
               CASE n % 2 WHEN 0 THEN {OLD_CENTS} ELSE {UNTOUCHED[2]} END::bigint AS cents
          FROM (VALUES {conversations}) AS conversations(partition, conversation), generate_series(1, {allocations}) AS n;

        INSERT INTO allocation
        SELECT partition, conversation, number, 1, 't-' || number, 'c-' || number, 'SPECIALIST', 'overbrugging', '', '', 1,
               '45', code, 40, 4, 4, '2019-01-01', '2019-12-31', 1, false, '2019-01-01'
          FROM care;

        CREATE TEMP TABLE declared AS
        SELECT care.*, month::date AS first_day, (month + interval '1 month' - interval '1 day')::date AS last_day,
               'd-' || to_char(month, 'YYYY-MM') || '-' || n / 100 AS declaration, {HOURS} * cents AS amount
          FROM care, generate_series(timestamp '2019-01-01', '2019-12-01', '1 month') AS month
         ORDER BY month, partition, conversation, n;

        INSERT INTO line (partition, conversation, reference, position, declaration, allocation, client, category, code,
                          first_day, last_day, volume, unit, tariff_cents, amount_cents, counted, parts, formula,
                          rated_volume, price_cents, rated_book, price_source, price_book, price_line, digest, known_day,
                          booked_year, declared_cents)
        SELECT partition, conversation, number || to_char(first_day, '-YYYY-MM'), 1, declaration, number, 'c-' || number,
               '45', code, first_day, last_day, {HOURS}, 4, cents, amount, {HOURS} * 60, 0, 1, {HOURS}, cents, 1,
               'region.yaml', 1, 7, sha256(convert_to(number || first_day, 'UTF8')), last_day + 10,
               2019, amount
          FROM declared;

        INSERT INTO declaration
        SELECT partition, conversation, declaration, 1, first_day, '8001', sum(amount), sum(amount), last_day + 10
          FROM declared GROUP BY partition, conversation, declaration, first_day, last_day;

        INSERT INTO posting
        SELECT declaration.partition, declaration.conversation, declaration.number, 1, 2019, account, 2019,
               sign * declaration.approved_cents, declaration.known_day
          FROM declaration, (VALUES ('COST', 1), ('PAYABLE', -1)) AS accounts(account, sign);""")
    cluster.run(database, "VACUUM (ANALYZE)")


# the same by one statement

COLUMNS = ("partition, conversation, reference, position, declaration, allocation, client, category, code, first_day,"
           " last_day, volume, unit, tariff_cents, amount_cents, counted, parts, credits, reason, return_code, formula,"
           " rated_volume, price_cents, month, share_numerator, share_denominator, part_numerator, part_denominator,"
           " rated_book, price_source, price_book, price_line, terms_source, terms_book, terms_line, digest, known_day,"
           " origin, replaces, booked_year, declared_cents")

STATEMENT = f"""
WITH touched AS MATERIALIZED (
    SELECT line.*, volume * {NEW_CENTS} AS new_cents
      FROM line
     WHERE code = '{TOUCHED[1]}' AND unit = 4 AND reason IS NULL AND credits IS NULL
       AND first_day BETWEEN '2019-01-01' AND '2021-12-31' AND price_cents <> {NEW_CENTS}
       AND NOT EXISTS (SELECT FROM line AS credit
                        WHERE credit.partition = line.partition AND credit.conversation = line.conversation
                          AND credit.credits = line.reference AND credit.reason IS NULL)
), lines AS (
    INSERT INTO line ({COLUMNS})
    SELECT partition, conversation, reference || '~2c', 1000, 'nota~2', allocation, client, category, code, first_day,
           last_day, volume, unit, tariff_cents, -amount_cents, -counted, parts, reference, NULL, NULL, 8, 0,
           amount_cents, NULL::smallint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, 2, NULL, NULL::int,
           NULL::int, NULL, NULL::int, NULL::int, sha256(convert_to(reference || amount_cents, 'UTF8')),
           date '{KNOWN}', reference, NULL, extract(year FROM first_day)::smallint, amount_cents
      FROM touched
     UNION ALL
    SELECT partition, conversation, reference || '~2', 1000, 'nota~2', allocation, client, category, code, first_day,
           last_day, volume, unit, {NEW_CENTS}, new_cents, counted, parts, NULL, NULL, NULL, 1, volume,
           {NEW_CENTS}, NULL, NULL, NULL, NULL, NULL, 2, 'tariffs.yaml', 2, 2, NULL, NULL, NULL,
           sha256(convert_to(reference || new_cents, 'UTF8')), date '{KNOWN}', reference, reference,
           extract(year FROM first_day)::smallint, new_cents
      FROM touched
), sums AS MATERIALIZED (
    SELECT partition, conversation, extract(year FROM first_day)::smallint AS service_year, count(*) AS lines,
           sum(amount_cents)::bigint AS before_cents, sum(new_cents)::bigint AS after_cents
      FROM touched GROUP BY 1, 2, 3
), postings AS (
    INSERT INTO posting
    SELECT partition, conversation, 'nota~2', 1000, service_year, account, service_year, sign * (after_cents - before_cents),
           date '{KNOWN}'
      FROM sums, (VALUES ('COST', 1), ('PAYABLE', -1)) AS accounts(account, sign)
), documents AS (
    INSERT INTO correction
    SELECT partition, conversation, 'nota~2', 1000, 2, 1, NULL, sum(lines), sum(before_cents), sum(after_cents),
           date '{KNOWN}'
      FROM sums GROUP BY 1, 2
)
INSERT INTO declaration
SELECT partition, conversation, 'nota~2', 1000, date '2020-07-01', '8001', sum(after_cents - before_cents),
       sum(after_cents - before_cents), date '{KNOWN}'
  FROM sums GROUP BY 1, 2;
"""

# What corrections wrote, of each table: which rows, and what they add up to.
WRITTEN = {
    "line": ("declaration LIKE '%~2'", "sum(amount_cents), sum(abs(amount_cents)), sum(counted), count(replaces)"),
    "posting": ("declaration LIKE '%~2'", "sum(amount_cents), sum(abs(amount_cents)), count(DISTINCT service_year)"),
    "correction": ("book = 2", "sum(lines), sum(before_cents), sum(after_cents)"),
    "declaration": ("number LIKE '%~2'", "sum(submitted_cents), sum(approved_cents)"),
}


def written(cluster, database):
    return {table: cluster.ask(database, f"SELECT count(*), {sums} FROM {table} WHERE {chosen}")[0]
            for table, (chosen, sums) in WRITTEN.items()}


def ended_cpu(cluster):
    """CPU seconds of all connections that have ended."""
    postmaster = (cluster.data / "postmaster.pid").read_text().splitlines()[0]
    fields = pathlib.Path(f"/proc/{postmaster}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) / local.TICK


class Copies:
    """Databases that all begin as the one that was filled."""

    def __init__(self, cluster, folder, allocations, book=None):
        self.cluster = cluster
        (folder / "readers").write_text(f"bench {SECRET} *\n", encoding="utf-8")
        self.street = local.Street(folder / "street", cluster, tools.programs,
                                   environment={"PICQ_READERS": str(folder / "readers")})
        self.office = local.Office(self.street.prepare())
        self.folder = folder
        self.street.start(houses=HOUSES)
        self.office.begin(KNOWN)
        self.office.publish(write_book(folder / "001-contracts", book or FIRST_BOOK))
        self.settle()
        self.street.stop()
        fill(cluster, "billing", allocations)
        self.second = write_book(folder / "002-higher-price", SECOND_BOOK)
        for house in HOUSES:
            cluster.run("postgres", f"ALTER DATABASE {house} RENAME TO {house}_filled")

    def settle(self, seconds=600):
        """Monitoring is not there: billing has heard all that allocation said, and allocation all of intake."""
        until = time.monotonic() + seconds
        while any(self.cluster.number(teller, "SELECT coalesce(sum(position), 0) FROM outbox_head")
                  != self.cluster.number(hearer, "SELECT coalesce(sum(position), 0) FROM inbox WHERE cursor = ''"
                                                 f" AND source = '{teller}'")
                  for teller, hearer in (("intake", "allocation"), ("allocation", "billing"))):
            if time.monotonic() > until:
                raise local.Trouble(f"the book was not heard within {seconds} s: see the logs in {self.folder}")
            time.sleep(0.02)

    def make(self, database, of):
        self.cluster.drop_house(database)
        self.cluster.run("postgres", f"CREATE DATABASE {database} TEMPLATE {of}_filled OWNER {of}; CHECKPOINT")

    def what_if(self):
        """(seconds, what it tells of all lines together)"""
        places = {f"PICQ_{house.upper()}_HTTP": f"127.0.0.1:{self.street.port(house, 0, 'http')}"
                  for house in ("allocation", "billing")}
        began = time.monotonic()
        told = self.street.picq("whatif", self.second, "--json", environment={"PICQ_TOKEN": SECRET, **places})
        return time.monotonic() - began, json.loads(told.stdout)["all"]

    def by_house(self):
        """(seconds, CPU seconds of the house, CPU seconds of its database, seconds of what-if, what it told)"""
        for house in HOUSES:
            self.make(house, house)
        self.street.start(houses=HOUSES)
        try:
            asked, told = self.what_if()
            self.office.picq(self.office.operators["inkoop"], "publish", self.second)
            own, database = self.street.cpu("billing")
            began = time.monotonic()
            self.office.picq(self.office.operators["control"], "publish", self.second, "--approve")
            self.settle()
            took = time.monotonic() - began
            own_after, database_after = self.street.cpu("billing")
            return took, own_after - own, database_after - database, asked, told
        finally:
            self.street.stop()

    def timed(self, text, of="billing"):
        """(seconds, CPU seconds of the database)"""
        self.make("beside", of)
        cpu, began = ended_cpu(self.cluster), time.monotonic()
        self.cluster.run("beside", text)
        took = time.monotonic() - began
        time.sleep(0.5)  # until its connection has ended, too
        return took, ended_cpu(self.cluster) - cpu

    def take_out(self):
        """What the house wrote, into files, as COPY reads it."""
        for table, (chosen, _) in WRITTEN.items():
            self.cluster.run("billing", f"COPY (SELECT * FROM {table} WHERE {chosen}) TO '{self.cluster.folder}/{table}'"
                                        " (FORMAT binary)")
        return "".join(f"COPY {table} FROM '{self.cluster.folder}/{table}' (FORMAT binary);\n" for table in WRITTEN)


def told_by_what_if(run):
    return [str(run[-1][figure]) for figure in ("lines", "now_cents", "then_cents")]


def measure(cluster, short=False, lines=None):
    lines = lines or (20_160 if short else 1_008_000)
    rounds = 1 if short else 3
    allocations = max(1, lines // MONTHS // len(load.conversations()))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="picq-rerate-"))
    try:
        copies = Copies(cluster, folder, allocations)
        house, statement, copy = [], [], []
        for _ in range(rounds):
            house.append(copies.by_house())
            statement.append(copies.timed(STATEMENT))
            by_house = written(cluster, "billing")
            assert written(cluster, "beside") == by_house, (by_house, written(cluster, "beside"))
            copy.append(copies.timed(copies.take_out()))
            assert written(cluster, "beside") == by_house
            assert told_by_what_if(house[-1]) == by_house["correction"][1:], (house[-1], by_house)
        seconds, own, database, *_ = sorted(house, key=lambda run: run[0])[len(house) // 2]
        statement, copy = median(statement), median(copy)
        lines = allocations * MONTHS * len(load.conversations())
        return {
            "lines": lines,
            "lines_written": int(by_house["line"][0]),
            "rounds": rounds,
            "seconds": round(seconds, 2),
            "cpu_seconds": {"house": round(own, 2), "database": round(database, 2)},
            "whatif_seconds": round(median([run[3] for run in house]), 2),
            "statement": {"seconds": round(statement[0], 2), "database_cpu_seconds": round(statement[1], 2)},
            "copy": {"seconds": round(copy[0], 2), "database_cpu_seconds": round(copy[1], 2)},
            "share_of_statement": round(seconds / statement[0], 2),
            "share_of_copy": round(seconds / copy[0], 2),
            "cpu_share_of_statement": round((own + database) / statement[1], 2),
            "cpu_share_of_copy": round((own + database) / copy[1], 2),
        }
    finally:
        for house in (*HOUSES, *(f"{house}_filled" for house in HOUSES), "beside"):
            cluster.drop_house(house)
        shutil.rmtree(folder, ignore_errors=True)
