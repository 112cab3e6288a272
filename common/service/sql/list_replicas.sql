-- The replicas that show life, in the order that shares are dealt in.
--
-- $1 stale_ms  integer

SELECT name AS name
  FROM replica
 WHERE beat_at > clock_timestamp() - $1::integer * interval '1 millisecond'
 ORDER BY name;
