-- Whose allocations these are.
--
-- $1 conversation  text[]
-- $2 number        text[]

SELECT asked.place AS asked, person.bsn_hash AS bsn_hash
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked(conversation, number, place)
  JOIN allocated USING (conversation, number)
  JOIN person USING (reference);
