-- Whose allocations these are.
--
-- $1 conversation  text[]
-- $2 number        text[]

SELECT allocated.conversation AS conversation, allocated.number AS number,
       person.bsn_hash AS bsn_hash, person.reference AS reference, person.sealed AS sealed
  FROM unnest($1::text[], $2::text[]) AS asked(conversation, number)
  JOIN allocated USING (conversation, number)
  JOIN person USING (reference);
