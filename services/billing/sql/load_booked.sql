-- What was booked on each allocation, by product, year of service and year booked in, for the conversations from one to
-- another. In order of conversation and allocation.
--
-- $1 partition          smallint
-- $2 first_conversation bigint
-- $3 last_conversation  bigint
--
-- All years are told, since a line of any year says that an allocation was declared on. A line with an origin was made
-- after a book; a credit of it by its provider is a credit. What an older program kept is booked in the year in which it
-- became known.

SELECT booked.conversation       AS conversation,
       booked.allocation         AS allocation,
       booked.category           AS category,
       booked.code               AS code,
       booked.service_year       AS service_year,
       booked.booked_year        AS booked_year,
       booked.lines              AS lines,
       booked.declared_cents     AS declared_cents,
       booked.approved_cents     AS approved_cents,
       booked.rejected_lines     AS rejected_lines,
       booked.rejected_cents     AS rejected_cents,
       booked.credited_lines     AS credited_lines,
       booked.credited_cents     AS credited_cents,
       booked.corrected_cents    AS corrected_cents
  FROM (SELECT line.conversation, line.allocation, line.category, line.code,
               extract(year FROM line.first_day)::integer AS service_year, coalesce(line.booked_year, extract(year FROM line.known_day))::integer AS booked_year,
               count(*) FILTER (WHERE line.credits IS NULL AND line.origin IS NULL) AS lines,
               coalesce(sum(coalesce(line.declared_cents, line.amount_cents)) FILTER (WHERE line.credits IS NULL AND line.origin IS NULL), 0)::bigint
               AS declared_cents,
               coalesce(sum(line.amount_cents) FILTER (WHERE line.reason IS NULL AND line.credits IS NULL
                                                         AND line.origin IS NULL), 0)::bigint AS approved_cents,
               count(*) FILTER (WHERE line.reason IS NOT NULL AND line.credits IS NULL) AS rejected_lines,
               coalesce(sum(coalesce(line.declared_cents, line.amount_cents)) FILTER (WHERE line.reason IS NOT NULL AND line.credits IS NULL), 0)::bigint
               AS rejected_cents,
               count(*) FILTER (WHERE line.reason IS NULL AND line.credits IS NOT NULL AND line.origin IS NULL)
               AS credited_lines,
               coalesce(-sum(line.amount_cents) FILTER (WHERE line.reason IS NULL AND line.credits IS NOT NULL
                                                          AND line.origin IS NULL), 0)::bigint AS credited_cents,
               coalesce(sum(line.amount_cents) FILTER (WHERE line.reason IS NULL AND line.origin IS NOT NULL), 0)::bigint
               AS corrected_cents
          FROM line
         WHERE line.partition = $1
           AND line.conversation BETWEEN $2 AND $3
         GROUP BY 1, 2, 3, 4, 5, 6
         UNION ALL
        SELECT adjustment.conversation, adjustment.allocation, line.category, line.code,
               extract(year FROM adjustment.first_day)::integer, coalesce(adjustment.booked_year, extract(year FROM adjustment.known_day))::integer,
               0, 0, 0, 0, 0, 0, 0, sum(adjustment.amount_cents)::bigint
          FROM adjustment
          JOIN line USING (partition, conversation, reference)
         WHERE adjustment.partition = $1
           AND adjustment.conversation BETWEEN $2 AND $3
         GROUP BY 1, 2, 3, 4, 5, 6) AS booked
 ORDER BY booked.conversation, booked.allocation COLLATE "C";
