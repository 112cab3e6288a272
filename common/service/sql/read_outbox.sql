-- What was said, partition by partition.
--
-- $1 partition  smallint[]
-- $2 after      bigint[]
-- $3 count      integer[]   how many messages after it

SELECT said.partition AS partition, said.position AS position, said.id AS id, said.type AS type,
       said.subject AS subject, said.time AS time, said.known_day AS known_day, said.version AS version,
       said.data AS data
  FROM unnest($1::smallint[], $2::bigint[], $3::integer[]) AS asked(partition, after, count)
 CROSS JOIN LATERAL (
       SELECT outbox.*
         FROM outbox
        WHERE outbox.partition = asked.partition
          AND outbox.position > asked.after
        ORDER BY outbox.position
        LIMIT asked.count
       ) AS said;
