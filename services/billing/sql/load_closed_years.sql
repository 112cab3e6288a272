-- The years that are closed in these partitions.
--
-- $1 partition smallint[]
--
-- What was decided of a year last holds.

SELECT newest.partition::integer AS partition,
       newest.year::integer      AS year
  FROM (SELECT DISTINCT ON (year_decided.partition, year_decided.year)
               year_decided.partition, year_decided.year, year_decided.closed
          FROM year_decided
         WHERE year_decided.partition = ANY ($1::smallint[])
         ORDER BY year_decided.partition, year_decided.year, year_decided.position DESC) AS newest
 WHERE newest.closed
 ORDER BY newest.partition, newest.year;
