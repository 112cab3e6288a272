-- Moves offsets, in the transaction of their effects, and notes what the turn took.
--
-- $1 source     text
-- $2 partition  smallint[]
-- $3 position   bigint[]
-- $4 id         text[]
-- $5 head       bigint[]
-- $6 cursor     bytea[]
-- $7 said       integer[]
-- $8 first      bigint[]    the first message that the turn took
-- $9 last       bigint[]    the last, also when it is begun and not done
-- $10 said_first  bigint[]
-- $11 said_last   bigint[]
--
-- A note is for people and may never stop a turn: when a clock was set back and it stands there already, it is not made.

WITH moved AS (
    SELECT *
      FROM unnest($2::smallint[], $3::bigint[], $4::text[], $5::bigint[], $6::bytea[], $7::integer[], $8::bigint[],
                  $9::bigint[], $10::bigint[], $11::bigint[])
           AS moved(partition, position, id, head, cursor, said, first, last, said_first, said_last)
), noted AS (
    INSERT INTO turn_taken (partition, source, first_position, last_position, said_first, said_last)
    SELECT moved.partition, $1::text, moved.first, moved.last, moved.said_first, moved.said_last
      FROM moved
        ON CONFLICT DO NOTHING
)
UPDATE inbox
   SET position = moved.position, id = moved.id, head = greatest(inbox.head, moved.head), cursor = moved.cursor,
       said = moved.said, state = 'HEARING'
  FROM moved
 WHERE inbox.source = $1::text
   AND inbox.partition = moved.partition;
