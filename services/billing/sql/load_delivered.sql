-- What was approved before of the allocations that a batch declares on, in all and in the product periods that it
-- declares. Credits count against it.
--
-- $1 partition    smallint[]   one entry for each product of an allocation in a product period
-- $2 municipality text[]
-- $3 provider     text[]
-- $4 allocation   text[]
-- $5 category     text[]
-- $6 code         text[]
-- $7 first_day    date[]
--
-- Reads the approved lines of one allocation: a few for each month that it runs, however long the tables are.

SELECT asked.place::integer   AS place,
       delivered.counted      AS counted,
       delivered.amount_cents AS amount_cents,
       delivered.starts       AS starts,
       delivered.ends         AS ends,
       delivered.debets       AS debets
  FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[])
       WITH ORDINALITY AS asked(partition, municipality, provider, allocation, category, code, first_day, place)
 CROSS JOIN LATERAL
       (SELECT count(*)                       AS lines,
               sum(line.counted)::bigint      AS counted,
               sum(line.amount_cents)::bigint AS amount_cents,
               count(*) FILTER (WHERE line.parts & 1 > 0 AND line.credits IS NULL)
               - count(*) FILTER (WHERE line.parts & 1 > 0 AND line.credits IS NOT NULL) AS starts,
               count(*) FILTER (WHERE line.parts & 2 > 0 AND line.credits IS NULL)
               - count(*) FILTER (WHERE line.parts & 2 > 0 AND line.credits IS NOT NULL) AS ends,
               sum(CASE WHEN line.credits IS NULL THEN 1 ELSE -1 END)
                   FILTER (WHERE line.first_day = asked.first_day
                             AND line.category = asked.category
                             AND line.code = asked.code) AS debets
          FROM line
         WHERE line.partition = asked.partition
           AND line.municipality = asked.municipality
           AND line.provider = asked.provider
           AND line.allocation = asked.allocation
           AND line.reason IS NULL) AS delivered
 WHERE delivered.lines > 0;
