-- Clients who are known to be another, as known on a day.
--
-- $1 known_on  date

SELECT DISTINCT client AS client, into_client AS into_client
  FROM joined
 WHERE known_day <= $1::date
 ORDER BY client, into_client;
