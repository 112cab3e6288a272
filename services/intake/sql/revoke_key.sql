-- A key is known no more.
--
-- $1 key  text

DELETE FROM sender WHERE key = $1;
