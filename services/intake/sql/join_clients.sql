-- Two references are of one person: what was known of the first is of the second, cases under way too,
-- and the number of the first is nobody's from now on.
--
-- $1 reference       text
-- $2 into_reference  text

WITH fate AS (
    INSERT INTO client_fate (reference, into_reference)
    VALUES ($1, $2)
        ON CONFLICT (reference) DO UPDATE
       SET into_reference = excluded.into_reference
), before AS (
    UPDATE client_fate
       SET into_reference = $2
     WHERE into_reference = $1
), death AS (
    INSERT INTO client_fate (reference, died_on)
    SELECT $2, died_on
      FROM client_fate
     WHERE reference = $1 AND died_on IS NOT NULL
        ON CONFLICT (reference) DO UPDATE
       SET died_on = COALESCE(client_fate.died_on, excluded.died_on)
), allocations AS (
    UPDATE allocated
       SET reference = $2
     WHERE reference = $1
), cases AS (
    UPDATE linked_case
       SET reference = $2
     WHERE reference = $1 AND kind = 1 AND state <> 3
), care AS (
    INSERT INTO care_said (reference, kind, conversation, allocation, first_day, last_day)
    SELECT $2, kind, conversation, allocation, first_day, last_day
      FROM care_said
     WHERE reference = $1
     ORDER BY number
)
DELETE FROM person
 WHERE reference = $1;
