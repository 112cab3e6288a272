-- Approved money of a year of service by provider, as known on a day.
--
-- $1 municipality  text     '' is the whole region
-- $2 year          integer
-- $3 known_on      date
-- $4 provider      text     '' is all of them

SELECT municipality                                   AS municipality,
       provider                                       AS provider,
       1                                              AS month,
       sum(debet_lines + credit_lines)::bigint        AS lines,
       (sum(debet_cents) - sum(credit_cents))::bigint AS cents
  FROM spent
 WHERE month BETWEEN make_date($2::integer, 1, 1) AND make_date($2::integer, 12, 1)
   AND known_day <= $3::date
   AND ($1::text = '' OR municipality = $1::text)
   AND ($4::text = '' OR provider = $4::text)
 GROUP BY municipality, provider;
