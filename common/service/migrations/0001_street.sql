-- What every house needs to take part in the street: its log, its place in the logs that it
-- hears, its replicas, and what it put aside.

-- The log of what this house says. Positions are dense and follow commit order: a turn takes
-- the heads of its partitions just before it appends.
CREATE TABLE outbox (
    partition smallint    NOT NULL CHECK (partition BETWEEN 0 AND 63),
    position  bigint      NOT NULL CHECK (position > 0),
    id        text        NOT NULL,
    type      text        NOT NULL,
    subject   text        NOT NULL,
    time      timestamptz NOT NULL,
    known_day date        NOT NULL,
    version   smallint    NOT NULL,
    data      bytea       NOT NULL,
    PRIMARY KEY (partition, position)
) WITH (toast_tuple_target = 8160, autovacuum_freeze_min_age = 0);

-- Payloads of some kilobytes stay in their row; larger ones are compressed cheaply first.
ALTER TABLE outbox ALTER COLUMN data SET STORAGE MAIN;
ALTER TABLE outbox ALTER COLUMN data SET COMPRESSION lz4;

CREATE TABLE outbox_head (
    partition smallint PRIMARY KEY,
    position  bigint   NOT NULL,
    id        text     NOT NULL
) WITH (fillfactor = 10);

INSERT INTO outbox_head SELECT partition, 0, '' FROM generate_series(0, 63) AS partition;

-- How far this house has heard each of its neighbours. `head` is how far the neighbour has
-- spoken: the difference is what waits. Work that is cut leaves `cursor` and what it said so far.
CREATE TABLE inbox (
    source    text     NOT NULL,
    partition smallint NOT NULL,
    position  bigint   NOT NULL DEFAULT 0,
    id        text     NOT NULL DEFAULT '',
    head      bigint   NOT NULL DEFAULT 0,
    cursor    bytea    NOT NULL DEFAULT '',
    said      integer  NOT NULL DEFAULT 0,
    state     text     NOT NULL DEFAULT 'HEARING'
              CHECK (state IN ('HEARING', 'BEHIND', 'DIVERGED', 'WAITING')),
    PRIMARY KEY (partition, source)
) WITH (fillfactor = 10);

-- Signs of life, written outside turns.
CREATE TABLE replica (
    name    text        PRIMARY KEY,
    beat_at timestamptz NOT NULL
) WITH (fillfactor = 10);

-- The connections that a peer ends when the replica shows no life.
CREATE TABLE replica_backend (
    backend integer     PRIMARY KEY,
    started timestamptz NOT NULL,
    replica text        NOT NULL,
    purpose text        NOT NULL
);

-- Messages that could not be handled, as they were heard.
CREATE TABLE set_aside (
    partition smallint    NOT NULL,
    source    text        NOT NULL,
    position  bigint      NOT NULL,
    id        text        NOT NULL,
    type      text        NOT NULL,
    subject   text        NOT NULL,
    time      timestamptz NOT NULL,
    known_day date        NOT NULL,
    data      bytea       NOT NULL,
    reason    text        NOT NULL,
    state     text        NOT NULL DEFAULT 'ASIDE' CHECK (state IN ('ASIDE', 'RETRIED', 'DROPPED')),
    PRIMARY KEY (partition, source, position)
);
CREATE INDEX set_aside_id ON set_aside (partition, id);
