-- What waits for a second person of these, and whether a year is closed.
--
-- $1 subject text[]
--
-- At most one proposal of a subject waits. What was approved last holds.

SELECT asked.place::integer           AS place,
       waiting.proposed_by            AS proposed_by,
       waiting.contents               AS contents,
       coalesce(newest.closes, false) AS is_closed
  FROM unnest($1::text[]) WITH ORDINALITY AS asked(subject, place)
  LEFT JOIN LATERAL
       (SELECT matter.proposed_by, matter.contents
          FROM matter
         WHERE matter.subject = asked.subject
           AND matter.approved_by IS NULL) AS waiting ON true
  LEFT JOIN LATERAL
       (SELECT matter.closes
          FROM matter
         WHERE matter.subject = asked.subject
           AND matter.approved_by IS NOT NULL
         ORDER BY matter.number DESC
         LIMIT 1) AS newest ON true;
