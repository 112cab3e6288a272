-- Persons by their references, for whom may read of them.
--
-- $1 reference  text[]

SELECT person.reference AS reference, person.sealed AS sealed
  FROM unnest($1::text[]) AS asked(reference)
  JOIN person USING (reference);
