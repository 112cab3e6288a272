-- A sign of life.
--
-- $1 replica  text

INSERT INTO replica AS known (name, beat_at)
VALUES ($1::text, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at;
