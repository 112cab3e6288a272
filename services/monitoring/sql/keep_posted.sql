-- Adds postings under their account and year.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  provider      text[]
-- $4  account       text[]
-- $5  year          integer[]
-- $6  known_day     date[]
-- $7  cents         bigint[]

INSERT INTO posted AS kept (partition, municipality, provider, account, year, known_day, cents)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::date[], $7::bigint[])
    ON CONFLICT (partition, municipality, provider, account, year, known_day) DO UPDATE
   SET cents = kept.cents + excluded.cents;
