-- The replicas of this house, and how many partitions each works on.
--
-- The claims of a replica are locks of the connection that takes its turns.

SELECT replica.name AS name, replica.version AS version, replica.since AS since, replica.beat_at AS beat_at,
       clock_timestamp() AS now, (
       SELECT count(*)
         FROM replica_backend AS backend
         JOIN pg_locks AS claim ON claim.pid = backend.backend
        WHERE backend.replica = replica.name
          AND claim.locktype = 'advisory'
          AND claim.granted
          AND claim.classid = 1885958499
          AND claim.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       ) AS partitions
  FROM replica
 ORDER BY replica.name;
