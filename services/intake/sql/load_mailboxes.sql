-- How far mailboxes have been filled.
--
-- $1 address  text[]

SELECT mailbox.address AS address, mailbox.head AS head
  FROM mailbox
 WHERE mailbox.address = ANY($1::text[]);
