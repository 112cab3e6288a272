-- The largest providers by what was approved of a year of service, as known on a day.
--
-- $1 year      integer
-- $2 known_on  date
-- $3 most      integer

SELECT provider AS provider
  FROM spent
 WHERE month BETWEEN make_date($1::integer, 1, 1) AND make_date($1::integer, 12, 1)
   AND known_day <= $2::date
 GROUP BY provider
 ORDER BY sum(debet_cents) - sum(credit_cents) DESC, provider
 LIMIT $3::integer;
