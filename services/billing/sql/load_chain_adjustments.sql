-- What corrections made of some lines without new lines: expected, or settled.
--
-- $1 partition     smallint
-- $2 conversation  bigint
-- $3 reference     text[]    of the lines
--
-- `rated_cents` is what the line comes to with this adjustment and all before it: that is what was rated.
-- `caused_by` is the book that made it, or that takes it back; null where a credit of the provider does.

SELECT adjustment.conversation           AS conversation,
       adjustment.reference              AS reference,
       adjustment.position               AS position,
       adjustment.way                    AS way,
       adjustment.document               AS document,
       adjustment.allocation             AS allocation,
       adjustment.amount_cents           AS amount_cents,
       line.amount_cents + so_far.amount_cents AS rated_cents,
       NULL                              AS credits,
       credit.reference                  AS credit,
       coalesce(so_far.rated_book, CASE WHEN credit.origin IS NOT NULL THEN credit.rated_book END) AS caused_by,
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
       adjustment.known_day              AS known_day,
       allocation.contract               AS contract,
       allocation.book                   AS granted_book
  FROM adjustment
  JOIN line USING (partition, conversation, reference)
 CROSS JOIN LATERAL
       (SELECT sum(earlier.amount_cents)::bigint AS amount_cents,
               max(earlier.rated_book) FILTER (WHERE earlier.position = adjustment.position) AS rated_book
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
  LEFT JOIN line AS credit
    ON credit.partition = adjustment.partition
   AND credit.conversation = adjustment.conversation
   AND credit.credits = adjustment.reference
   AND credit.position = adjustment.position
   AND credit.reason IS NULL
 WHERE adjustment.partition = $1::smallint
   AND adjustment.conversation = $2::bigint
   AND adjustment.reference = ANY($3::text[])
 ORDER BY adjustment.position, adjustment.reference COLLATE "C", adjustment.way, adjustment.document COLLATE "C";
