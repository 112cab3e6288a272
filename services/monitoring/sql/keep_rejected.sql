-- Counts rejected lines by code and reason.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  provider      text[]
-- $4  code          text[]
-- $5  reason        text[]
-- $6  known_day     date[]
-- $7  lines         bigint[]

INSERT INTO rejected AS kept (partition, municipality, provider, code, reason, known_day, lines)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::bigint[])
    ON CONFLICT (partition, municipality, provider, code, reason, known_day) DO UPDATE
   SET lines = kept.lines + excluded.lines;
