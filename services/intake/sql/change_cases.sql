-- Cases go on.
--
-- $1 id          text[]
-- $2 state       smallint[]
-- $3 why         text[]
-- $4 waits_for   text[]
-- $5 changed_on  date

UPDATE linked_case
   SET state = changed.state, why = changed.why, waits_for = changed.waits_for, changed_on = $5
  FROM unnest($1::text[], $2::smallint[], $3::text[], $4::text[]) AS changed(id, state, why, waits_for)
 WHERE linked_case.id = changed.id;
