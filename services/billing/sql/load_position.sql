-- How far a partition has been heard.
--
-- $1 partition smallint

SELECT inbox.position AS position
  FROM inbox
 WHERE inbox.partition = $1
   AND inbox.source = 'allocation';
