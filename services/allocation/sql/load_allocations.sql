-- The allocations that a batch names, as they are now.
--
-- $1 partition     smallint[]  one entry for each number that is named
-- $2 municipality  text[]
-- $3 number        text[]
--
-- The key is read backwards, so that each number costs one step to its newest version.

SELECT allocation.partition AS partition, allocation.municipality AS municipality, allocation.number AS number,
       allocation.version AS version, allocation.provider AS provider, allocation.client AS client,
       allocation.trajectory AS trajectory, allocation.segment AS segment, allocation.profile AS profile,
       allocation.intensity AS intensity, allocation.funding AS funding, allocation.cohort AS cohort,
       allocation.category AS category, allocation.code AS code, allocation.volume AS volume,
       allocation.unit AS unit, allocation.frequency AS frequency, allocation.first_day AS first_day,
       allocation.last_day AS last_day, allocation.contract AS contract, allocation.referrer AS referrer,
       allocation.book AS book, allocation.taken_over AS taken_over, allocation.removed AS removed,
       allocation.change AS change, allocation.known_day AS known_day
  FROM unnest($1::smallint[], $2::text[], $3::text[]) AS asked(partition, municipality, number)
 CROSS JOIN LATERAL (
        SELECT *
          FROM allocation AS version
         WHERE version.partition = asked.partition
           AND version.municipality = asked.municipality
           AND version.number = asked.number
         ORDER BY version.version DESC
         LIMIT 1
       ) AS allocation;
