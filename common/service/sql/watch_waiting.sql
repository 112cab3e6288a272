-- What was said after these places, and since when the oldest of it waits.
--
-- $1 partition  smallint[]
-- $2 after      bigint[]

SELECT coalesce(sum(greatest(head.position - asked.after, 0)), 0)::bigint AS waiting, min(next.time) AS oldest_at,
       clock_timestamp() AS now
  FROM unnest($1::smallint[], $2::bigint[]) AS asked(partition, after)
  JOIN outbox_head AS head ON head.partition = asked.partition
  LEFT JOIN outbox AS next ON next.partition = asked.partition AND next.position = asked.after + 1;
