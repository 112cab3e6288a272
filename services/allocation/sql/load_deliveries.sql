-- Whether care runs under the allocations that starts and stops of a batch name.
--
-- $1 partition     smallint[]  one entry for each number
-- $2 municipality  text[]
-- $3 number        text[]
--
-- The newest word tells whether it runs; the newest start tells since when.

SELECT asked.partition AS partition, asked.municipality AS municipality, asked.number AS number,
       newest.started AS started, COALESCE(started.day, newest.day) AS started_day
  FROM unnest($1::smallint[], $2::text[], $3::text[]) AS asked(partition, municipality, number)
 CROSS JOIN LATERAL (
        SELECT delivery.started, delivery.day
          FROM delivery
         WHERE delivery.partition = asked.partition
           AND delivery.municipality = asked.municipality
           AND delivery.number = asked.number
         ORDER BY delivery.position DESC
         LIMIT 1
       ) AS newest
  LEFT JOIN LATERAL (
        SELECT delivery.day
          FROM delivery
         WHERE delivery.partition = asked.partition
           AND delivery.municipality = asked.municipality
           AND delivery.number = asked.number
           AND delivery.started
         ORDER BY delivery.position DESC
         LIMIT 1
       ) AS started ON true;
