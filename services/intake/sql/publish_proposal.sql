-- A book is published.
--
-- $1 number        integer
-- $2 digest        text
-- $3 approved_by   text
-- $4 published_on  date

UPDATE proposal
   SET approved_by = $3, published_on = $4
 WHERE number = $1 AND digest = $2;
