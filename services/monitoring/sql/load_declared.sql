-- What was declared in each month of a year, as known on a day.
--
-- $1 municipality  text     '' is the whole region
-- $2 year          integer
-- $3 known_on      date

SELECT municipality                           AS municipality,
       extract(month FROM known_day)::integer AS month,
       sum(submitted_cents)::bigint           AS cents
  FROM answered
 WHERE known_day BETWEEN make_date($2::integer, 1, 1) AND least(make_date($2::integer, 12, 31), $3::date)
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY municipality, extract(month FROM known_day);
