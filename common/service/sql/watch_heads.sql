-- How far this house has spoken.

SELECT outbox_head.partition AS partition, outbox_head.position AS position
  FROM outbox_head
 ORDER BY outbox_head.partition;
