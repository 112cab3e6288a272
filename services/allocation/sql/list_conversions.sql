-- The conversions of a partition that wait for a person.
--
-- $1 partition  smallint
--
-- Only what once waited has a row of its client.

SELECT named.municipality AS municipality, named.provider AS provider, named.reference AS reference
  FROM client_request AS named
 CROSS JOIN LATERAL (
        SELECT version.state
          FROM request AS version
         WHERE version.partition = named.partition
           AND version.municipality = named.municipality
           AND version.provider = named.provider
           AND version.reference = named.reference
         ORDER BY version.version DESC
         LIMIT 1
       ) AS newest
 WHERE named.partition = $1::smallint
   AND named.reference LIKE 'omzetting~%'
   AND newest.state = 1
 ORDER BY named.municipality, named.provider, named.reference;
