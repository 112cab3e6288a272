-- The books that partitions have heard, in order.
--
-- $1 partition  smallint[]

SELECT heard_book.partition AS partition, heard_book.digest AS digest, heard_book.known_day AS known_day
  FROM heard_book
 WHERE heard_book.partition = ANY($1::smallint[])
 ORDER BY heard_book.partition, heard_book.number;
