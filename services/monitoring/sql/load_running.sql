-- The allocations that run in a year, as the newest version known on a day has them, and the
-- months of that year in which they run: the clients of each kind and run of months behind each
-- other, eight bytes each.
--
-- $1 municipality  text     '' is the whole region
-- $2 year          integer
-- $3 known_on      date

SELECT municipality                               AS municipality,
       segment                                    AS segment,
       content                                    AS content,
       funding                                    AS funding,
       extract(month FROM greatest(first_day, make_date($2::integer, 1, 1)))::integer AS first_month,
       extract(month FROM least(last_day, make_date($2::integer, 12, 31)))::integer   AS last_month,
       string_agg(int8send(client), ''::bytea)    AS clients
  FROM running
 WHERE known_day <= $3::date
   AND (replaced_day IS NULL OR replaced_day > $3::date)
   AND ($1::text = '' OR municipality = $1::text)
   AND NOT removed
   AND first_day <= last_day
   AND first_day <= make_date($2::integer, 12, 31)
   AND last_day >= make_date($2::integer, 1, 1)
 GROUP BY 1, 2, 3, 4, 5, 6;
