-- What of a year still stands open, by conversation: new prices that their providers were asked to declare, and
-- allocations of the year on which nobody ever declared.
--
-- $1 partition smallint[]
-- $2 year      smallint

SELECT open.partition::integer         AS partition,
       open.conversation               AS conversation,
       sum(open.expected_cents)::bigint AS expected_cents,
       sum(open.undeclared)::bigint    AS undeclared
  FROM (SELECT posting.partition, posting.conversation, -posting.amount_cents AS expected_cents, 0 AS undeclared
          FROM posting
         WHERE posting.partition = ANY ($1::smallint[])
           AND posting.account = 'EXPECTED_CORRECTION'
           AND posting.service_year = $2
         UNION ALL
        SELECT newest.partition, newest.conversation, 0, 1
          FROM (SELECT DISTINCT ON (allocation.partition, allocation.conversation, allocation.number) *
                  FROM allocation
                 WHERE allocation.partition = ANY ($1::smallint[])
                 ORDER BY allocation.partition, allocation.conversation, allocation.number, allocation.position DESC)
               AS newest
         WHERE NOT newest.removed
           AND newest.first_day <= make_date($2, 12, 31)
           AND newest.last_day >= make_date($2, 1, 1)
           AND NOT EXISTS
               (SELECT
                  FROM line
                 WHERE line.partition = newest.partition
                   AND line.conversation = newest.conversation
                   AND line.allocation = newest.number
                   AND line.reason IS NULL)) AS open
 GROUP BY open.partition, open.conversation
HAVING sum(open.expected_cents) <> 0 OR sum(open.undeclared) > 0
 ORDER BY open.partition, open.conversation;
