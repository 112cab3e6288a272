-- Keeps requests that came to a person; one that comes again waits again, and one that waited goes on waiting.
--
-- $1 partition     smallint[]  one entry for each row, each key once
-- $2 municipality  text[]
-- $3 provider      text[]
-- $4 reference     text[]
-- $5 known_day     date[]
-- $6 due_day       date[]
-- $7 done_day      date[]      NULL while it waits

INSERT INTO referred (partition, municipality, provider, reference, known_day, due_day, done_day)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::date[])
    ON CONFLICT (partition, municipality, provider, reference) DO UPDATE
   SET known_day = CASE WHEN referred.done_day IS NULL THEN referred.known_day ELSE excluded.known_day END,
       due_day = excluded.due_day,
       done_day = excluded.done_day;
