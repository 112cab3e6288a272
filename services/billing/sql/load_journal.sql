-- What was posted of the conversations from one to another in a year, and in one month of it.
--
-- $1 partition          smallint
-- $2 first_conversation bigint
-- $3 last_conversation  bigint
-- $4 year               smallint   booked in
-- $5 month              integer    1 to 12, 13: what was booked in the year after it had ended; 0: all
--
-- A month is that of the day on which it became known.

SELECT posting.conversation          AS conversation,
       posting.declaration           AS document,
       posting.position              AS position,
       posting.service_year::integer AS service_year,
       posting.account               AS account,
       posting.amount_cents          AS amount_cents,
       posting.known_day             AS known_day
  FROM posting
 WHERE posting.partition = $1
   AND posting.conversation BETWEEN $2 AND $3
   AND posting.booked_year = $4
   AND ($5 = 0
        OR $5 = CASE WHEN extract(year FROM posting.known_day) > posting.booked_year THEN 13
                     ELSE extract(month FROM posting.known_day)::integer END)
 ORDER BY posting.conversation, posting.position, posting.declaration COLLATE "C", posting.service_year, posting.account;
