-- Takes the heads of partitions until the transaction ends, in one order for everyone.
--
-- $1 partition  smallint[]

SELECT outbox_head.partition AS partition
  FROM outbox_head
 WHERE outbox_head.partition = ANY($1::smallint[])
 ORDER BY outbox_head.partition
   FOR UPDATE;
