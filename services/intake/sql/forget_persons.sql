-- Persons are forgotten: their references are nobody's from now on.
--
-- $1 reference     text[]
-- $2 last_day      date[]
-- $3 forgotten_on  date
-- $4 owner         text
-- $5 id            text    of the fact by which it is done
-- $6 words         text    the reason that an operator gave

WITH gone AS (
    DELETE FROM person
     WHERE reference = ANY($1::text[])
    RETURNING reference
)
INSERT INTO forgotten (reference, last_day, forgotten_on, owner, id, words)
SELECT due.reference, due.last_day, $3, $4, $5, $6
  FROM unnest($1::text[], $2::date[]) AS due(reference, last_day)
  JOIN gone USING (reference);
