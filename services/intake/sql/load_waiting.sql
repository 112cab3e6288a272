-- The cases that wait for answers to these facts, held until the transaction ends.
--
-- $1 id  text[]  of the facts

SELECT linked_case.id AS id, linked_case.owner AS owner, linked_case.sent_id AS sent_id, linked_case.kind AS kind,
       linked_case.reference AS reference, linked_case.into_reference AS into_reference,
       linked_case.conversation AS conversation, linked_case.municipality AS municipality,
       linked_case.provider AS provider, linked_case.allocation AS allocation,
       linked_case.to_conversation AS to_conversation, linked_case.to_municipality AS to_municipality,
       linked_case.to_provider AS to_provider, linked_case.day AS day, linked_case.consent AS consent,
       linked_case.opened_on AS opened_on, linked_case.state AS state, linked_case.why AS why,
       linked_case.waits_for AS waits_for, linked_case.changed_on AS changed_on
  FROM linked_case
 WHERE linked_case.waits_for = ANY($1::text[])
   AND linked_case.state IN (1, 2)
 ORDER BY linked_case.id
   FOR UPDATE;
