-- The trajectories of the clients of a batch.
--
-- $1 partition     smallint[]  one entry for each client
-- $2 municipality  text[]
-- $3 provider      text[]
-- $4 client        text[]      '' where only a number or a request is known
-- $5 number        text[]      of an allocation of the client
-- $6 reference     text[]      of a request for the client
--
-- Found by the numbers of the clients; each step by key.

SELECT trajectory.partition AS partition, trajectory.id AS id, trajectory.client AS client,
       trajectory.segment AS segment, trajectory.content AS content, trajectory.profile AS profile,
       trajectory.intensity AS intensity, reached.result AS result
  FROM named_client($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS asked
 CROSS JOIN LATERAL (
        SELECT DISTINCT client_number.trajectory
          FROM client_number
         WHERE client_number.partition = asked.partition
           AND client_number.municipality = asked.municipality
           AND client_number.provider = asked.provider
           AND client_number.client = asked.client
        OFFSET 0
       ) AS named
 CROSS JOIN LATERAL (
        SELECT *
          FROM trajectory
         WHERE trajectory.partition = asked.partition
           AND trajectory.id = named.trajectory
        OFFSET 0
       ) AS trajectory
  LEFT JOIN LATERAL (
        SELECT trajectory_result.place, trajectory_result.result
          FROM trajectory_result
         WHERE trajectory_result.partition = asked.partition
           AND trajectory_result.trajectory = named.trajectory
        OFFSET 0
       ) AS reached ON true
 ORDER BY trajectory.partition, trajectory.id, reached.place;
