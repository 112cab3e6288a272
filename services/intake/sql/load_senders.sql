-- For whom keys may speak. A key without rights has one row.
--
-- $1 key  text[]

SELECT sender.key AS key, sender.owner AS owner, sender.is_operator AS is_operator,
       sender_right.provider AS provider, sender_right.municipality AS municipality,
       sender_right.first_day AS first_day, sender_right.last_day AS last_day
  FROM sender
  LEFT JOIN sender_right USING (key)
 WHERE sender.key = ANY($1::text[])
 ORDER BY sender.key;
