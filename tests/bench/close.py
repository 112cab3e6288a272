"""Closing: a year of a whole region is closed, and the statements of every provider and municipality are frozen.

Measured is the house itself, from the second person's word until it has been heard in every partition, by two replicas of
billing; at a region's size and at ten times that. Beside it stands one set-based statement that sums the same rows into
the same table, without work in progress, which no statement can work out. Both begin with copies of one database, whose
lines are written straight into its tables.
"""
import copy
import pathlib
import shutil
import tempfile
import time

import load
import rerate
from tools import median

YEAR, TEN = 2019, 10
FULL_SCALE = 302_400        # lines of a year in a region of 1.14 million inhabitants
PIC_SHARE = 5               # one trajectory beside so many allocations by product

BOOK = copy.deepcopy(rerate.FIRST_BOOK)
BOOK["region.yaml"]["contracts"][0]["pics"] = "all"
BOOK["region.yaml"] |= {
    "profiles": [{"code": "P1", "name": "Profiel"}], "intensities": [{"code": "KORT", "name": "Kort"}],
    "pic_tariffs": [{"segment": "SPECIALIST", "profile": "P1", "cents": {"KORT": 500_000}}],
    "payment_terms": [{"segments": "SPECIALIST", "profiles": "P1", "intensities": "KORT", "shape": "start_end",
                       "start_share": 0.7, "relapse_days": 0, "expected_days": 200, "work_in_progress": "linear",
                       "start_due_by": "message", "end_due_by": "message", "early_end": {"otherwise": "all"}}],
}

# What of the lines one statement can say.
STATEMENT = f"""
INSERT INTO statement_row
SELECT line.partition, {YEAR}, line.conversation, 1000, extract(year FROM line.first_day)::smallint,
       CASE newest.funding WHEN 2 THEN newest.profile ELSE '' END, CASE newest.funding WHEN 2 THEN newest.intensity ELSE '' END,
       CASE newest.funding WHEN 2 THEN '' ELSE line.category END, CASE newest.funding WHEN 2 THEN '' ELSE line.code END,
       count(*) FILTER (WHERE line.credits IS NULL), coalesce(sum(declared_cents) FILTER (WHERE line.credits IS NULL), 0),
       coalesce(sum(amount_cents) FILTER (WHERE reason IS NULL AND line.credits IS NULL), 0),
       count(*) FILTER (WHERE reason IS NOT NULL),
       coalesce(sum(declared_cents) FILTER (WHERE reason IS NOT NULL), 0),
       count(*) FILTER (WHERE line.credits IS NOT NULL),
       coalesce(-sum(amount_cents) FILTER (WHERE line.credits IS NOT NULL), 0), 0, 0, 0, 0, 0
  FROM line
  LEFT JOIN (SELECT DISTINCT ON (partition, conversation, number) * FROM allocation
              ORDER BY partition, conversation, number, position DESC) AS newest
    ON newest.partition = line.partition AND newest.conversation = line.conversation AND newest.number = line.allocation
 WHERE booked_year = {YEAR}
 GROUP BY 1, 3, 5, 6, 7, 8, 9;
"""


def add_trajectories(cluster, database):
    """Begun in the course of the year, and half way at its end; of half of them the start was paid."""
    cluster.run(database, f"""
        INSERT INTO allocation
        SELECT partition, conversation, 'p' || number, 1, 'tp-' || number, 'cp-' || number, segment, contract, 'P1', 'KORT', 2,
               '45', 'PA1P1', 500000, 83, 6, '{YEAR}-09-01', '{YEAR + 1}-04-30', 1, false, '{YEAR}-09-01'
          FROM allocation WHERE split_part(number, '-', 2)::integer % {PIC_SHARE} = 0;
        INSERT INTO care
        SELECT partition, conversation, number, 1, first_day, NULL, first_day FROM allocation WHERE funding = 2;
        INSERT INTO line (partition, conversation, reference, position, declaration, allocation, client, category, code,
                          first_day, last_day, volume, unit, amount_cents, counted, parts, formula, rated_volume, price_cents,
                          share_numerator, share_denominator, part_numerator, part_denominator, rated_book, price_source,
                          price_book, price_line, terms_source, terms_book, terms_line, digest, known_day, booked_year,
                          declared_cents)
        SELECT partition, conversation, number || '-start', 1, 'dp', number, client, category, code, first_day,
               '{YEAR}-09-30', 350000, 83, 350000, 350000, 1, 4, 350000, 500000, 7, 10, 1, 1, 1, 'region.yaml', 1, 8,
               'region.yaml', 1, 9, sha256(convert_to(number, 'UTF8')), '{YEAR}-10-10', {YEAR}, 350000
          FROM allocation WHERE funding = 2 AND split_part(number, '-', 2)::integer % {2 * PIC_SHARE} = 0;
        INSERT INTO posting
        SELECT partition, conversation, 'dp', 1, {YEAR}, account, {YEAR}, sign * sum(amount_cents), '{YEAR}-10-10'
          FROM line, (VALUES ('COST', 1), ('PAYABLE', -1)) AS accounts(account, sign)
         WHERE declaration = 'dp' GROUP BY partition, conversation, account, sign;""")
    cluster.run(database, "VACUUM (ANALYZE)")


def by_house(copies):
    """(seconds, CPU seconds of the house, CPU seconds of its database)"""
    for house in rerate.HOUSES:
        copies.make(house, house)
    copies.street.start({"billing": 2}, houses=rerate.HOUSES)
    try:
        operators = copies.office.operators
        copies.office.picq(operators["inkoop"], "close", YEAR)
        own, database = copies.street.cpu("billing")
        began = time.monotonic()
        copies.office.picq(operators["control"], "close", YEAR, "--approve")
        copies.settle()
        took = time.monotonic() - began
        own_after, database_after = copies.street.cpu("billing")
        return took, own_after - own, database_after - database
    finally:
        copies.street.stop()


def cost_of(cluster, database):
    return cluster.ask(database, "SELECT count(*) FILTER (WHERE lines > 0), sum(lines), sum(approved_cents - credited_cents"
                                 " + corrected_cents) FROM statement_row")[0]


def measure_one(cluster, lines, rounds):
    allocations = max(1, lines // rerate.MONTHS // len(load.conversations()))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="picq-close-"))
    try:
        copies = rerate.Copies(cluster, folder, allocations, BOOK)
        add_trajectories(cluster, "billing_filled")
        house, statement = [], []
        for _ in range(rounds):
            house.append(by_house(copies))
            assert cluster.number("billing", f"SELECT count(*) FROM year_decided WHERE year = {YEAR} AND closed") == 64
            ledger = cluster.number("billing", "SELECT sum(amount_cents) FROM posting WHERE account = 'COST'"
                                               f" AND booked_year = {YEAR}")
            assert int(cost_of(cluster, "billing")[2]) == ledger, "the statements are not the ledger"
            statement.append(copies.timed(STATEMENT))
            assert cost_of(cluster, "beside") == cost_of(cluster, "billing")
        seconds, own, database = median(house)
        beside = median(statement)
        return {
            "lines": cluster.number("billing", "SELECT count(*) FROM line"),
            "trajectories": cluster.number("billing", "SELECT count(*) FROM allocation WHERE funding = 2"),
            "statements": cluster.number("billing", "SELECT count(*) FROM statement"),
            "rows": cluster.number("billing", "SELECT count(*) FROM statement_row"),
            "rounds": rounds,
            "seconds": round(seconds, 2),
            "cpu_seconds": {"house": round(own, 2), "database": round(database, 2)},
            "statement": {"seconds": round(beside[0], 2), "database_cpu_seconds": round(beside[1], 2)},
        }
    finally:
        for house in (*rerate.HOUSES, *(f"{house}_filled" for house in rerate.HOUSES), "beside"):
            cluster.drop_house(house)
        shutil.rmtree(folder, ignore_errors=True)


def measure(cluster, short=False, lines=None):
    lines = lines or (20_160 if short else FULL_SCALE)
    once = measure_one(cluster, lines, 1 if short else 3)
    if short:
        return once
    ten = measure_one(cluster, lines * TEN, 1)
    return {**once, "ten_times": ten, "ten_times_takes": round(ten["seconds"] / once["seconds"], 2)}
