-- What a person decided of a message that was set aside.
--
-- $1 partition  smallint
-- $2 id         text
-- $3 state      text      RETRIED or DROPPED

UPDATE set_aside
   SET state = $3::text
 WHERE partition = $1::smallint
   AND id = $2::text
   AND state = 'ASIDE';
