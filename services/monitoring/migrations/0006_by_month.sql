-- What a version of an allocation is worth in one month: its worth over its first days, spread
-- evenly over all of its days, each sum of the first ones rounded half up to the cent.
CREATE FUNCTION worth_until(worth_cents bigint, worth_days integer, days integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN worth_days > 0 THEN (2 * worth_cents * greatest(days, 0) + worth_days) / (2 * worth_days)
               ELSE 0 END $$;

CREATE FUNCTION worth_in_month(worth_cents bigint, worth_days integer, first_day date, last_day date, month date)
    RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT worth_until(worth_cents, worth_days,
                      least(last_day, (month + interval '1 month')::date - 1) - first_day + 1)
        - worth_until(worth_cents, worth_days, least(last_day, month - 1) - first_day + 1) $$;

-- What is granted for each month of care, by the month in which it became known: a version adds
-- what it is worth more than the one before it. No row says nothing. Ten years ahead are enough.
CREATE TABLE granted (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    month        date     NOT NULL,
    known_month  date     NOT NULL,
    cents        bigint   NOT NULL CHECK (cents <> 0),
    PRIMARY KEY (partition, municipality, month, known_month)
);

WITH version AS (
    SELECT *, lead(known_day) OVER (PARTITION BY partition, municipality, number ORDER BY known_day) AS until_day
      FROM running
), worth AS (
    SELECT partition, municipality, known_day, until_day, month::date AS month,
           worth_in_month(worth_cents, worth_days, first_day, last_day, month::date) AS cents
      FROM version,
           generate_series(date_trunc('month', first_day),
                           least(last_day, known_day + interval '10 years'), interval '1 month') AS month
     WHERE NOT removed
), change AS (
    SELECT partition, municipality, month, known_day AS day, cents FROM worth
     UNION ALL
    SELECT partition, municipality, month, until_day, -cents FROM worth WHERE until_day IS NOT NULL
)
INSERT INTO granted (partition, municipality, month, known_month, cents)
SELECT partition, municipality, month, date_trunc('month', day)::date, sum(cents)
  FROM change
 GROUP BY 1, 2, 3, 4
HAVING sum(cents) <> 0;

-- What was approved for each month of care, net, by the month in which it became known.
CREATE TABLE approved (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    month        date     NOT NULL,
    known_month  date     NOT NULL,
    cents        bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, month, known_month)
);

INSERT INTO approved (partition, municipality, month, known_month, cents)
SELECT partition, municipality, month, date_trunc('month', known_day)::date, sum(debet_cents) - sum(credit_cents)
  FROM spent
 GROUP BY 1, 2, 3, 4;

-- What became known lately is looked for by its day.
CREATE INDEX running_known ON running USING brin (known_day);
CREATE INDEX spent_known ON spent USING brin (known_day);
