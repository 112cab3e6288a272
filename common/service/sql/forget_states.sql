-- Who takes partitions over looks again how their neighbour stands to them.
--
-- $1 source     text
-- $2 partition  smallint[]

UPDATE inbox
   SET state = 'HEARING'
 WHERE source = $1::text
   AND partition = ANY($2::smallint[])
   AND state <> 'HEARING';
