-- Notes what ids were used for. Fewer rows than given: another replica has noted one of them meanwhile.
--
-- $1 owner     text[]
-- $2 id        text[]
-- $3 content   bytea[]
-- $4 admitted  boolean[]
-- $5 code      text[]
-- $6 sentence  text[]
--
-- Rows go in in one order for everyone, so that two replicas never wait for each other.

WITH kept AS (
    INSERT INTO sent (owner, id, content, admitted, code, sentence)
    SELECT *
      FROM unnest($1::text[], $2::text[], $3::bytea[], $4::boolean[], $5::text[], $6::text[])
     ORDER BY 1, 2
        ON CONFLICT (owner, id) DO NOTHING
    RETURNING 1
)
SELECT count(*) AS count FROM kept;
