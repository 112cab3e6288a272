-- A book is proposed; the first who proposes it is its proposer.
--
-- $1 number       integer
-- $2 digest       text
-- $3 slug         text
-- $4 proposed_by  text
-- $5 contents     bytea

INSERT INTO proposal (number, digest, slug, proposed_by, contents)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (number, digest) DO NOTHING;
