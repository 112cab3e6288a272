-- Ends the connections of replicas that show no life: a stopped process keeps its session, and
-- with it its claims and locks, past every timeout.
--
-- $1 replica   text     the one that asks, which is alive
-- $2 stale_ms  integer
--
-- The start of the backend is compared, since numbers of processes come back.

WITH stale AS (
    DELETE FROM replica
     WHERE name <> $1::text
       AND beat_at < clock_timestamp() - $2::integer * interval '1 millisecond'
    RETURNING name
), gone AS (
    DELETE FROM replica_backend
     USING stale
     WHERE replica_backend.replica = stale.name
    RETURNING replica_backend.*
)
SELECT gone.replica AS replica, gone.purpose AS purpose, pg_terminate_backend(gone.backend) AS ended
  FROM gone
  JOIN pg_stat_activity AS activity
    ON activity.pid = gone.backend AND activity.backend_start = gone.started;
