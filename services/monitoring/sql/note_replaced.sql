-- Notes on versions of allocations the day on which the next one became known.
--
-- $1 partition     smallint[]  one entry for each version, each key once
-- $2 municipality  text[]
-- $3 number        text[]
-- $4 known_day     date[]
-- $5 replaced_day  date[]

UPDATE running
   SET replaced_day = noted.replaced_day
  FROM unnest($1::smallint[], $2::text[], $3::text[], $4::date[], $5::date[])
       AS noted(partition, municipality, number, known_day, replaced_day)
 WHERE running.partition = noted.partition
   AND running.municipality = noted.municipality
   AND running.number = noted.number
   AND running.known_day = noted.known_day;
