-- The requests that wait for a person, the most urgent first.
--
-- $1 municipality  text     '' for all
-- $2 count         integer  at most
--
-- What was heard stands on the first version; whether it still waits, on the newest.

SELECT first.partition AS partition, first.municipality AS municipality, first.provider AS provider,
       first.reference AS reference, first.client AS client, newest.reason AS reason,
       newest.due_day AS due_day, first.known_day AS known_day, first.asked AS asked
  FROM request AS first
 CROSS JOIN LATERAL (
        SELECT *
          FROM request AS version
         WHERE version.partition = first.partition
           AND version.municipality = first.municipality
           AND version.provider = first.provider
           AND version.reference = first.reference
         ORDER BY version.version DESC
         LIMIT 1
       ) AS newest
 WHERE first.version = 1
   AND first.asked IS NOT NULL
   AND newest.state = 1
   AND ($1::text = '' OR first.municipality = $1)
 ORDER BY newest.due_day, first.municipality, first.provider, first.reference
 LIMIT $2::integer;
