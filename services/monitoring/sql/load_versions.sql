-- All versions that are kept of some allocations: what of them counts in sums.
--
-- $1 partition     smallint[]  one entry for each allocation; it may stand there more than once
-- $2 municipality  text[]
-- $3 number        text[]

SELECT running.partition    AS partition,
       running.municipality AS municipality,
       running.number       AS number,
       running.known_day    AS known_day,
       running.first_day    AS first_day,
       running.last_day     AS last_day,
       running.removed      AS removed,
       running.worth_cents  AS worth_cents,
       running.worth_days   AS worth_days,
       running.replaced_day AS replaced_day
  FROM (SELECT DISTINCT * FROM unnest($1::smallint[], $2::text[], $3::text[]))
       AS heard(partition, municipality, number)
  JOIN running USING (partition, municipality, number);
