-- When this house took the message at a place of its neighbour's log, and what it said after it.
--
-- $1 source      text
-- $2 partition   smallint
-- $3 position    bigint
-- $4 turn_most   bigint    no turn takes more messages

SELECT min(taken_at) AS begun_at, max(taken_at) AS taken_at, count(*) AS turns,
       coalesce(min(said_first) FILTER (WHERE said_first > 0), 0) AS said_first,
       coalesce(max(said_last), 0) AS said_last
  FROM turn_taken
 WHERE partition = $2::smallint
   AND source = $1::text
   AND last_position BETWEEN $3::bigint AND $3::bigint + $4::bigint
   AND first_position <= $3::bigint;
