-- All allocations of the clients of a batch, as they are now, with their trajectories, with what
-- is listed of their cohort, and with the day from which a conversion made the client a new one.
--
-- $1 partition     smallint[]  one entry for each client
-- $2 municipality  text[]
-- $3 provider      text[]
-- $4 client        text[]      '' where only a number or a request is known
-- $5 number        text[]      of an allocation of the client
-- $6 reference     text[]      of a request for the client
--
-- Each step is a lateral one, so that it finds its rows by key whatever the statistics say.

SELECT allocation.partition AS partition, allocation.municipality AS municipality, allocation.number AS number,
       allocation.version AS version, allocation.provider AS provider, allocation.client AS client,
       allocation.trajectory AS trajectory, allocation.segment AS segment, allocation.profile AS profile,
       allocation.intensity AS intensity, allocation.funding AS funding, allocation.cohort AS cohort,
       allocation.category AS category, allocation.code AS code, allocation.volume AS volume,
       allocation.unit AS unit, allocation.frequency AS frequency, allocation.first_day AS first_day,
       allocation.last_day AS last_day, allocation.contract AS contract, allocation.referrer AS referrer,
       allocation.book AS book, allocation.taken_over AS taken_over, allocation.removed AS removed,
       allocation.change AS change, allocation.known_day AS known_day,
       trajectory.content AS content, trajectory.profile AS trajectory_profile,
       trajectory.intensity AS trajectory_intensity, trajectory.results AS results,
       numbered.moved_from AS moved_from,
       COALESCE((SELECT cohort_doubt.would_be
                   FROM cohort_doubt
                  WHERE cohort_doubt.partition = asked.partition
                    AND cohort_doubt.number = numbered.number
                    AND cohort_doubt.municipality = asked.municipality
                  ORDER BY cohort_doubt.position DESC
                  LIMIT 1), 0) AS doubted
  FROM named_client($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS asked
 CROSS JOIN LATERAL (
        SELECT client_number.number, client_number.moved_from
          FROM client_number
         WHERE client_number.partition = asked.partition
           AND client_number.client = asked.client
           AND client_number.municipality = asked.municipality
           AND client_number.provider = asked.provider
        OFFSET 0
       ) AS numbered
 CROSS JOIN LATERAL (
        SELECT *
          FROM allocation AS version
         WHERE version.partition = asked.partition
           AND version.number = numbered.number
           AND version.municipality = asked.municipality
         ORDER BY version.version DESC
         LIMIT 1
       ) AS allocation
 CROSS JOIN LATERAL (
        SELECT *
          FROM trajectory
         WHERE trajectory.partition = asked.partition
           AND trajectory.id = allocation.trajectory
        OFFSET 0
       ) AS trajectory;
