-- A person is found by another number from now on; the one before is nobody's.
--
-- $1 reference  text
-- $2 bsn_hash   bytea
-- $3 sealed     bytea

UPDATE person
   SET bsn_hash = $2, sealed = $3
 WHERE reference = $1;
