-- All allocations of these clients in their conversation that are paid as a PIC, with starts, stops and what was
-- approved on them, corrections included: whether care resumes within the relapse period follows from these.
--
-- $1 partition    smallint[]   one entry for each client
-- $2 conversation bigint[]
-- $3 client       text[]
--
-- An allocation is another client's when its newest row says so: the two were found to be one.

SELECT asked.place::integer       AS place,
       allocation.number          AS number,
       allocation.trajectory      AS trajectory,
       allocation.client          AS client,
       allocation.segment         AS segment,
       allocation.contract        AS contract,
       allocation.profile         AS profile,
       allocation.intensity       AS intensity,
       allocation.funding         AS funding,
       allocation.category        AS category,
       allocation.code            AS code,
       allocation.volume          AS volume,
       allocation.unit            AS unit,
       allocation.frequency       AS frequency,
       allocation.first_day       AS first_day,
       allocation.last_day        AS last_day,
       allocation.book            AS book,
       allocation.removed         AS removed,
       allocation.goes_on_by      AS goes_on_by,
       begun.day                  AS start_day,
       newest.day                 AS stop_day,
       newest.reason              AS stop_reason,
       delivered.counted          AS counted,
       delivered.amount_cents     AS amount_cents,
       delivered.starts           AS starts,
       delivered.ends             AS ends
  FROM unnest($1::smallint[], $2::bigint[], $3::text[])
       WITH ORDINALITY AS asked(partition, conversation, client, place)
 CROSS JOIN LATERAL
       (SELECT DISTINCT ON (allocation.number) *
          FROM allocation
         WHERE allocation.partition = asked.partition
           AND allocation.conversation = asked.conversation
           AND allocation.client = asked.client
           AND allocation.funding = 2
         ORDER BY allocation.number, allocation.position DESC) AS allocation
  LEFT JOIN LATERAL
       (SELECT care.day
          FROM care
         WHERE care.partition = asked.partition
           AND care.conversation = asked.conversation
           AND care.allocation = allocation.number
           AND care.reason IS NULL
         ORDER BY care.position
         LIMIT 1) AS begun ON true
  LEFT JOIN LATERAL
       (SELECT care.day, care.reason
          FROM care
         WHERE care.partition = asked.partition
           AND care.conversation = asked.conversation
           AND care.allocation = allocation.number
           AND care.reason IS DISTINCT FROM 20
         ORDER BY care.position DESC
         LIMIT 1) AS newest ON true
 CROSS JOIN LATERAL
       (SELECT coalesce(sum(line.counted), 0)::bigint      AS counted,
               (coalesce(sum(line.amount_cents), 0)
                + (SELECT coalesce(sum(adjustment.amount_cents), 0)
                     FROM adjustment
                    WHERE adjustment.partition = asked.partition
                      AND adjustment.conversation = asked.conversation
                      AND adjustment.allocation = allocation.number))::bigint AS amount_cents,
               count(*) FILTER (WHERE line.parts & 1 > 0 AND line.credits IS NULL)
               - count(*) FILTER (WHERE line.parts & 1 > 0 AND line.credits IS NOT NULL) AS starts,
               count(*) FILTER (WHERE line.parts & 2 > 0 AND line.credits IS NULL)
               - count(*) FILTER (WHERE line.parts & 2 > 0 AND line.credits IS NOT NULL) AS ends
          FROM line
         WHERE line.partition = asked.partition
           AND line.conversation = asked.conversation
           AND line.allocation = allocation.number
           AND line.reason IS NULL) AS delivered
 WHERE NOT EXISTS
       (SELECT
          FROM allocation AS later
         WHERE later.partition = asked.partition
           AND later.conversation = asked.conversation
           AND later.number = allocation.number
           AND later.position > allocation.position);
