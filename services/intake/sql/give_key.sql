-- A key is known from now on; the rights that it had are gone.
--
-- $1 key          text
-- $2 owner        text
-- $3 is_operator  boolean

WITH gone AS (
    DELETE FROM sender_right WHERE key = $1
)
INSERT INTO sender (key, owner, is_operator)
VALUES ($1, $2, $3)
    ON CONFLICT (key) DO UPDATE
   SET owner = excluded.owner, is_operator = excluded.is_operator;
