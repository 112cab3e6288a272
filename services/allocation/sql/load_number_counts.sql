-- How many numbers the partitions of a batch gave out.
--
-- $1 partition  smallint[]  each once

SELECT number_count.partition AS partition, number_count.allocations AS allocations,
       number_count.trajectories AS trajectories
  FROM number_count
 WHERE number_count.partition = ANY($1::smallint[]);
