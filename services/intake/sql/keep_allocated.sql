-- Whose allocation a number is, before it was answered.
--
-- $1 conversation  text[]
-- $2 number        text[]  each once in its conversation
-- $3 reference     text[]

INSERT INTO allocated (conversation, number, reference)
SELECT *
  FROM unnest($1::text[], $2::text[], $3::text[])
 ORDER BY 1, 2
    ON CONFLICT (conversation, number) DO UPDATE
   SET reference = excluded.reference
 WHERE allocated.reference <> excluded.reference;
