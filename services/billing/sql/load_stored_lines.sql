-- The next lines in the order of their key: of those that were approved and belong to a year of service, all that their
-- amounts were made from.
--
-- $1 partition     smallint
-- $2 first_day     date      of the year, in which the product period begins
-- $3 last_day      date
-- $4 conversation  bigint    after this line
-- $5 reference     text
-- $6 count         integer   at most
--
-- Lines that are not asked for count too, so that every piece is as much work, and is found by the key alone.

SELECT line.asked                  AS asked,
       line.conversation           AS conversation,
       line.reference              AS reference,
       line.allocation             AS allocation,
       line.credits                AS credits,
       line.amount_cents           AS amount_cents,
       CASE WHEN line.credits IS NULL THEN line.amount_cents ELSE -line.amount_cents END AS rated_cents,
       line.formula                AS formula,
       line.rated_volume           AS rated_volume,
       line.price_cents            AS price_cents,
       line.month                  AS month,
       line.share_numerator        AS share_numerator,
       line.share_denominator      AS share_denominator,
       line.part_numerator         AS part_numerator,
       line.part_denominator       AS part_denominator,
       line.rated_book             AS rated_book,
       line.price_source           AS price_source,
       line.price_book             AS price_book,
       line.price_line             AS price_line,
       line.terms_source           AS terms_source,
       line.terms_book             AS terms_book,
       line.terms_line             AS terms_line,
       line.digest                 AS digest,
       allocation.contract         AS contract,
       allocation.book             AS granted_book
  FROM (SELECT *, next.reason IS NULL AND next.first_day BETWEEN $2::date AND $3::date AS asked
          FROM line AS next
         WHERE next.partition = $1::smallint
           AND (next.conversation, next.reference) > ($4::bigint, $5::text)
         ORDER BY next.conversation, next.reference
         LIMIT $6::integer) AS line
  LEFT JOIN LATERAL
       (SELECT *
          FROM allocation
         WHERE line.asked
           AND allocation.partition = line.partition
           AND allocation.conversation = line.conversation
           AND allocation.number = line.allocation
           AND allocation.position < line.position
         ORDER BY allocation.position DESC
         LIMIT 1) AS allocation ON true
 ORDER BY line.conversation, line.reference;
