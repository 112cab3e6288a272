-- How far this house has spoken, and which id stands at the place that a consumer names.
--
-- $1 partition  smallint[]
-- $2 after      bigint[]

SELECT asked.partition AS partition, head.position AS head, said.id AS id
  FROM unnest($1::smallint[], $2::bigint[]) AS asked(partition, after)
  JOIN outbox_head AS head ON head.partition = asked.partition
  LEFT JOIN outbox AS said ON said.partition = asked.partition AND said.position = asked.after;
