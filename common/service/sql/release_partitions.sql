-- Gives claims of this session back.
--
-- $1 partition  smallint[]

SELECT pg_advisory_unlock(1885958499, claimed.partition) AS released
  FROM unnest($1::smallint[]) AS claimed(partition);
