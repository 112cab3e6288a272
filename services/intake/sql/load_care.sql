-- Allocations that are to go somewhere else, each with all of its trajectory, as last answered.
--
-- $1 conversation  text[]
-- $2 number        text[]
--
-- A trajectory is one of its conversation. A case of any of them that is under way, or has left the
-- end open, is one of the whole.

SELECT asked.place::integer AS asked, each.number AS number, each.reference AS reference,
       each.conversation AS conversation, each.municipality AS municipality, each.provider AS provider,
       each.trajectory AS trajectory, each.segment AS segment, each.profile AS profile, each.intensity AS intensity,
       each.funding AS funding, each.category AS category, each.code AS code, each.volume AS volume,
       each.unit AS unit, each.frequency AS frequency, each.first_day AS first_day, each.last_day AS last_day,
       each.removed AS removed, each.referrer AS referrer, each.results AS results,
       EXISTS (SELECT
                 FROM linked_case
                WHERE linked_case.conversation = each.conversation
                  AND linked_case.allocation = each.number
                  AND linked_case.state IN (1, 2, 5)) AS has_case
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked(conversation, number, place)
  JOIN allocated AS named USING (conversation, number)
  JOIN allocated AS each ON each.reference = named.reference
                        AND each.conversation = named.conversation
                        AND each.trajectory = named.trajectory
 ORDER BY asked.place, length(each.number), each.number;
