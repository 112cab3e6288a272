-- How far a partition has been heard, and whether work on the next message is begun and not done.
--
-- $1 partition smallint

SELECT inbox.position     AS position,
       inbox.cursor <> '' AS cut
  FROM inbox
 WHERE inbox.partition = $1
   AND inbox.source = 'allocation';
