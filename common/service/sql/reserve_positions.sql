-- Takes the heads of partitions and reserves positions after them, until the transaction ends.
--
-- $1 partition  smallint[]  each once
-- $2 count      integer[]   how many positions
-- $3 id         text[]      the id that will stand at the last of them
--
-- Rows are locked in one order for everyone.

WITH asked AS (
    SELECT * FROM unnest($1::smallint[], $2::integer[], $3::text[]) AS asked(partition, count, id)
), head AS (
    SELECT outbox_head.partition, outbox_head.position
      FROM outbox_head
     WHERE outbox_head.partition = ANY($1::smallint[])
     ORDER BY outbox_head.partition
       FOR UPDATE
)
UPDATE outbox_head
   SET position = head.position + asked.count, id = asked.id
  FROM head
  JOIN asked USING (partition)
 WHERE outbox_head.partition = head.partition
RETURNING head.partition AS partition, head.position AS position;
