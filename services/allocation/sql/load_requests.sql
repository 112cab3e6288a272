-- The requests that a batch names, and those of its clients that wait for a person, as they are now.
--
-- $1 partition     smallint[]  one entry for each request or client
-- $2 municipality  text[]
-- $3 provider      text[]
-- $4 reference     text[]      '' where only the client is known
-- $5 client        text[]      '' where only the reference is known
--
-- What was heard stands on the first version of a request that had to wait.

WITH named AS (
    SELECT asked.partition, asked.municipality, asked.provider, asked.reference
      FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[])
           AS asked(partition, municipality, provider, reference)
     WHERE asked.reference <> ''
     UNION
    SELECT asked.partition, asked.municipality, asked.provider, request.reference
      FROM unnest($1::smallint[], $2::text[], $3::text[], $5::text[])
           AS asked(partition, municipality, provider, client)
     CROSS JOIN LATERAL (
            SELECT client_request.reference
              FROM client_request
             WHERE client_request.partition = asked.partition
               AND client_request.municipality = asked.municipality
               AND client_request.provider = asked.provider
               AND client_request.client = asked.client
            OFFSET 0
           ) AS request
     WHERE asked.client <> ''
)
SELECT request.partition AS partition, request.municipality AS municipality, request.provider AS provider,
       request.reference AS reference, request.version AS version, request.client AS client,
       request.state AS state, request.reason AS reason, request.due_day AS due_day,
       first.known_day AS known_day, first.asked AS asked
  FROM named
 CROSS JOIN LATERAL (
        SELECT *
          FROM request AS version
         WHERE version.partition = named.partition
           AND version.municipality = named.municipality
           AND version.provider = named.provider
           AND version.reference = named.reference
         ORDER BY version.version DESC
         LIMIT 1
       ) AS request
 CROSS JOIN LATERAL (
        SELECT *
          FROM request AS version
         WHERE version.partition = named.partition
           AND version.municipality = named.municipality
           AND version.provider = named.provider
           AND version.reference = named.reference
         ORDER BY version.version
         LIMIT 1
       ) AS first;
