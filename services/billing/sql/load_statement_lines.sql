-- The lines of a provider that belong to a year: whose care is of it, or that are booked in it. With what books
-- corrected of each in the year.
--
-- $1 partition    smallint
-- $2 conversation bigint
-- $3 year         smallint
--
-- What stands in the place of a line goes back to it; of a credit the row names the line that it takes back.

SELECT line.reference                                        AS reference,
       line.declaration                                      AS declaration,
       line.allocation                                       AS allocation,
       line.category                                         AS category,
       line.code                                             AS code,
       line.first_day                                        AS first_day,
       line.last_day                                         AS last_day,
       CASE WHEN line.credits IS NOT NULL THEN coalesce(-line.declared_cents, line.amount_cents) ELSE coalesce(line.declared_cents, line.amount_cents) END
                                                             AS declared_cents,
       line.amount_cents                                     AS amount_cents,
       line.credits                                          AS credits,
       line.reason                                           AS reason,
       line.return_code                                      AS return_code,
       coalesce(line.booked_year, extract(year FROM line.known_day))::integer AS booked_year,
       line.known_day                                        AS known_day,
       credit.reference                                      AS credited_by,
       coalesce(made.amount_cents, 0) + coalesce(adjusted.amount_cents, 0) AS corrected_cents
  FROM line
  LEFT JOIN LATERAL
       (SELECT other.reference
          FROM line AS other
         WHERE other.partition = line.partition
           AND other.conversation = line.conversation
           AND other.credits = line.reference
           AND other.reason IS NULL
           AND other.origin IS NULL) AS credit ON true
  LEFT JOIN LATERAL
       (SELECT sum(other.amount_cents)::bigint AS amount_cents
          FROM line AS other
         WHERE other.partition = line.partition
           AND other.conversation = line.conversation
           AND other.origin = line.reference
           AND coalesce(other.booked_year, extract(year FROM other.known_day)) = $3::smallint) AS made ON true
  LEFT JOIN LATERAL
       (SELECT sum(adjustment.amount_cents)::bigint AS amount_cents
          FROM adjustment
         WHERE adjustment.partition = line.partition
           AND adjustment.conversation = line.conversation
           AND adjustment.reference = line.reference
           AND coalesce(adjustment.booked_year, extract(year FROM adjustment.known_day)) = $3::smallint) AS adjusted ON true
 WHERE line.partition = $1
   AND line.conversation = $2
   AND line.origin IS NULL
   AND (coalesce(line.booked_year, extract(year FROM line.known_day)) = $3::smallint OR extract(year FROM line.first_day) = $3::smallint)
 ORDER BY line.reference;
