-- What a person decided of a message that was set aside, and why.
--
-- $1 partition   smallint
-- $2 id          text
-- $3 state       text      RETRIED or DROPPED
-- $4 decided_id  text      of the decision; it begins with who decided
-- $5 known_day   date
-- $6 reason      text

UPDATE set_aside
   SET state = $3::text, decided_id = $4::text, decided_day = $5::date, decided_reason = $6::text
 WHERE partition = $1::smallint
   AND id = $2::text
   AND state = 'ASIDE';
