-- Keeps what was told of trajectories: that care began, stopped, or what came of it.
--
-- $1  partition     smallint[]  one entry for each row
-- $2  position      bigint[]
-- $3  trajectory    text[]
-- $4  municipality  text[]
-- $5  known_day     date[]
-- $6  what          smallint[]  1 start, 2 stop, 3 outcome
-- $7  day           date[]
-- $8  reason        smallint[]
-- $9  goal_reached  smallint[]
-- $10 dropped_out   smallint[]
-- $11 satisfaction  smallint[]

INSERT INTO noted (partition, position, trajectory, municipality, known_day, what, day, reason, goal_reached,
                   dropped_out, satisfaction)
SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::text[], $4::text[], $5::date[], $6::smallint[], $7::date[],
                     $8::smallint[], $9::smallint[], $10::smallint[], $11::smallint[]);
