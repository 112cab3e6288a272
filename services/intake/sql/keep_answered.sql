-- Whose allocation a number is, and how it was answered; the newest word counts. What is null was not
-- said, and stays as it was.
--
-- $1  conversation  text[]
-- $2  number        text[]  each once in its conversation
-- $3  reference     text[]
-- $4  municipality  text[]
-- $5  provider      text[]
-- $6  trajectory    text[]
-- $7  segment       text[]
-- $8  profile       text[]
-- $9  intensity     text[]
-- $10 funding       smallint[]
-- $11 category      text[]
-- $12 code          text[]
-- $13 volume        bigint[]
-- $14 unit          smallint[]
-- $15 frequency     smallint[]
-- $16 first_day     date[]
-- $17 last_day      date[]
-- $18 removed       boolean[]
-- $19 referrer      smallint[]
-- $20 results       text[]

INSERT INTO allocated (conversation, number, reference, municipality, provider, trajectory, segment, profile, intensity,
                       funding, category, code, volume, unit, frequency, first_day, last_day, removed, referrer,
                       results)
SELECT *
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::smallint[], $11::text[], $12::text[], $13::bigint[], $14::smallint[], $15::smallint[], $16::date[],
              $17::date[], $18::boolean[], $19::smallint[], $20::text[])
 ORDER BY 1, 2
    ON CONFLICT (conversation, number) DO UPDATE
   SET reference = excluded.reference,
       municipality = excluded.municipality,
       provider = excluded.provider,
       trajectory = excluded.trajectory,
       segment = excluded.segment,
       profile = excluded.profile,
       intensity = excluded.intensity,
       funding = excluded.funding,
       category = excluded.category,
       code = excluded.code,
       volume = excluded.volume,
       unit = excluded.unit,
       frequency = excluded.frequency,
       first_day = excluded.first_day,
       last_day = excluded.last_day,
       removed = excluded.removed,
       referrer = excluded.referrer,
       results = COALESCE(excluded.results, allocated.results);
