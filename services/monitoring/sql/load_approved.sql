-- Approved money by month of care and the month in which it became known, as known on a day. What
-- became known in a month that has not ended on that day is added up from each day's.
--
-- $1 municipality  text  '' is the whole region
-- $2 first_month   date  of care
-- $3 last_month    date
-- $4 known_on      date

WITH since AS (
    SELECT date_trunc('month', $4::date + 1)::date AS day
)
SELECT municipality                 AS municipality,
       month                        AS month,
       known_month                  AS known_month,
       sum(cents)::bigint           AS cents,
       sum(corrected_cents)::bigint AS corrected
  FROM approved
 WHERE month BETWEEN $2::date AND $3::date
   AND known_month < (SELECT day FROM since)
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY municipality, month, known_month
 UNION ALL
SELECT municipality, month, (SELECT day FROM since), (sum(debet_cents) - sum(credit_cents))::bigint,
       sum(corrected_cents)::bigint
  FROM spent
 WHERE month BETWEEN $2::date AND $3::date
   AND known_day BETWEEN (SELECT day FROM since) AND $4::date
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY municipality, month;
