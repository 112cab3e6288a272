-- The conversations of a partition after one of them, in order, and how many lines and allocations each has: long work
-- is cut between them.
--
-- $1 partition    smallint
-- $2 conversation bigint    after which to begin

SELECT counted.conversation        AS conversation,
       sum(counted.rows)::bigint   AS rows
  FROM (SELECT line.conversation, count(*) AS rows
          FROM line
         WHERE line.partition = $1
           AND line.conversation > $2
         GROUP BY line.conversation
         UNION ALL
        SELECT allocation.conversation, count(*)
          FROM allocation
         WHERE allocation.partition = $1
           AND allocation.conversation > $2
         GROUP BY allocation.conversation) AS counted
 GROUP BY counted.conversation
 ORDER BY counted.conversation;
