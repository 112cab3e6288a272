-- Somebody reads letters about persons.
--
-- $1 owner           text
-- $2 address         text
-- $3 first_position  bigint
-- $4 last_position   bigint
-- $5 persons         integer

INSERT INTO person_read (owner, address, first_position, last_position, persons)
VALUES ($1, $2, $3, $4, $5);
