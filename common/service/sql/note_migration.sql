-- Notes a migration, in its transaction.
--
-- $1 name      text
-- $2 checksum  text

INSERT INTO migration (name, checksum) VALUES ($1::text, $2::text);
