-- Keeps the contents of a book that is heard for the first time.
--
-- $1 digest    text
-- $2 contents  bytea

INSERT INTO book (digest, contents) VALUES ($1::text, $2::bytea) ON CONFLICT DO NOTHING;
