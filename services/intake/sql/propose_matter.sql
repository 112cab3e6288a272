-- Something is proposed; the first who proposes it is its proposer.
--
-- $1 subject     text
-- $2 proposed_by text
-- $3 contents    bytea
-- $4 closes      boolean   a year; false for all else

INSERT INTO matter (subject, proposed_by, contents, closes)
VALUES ($1, $2, $3, $4)
    ON CONFLICT (subject) WHERE approved_by IS NULL DO NOTHING;
