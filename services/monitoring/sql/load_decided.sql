-- What became of requests and allocations in a year, as known on a day.
--
-- $1 municipality  text     '' is the whole region
-- $2 year          integer
-- $3 known_on      date

SELECT municipality                           AS municipality,
       verdict                                AS word,
       reason                                 AS reason,
       extract(month FROM known_day)::integer AS month,
       sum(facts)::bigint                     AS count,
       sum(allocations)::bigint               AS lines,
       0::bigint                              AS cents
  FROM decided
 WHERE known_day BETWEEN make_date($2::integer, 1, 1) AND least(make_date($2::integer, 12, 31), $3::date)
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY municipality, verdict, reason, extract(month FROM known_day);
