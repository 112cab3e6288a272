-- The trajectories of the clients of a batch.
--
-- $1 partition     smallint[]  one entry for each client
-- $2 municipality  text[]
-- $3 provider      text[]
-- $4 client        text[]      '' where only a number or a request is known
-- $5 number        text[]      of an allocation of the client
-- $6 reference     text[]      of a request for the client
--
-- Found by the first versions of their allocations, which name the conversation that they belong to.

WITH named AS (
    SELECT DISTINCT allocation.partition, allocation.trajectory
      FROM named_client($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS asked
      JOIN allocation USING (partition, municipality, provider, client)
)
SELECT trajectory.partition AS partition, trajectory.id AS id, trajectory.client AS client,
       trajectory.segment AS segment, trajectory.content AS content, trajectory.profile AS profile,
       trajectory.intensity AS intensity, trajectory_result.result AS result
  FROM named
  JOIN trajectory ON trajectory.partition = named.partition AND trajectory.id = named.trajectory
  LEFT JOIN trajectory_result
    ON trajectory_result.partition = trajectory.partition
   AND trajectory_result.trajectory = trajectory.id
 ORDER BY trajectory.partition, trajectory.id, trajectory_result.place;
