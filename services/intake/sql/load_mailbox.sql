-- How far a mailbox has been filled.
--
-- $1 address  text

SELECT mailbox.head AS head
  FROM mailbox
 WHERE mailbox.address = $1;
