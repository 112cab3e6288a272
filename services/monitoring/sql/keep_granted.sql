-- Keeps what versions of allocations add to what is granted by month of care: what each is worth
-- more than the one before it, which is read here before the new ones are kept. What sums to
-- nothing leaves no row, so that batches of any size leave the same table.
--
-- $1  partition     smallint[]  one entry for each version, each key once
-- $2  municipality  text[]
-- $3  number        text[]
-- $4  known_day     date[]
-- $5  first_day     date[]
-- $6  last_day      date[]
-- $7  removed       boolean[]
-- $8  worth_cents   bigint[]
-- $9  worth_days    integer[]

WITH heard AS (
    SELECT *
      FROM unnest($1::smallint[], $2::text[], $3::text[], $4::date[], $5::date[], $6::date[], $7::boolean[],
                  $8::bigint[], $9::integer[])
           AS heard(partition, municipality, number, known_day, first_day, last_day, removed, worth_cents, worth_days)
), before AS (
    SELECT newest.*
      FROM (SELECT partition, municipality, number, min(known_day) AS known_day
              FROM heard
             GROUP BY partition, municipality, number) AS first,
           LATERAL (SELECT partition, municipality, number, known_day, first_day, last_day, removed, worth_cents,
                           worth_days
                      FROM running
                     WHERE running.partition = first.partition
                       AND running.municipality = first.municipality
                       AND running.number = first.number
                       AND running.known_day <= first.known_day
                     ORDER BY running.known_day DESC
                     LIMIT 1) AS newest
), version AS (
    SELECT *, lead(known_day) OVER (PARTITION BY partition, municipality, number ORDER BY known_day, new) AS until_day
      FROM (SELECT *, false AS new FROM before UNION ALL SELECT *, true FROM heard) AS both_of_them
), worth AS (
    SELECT partition, municipality, known_day, until_day, new, month::date AS month,
           worth_in_month(worth_cents, worth_days, first_day, last_day, month::date) AS cents
      FROM version,
           generate_series(date_trunc('month', first_day),
                           least(last_day, known_day + interval '10 years'), interval '1 month') AS month
     WHERE NOT removed
), change AS (
    SELECT partition, municipality, month, known_day AS day, cents FROM worth WHERE new
     UNION ALL
    SELECT partition, municipality, month, until_day, -cents FROM worth WHERE until_day IS NOT NULL
), added AS (
    SELECT partition, municipality, month, date_trunc('month', day)::date AS known_month, sum(cents)::bigint AS cents
      FROM change
     GROUP BY 1, 2, 3, 4
    HAVING sum(cents) <> 0
)
MERGE INTO granted
USING added
   ON granted.partition = added.partition
  AND granted.municipality = added.municipality
  AND granted.month = added.month
  AND granted.known_month = added.known_month
 WHEN MATCHED AND granted.cents + added.cents = 0 THEN
      DELETE
 WHEN MATCHED THEN
      UPDATE SET cents = granted.cents + added.cents
 WHEN NOT MATCHED THEN
      INSERT VALUES (added.partition, added.municipality, added.month, added.known_month, added.cents);
