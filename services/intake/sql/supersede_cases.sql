-- Care that was not granted elsewhere is asked for anew: the case before is nothing to settle any more.
--
-- $1 conversation  text[]
-- $2 allocation    text[]
-- $3 changed_on    date

UPDATE linked_case
   SET state = 3, changed_on = $3
  FROM unnest($1::text[], $2::text[]) AS anew(conversation, allocation)
 WHERE linked_case.conversation = anew.conversation
   AND linked_case.allocation = anew.allocation
   AND linked_case.state = 4;
