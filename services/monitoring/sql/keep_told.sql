-- Puts what was told of trajectories behind what was told of them before.
--
-- $1 partition     smallint[]  one entry for each row, each key once
-- $2 id            text[]
-- $3 municipality  text[]
-- $4 provider      text[]
-- $5 segment       text[]      '' where none of it is an allocation
-- $6 profile       text[]
-- $7 intensity     text[]
-- $8 told          bytea[]

INSERT INTO trajectory AS kept (partition, id, municipality, provider, segment, profile, intensity, told)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                     $8::bytea[])
    ON CONFLICT (partition, id) DO UPDATE
   SET segment = CASE WHEN excluded.segment = '' THEN kept.segment ELSE excluded.segment END,
       profile = CASE WHEN excluded.segment = '' THEN kept.profile ELSE excluded.profile END,
       intensity = CASE WHEN excluded.segment = '' THEN kept.intensity ELSE excluded.intensity END,
       told = kept.told || excluded.told;
