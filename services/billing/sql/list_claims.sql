-- Which replica works on which partition. The claims of a replica are locks of the connection that takes its turns.

SELECT claim.objid::integer AS partition, backend.replica AS replica
  FROM replica_backend AS backend
  JOIN pg_locks AS claim ON claim.pid = backend.backend
 WHERE claim.locktype = 'advisory'
   AND claim.granted
   AND claim.classid = 1885958499
   AND claim.database = (SELECT oid FROM pg_database WHERE datname = current_database())
 ORDER BY claim.objid;
