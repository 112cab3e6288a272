-- The messages that were set aside, those that wait for a person first.
--
-- $1 municipality  text     '' for all
-- $2 id            text     '' for all
-- $3 settled       boolean  also those that a person has decided of
-- $4 count         integer  at most

SELECT partition AS partition, source AS source, position AS position, id AS id, type AS type, subject AS subject,
       time AS time, known_day AS known_day, length(data) AS bytes, reason AS reason, state AS state,
       decided_id AS decided_id, decided_day AS decided_day, decided_reason AS decided_reason
  FROM set_aside
 WHERE ($1::text = '' OR starts_with(subject, $1 || '/'))
   AND ($2::text = '' OR id = $2)
   AND ($3::boolean OR state = 'ASIDE')
 ORDER BY state <> 'ASIDE', time DESC, partition, position
 LIMIT $4::integer;
