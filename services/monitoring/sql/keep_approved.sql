-- Adds to what was approved by month of care and month of knowing. One statement adds all: a key
-- may stand in several of the rows given.
--
-- $1 partition     smallint[]
-- $2 municipality  text[]
-- $3 month         date[]
-- $4 known_month   date[]
-- $5 debet_cents   bigint[]
-- $6 credit_cents  bigint[]
-- $7 corrected     bigint[]  cents of debet less credit that books corrected

INSERT INTO approved (partition, municipality, month, known_month, cents, corrected_cents)
SELECT partition, municipality, month, known_month, sum(debet_cents - credit_cents),
       sum(corrected_cents)
  FROM unnest($1::smallint[], $2::text[], $3::date[], $4::date[], $5::bigint[], $6::bigint[],
              $7::bigint[])
       AS added(partition, municipality, month, known_month, debet_cents, credit_cents, corrected_cents)
 GROUP BY partition, municipality, month, known_month
    ON CONFLICT (partition, municipality, month, known_month) DO UPDATE
   SET cents = approved.cents + excluded.cents,
       corrected_cents = approved.corrected_cents + excluded.corrected_cents;
