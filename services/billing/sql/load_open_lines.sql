-- Approved debet lines, credited or not, that a book of prices may touch: those of its products in its days, and those of
-- trajectories where it speaks of them. In order of conversation and reference, after a line.
--
-- $1 partition    smallint
-- $2 conversation bigint    of the line after which to begin
-- $3 reference    text
-- $4 products     text[]    whose tariffs the book names
-- $5 first_day    date      of all days of those tariffs
-- $6 last_day     date
-- $7 pics         boolean   whether it speaks of tariffs or terms of trajectories
-- $8 position     bigint    lines made at this position are the work's own
-- $9 count        bigint    at most so many
--
-- What was rated by terms is a part of a trajectory. Whether a line was credited is asked apart, by range.

SELECT line.conversation    AS conversation,
       line.reference       AS reference,
       line.allocation      AS allocation,
       line.client          AS client,
       line.category        AS category,
       line.code            AS code,
       line.first_day       AS first_day,
       line.last_day        AS last_day,
       line.volume          AS volume,
       line.unit            AS unit,
       line.tariff_cents    AS tariff_cents,
       line.amount_cents    AS amount_cents,
       line.origin          AS origin,
       line.formula         AS formula,
       line.rated_volume    AS rated_volume,
       line.price_cents     AS price_cents,
       line.month           AS month,
       line.share_numerator   AS share_numerator,
       line.share_denominator AS share_denominator,
       line.part_numerator    AS part_numerator,
       line.part_denominator  AS part_denominator,
       line.terms_source    AS terms_source,
       line.terms_book      AS terms_book,
       line.terms_line      AS terms_line
  FROM line
 WHERE line.partition = $1
   AND (line.conversation, line.reference) > ($2, $3)
   AND line.reason IS NULL
   AND line.credits IS NULL
   AND line.position <> $8
   AND ((line.code = ANY ($4::text[]) AND line.first_day BETWEEN $5 AND $6)
        OR ($7 AND line.terms_book IS NOT NULL))
 ORDER BY line.conversation, line.reference
 LIMIT $9;
