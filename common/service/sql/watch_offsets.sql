-- How far this house has heard each of its neighbours.

SELECT inbox.source AS source, inbox.partition AS partition, inbox.position AS position, inbox.state AS state
  FROM inbox
 ORDER BY inbox.source, inbox.partition;
