-- A message that was set aside and waits for a person, or whose retrying was begun and cut.
--
-- $1 partition  smallint
-- $2 id         text
-- $3 state      text      ASIDE or RETRIED

SELECT source AS source, type AS type, subject AS subject, data AS data
  FROM set_aside
 WHERE partition = $1::smallint
   AND id = $2::text
   AND state = $3::text
   FOR UPDATE;
