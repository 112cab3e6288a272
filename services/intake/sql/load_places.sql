-- The conversations in which a client has allocations.
--
-- $1 reference  text

SELECT DISTINCT allocated.conversation AS conversation,
       COALESCE(allocated.municipality, split_part(allocated.conversation, '/', 1)) AS municipality,
       COALESCE(allocated.provider, split_part(allocated.conversation, '/', 2)) AS provider
  FROM allocated
 WHERE allocated.reference = $1
 ORDER BY 1, 2, 3;
