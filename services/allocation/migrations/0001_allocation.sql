-- What allocation keeps. Everything but the two counters is only ever added to: what changes is a
-- new version, and the current one is the highest. In each key the partition is followed by what
-- tells rows apart soonest, so that a look-up compares little.

CREATE TABLE trajectory (
    partition smallint NOT NULL,
    id        text     NOT NULL,
    client    text     NOT NULL,
    segment   text     NOT NULL,
    content   smallint NOT NULL CHECK (content IN (1, 2)),
    profile   text     NOT NULL,
    intensity text     NOT NULL,
    results   text[]   NOT NULL, -- that the client and the provider mean to reach
    known_day date     NOT NULL,
    heard_id  text     NOT NULL,
    PRIMARY KEY (partition, id)
);

-- Numbers taken over may repeat between municipalities. Units, frequencies, referrers and reasons
-- of change are the national codes; funding is 1 PXQ or 2 PIC, cohort 1 new or 2 existing.
CREATE TABLE allocation (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    number       text     NOT NULL,
    version      integer  NOT NULL CHECK (version > 0),
    provider     text     NOT NULL,
    client       text     NOT NULL,
    trajectory   text     NOT NULL,
    segment      text     NOT NULL,
    profile      text     NOT NULL,
    intensity    text     NOT NULL,
    funding      smallint NOT NULL CHECK (funding IN (1, 2)),
    cohort       smallint NOT NULL CHECK (cohort IN (0, 1, 2)),
    category     text     NOT NULL,
    code         text     NOT NULL,
    volume       bigint   NOT NULL CHECK (volume >= 0),
    unit         smallint NOT NULL,
    frequency    smallint NOT NULL,
    first_day    date     NOT NULL,
    last_day     date     NOT NULL,
    contract     text     NOT NULL,
    referrer     smallint NOT NULL,
    book         integer  NOT NULL,
    taken_over   boolean  NOT NULL,
    removed      boolean  NOT NULL,
    change       smallint NOT NULL,
    known_day    date     NOT NULL,
    heard_id     text     NOT NULL,
    CHECK (first_day <= last_day),
    PRIMARY KEY (partition, number, municipality, version)
);

-- The numbers of a client; where a conversion gave one, the client counts as new from moved_from
-- on. A table of its own, so that each table has one key and is found by it whatever the
-- statistics say.
CREATE TABLE client_number (
    partition    smallint NOT NULL,
    client       text     NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    number       text     NOT NULL,
    moved_from   date,
    PRIMARY KEY (partition, client, municipality, provider, number)
);

-- What was asked, and what became of it: state is 1 pending, 2 granted or 3 refused. The first
-- version of what waits for a person holds what was heard, to be judged again when one has spoken.
CREATE TABLE request (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    reference    text     NOT NULL,
    version      integer  NOT NULL CHECK (version > 0),
    client       text     NOT NULL,
    state        smallint NOT NULL CHECK (state IN (1, 2, 3)),
    reason       text     NOT NULL,
    due_day      date,
    asked        bytea,
    known_day    date     NOT NULL,
    heard_id     text     NOT NULL,
    CHECK ((due_day IS NOT NULL) = (state = 1)),
    CHECK ((asked IS NOT NULL) = (version = 1 AND state = 1)),
    PRIMARY KEY (partition, reference, municipality, provider, version)
);

-- The requests for a client that ever had to wait.
CREATE TABLE client_request (
    partition    smallint NOT NULL,
    client       text     NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    reference    text     NOT NULL,
    PRIMARY KEY (partition, client, municipality, provider, reference)
);

-- What waits for a person, and until when it may.
CREATE VIEW worklist AS
SELECT newest.*
  FROM (SELECT DISTINCT ON (partition, municipality, provider, reference)
               municipality, provider, reference, client, state, reason, due_day, known_day
          FROM request
         ORDER BY partition, municipality, provider, reference, version DESC) AS newest
 WHERE newest.state = 1;

-- Care that started or stopped under an allocation. The position is that of what was heard in its
-- log, so that the newest is known.
CREATE TABLE delivery (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    number       text     NOT NULL,
    position     bigint   NOT NULL,
    started      boolean  NOT NULL,
    day          date     NOT NULL,
    stop_reason  smallint NOT NULL,
    known_day    date     NOT NULL,
    heard_id     text     NOT NULL,
    PRIMARY KEY (partition, number, municipality, position)
);

-- Allocations that care known late would have given another cohort. Nothing flips: a person looks.
CREATE TABLE cohort_doubt (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    number       text     NOT NULL,
    position     bigint   NOT NULL,
    would_be     smallint NOT NULL CHECK (would_be IN (1, 2)),
    known_day    date     NOT NULL,
    heard_id     text     NOT NULL,
    PRIMARY KEY (partition, number, municipality, position)
);

-- The clients that a batch is about, whichever way it names them: by reference, by the number of
-- an allocation or by the reference of a request; '' where it does not name them so. A client never
-- changes, so the first version tells.
CREATE FUNCTION named_client(partition smallint[], municipality text[], provider text[], client text[],
                             number text[], request text[])
RETURNS TABLE (partition smallint, municipality text, provider text, client text)
LANGUAGE sql STABLE
AS $$
    SELECT named.partition, named.municipality, named.provider,
           COALESCE(NULLIF(named.client, ''),
                    (SELECT allocation.client
                       FROM allocation
                      WHERE allocation.partition = named.partition
                        AND allocation.municipality = named.municipality
                        AND allocation.number = named.number
                        AND allocation.version = 1),
                    (SELECT request.client
                       FROM request
                      WHERE request.partition = named.partition
                        AND request.municipality = named.municipality
                        AND request.provider = named.provider
                        AND request.reference = named.reference
                        AND request.version = 1))
      FROM unnest($1, $2, $3, $4, $5, $6) AS named(partition, municipality, provider, client, number, reference)
$$;

-- Counters: how many numbers a partition gave out, and how much of a ceiling is used.
CREATE TABLE number_count (
    partition    smallint PRIMARY KEY,
    allocations  bigint   NOT NULL,
    trajectories bigint   NOT NULL
) WITH (fillfactor = 10);

INSERT INTO number_count SELECT partition, 0, 0 FROM generate_series(0, 63) AS partition;

CREATE TABLE contract_use (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    segment      text     NOT NULL,
    contract     text     NOT NULL,
    allocations  bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, segment, contract)
) WITH (fillfactor = 50);
