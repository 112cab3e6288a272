-- Allocations that run on some day of a period, as the newest version known on a day has each: of
-- all that are funded alike in one place, the clients, first days and last days, each behind
-- each other in the same order.
--
-- $1 municipality  text  '' is the whole region
-- $2 first_day     date  of the period
-- $3 last_day      date
-- $4 known_on      date
--
-- A client is eight bytes, a day four, since 1970, highest byte first. One row for each allocation
-- takes twice as long to bring over.

SELECT municipality                                                   AS municipality,
       segment                                                        AS segment,
       content                                                        AS content,
       funding                                                        AS funding,
       cohort                                                         AS cohort,
       string_agg(int8send(client), ''::bytea)                        AS clients,
       string_agg(int4send(first_day - date '1970-01-01'), ''::bytea) AS first_days,
       string_agg(int4send(last_day - date '1970-01-01'), ''::bytea)  AS last_days
  FROM running
 WHERE known_day <= $4::date
   AND (replaced_day IS NULL OR replaced_day > $4::date)
   AND NOT removed
   AND first_day <= last_day
   AND first_day <= $3::date
   AND last_day >= $2::date
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY municipality, segment, content, funding, cohort;
