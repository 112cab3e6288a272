-- Which references of a batch's lines were used before, and whether the line was approved.
--
-- $1 partition    smallint[]   one entry for each reference
-- $2 municipality text[]
-- $3 provider     text[]
-- $4 reference    text[]

SELECT asked.place::integer  AS place,
       line.reason IS NULL   AS approved
  FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[])
       WITH ORDINALITY AS asked(partition, municipality, provider, reference, place)
 CROSS JOIN LATERAL
       (SELECT line.reason
          FROM line
         WHERE line.partition = asked.partition
           AND line.municipality = asked.municipality
           AND line.provider = asked.provider
           AND line.reference = asked.reference
         OFFSET 0) AS line;
