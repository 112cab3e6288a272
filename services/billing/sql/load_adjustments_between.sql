-- What was added to lines without another line, from after one line up to another, oldest first for each.
--
-- $1 partition          smallint
-- $2 after_conversation bigint
-- $3 after_reference    text
-- $4 last_conversation  bigint
-- $5 last_reference     text
-- $6 position           bigint   adjustments made at this position are the work's own

SELECT adjustment.conversation      AS conversation,
       adjustment.reference         AS reference,
       adjustment.way               AS way,
       adjustment.document          AS document,
       adjustment.amount_cents      AS amount_cents,
       adjustment.counted           AS counted,
       adjustment.formula           AS formula,
       adjustment.rated_volume      AS rated_volume,
       adjustment.price_cents       AS price_cents,
       adjustment.month             AS month,
       adjustment.share_numerator   AS share_numerator,
       adjustment.share_denominator AS share_denominator,
       adjustment.part_numerator    AS part_numerator,
       adjustment.part_denominator  AS part_denominator,
       adjustment.terms_source      AS terms_source,
       adjustment.terms_book        AS terms_book,
       adjustment.terms_line        AS terms_line
  FROM adjustment
 WHERE adjustment.partition = $1
   AND (adjustment.conversation, adjustment.reference) > ($2, $3)
   AND (adjustment.conversation, adjustment.reference) <= ($4, $5)
   AND adjustment.position <> $6
 ORDER BY adjustment.conversation, adjustment.reference, adjustment.position;
