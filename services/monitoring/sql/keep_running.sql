-- Keeps versions of allocations; the last one of a day stands for that day.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  number        text[]
-- $4  known_day     date[]
-- $5  client        bigint[]
-- $6  segment       text[]
-- $7  content       smallint[]
-- $8  funding       smallint[]
-- $9  first_day     date[]
-- $10 last_day      date[]
-- $11 removed       boolean[]

INSERT INTO running (partition, municipality, number, known_day, client, segment, content, funding, first_day,
                     last_day, removed)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::date[], $5::bigint[], $6::text[],
                     $7::smallint[], $8::smallint[], $9::date[], $10::date[], $11::boolean[])
    ON CONFLICT (partition, municipality, number, known_day) DO UPDATE
   SET client = excluded.client,
       segment = excluded.segment,
       content = excluded.content,
       funding = excluded.funding,
       first_day = excluded.first_day,
       last_day = excluded.last_day,
       removed = excluded.removed;
