-- A sign of life.
--
-- $1 replica  text
-- $2 version  text         of its program
-- $3 since    timestamptz  when it started

INSERT INTO replica AS known (name, beat_at, version, since)
VALUES ($1::text, clock_timestamp(), $2::text, $3::timestamptz)
    ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at, version = excluded.version, since = excluded.since;
