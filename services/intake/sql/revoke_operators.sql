-- Operators whose keys do not stand with the installation any more.
--
-- $1 key  text[]  the keys that do

DELETE FROM sender WHERE is_operator AND key <> ALL($1::text[]);
