-- Who is known among the persons of a batch, and what was said of the care of those whose record is
-- needed: one row for each thing said, and one row for whom nothing was said.
--
-- $1 bsn_hash      bytea[]
-- $2 needs_record  boolean[]

SELECT asked.number AS asked, person.reference AS reference, person.sealed AS sealed,
       person.named_on AS named_on,       care_said.number AS number, care_said.kind AS kind, care_said.conversation AS conversation,
       care_said.allocation AS allocation, care_said.first_day AS first_day, care_said.last_day AS last_day
  FROM unnest($1::bytea[], $2::boolean[]) WITH ORDINALITY AS asked(bsn_hash, needs_record, number)
  JOIN person USING (bsn_hash)
  LEFT JOIN care_said ON asked.needs_record AND care_said.reference = person.reference;
