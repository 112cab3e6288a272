-- All allocations of some clients of a partition, as they are now, with their trajectories and the
-- day from which a conversion made the client a new one: a piece, in the order of clients.
--
-- $1 partition     smallint
-- $2 municipality  text      '' for all
-- $3 after         text      the last client of the piece before; '' for the first piece
-- $4 count         integer   clients at most

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
       0 AS doubted
  FROM (SELECT DISTINCT client_number.client
          FROM client_number
         WHERE client_number.partition = $1::smallint
           AND client_number.client > $3::text
           AND ($2::text = '' OR client_number.municipality = $2)
         ORDER BY client_number.client
         LIMIT $4::integer) AS asked
 CROSS JOIN LATERAL (
        SELECT client_number.municipality, client_number.provider, client_number.number, client_number.moved_from
          FROM client_number
         WHERE client_number.partition = $1
           AND client_number.client = asked.client
           AND ($2 = '' OR client_number.municipality = $2)
        OFFSET 0
       ) AS numbered
 CROSS JOIN LATERAL (
        SELECT *
          FROM allocation AS version
         WHERE version.partition = $1
           AND version.number = numbered.number
           AND version.municipality = numbered.municipality
         ORDER BY version.version DESC
         LIMIT 1
       ) AS allocation
 CROSS JOIN LATERAL (
        SELECT *
          FROM trajectory
         WHERE trajectory.partition = $1
           AND trajectory.id = allocation.trajectory
        OFFSET 0
       ) AS trajectory
 ORDER BY asked.client, numbered.municipality, numbered.provider, length(numbered.number), numbered.number;
