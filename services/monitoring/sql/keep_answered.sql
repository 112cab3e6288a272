-- Counts declarations by the code of the whole.
--
-- $1  partition        smallint[]  one entry for each row, each key once
-- $2  municipality     text[]
-- $3  provider         text[]
-- $4  code             text[]
-- $5  known_day        date[]
-- $6  declarations     bigint[]
-- $7  submitted_cents  bigint[]
-- $8  approved_cents   bigint[]

INSERT INTO answered AS kept (partition, municipality, provider, code, known_day, declarations, submitted_cents,
                              approved_cents)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::bigint[], $7::bigint[],
                     $8::bigint[])
    ON CONFLICT (partition, municipality, provider, code, known_day) DO UPDATE
   SET declarations = kept.declarations + excluded.declarations,
       submitted_cents = kept.submitted_cents + excluded.submitted_cents,
       approved_cents = kept.approved_cents + excluded.approved_cents;
