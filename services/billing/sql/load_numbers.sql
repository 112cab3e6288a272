-- Which declaration numbers of a batch were used before.
--
-- $1 partition    smallint[]   one entry for each number
-- $2 municipality text[]
-- $3 provider     text[]
-- $4 number       text[]

SELECT asked.place::integer AS place
  FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[])
       WITH ORDINALITY AS asked(partition, municipality, provider, number, place)
 CROSS JOIN LATERAL
       (SELECT
          FROM declaration
         WHERE declaration.partition = asked.partition
           AND declaration.municipality = asked.municipality
           AND declaration.provider = asked.provider
           AND declaration.number = asked.number
         OFFSET 0) AS declaration;
