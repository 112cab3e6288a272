-- What was decided of a year last, in each of these partitions where anything was.
--
-- $1 partition smallint[]
-- $2 year      smallint

SELECT DISTINCT ON (year_decided.partition)
       year_decided.partition::integer AS partition,
       year_decided.closed             AS closed,
       year_decided.reason             AS reason,
       year_decided.proposed_by        AS proposed_by,
       year_decided.approved_by        AS approved_by,
       year_decided.known_day          AS known_day
  FROM year_decided
 WHERE year_decided.partition = ANY ($1::smallint[])
   AND year_decided.year = $2
 ORDER BY year_decided.partition, year_decided.position DESC;
