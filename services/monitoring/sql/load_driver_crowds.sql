-- Who is behind the approved lines of some months and of the same months a year earlier, by kind
-- of care, each as known on a day of its own: the packed clients of all declarations behind each other.
--
-- $1 municipality     text  '' is the whole region
-- $2 before_first     date
-- $3 before_last      date
-- $4 before_known_on  date
-- $5 after_first      date
-- $6 after_last       date
-- $7 after_known_on   date

SELECT municipality                   AS municipality,
       segment                        AS segment,
       content                        AS content,
       funding                        AS funding,
       month >= $5::date              AS after,
       month                          AS month,
       string_agg(clients, ''::bytea) AS clients
  FROM cared
 WHERE ((month BETWEEN $2::date AND $3::date AND known_day <= $4::date) OR
        (month BETWEEN $5::date AND $6::date AND known_day <= $7::date))
   AND ($1::text = '' OR municipality = $1::text)
 GROUP BY municipality, segment, content, funding, month;
