-- Moves offsets, in the transaction of their effects.
--
-- $1 source     text
-- $2 partition  smallint[]
-- $3 position   bigint[]
-- $4 id         text[]
-- $5 head       bigint[]
-- $6 cursor     bytea[]
-- $7 said       integer[]

UPDATE inbox
   SET position = moved.position, id = moved.id, head = greatest(inbox.head, moved.head), cursor = moved.cursor,
       said = moved.said, state = 'HEARING'
  FROM unnest($2::smallint[], $3::bigint[], $4::text[], $5::bigint[], $6::bytea[], $7::integer[])
       AS moved(partition, position, id, head, cursor, said)
 WHERE inbox.source = $1::text
   AND inbox.partition = moved.partition;
