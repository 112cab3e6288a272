-- For whom a key speaks.
--
-- $1 key           text
-- $2 provider      text[]
-- $3 municipality  text[]
-- $4 first_day     date[]
-- $5 last_day      date[]

INSERT INTO sender_right (key, provider, municipality, first_day, last_day)
SELECT $1, given.provider, given.municipality, given.first_day, given.last_day
  FROM unnest($2::text[], $3::text[], $4::date[], $5::date[]) AS given(provider, municipality, first_day, last_day)
    ON CONFLICT DO NOTHING;
