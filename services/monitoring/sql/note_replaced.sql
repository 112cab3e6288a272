-- Notes on each version of some allocations the day on which the next one became known.
--
-- $1 partition     smallint[]  one entry for each version just kept
-- $2 municipality  text[]
-- $3 number        text[]

WITH version AS (
    SELECT running.partition, running.municipality, running.number, running.known_day,
           lead(running.known_day) OVER (PARTITION BY running.partition, running.municipality, running.number
                                             ORDER BY running.known_day) AS replaced_day
      FROM (SELECT DISTINCT * FROM unnest($1::smallint[], $2::text[], $3::text[]))
           AS kept(partition, municipality, number)
      JOIN running USING (partition, municipality, number)
)
UPDATE running
   SET replaced_day = version.replaced_day
  FROM version
 WHERE running.partition = version.partition
   AND running.municipality = version.municipality
   AND running.number = version.number
   AND running.known_day = version.known_day
   AND running.replaced_day IS NULL
   AND version.replaced_day IS NOT NULL;
