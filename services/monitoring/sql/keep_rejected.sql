-- Counts rejected lines by code and reason.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  code          text[]
-- $4  reason        text[]
-- $5  known_day     date[]
-- $6  lines         bigint[]

INSERT INTO rejected AS kept (partition, municipality, code, reason, known_day, lines)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::bigint[])
    ON CONFLICT (partition, municipality, code, reason, known_day) DO UPDATE
   SET lines = kept.lines + excluded.lines;
