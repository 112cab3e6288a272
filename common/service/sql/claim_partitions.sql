-- Claims partitions for this session, in the order asked, until there are enough.
--
-- $1 partition  smallint[]  candidates
-- $2 most       integer     how many to claim
--
-- A claim only shares out the work; what keeps a message from counting twice is the offset row.

SELECT candidate.partition AS partition
  FROM unnest($1::smallint[]) AS candidate(partition)
 WHERE pg_try_advisory_lock(1885958499, candidate.partition)
 LIMIT $2::integer;
