-- What one operator proposes and another approves, beside books: that a year is closed or opened again, and payments.
-- A subject is "year 2020", or "payment 0503/90000001 inkoop:p-17".
CREATE TABLE matter (
    number      bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject     text    NOT NULL,
    closes      boolean NOT NULL, -- a year; false where it is opened again, and for payments
    proposed_by text    NOT NULL,
    contents    bytea   NOT NULL,
    approved_by text,
    approved_on date,
    CHECK ((approved_by IS NULL) = (approved_on IS NULL)),
    CHECK (approved_by <> proposed_by)
);
CREATE UNIQUE INDEX matter_waiting ON matter (subject) WHERE approved_by IS NULL;
CREATE INDEX matter_subject ON matter (subject, number);
