-- What was said of the care of persons, in the order in which it was said.
--
-- $1 bsn_hash  bytea[]

SELECT person.bsn_hash AS bsn_hash, care_said.kind AS kind, care_said.conversation AS conversation,
       care_said.allocation AS allocation,
       care_said.first_day AS first_day, care_said.last_day AS last_day
  FROM unnest($1::bytea[]) AS asked(bsn_hash)
  JOIN person USING (bsn_hash)
  JOIN care_said USING (reference)
 ORDER BY person.bsn_hash, care_said.number;
