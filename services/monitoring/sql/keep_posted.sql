-- Adds postings under their account and year.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  account       text[]
-- $4  year          integer[]
-- $5  known_day     date[]
-- $6  cents         bigint[]

INSERT INTO posted AS kept (partition, municipality, account, year, known_day, cents)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::integer[], $5::date[], $6::bigint[])
    ON CONFLICT (partition, municipality, account, year, known_day) DO UPDATE
   SET cents = kept.cents + excluded.cents;
