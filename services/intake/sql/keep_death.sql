-- A client died on this day; null: it was not so.
--
-- $1 reference  text
-- $2 died_on    date

INSERT INTO client_fate (reference, died_on)
VALUES ($1, $2)
    ON CONFLICT (reference) DO UPDATE
   SET died_on = excluded.died_on;
