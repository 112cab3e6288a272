-- Tells peers which connection to end when this replica shows no life.
--
-- $1 replica  text
-- $2 purpose  text

INSERT INTO replica_backend (backend, started, replica, purpose)
SELECT activity.pid, activity.backend_start, $1::text, $2::text
  FROM pg_stat_activity AS activity
 WHERE activity.pid = pg_backend_pid()
    ON CONFLICT (backend) DO UPDATE
   SET started = excluded.started, replica = excluded.replica, purpose = excluded.purpose;
