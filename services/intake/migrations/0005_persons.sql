-- Who read the records of which persons, and why (NEN 7513). `clients` are their references, `words` is the
-- reason that a person gave; `address` is the mailbox or the conversation, or the id of what an operator said.
ALTER TABLE person_read
    ADD COLUMN reason  text   NOT NULL DEFAULT 'LETTERS',
    ADD COLUMN words   text   NOT NULL DEFAULT '',
    ADD COLUMN clients text[] NOT NULL DEFAULT '{}';
CREATE INDEX person_read_clients ON person_read USING gin (clients);

-- The day on which somebody last asked care for a person. Who was known before counts from today.
ALTER TABLE person
    ADD COLUMN named_on date NOT NULL DEFAULT CURRENT_DATE;

-- Whose person was forgotten: nobody's from then on. `last_day` is the last one of care, `id` that of the
-- fact by which it was done.
CREATE TABLE forgotten (
    reference    text        PRIMARY KEY,
    last_day     date        NOT NULL,
    forgotten_on date        NOT NULL,
    forgotten_at timestamptz NOT NULL DEFAULT now(),
    owner        text        NOT NULL,
    id           text        NOT NULL,
    CHECK (last_day < forgotten_on)
);

-- Rows of these come in, and are never changed or taken away, by this house either.
CREATE FUNCTION is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON person_read
    FOR EACH STATEMENT EXECUTE FUNCTION is_only_added_to();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON forgotten
    FOR EACH STATEMENT EXECUTE FUNCTION is_only_added_to();
ALTER TABLE person_read ENABLE ALWAYS TRIGGER only_added;
ALTER TABLE forgotten ENABLE ALWAYS TRIGGER only_added;
REVOKE UPDATE, DELETE, TRUNCATE ON person_read, forgotten FROM CURRENT_USER;
