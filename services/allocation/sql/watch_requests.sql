-- The requests that wait for a person, and those that were due before the newest day that was heard.

WITH newest_day AS (
    SELECT max(outbox.known_day) AS day
      FROM outbox_head
      JOIN outbox USING (partition, position)
)
SELECT count(*) AS waiting, count(*) FILTER (WHERE newest.due_day < (SELECT day FROM newest_day)) AS overdue
  FROM request AS newest
 WHERE newest.state = 1
   AND NOT EXISTS (
        SELECT 1
          FROM request AS later
         WHERE later.partition = newest.partition
           AND later.reference = newest.reference
           AND later.municipality = newest.municipality
           AND later.provider = newest.provider
           AND later.version > newest.version
       );
