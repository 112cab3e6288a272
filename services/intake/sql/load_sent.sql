-- What the ids of a batch were used for before.
--
-- $1 owner  text[]
-- $2 id     text[]

SELECT sent.owner AS owner, sent.id AS id, sent.content AS content, sent.admitted AS admitted,
       sent.code AS code, sent.sentence AS sentence
  FROM unnest($1::text[], $2::text[]) AS asked(owner, id)
  JOIN sent USING (owner, id);
