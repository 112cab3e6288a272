-- How far partitions have been heard, which day it is there, and whether work on the next message is begun and not done.
--
-- $1 first  smallint
-- $2 last   smallint
--
-- Every fact that is heard is said on, with the day on which it was known.

SELECT inbox.partition AS partition, inbox.position AS position, inbox.cursor <> '' AS cut, said.known_day AS today
  FROM inbox
 CROSS JOIN LATERAL (
        SELECT outbox.known_day
          FROM outbox
         WHERE outbox.partition = inbox.partition
         ORDER BY outbox.position DESC
         LIMIT 1
       ) AS said
 WHERE inbox.source = 'intake'
   AND inbox.partition BETWEEN $1::smallint AND $2::smallint
 ORDER BY inbox.partition;
