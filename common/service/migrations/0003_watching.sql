-- What the people on duty look at: what each turn took and when, who shows life since when, and
-- what was decided of a message put aside. No decision reads it.

-- One row for each partition of a turn. What was said after the messages stands between `said_first`
-- and `said_last` in the outbox; 0 when nothing was. A message that is begun and not done is the last.
CREATE TABLE turn_taken (
    partition      smallint    NOT NULL,
    source         text        NOT NULL,
    first_position bigint      NOT NULL,
    last_position  bigint      NOT NULL,
    said_first     bigint      NOT NULL,
    said_last      bigint      NOT NULL,
    taken_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (partition, source, last_position, taken_at)
);

ALTER TABLE replica
    ADD COLUMN version text        NOT NULL DEFAULT '',
    ADD COLUMN since   timestamptz NOT NULL DEFAULT clock_timestamp();

-- The id of the decision tells who made it: owner:id.
ALTER TABLE set_aside
    ADD COLUMN decided_id     text,
    ADD COLUMN decided_day    date,
    ADD COLUMN decided_reason text;
CREATE INDEX set_aside_waiting ON set_aside (partition, position) WHERE state = 'ASIDE';
