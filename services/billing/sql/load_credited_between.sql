-- The references that were credited, from after one line up to another, in the same order.
--
-- $1 partition          smallint
-- $2 after_conversation bigint
-- $3 after_reference    text
-- $4 last_conversation  bigint
-- $5 last_reference     text

SELECT credit.conversation AS conversation,
       credit.credits      AS reference
  FROM line AS credit
 WHERE credit.partition = $1
   AND credit.reason IS NULL
   AND credit.credits IS NOT NULL
   AND (credit.conversation, credit.credits) > ($2, $3)
   AND (credit.conversation, credit.credits) <= ($4, $5)
 ORDER BY credit.conversation, credit.credits;
