-- The letters of a mailbox after a position.
--
-- $1 address  text
-- $2 after    bigint
-- $3 count    integer

SELECT letter.position AS position, letter.content AS content
  FROM letter
 WHERE letter.address = $1 AND letter.position > $2
 ORDER BY letter.position
 LIMIT $3::integer;
