-- Each allocation as it was last answered; null until an answer has come. What is to be granted in
-- another conversation is made of it. `results` are those of its trajectory, a line each.
ALTER TABLE allocated
    ADD COLUMN municipality text,
    ADD COLUMN provider     text,
    ADD COLUMN trajectory   text,
    ADD COLUMN segment      text,
    ADD COLUMN profile      text,
    ADD COLUMN intensity    text,
    ADD COLUMN funding      smallint,
    ADD COLUMN category     text,
    ADD COLUMN code         text,
    ADD COLUMN volume       bigint,
    ADD COLUMN unit         smallint,
    ADD COLUMN frequency    smallint,
    ADD COLUMN first_day    date,
    ADD COLUMN last_day     date,
    ADD COLUMN removed      boolean,
    ADD COLUMN referrer     smallint,
    ADD COLUMN results      text;
CREATE INDEX allocated_reference ON allocated (reference);

-- What was found out of a client, and is said again whenever an answer still speaks of it otherwise:
-- that the reference is another's, or that the client died.
CREATE TABLE client_fate (
    reference      text PRIMARY KEY,
    into_reference text,
    died_on        date,
    CHECK (into_reference <> reference)
);

-- Care that goes from one conversation to another, and what concerns a client in several. `id` is
-- that of the fact that opened it. Kind: 1 care moves, 2 a death, 3 two clients are one. State:
-- 1 asked to grant, 2 told to end, 3 closed, 4 not granted, 5 not ended; all but 3 are shown.
CREATE TABLE linked_case (
    id              text     PRIMARY KEY,
    owner           text     NOT NULL,
    sent_id         text     NOT NULL,
    kind            smallint NOT NULL CHECK (kind IN (1, 2, 3)),
    reference       text     NOT NULL,
    into_reference  text     NOT NULL,
    conversation    text     NOT NULL,
    municipality    text     NOT NULL,
    provider        text     NOT NULL,
    allocation      text     NOT NULL,
    to_conversation text     NOT NULL,
    to_municipality text     NOT NULL,
    to_provider     text     NOT NULL,
    day             date     NOT NULL,
    consent         text     NOT NULL,
    opened_on       date     NOT NULL,
    state           smallint NOT NULL CHECK (state BETWEEN 1 AND 5),
    why             text     NOT NULL, -- name of the reason for which a half was left open
    waits_for       text     NOT NULL, -- id of the fact whose answer goes on with it
    changed_on      date     NOT NULL
);
CREATE INDEX linked_case_waits ON linked_case (waits_for) WHERE state IN (1, 2);
CREATE INDEX linked_case_open ON linked_case (conversation, allocation) WHERE state <> 3;
