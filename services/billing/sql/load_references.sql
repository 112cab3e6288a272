-- Which references of a batch's lines were used before, and whether the line was approved.
--
-- $1 partition    smallint[]   one entry for each reference
-- $2 conversation bigint[]
-- $3 reference    text[]

SELECT asked.place::integer  AS place,
       line.reason IS NULL   AS approved
  FROM unnest($1::smallint[], $2::bigint[], $3::text[])
       WITH ORDINALITY AS asked(partition, conversation, reference, place)
 CROSS JOIN LATERAL
       (SELECT line.reason
          FROM line
         WHERE line.partition = asked.partition
           AND line.conversation = asked.conversation
           AND line.reference = asked.reference
         OFFSET 0) AS line;
