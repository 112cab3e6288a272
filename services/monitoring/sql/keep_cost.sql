-- Adds what trajectories came to.
--
-- $1 partition   smallint[]  one entry for each row, each key once
-- $2 trajectory  text[]
-- $3 known_day   date[]
-- $4 lines       bigint[]
-- $5 cents       bigint[]

INSERT INTO cost AS kept (partition, trajectory, known_day, lines, cents)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::date[], $4::bigint[], $5::bigint[])
    ON CONFLICT (partition, trajectory, known_day) DO UPDATE
   SET lines = kept.lines + excluded.lines,
       cents = kept.cents + excluded.cents;
