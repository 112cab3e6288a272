-- Adds approved money under its month, kind and day.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  segment       text[]
-- $4  content       smallint[]
-- $5  funding       smallint[]
-- $6  month         date[]
-- $7  known_day     date[]
-- $8  debet_lines   bigint[]
-- $9  debet_cents   bigint[]
-- $10 credit_lines  bigint[]
-- $11 credit_cents  bigint[]

INSERT INTO spent AS kept (partition, municipality, segment, content, funding, month, known_day, debet_lines,
                           debet_cents, credit_lines, credit_cents)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::smallint[], $5::smallint[], $6::date[],
                     $7::date[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
    ON CONFLICT (partition, municipality, segment, content, funding, month, known_day) DO UPDATE
   SET debet_lines = kept.debet_lines + excluded.debet_lines,
       debet_cents = kept.debet_cents + excluded.debet_cents,
       credit_lines = kept.credit_lines + excluded.credit_lines,
       credit_cents = kept.credit_cents + excluded.credit_cents;
