-- Records of persons are read: one row for what one reader reads for one reason in one place.
--
-- $1 owner           text[]
-- $2 reason          text[]
-- $3 words           text[]
-- $4 address         text[]
-- $5 first_position  bigint[]
-- $6 last_position   bigint[]
-- $7 client          text[]    by reference

INSERT INTO person_read (owner, reason, words, address, first_position, last_position, persons, clients)
SELECT opened.owner, opened.reason, opened.words, opened.address, opened.first_position, opened.last_position,
       count(DISTINCT opened.client), array_agg(DISTINCT opened.client)
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[])
       AS opened(owner, reason, words, address, first_position, last_position, client)
 GROUP BY 1, 2, 3, 4, 5, 6
 ORDER BY 1, 2, 4, 5;
