-- Allocations of the conversations from one to another, every version, oldest first: the last one holds.
--
-- $1 partition          smallint
-- $2 first_conversation bigint
-- $3 last_conversation  bigint

SELECT allocation.conversation AS conversation,
       allocation.number       AS number,
       allocation.trajectory   AS trajectory,
       allocation.client       AS client,
       allocation.segment      AS segment,
       allocation.contract     AS contract,
       allocation.profile      AS profile,
       allocation.intensity    AS intensity,
       allocation.funding      AS funding,
       allocation.category     AS category,
       allocation.code         AS code,
       allocation.volume       AS volume,
       allocation.unit         AS unit,
       allocation.frequency    AS frequency,
       allocation.first_day    AS first_day,
       allocation.last_day     AS last_day,
       allocation.book         AS book,
       allocation.removed      AS removed,
       allocation.goes_on_by   AS goes_on_by
  FROM allocation
 WHERE allocation.partition = $1
   AND allocation.conversation BETWEEN $2 AND $3
 ORDER BY allocation.conversation, allocation.number, allocation.position;
