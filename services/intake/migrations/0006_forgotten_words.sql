-- The reason that an operator gave; none where the calendar did it.
ALTER TABLE forgotten
    ADD COLUMN words text NOT NULL DEFAULT '';
