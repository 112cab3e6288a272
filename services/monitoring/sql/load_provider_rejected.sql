-- Lines rejected in a year by provider, as known on a day.
--
-- $1 municipality  text     '' is the whole region
-- $2 year          integer
-- $3 known_on      date
-- $4 provider      text     '' is all of them

SELECT municipality       AS municipality,
       provider           AS provider,
       sum(lines)::bigint AS lines
  FROM rejected
 WHERE known_day BETWEEN make_date($2::integer, 1, 1) AND least(make_date($2::integer, 12, 31), $3::date)
   AND ($1::text = '' OR municipality = $1::text)
   AND ($4::text = '' OR provider = $4::text)
 GROUP BY municipality, provider;
