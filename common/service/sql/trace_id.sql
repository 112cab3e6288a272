-- What this house said under an id, or in every partition under it: book-7@12.
--
-- $1 id  text

SELECT said.partition AS partition, said.position AS position, said.id AS id, said.type AS type,
       said.subject AS subject, said.time AS time, said.known_day AS known_day
  FROM (SELECT $1::text UNION ALL SELECT $1 || '@' || partition FROM generate_series(0, 63) AS partition) AS asked(id)
 CROSS JOIN LATERAL (SELECT * FROM outbox WHERE outbox.id = asked.id) AS said
 ORDER BY said.partition, said.position;
