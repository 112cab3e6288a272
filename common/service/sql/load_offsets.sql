-- How far a neighbour has been heard.
--
-- $1 source     text
-- $2 partition  smallint[]

SELECT inbox.partition AS partition, inbox.position AS position, inbox.id AS id, inbox.head AS head,
       inbox.cursor AS cursor, inbox.said AS said, inbox.state AS state
  FROM inbox
 WHERE inbox.source = $1::text
   AND inbox.partition = ANY($2::smallint[]);
