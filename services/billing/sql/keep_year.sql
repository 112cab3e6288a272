-- A year is closed in a partition, or opened again: all of the work on it is done.
--
-- $1 partition   smallint
-- $2 year        smallint
-- $3 position    bigint
-- $4 closed      boolean
-- $5 reason      text
-- $6 proposed_by text
-- $7 approved_by text
-- $8 known_day   date

INSERT INTO year_decided (partition, year, position, closed, reason, proposed_by, approved_by, known_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
