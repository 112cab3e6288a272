-- Days that begin.
--
-- $1 first_day  date
-- $2 last_day   date

INSERT INTO calendar (day)
SELECT begun::date
  FROM generate_series($1::date, $2::date, interval '1 day') AS begun;
