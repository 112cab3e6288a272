-- What is granted by month of care, by the month in which it became known, as known on a day. A
-- month that has not ended on that day stands in no sum yet: what changed in it is worked out
-- from the versions themselves.
--
-- $1 municipality  text  '' is the whole region
-- $2 first_month   date  of care
-- $3 last_month    date
-- $4 known_on      date

WITH since AS (
    SELECT date_trunc('month', $4::date + 1)::date AS day
), recent AS (
    SELECT *
      FROM running
     WHERE known_day BETWEEN (SELECT day FROM since) AND $4::date
       AND (replaced_day IS NULL OR replaced_day > $4::date)
       AND ($1::text = '' OR municipality = $1::text)
), version AS (
    SELECT municipality, first_day, last_day, removed, worth_cents, worth_days, 1 AS sign FROM recent
     UNION ALL
    SELECT before.municipality, before.first_day, before.last_day, before.removed, before.worth_cents,
           before.worth_days, -1
      FROM recent,
           LATERAL (SELECT *
                      FROM running
                     WHERE running.partition = recent.partition
                       AND running.municipality = recent.municipality
                       AND running.number = recent.number
                       AND running.known_day < (SELECT day FROM since)
                     ORDER BY running.known_day DESC
                     LIMIT 1) AS before
), by_year AS (
    SELECT municipality,
           year,
           known_month,
           sum(january)::bigint   AS january,
           sum(february)::bigint  AS february,
           sum(march)::bigint     AS march,
           sum(april)::bigint     AS april,
           sum(may)::bigint       AS may,
           sum(june)::bigint      AS june,
           sum(july)::bigint      AS july,
           sum(august)::bigint    AS august,
           sum(september)::bigint AS september,
           sum(october)::bigint   AS october,
           sum(november)::bigint  AS november,
           sum(december)::bigint  AS december
      FROM granted
     WHERE year BETWEEN extract(year FROM $2::date) AND extract(year FROM $3::date)
       AND known_month < (SELECT day FROM since)
       AND ($1::text = '' OR municipality = $1::text)
     GROUP BY municipality, year, known_month
)
SELECT municipality AS municipality,
       month        AS month,
       known_month  AS known_month,
       cents        AS cents,
       0::bigint    AS corrected
  FROM by_year,
       unnest(ARRAY[january, february, march, april, may, june, july, august, september, october, november,
                    december]) WITH ORDINALITY AS of_year(cents, number),
       make_date(year, number::integer, 1) AS month
 WHERE month BETWEEN $2::date AND $3::date
 UNION ALL
SELECT municipality, month, (SELECT day FROM since),
       sum(sign * worth_in_month(worth_cents, worth_days, first_day, last_day, month))::bigint, 0
  FROM (SELECT ($2::date + make_interval(months => month))::date AS month
          FROM generate_series(0, ($3::date - $2::date) / 30) AS month) AS of_care
  JOIN version ON month BETWEEN first_day - 30 AND last_day
 WHERE NOT removed
   AND month <= $3::date
 GROUP BY municipality, month;
