-- Persons for whom nobody asked care after a day, of whom no allocation was answered to last longer and no case is open:
-- one row each, one for each allocation, and one for each thing that was said of their care, in that order.
--
-- $1 last_day  date

WITH named AS (
    SELECT person.reference, person.named_on
      FROM person
     WHERE person.named_on <= $1
       AND NOT EXISTS (SELECT
                         FROM allocated
                        WHERE allocated.reference = person.reference
                          AND (allocated.removed IS NULL OR (NOT allocated.removed AND allocated.last_day > $1)))
       AND NOT EXISTS (SELECT
                         FROM linked_case
                        WHERE linked_case.state <> 3
                          AND (linked_case.reference = person.reference OR linked_case.into_reference = person.reference))
)
SELECT reference, named_on, 0 AS part, 0::bigint AS number, 0::smallint AS kind, '' AS conversation, '' AS allocation,
       named_on AS first_day, named_on AS last_day, false AS removed
  FROM named
UNION ALL
SELECT reference, named_on, 1, 0, 0, allocated.conversation, allocated.number, allocated.first_day, allocated.last_day,
       allocated.removed
  FROM named
  JOIN allocated USING (reference)
UNION ALL
SELECT reference, named_on, 2, care_said.number, care_said.kind, care_said.conversation, care_said.allocation,
       care_said.first_day, care_said.last_day, false
  FROM named
  JOIN care_said USING (reference)
 ORDER BY 1, 3, 4, 6, 7;
