-- The next adjustments in the order of their key: of those that belong to a year of service, all that they were made
-- from.
--
-- $1 partition     smallint
-- $2 first_day     date      of the year, in which the product period begins
-- $3 last_day      date
-- $4 conversation  bigint    after this row
-- $5 reference     text
-- $6 position      bigint
-- $7 way           smallint
-- $8 document      text
-- $9 count         integer   at most
--
-- `rated_cents` is what the line comes to with this adjustment and all before it: that is what was rated.
-- `left_cents` is what stays of the adjustments where a credit takes them back: nothing.

SELECT adjustment.asked                  AS asked,
       adjustment.conversation           AS conversation,
       adjustment.reference              AS reference,
       adjustment.position               AS position,
       adjustment.way                    AS way,
       adjustment.document               AS document,
       adjustment.allocation             AS allocation,
       NULL                              AS credits,
       adjustment.amount_cents           AS amount_cents,
       line.amount_cents + so_far.amount_cents AS rated_cents,
       CASE WHEN so_far.rates THEN 0 ELSE so_far.amount_cents END AS left_cents,
       adjustment.formula                AS formula,
       adjustment.rated_volume           AS rated_volume,
       adjustment.price_cents            AS price_cents,
       adjustment.month                  AS month,
       adjustment.share_numerator        AS share_numerator,
       adjustment.share_denominator      AS share_denominator,
       adjustment.part_numerator         AS part_numerator,
       adjustment.part_denominator       AS part_denominator,
       adjustment.rated_book             AS rated_book,
       adjustment.price_source           AS price_source,
       adjustment.price_book             AS price_book,
       adjustment.price_line             AS price_line,
       adjustment.terms_source           AS terms_source,
       adjustment.terms_book             AS terms_book,
       adjustment.terms_line             AS terms_line,
       adjustment.digest                 AS digest,
       allocation.contract               AS contract,
       allocation.book                   AS granted_book
  FROM (SELECT *, next.first_day BETWEEN $2::date AND $3::date AS asked
          FROM adjustment AS next
         WHERE next.partition = $1::smallint
           AND (next.conversation, next.reference, next.position, next.way, next.document)
               > ($4::bigint, $5::text, $6::bigint, $7::smallint, $8::text)
         ORDER BY next.conversation, next.reference, next.position, next.way, next.document
         LIMIT $9::integer) AS adjustment
  LEFT JOIN line USING (partition, conversation, reference)
 CROSS JOIN LATERAL
       (SELECT sum(earlier.amount_cents)::bigint AS amount_cents,
               bool_or(earlier.position = adjustment.position AND earlier.formula IS NOT NULL) AS rates
          FROM adjustment AS earlier
         WHERE earlier.partition = adjustment.partition
           AND earlier.conversation = adjustment.conversation
           AND earlier.reference = adjustment.reference
           AND earlier.position <= adjustment.position) AS so_far
  LEFT JOIN LATERAL
       (SELECT *
          FROM allocation
         WHERE allocation.partition = adjustment.partition
           AND allocation.conversation = adjustment.conversation
           AND allocation.number = adjustment.allocation
           AND allocation.position < adjustment.position
         ORDER BY allocation.position DESC
         LIMIT 1) AS allocation ON true
 ORDER BY adjustment.conversation, adjustment.reference, adjustment.position, adjustment.way, adjustment.document;
