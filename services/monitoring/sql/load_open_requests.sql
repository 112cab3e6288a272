-- Requests that a person must judge and has not, as known on a day, by the day on which they are due.
--
-- $1 municipality  text  '' is the whole region
-- $2 known_on      date

SELECT municipality     AS municipality,
       due_day          AS due_day,
       count(*)::bigint AS requests
  FROM referred
 WHERE known_day <= $2::date
   AND (done_day IS NULL OR done_day > $2::date)
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY municipality, due_day
 ORDER BY municipality, due_day;
