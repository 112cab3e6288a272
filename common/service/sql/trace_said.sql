-- What was said between two places after hearing one message.
--
-- $1 partition   smallint
-- $2 said_first  bigint
-- $3 said_last   bigint
-- $4 prefix      text      of its ids: m/allocation.
-- $5 count       integer   at most

SELECT partition AS partition, position AS position, id AS id, type AS type, subject AS subject, time AS time,
       known_day AS known_day
  FROM outbox
 WHERE partition = $1::smallint
   AND position BETWEEN $2::bigint AND $3::bigint
   AND starts_with(id, $4::text)
 ORDER BY position
 LIMIT $5::integer;
