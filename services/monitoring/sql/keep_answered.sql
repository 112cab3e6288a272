-- Counts declarations by the code of the whole.
--
-- $1  partition        smallint[]  one entry for each row, each key once
-- $2  municipality     text[]
-- $3  code             text[]
-- $4  known_day        date[]
-- $5  declarations     bigint[]
-- $6  submitted_cents  bigint[]
-- $7  approved_cents   bigint[]

INSERT INTO answered AS kept (partition, municipality, code, known_day, declarations, submitted_cents, approved_cents)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::date[], $5::bigint[], $6::bigint[],
                     $7::bigint[])
    ON CONFLICT (partition, municipality, code, known_day) DO UPDATE
   SET declarations = kept.declarations + excluded.declarations,
       submitted_cents = kept.submitted_cents + excluded.submitted_cents,
       approved_cents = kept.approved_cents + excluded.approved_cents;
