-- Keeps the day on which a person judged a request that had come before.
--
-- $1 partition     smallint[]  one entry for each request
-- $2 municipality  text[]
-- $3 provider      text[]
-- $4 reference     text[]
-- $5 known_day     date[]      on which it was judged
-- $6 due_day       date[]      not looked at
-- $7 done_day      date[]

UPDATE referred
   SET done_day = judged.done_day
  FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::date[])
       AS judged(partition, municipality, provider, reference, known_day, due_day, done_day)
 WHERE referred.partition = judged.partition
   AND referred.municipality = judged.municipality
   AND referred.provider = judged.provider
   AND referred.reference = judged.reference;
