-- Who is behind the approved lines of a year of service, as known on a day: the packed clients
-- of all declarations behind each other.
--
-- $1 municipality  text     '' is the whole region
-- $2 year          integer
-- $3 known_on      date

SELECT municipality                       AS municipality,
       segment                            AS segment,
       content                            AS content,
       funding                            AS funding,
       extract(month FROM month)::integer AS month,
       string_agg(clients, ''::bytea)     AS clients
  FROM cared
 WHERE month BETWEEN make_date($2::integer, 1, 1) AND make_date($2::integer, 12, 1)
   AND known_day <= $3::date
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY cared.municipality, cared.segment, cared.content, cared.funding, cared.month;
