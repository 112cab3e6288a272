-- A line with all that became of it: lines that stand in its place, and the credits of each.
--
-- $1 partition     smallint
-- $2 conversation  bigint
-- $3 reference     text      of any line of the chain
--
-- A line that was rejected stands alone. Beside each line stands its allocation as it was when the line was judged.

WITH asked AS (
    SELECT CASE WHEN line.reason IS NULL THEN coalesce(line.origin, debet.origin, line.credits, line.reference)
                ELSE line.reference END AS first_reference
      FROM line
      LEFT JOIN line AS debet
        ON debet.partition = line.partition
       AND debet.conversation = line.conversation
       AND debet.reference = line.credits
     WHERE line.partition = $1::smallint
       AND line.conversation = $2::bigint
       AND line.reference = $3::text
), own AS (
    SELECT first_reference AS reference
      FROM asked
     UNION
    SELECT line.reference
      FROM asked
      JOIN line
        ON line.partition = $1::smallint
       AND line.conversation = $2::bigint
       AND line.origin = asked.first_reference
), chain AS (
    SELECT reference
      FROM own
     UNION
    SELECT credit.reference
      FROM own
      JOIN line AS credit
        ON credit.partition = $1::smallint
       AND credit.conversation = $2::bigint
       AND credit.credits = own.reference
       AND credit.reason IS NULL
)
SELECT line.conversation           AS conversation,
       line.reference              AS reference,
       line.position               AS position,
       line.declaration            AS declaration,
       line.allocation             AS allocation,
       line.client                 AS client,
       line.category               AS category,
       line.code                   AS code,
       line.first_day              AS first_day,
       line.last_day               AS last_day,
       line.volume                 AS volume,
       line.unit                   AS unit,
       line.tariff_cents           AS tariff_cents,
       line.amount_cents           AS amount_cents,
       abs(line.amount_cents)      AS rated_cents,
       line.credits                AS credits,
       line.origin                 AS origin,
       line.replaces               AS replaces,
       line.reason                 AS reason,
       line.return_code            AS return_code,
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
       line.known_day              AS known_day,
       allocation.contract         AS contract,
       allocation.book             AS granted_book,
       allocation.known_day        AS granted_day,
       allocation.trajectory       AS trajectory,
       allocation.segment          AS segment,
       allocation.profile          AS profile,
       allocation.intensity        AS intensity,
       allocation.funding          AS funding,
       allocation.volume           AS granted_volume,
       allocation.unit             AS granted_unit,
       allocation.frequency        AS granted_frequency,
       allocation.first_day        AS granted_first_day,
       allocation.last_day         AS granted_last_day
  FROM chain
  JOIN line
    ON line.partition = $1::smallint
   AND line.conversation = $2::bigint
   AND line.reference = chain.reference
  LEFT JOIN LATERAL
       (SELECT *
          FROM allocation
         WHERE allocation.partition = line.partition
           AND allocation.conversation = line.conversation
           AND allocation.number = line.allocation
           AND allocation.position < line.position
         ORDER BY allocation.position DESC
         LIMIT 1) AS allocation ON true
 ORDER BY line.position, line.credits IS NULL, line.reference COLLATE "C";
