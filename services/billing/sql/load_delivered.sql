-- What was approved before of the allocations that a batch names, for each product and product period. Credits count
-- against it.
--
-- $1 partition    smallint[]   one entry for each allocation
-- $2 conversation bigint[]
-- $3 allocation   text[]
--
-- Reads the approved lines of one allocation: a few for each month that it runs, however long the tables are.

SELECT asked.place::integer   AS place,
       delivered.category     AS category,
       delivered.code         AS code,
       delivered.first_day    AS first_day,
       delivered.counted      AS counted,
       delivered.amount_cents AS amount_cents,
       delivered.starts       AS starts,
       delivered.ends         AS ends,
       delivered.debets       AS debets
  FROM unnest($1::smallint[], $2::bigint[], $3::text[])
       WITH ORDINALITY AS asked(partition, conversation, allocation, place)
 CROSS JOIN LATERAL
       (SELECT line.category,
               line.code,
               line.first_day,
               sum(line.counted)::bigint      AS counted,
               sum(line.amount_cents)::bigint AS amount_cents,
               count(*) FILTER (WHERE line.parts & 1 > 0 AND line.credits IS NULL)
               - count(*) FILTER (WHERE line.parts & 1 > 0 AND line.credits IS NOT NULL) AS starts,
               count(*) FILTER (WHERE line.parts & 2 > 0 AND line.credits IS NULL)
               - count(*) FILTER (WHERE line.parts & 2 > 0 AND line.credits IS NOT NULL) AS ends,
               count(*) FILTER (WHERE line.credits IS NULL)
               - count(*) FILTER (WHERE line.credits IS NOT NULL) AS debets
          FROM line
         WHERE line.partition = asked.partition
           AND line.conversation = asked.conversation
           AND line.allocation = asked.allocation
           AND line.reason IS NULL
         GROUP BY line.first_day, line.category, line.code) AS delivered
 WHERE delivered.debets > 0;
