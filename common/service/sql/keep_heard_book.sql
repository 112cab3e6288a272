-- Notes that a partition has heard a book.
--
-- $1 partition  smallint
-- $2 number     integer
-- $3 digest     text
-- $4 known_day  date

INSERT INTO heard_book (partition, number, digest, known_day)
VALUES ($1::smallint, $2::integer, $3::text, $4::date);
