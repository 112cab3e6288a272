-- How many numbers the partitions gave out, this batch included.
--
-- $1 partition     smallint[]  each once
-- $2 allocations   bigint[]
-- $3 trajectories  bigint[]

UPDATE number_count
   SET allocations = counted.allocations, trajectories = counted.trajectories
  FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS counted(partition, allocations, trajectories)
 WHERE number_count.partition = counted.partition;
