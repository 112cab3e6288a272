-- The ledger of a year of service by account, as known on a day.
--
-- $1 municipality  text     '' is the whole region
-- $2 year          integer
-- $3 known_on      date

SELECT municipality       AS municipality,
       account            AS account,
       sum(cents)::bigint AS cents
  FROM posted
 WHERE year = $2::integer
   AND known_day <= $3::date
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY municipality, account
 ORDER BY municipality, account;
