-- The allocations that a batch names, as they are now, with the starts and stops of care that is paid as a PIC.
--
-- $1 partition    smallint[]   one entry for each allocation
-- $2 conversation bigint[]
-- $3 number       text[]
--
-- The newest row holds. A start undoes the stop before it; reason 20, a temporary stop, is none.

SELECT asked.place::integer       AS place,
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
       newest.reason              AS stop_reason
  FROM unnest($1::smallint[], $2::bigint[], $3::text[])
       WITH ORDINALITY AS asked(partition, conversation, number, place)
 CROSS JOIN LATERAL
       (SELECT *
          FROM allocation
         WHERE allocation.partition = asked.partition
           AND allocation.conversation = asked.conversation
           AND allocation.number = asked.number
         ORDER BY allocation.position DESC
         LIMIT 1) AS allocation
  LEFT JOIN LATERAL
       (SELECT care.day
          FROM care
         WHERE allocation.funding = 2
           AND care.partition = asked.partition
           AND care.conversation = asked.conversation
           AND care.allocation = asked.number
           AND care.reason IS NULL
         ORDER BY care.position
         LIMIT 1) AS begun ON true
  LEFT JOIN LATERAL
       (SELECT care.day, care.reason
          FROM care
         WHERE allocation.funding = 2
           AND care.partition = asked.partition
           AND care.conversation = asked.conversation
           AND care.allocation = asked.number
           AND care.reason IS DISTINCT FROM 20
         ORDER BY care.position DESC
         LIMIT 1) AS newest ON true;
