-- Starts and stops in the conversations from one to another, oldest first.
--
-- $1 partition          smallint
-- $2 first_conversation bigint
-- $3 last_conversation  bigint

SELECT care.conversation AS conversation,
       care.allocation   AS number,
       care.day          AS day,
       care.reason       AS stop_reason
  FROM care
 WHERE care.partition = $1
   AND care.conversation BETWEEN $2 AND $3
 ORDER BY care.conversation, care.allocation, care.position;
