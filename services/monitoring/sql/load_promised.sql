-- Clients with an allocation in the months of a year from one of them on, as the newest version
-- known on a day has it.
--
-- $1 first_month  date
-- $2 known_on     date

SELECT municipality                                                       AS municipality,
       client                                                             AS client,
       extract(month FROM greatest(first_day, $1::date))::integer         AS first_month,
       extract(month FROM least(last_day, at.last_of_year))::integer      AS last_month
  FROM running,
       LATERAL (SELECT make_date(extract(year FROM $1::date)::integer, 12, 31) AS last_of_year) AS at
 WHERE known_day <= $2::date
   AND NOT removed
   AND first_day <= least(last_day, at.last_of_year)
   AND last_day >= $1::date
   AND (replaced_day IS NULL OR replaced_day > $2::date);
