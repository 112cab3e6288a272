-- Care is asked for persons who were known.
--
-- $1 reference  text[]
-- $2 named_on   date

UPDATE person
   SET named_on = $2
  FROM (SELECT reference
          FROM person
         WHERE reference = ANY($1::text[]) AND named_on < $2
         ORDER BY reference
           FOR UPDATE) AS again
 WHERE person.reference = again.reference;
