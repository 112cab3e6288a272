-- How many messages of the house wait for a person.

SELECT count(*)::bigint AS messages
  FROM set_aside
 WHERE state = 'ASIDE';
