-- Keeps versions of allocations; the last one of a day stands for that day.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  provider      text[]
-- $4  number        text[]
-- $5  known_day     date[]
-- $6  trajectory    text[]
-- $7  client        bigint[]
-- $8  segment       text[]
-- $9  content       smallint[]
-- $10 funding       smallint[]
-- $11 cohort        smallint[]
-- $12 profile       text[]      '' where there is no PIC
-- $13 intensity     text[]
-- $14 first_day     date[]
-- $15 last_day      date[]
-- $16 removed       boolean[]
-- $17 worth_cents   bigint[]
-- $18 worth_days    integer[]
-- $19 replaced_day  date[]      null while it is the last one

INSERT INTO running (partition, municipality, provider, number, known_day, trajectory, client, segment, content,
                     funding, cohort, profile, intensity, first_day, last_day, removed, worth_cents, worth_days,
                     replaced_day)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[], $7::bigint[],
                     $8::text[], $9::smallint[], $10::smallint[], $11::smallint[], $12::text[], $13::text[],
                     $14::date[], $15::date[], $16::boolean[], $17::bigint[], $18::integer[],
                     $19::date[])
    ON CONFLICT (partition, municipality, number, known_day) DO UPDATE
   SET provider = excluded.provider,
       trajectory = excluded.trajectory,
       client = excluded.client,
       segment = excluded.segment,
       content = excluded.content,
       funding = excluded.funding,
       cohort = excluded.cohort,
       profile = excluded.profile,
       intensity = excluded.intensity,
       first_day = excluded.first_day,
       last_day = excluded.last_day,
       removed = excluded.removed,
       worth_cents = excluded.worth_cents,
       worth_days = excluded.worth_days,
       replaced_day = excluded.replaced_day;
