-- Persons by their references, for whom may read of them. A reference of old is whose it turned out to be.
--
-- $1 reference  text[]

SELECT asked.reference AS reference, person.reference AS sealed_for, person.sealed AS sealed
  FROM unnest($1::text[]) AS asked(reference)
  LEFT JOIN client_fate USING (reference)
  JOIN person ON person.reference = COALESCE(client_fate.into_reference, asked.reference);
