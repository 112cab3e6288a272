-- What was found out of these clients.
--
-- $1 reference  text[]  each once

SELECT client_fate.reference AS reference, client_fate.into_reference AS into_reference, client_fate.died_on AS died_on
  FROM unnest($1::text[]) AS asked(reference)
  JOIN client_fate USING (reference);
