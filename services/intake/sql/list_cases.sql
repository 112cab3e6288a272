-- Cases, the oldest first.
--
-- $1 municipality  text     on either side; '' for all
-- $2 closed        boolean  also those that are closed
-- $3 count         integer  at most

SELECT linked_case.id AS id, linked_case.kind AS kind, linked_case.state AS state, linked_case.why AS why,
       linked_case.reference AS reference, linked_case.into_reference AS into_reference,
       linked_case.municipality AS municipality, linked_case.provider AS provider,
       linked_case.allocation AS allocation, linked_case.to_municipality AS to_municipality,
       linked_case.to_provider AS to_provider, linked_case.day AS day, linked_case.opened_on AS opened_on,
       linked_case.changed_on AS changed_on
  FROM linked_case
 WHERE ($2::boolean OR linked_case.state <> 3)
   AND ($1::text = '' OR linked_case.municipality = $1 OR linked_case.to_municipality = $1)
 ORDER BY linked_case.opened_on, linked_case.id
 LIMIT $3::integer;
