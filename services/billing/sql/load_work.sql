-- The trajectories of the conversations from one to another that are paid as a PIC and began up to a day, with starts,
-- stops and what was approved of that care, all as known on a day.
--
-- $1 partition          smallint[]
-- $2 first_conversation bigint
-- $3 last_conversation  bigint
-- $4 on_day             date
-- $5 known_on           date
--
-- The newest row holds. A start undoes the stop before it; reason 20, a temporary stop, is none. Lines of product
-- periods that begin after the day are not of that care.

SELECT allocation.partition                              AS partition,
       allocation.conversation                           AS conversation,
       allocation.number                                 AS number,
       allocation.trajectory                             AS trajectory,
       allocation.client                                 AS client,
       allocation.segment                                AS segment,
       allocation.profile                                AS profile,
       allocation.intensity                              AS intensity,
       allocation.first_day                              AS first_day,
       allocation.last_day                               AS last_day,
       allocation.removed                                AS removed,
       allocation.goes_on_by                             AS goes_on_by,
       begun.day                                         AS start_day,
       newest.day                                        AS stop_day,
       newest.reason                                     AS stop_reason,
       delivered.amount_cents + adjusted.amount_cents    AS amount_cents,
       delivered.starts                                  AS starts,
       delivered.ends                                    AS ends
  FROM (SELECT DISTINCT ON (allocation.partition, allocation.conversation, allocation.number) *
          FROM allocation
         WHERE allocation.partition = ANY($1::smallint[])
           AND allocation.conversation BETWEEN $2::bigint AND $3::bigint
           AND allocation.funding = 2
           AND allocation.known_day <= $5::date
         ORDER BY allocation.partition, allocation.conversation, allocation.number, allocation.position DESC) AS allocation
  LEFT JOIN LATERAL
       (SELECT care.day
          FROM care
         WHERE care.partition = allocation.partition
           AND care.conversation = allocation.conversation
           AND care.allocation = allocation.number
           AND care.reason IS NULL
           AND care.day <= $4::date
           AND care.known_day <= $5::date
         ORDER BY care.position
         LIMIT 1) AS begun ON true
  LEFT JOIN LATERAL
       (SELECT care.day, care.reason
          FROM care
         WHERE care.partition = allocation.partition
           AND care.conversation = allocation.conversation
           AND care.allocation = allocation.number
           AND care.reason IS DISTINCT FROM 20
           AND care.day <= $4::date
           AND care.known_day <= $5::date
         ORDER BY care.position DESC
         LIMIT 1) AS newest ON true
 CROSS JOIN LATERAL
       (SELECT coalesce(sum(line.amount_cents), 0)::bigint AS amount_cents,
               count(*) FILTER (WHERE line.parts & 1 > 0 AND line.credits IS NULL)
               - count(*) FILTER (WHERE line.parts & 1 > 0 AND line.credits IS NOT NULL) AS starts,
               count(*) FILTER (WHERE line.parts & 2 > 0 AND line.credits IS NULL)
               - count(*) FILTER (WHERE line.parts & 2 > 0 AND line.credits IS NOT NULL) AS ends
          FROM line
         WHERE line.partition = allocation.partition
           AND line.conversation = allocation.conversation
           AND line.allocation = allocation.number
           AND line.reason IS NULL
           AND line.first_day <= $4::date
           AND line.known_day <= $5::date) AS delivered
 CROSS JOIN LATERAL
       (SELECT coalesce(sum(adjustment.amount_cents), 0)::bigint AS amount_cents
          FROM adjustment
         WHERE adjustment.partition = allocation.partition
           AND adjustment.conversation = allocation.conversation
           AND adjustment.allocation = allocation.number
           AND adjustment.first_day <= $4::date
           AND adjustment.known_day <= $5::date) AS adjusted
 WHERE allocation.first_day <= $4::date
 ORDER BY allocation.conversation, allocation.number;
