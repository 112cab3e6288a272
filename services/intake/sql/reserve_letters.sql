-- Positions for letters, after what is in their mailboxes already.
--
-- $1 address  text[]    each once
-- $2 count    bigint[]

INSERT INTO mailbox (address, head)
SELECT *
  FROM unnest($1::text[], $2::bigint[])
 ORDER BY 1
    ON CONFLICT (address) DO UPDATE
   SET head = mailbox.head + excluded.head
RETURNING mailbox.address AS address, mailbox.head AS head;
