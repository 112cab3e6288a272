-- The contents of a book.
--
-- $1 digest  text

SELECT contents AS contents FROM book WHERE digest = $1::text;
