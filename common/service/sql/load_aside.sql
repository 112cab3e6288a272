-- A message that was set aside and still waits for a person.
--
-- $1 partition  smallint
-- $2 id         text

SELECT source AS source, type AS type, subject AS subject, data AS data
  FROM set_aside
 WHERE partition = $1::smallint
   AND id = $2::text
   AND state = 'ASIDE'
   FOR UPDATE;
