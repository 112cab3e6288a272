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
    SELECT request.partition, request.municipality, request.provider, request.reference
      FROM unnest($1::smallint[], $2::text[], $3::text[], $5::text[])
           AS asked(partition, municipality, provider, client)
      JOIN request USING (partition, municipality, provider, client)
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
         ORDER BY version.partition DESC, version.municipality DESC, version.provider DESC,
                  version.reference DESC, version.version DESC
         LIMIT 1
       ) AS request
  JOIN request AS first
    ON first.partition = request.partition
   AND first.municipality = request.municipality
   AND first.provider = request.provider
   AND first.reference = request.reference
   AND first.version = 1;
