-- Persons who come into being. Fewer rows than given: one of them came into being elsewhere meanwhile.
--
-- $1 reference  text[]
-- $2 bsn_hash   bytea[]
-- $3 sealed     bytea[]

WITH kept AS (
    INSERT INTO person (reference, bsn_hash, sealed)
    SELECT *
      FROM unnest($1::text[], $2::bytea[], $3::bytea[])
     ORDER BY 2
        ON CONFLICT (bsn_hash) DO NOTHING
    RETURNING 1
)
SELECT count(*) AS count FROM kept;
