-- How many persons were forgotten, by whom and when; the newest first.
--
-- $1 count  integer  at most

SELECT forgotten.forgotten_on AS forgotten_on, forgotten.owner AS owner, forgotten.id AS id, count(*) AS persons
  FROM forgotten
 GROUP BY 1, 2, 3
 ORDER BY 1 DESC, 3
 LIMIT $1::integer;
