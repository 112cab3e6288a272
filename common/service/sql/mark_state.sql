-- Notes that a partition cannot be heard now, and why; or that it can again.
--
-- $1 source     text
-- $2 partition  smallint
-- $3 state      text

UPDATE inbox
   SET state = $3::text
 WHERE source = $1::text
   AND partition = $2::smallint
   AND state <> $3::text;
