-- What stands added to the lines that a batch credits, or to the lines that stand in their place, by document.
--
-- $1 partition    smallint[]   one entry for each reference that is credited
-- $2 conversation bigint[]
-- $3 reference    text[]

SELECT asked.place::integer    AS place,
       added.way               AS way,
       added.document          AS document,
       added.amount_cents      AS amount_cents,
       added.counted           AS counted
  FROM unnest($1::smallint[], $2::bigint[], $3::text[])
       WITH ORDINALITY AS asked(partition, conversation, reference, place)
 CROSS JOIN LATERAL
       (SELECT adjustment.way,
               adjustment.document,
               sum(adjustment.amount_cents)::bigint AS amount_cents,
               sum(adjustment.counted)::bigint      AS counted
          FROM adjustment
         WHERE adjustment.partition = asked.partition
           AND adjustment.conversation = asked.conversation
           AND adjustment.reference IN
               (SELECT asked.reference
                 UNION ALL
                SELECT line.reference
                  FROM line
                 WHERE line.partition = asked.partition
                   AND line.conversation = asked.conversation
                   AND line.origin = asked.reference)
         GROUP BY adjustment.way, adjustment.document
        HAVING sum(adjustment.amount_cents) <> 0) AS added
 ORDER BY asked.place, added.way, added.document;
