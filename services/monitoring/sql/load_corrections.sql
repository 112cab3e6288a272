-- By how much corrections of care of a year were opened and closed, by the month in which that
-- became known: 0 before the year, 13 after it. As known on a day.
--
-- $1 municipality  text     '' is the whole region
-- $2 year          integer
-- $3 known_on      date

SELECT municipality          AS municipality,
       place                 AS month,
       (-sum(cents))::bigint AS cents
  FROM posted,
       LATERAL (SELECT CASE WHEN known_day < make_date($2::integer, 1, 1) THEN 0
                            WHEN known_day > make_date($2::integer, 12, 31) THEN 13
                            ELSE extract(month FROM known_day)::integer END AS place) AS at
 WHERE account = 'EXPECTED_CORRECTION'
   AND year = $2::integer
   AND known_day <= $3::date
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY municipality, place;
