-- Takes the offset rows of a turn, first of all and in one order for everyone.
--
-- $1 source     text
-- $2 partition  smallint[]
--
-- This is all the locking there is downstream of the door: who holds the row of a partition may
-- read and write what belongs to the partition.

SELECT inbox.partition AS partition, inbox.position AS position, inbox.id AS id, inbox.cursor AS cursor,
       inbox.said AS said
  FROM inbox
 WHERE inbox.source = $1::text
   AND inbox.partition = ANY($2::smallint[])
 ORDER BY inbox.partition
   FOR UPDATE;
