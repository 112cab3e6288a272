-- Adds approved money under its month, kind, PIC and day.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  provider      text[]
-- $4  segment       text[]
-- $5  content       smallint[]
-- $6  funding       smallint[]
-- $7  profile       text[]      '' where there is no PIC
-- $8  intensity     text[]
-- $9  month         date[]
-- $10 known_day     date[]
-- $11 debet_lines   bigint[]
-- $12 debet_cents   bigint[]
-- $13 credit_lines  bigint[]
-- $14 credit_cents  bigint[]
-- $15 corrected     bigint[]    cents of debet less credit that books corrected

INSERT INTO spent AS kept (partition, municipality, provider, segment, content, funding, profile, intensity, month,
                           known_day, debet_lines, debet_cents, credit_lines, credit_cents, corrected_cents)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::smallint[], $7::text[],
                     $8::text[], $9::date[], $10::date[], $11::bigint[], $12::bigint[], $13::bigint[],
                     $14::bigint[], $15::bigint[])
    ON CONFLICT (partition, municipality, provider, segment, content, funding, profile, intensity, month, known_day)
    DO UPDATE
   SET debet_lines = kept.debet_lines + excluded.debet_lines,
       debet_cents = kept.debet_cents + excluded.debet_cents,
       credit_lines = kept.credit_lines + excluded.credit_lines,
       credit_cents = kept.credit_cents + excluded.credit_cents,
       corrected_cents = kept.corrected_cents + excluded.corrected_cents;
