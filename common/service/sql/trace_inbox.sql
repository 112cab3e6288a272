-- How far a partition of a neighbour has been heard, and whether the message at a place of it was set aside.
--
-- $1 source     text
-- $2 partition  smallint
-- $3 position   bigint

SELECT inbox.position AS position, inbox.state AS state, aside.reason AS reason, aside.state AS aside_state,
       aside.decided_id AS decided_id, aside.decided_reason AS decided_reason
  FROM inbox
  LEFT JOIN set_aside AS aside
    ON aside.partition = inbox.partition AND aside.source = inbox.source AND aside.position = $3::bigint
 WHERE inbox.source = $1::text
   AND inbox.partition = $2::smallint;
