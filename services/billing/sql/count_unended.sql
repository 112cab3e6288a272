-- How many of these partitions have not heard the end of a day: what they hear may still be known on it.
--
-- $1 partition  smallint[]
-- $2 day        date
--
-- Every message is said again with the day on which it was known, and in a partition the days only go forward.

SELECT count(*) AS partitions
  FROM unnest($1::smallint[]) AS asked(partition)
 WHERE NOT EXISTS
       (SELECT
          FROM outbox_head
          JOIN outbox USING (partition, position)
         WHERE outbox_head.partition = asked.partition
           AND outbox.known_day > $2::date);
