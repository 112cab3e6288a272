-- What allocations that run on some day of a period need a contract for, as the newest version known on a day has each.
--
-- $1 municipality  text  '' is the whole region
-- $2 first_day     date  of the period
-- $3 last_day      date
-- $4 known_on      date
-- $5 provider      text  '' is all of them

SELECT municipality AS municipality,
       provider     AS provider,
       segment      AS segment,
       client       AS client,
       funding      AS funding,
       profile      AS profile,
       intensity    AS intensity,
       first_day    AS first_day,
       last_day     AS last_day
  FROM running
 WHERE known_day <= $4::date
   AND (replaced_day IS NULL OR replaced_day > $4::date)
   AND NOT removed
   AND first_day <= last_day
   AND first_day <= $3::date
   AND last_day >= $2::date
   AND ($1::text = '' OR municipality = $1::text)
   AND ($5::text = '' OR provider = $5::text);
