-- The day on which a newer version of an allocation became known: what was known on a day is
-- then found by looking at each version alone. Nothing else of a version ever changes.
ALTER TABLE running ADD COLUMN replaced_day date;

UPDATE running
   SET replaced_day = version.replaced_day
  FROM (SELECT partition, municipality, number, known_day,
               lead(known_day) OVER (PARTITION BY partition, municipality, number ORDER BY known_day) AS replaced_day
          FROM running) AS version
 WHERE running.partition = version.partition
   AND running.municipality = version.municipality
   AND running.number = version.number
   AND running.known_day = version.known_day
   AND version.replaced_day IS NOT NULL;
