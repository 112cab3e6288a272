-- What the lines of a month come to, row by row, as known on a day.
--
-- $1 partition           smallint[]
-- $2 first_conversation  bigint
-- $3 last_conversation   bigint
-- $4 first_day           date     of the month, in which the product period begins
-- $5 last_day            date
-- $6 known_on            date
--
-- A row stands under the reference that the provider first gave the line: a line that billing made names it, a credit
-- of such a line goes back to it, and a credit of the provider's own line names that. What takes an adjustment back is
-- the book that made another in the same turn, or a credit. The order is total.

WITH approved AS (
    SELECT line.*, coalesce(line.origin, debet.origin, line.credits, line.reference) AS first_reference
      FROM line
      LEFT JOIN line AS debet
        ON debet.partition = line.partition
       AND debet.conversation = line.conversation
       AND debet.reference = line.credits
     WHERE line.partition = ANY($1::smallint[])
       AND line.conversation BETWEEN $2::bigint AND $3::bigint
       AND line.first_day BETWEEN $4::date AND $5::date
       AND line.known_day <= $6::date
       AND line.reason IS NULL
), fact AS (
    SELECT approved.partition, approved.conversation, approved.first_reference,
           CASE WHEN approved.origin IS NOT NULL THEN 2 WHEN approved.credits IS NOT NULL THEN 1 ELSE 0 END AS kind,
           approved.reference, approved.position, approved.declaration AS document, NULL AS credit,
           CASE WHEN approved.origin IS NOT NULL THEN approved.rated_book END AS book,
           approved.credits IS NULL AS is_debet, approved.amount_cents, approved.known_day, approved.allocation, approved.client, approved.category,
           approved.code, approved.first_day, approved.last_day
      FROM approved
     UNION ALL
    SELECT adjustment.partition, adjustment.conversation, coalesce(line.origin, line.reference),
           CASE adjustment.way WHEN 3 THEN 3 ELSE 4 END,
           adjustment.reference, adjustment.position, adjustment.document, credit.reference, beside.rated_book,
           true,
           adjustment.amount_cents, adjustment.known_day, adjustment.allocation, line.client, line.category,
           line.code, adjustment.first_day, line.last_day
      FROM adjustment
      JOIN line USING (partition, conversation, reference)
      LEFT JOIN line AS credit
        ON credit.partition = adjustment.partition
       AND credit.conversation = adjustment.conversation
       AND credit.credits = adjustment.reference
       AND credit.position = adjustment.position
       AND credit.reason IS NULL
     CROSS JOIN LATERAL
           (SELECT coalesce(max(other.rated_book), CASE WHEN credit.origin IS NOT NULL THEN credit.rated_book END)
                   AS rated_book
              FROM adjustment AS other
             WHERE other.partition = adjustment.partition
               AND other.conversation = adjustment.conversation
               AND other.reference = adjustment.reference
               AND other.position = adjustment.position) AS beside
     WHERE adjustment.partition = ANY($1::smallint[])
       AND adjustment.conversation BETWEEN $2::bigint AND $3::bigint
       AND adjustment.first_day BETWEEN $4::date AND $5::date
       AND adjustment.known_day <= $6::date
)
SELECT fact.partition                                            AS partition,
       to_char(fact.conversation % 100000000, 'FM00000000')      AS provider,
       fact.first_reference                                      AS first_reference,
       fact.kind                                                 AS kind,
       fact.reference                                            AS reference,
       fact.document                                             AS document,
       fact.credit                                               AS credit,
       fact.book                                                 AS book,
       fact.amount_cents                                         AS amount_cents,
       fact.known_day                                            AS known_day,
       fact.allocation                                           AS allocation,
       fact.client                                               AS client,
       fact.category                                             AS category,
       fact.code                                                 AS code,
       fact.first_day                                            AS first_day,
       fact.last_day                                             AS last_day
  FROM fact
 ORDER BY fact.conversation, fact.first_reference COLLATE "C", fact.position, fact.kind, fact.is_debet,
          fact.reference COLLATE "C", fact.document COLLATE "C";
