-- Who is known among the persons of a batch.
--
-- $1 bsn_hash  bytea[]

SELECT person.bsn_hash AS bsn_hash, person.reference AS reference, person.sealed AS sealed
  FROM unnest($1::bytea[]) AS asked(bsn_hash)
  JOIN person USING (bsn_hash);
