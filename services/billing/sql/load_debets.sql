-- The approved lines that a batch credits, and whether they were credited before. Where billing put another line in the
-- place of the named one, that line stands, and the newest of several.
--
-- $1 partition    smallint[]   one entry for each reference that is credited
-- $2 conversation bigint[]
-- $3 reference    text[]

SELECT asked.place::integer       AS place,
       line.reference             AS reference,
       line.allocation            AS allocation,
       line.client                AS client,
       line.category              AS category,
       line.code                  AS code,
       line.first_day             AS first_day,
       line.last_day              AS last_day,
       line.volume                AS volume,
       line.unit                  AS unit,
       line.tariff_cents          AS tariff_cents,
       line.amount_cents          AS amount_cents,
       named.volume               AS declared_volume,
       named.tariff_cents         AS declared_tariff_cents,
       named.amount_cents         AS declared_amount_cents,
       line.credits               AS credits,
       line.formula               AS formula,
       line.rated_volume          AS rated_volume,
       EXISTS (SELECT
                 FROM line AS credit
                WHERE credit.partition = asked.partition
                  AND credit.conversation = asked.conversation
                  AND credit.credits = line.reference
                  AND credit.reason IS NULL) AS credited
  FROM unnest($1::smallint[], $2::bigint[], $3::text[])
       WITH ORDINALITY AS asked(partition, conversation, reference, place)
 CROSS JOIN LATERAL
       (SELECT *
          FROM line
         WHERE line.partition = asked.partition
           AND line.conversation = asked.conversation
           AND line.reference = asked.reference
           AND line.reason IS NULL
         OFFSET 0) AS named
 CROSS JOIN LATERAL
       (SELECT standing.*
          FROM (SELECT named.*
                 UNION ALL
                SELECT made.*
                  FROM line AS made
                 WHERE made.partition = asked.partition
                   AND made.conversation = asked.conversation
                   AND made.origin = asked.reference
                   AND made.credits IS NULL) AS standing
         ORDER BY standing.position DESC
         LIMIT 1) AS line;
