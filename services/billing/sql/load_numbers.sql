-- Which declaration numbers of a batch were used before.
--
-- $1 partition    smallint[]   one entry for each number
-- $2 conversation bigint[]
-- $3 number       text[]

SELECT asked.place::integer AS place
  FROM unnest($1::smallint[], $2::bigint[], $3::text[])
       WITH ORDINALITY AS asked(partition, conversation, number, place)
 CROSS JOIN LATERAL
       (SELECT
          FROM declaration
         WHERE declaration.partition = asked.partition
           AND declaration.conversation = asked.conversation
           AND declaration.number = asked.number
         OFFSET 0) AS declaration;
