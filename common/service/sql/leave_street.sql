-- This replica goes, and says so.
--
-- $1 replica  text

WITH gone AS (DELETE FROM replica WHERE name = $1::text)
DELETE FROM replica_backend WHERE replica = $1::text;
