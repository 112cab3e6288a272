-- What is added up, now also by provider and by Profile-Intensity Combination, with trajectories,
-- their cost, and what became of them. Sums that were made before have no such places: the house
-- begins anew, and hears the whole street again from billing's log.
DROP TABLE spent, cared, running, decided, rejected, answered, posted, joined;
DELETE FROM inbox;
DELETE FROM heard_book;
DELETE FROM set_aside;

-- Money of approved lines: by the month of service, the kind of care with its PIC ('' for none),
-- and how it is paid.
CREATE TABLE spent (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    segment      text     NOT NULL,
    content      smallint NOT NULL,
    funding      smallint NOT NULL,
    profile      text     NOT NULL,
    intensity    text     NOT NULL,
    month        date     NOT NULL,
    known_day    date     NOT NULL,
    debet_lines  bigint   NOT NULL,
    debet_cents  bigint   NOT NULL,
    credit_lines bigint   NOT NULL,
    credit_cents bigint   NOT NULL,
    corrected_cents bigint NOT NULL, -- of debet less credit: what books made that changed prices
    PRIMARY KEY (partition, municipality, provider, segment, content, funding, profile, intensity, month, known_day)
);
CREATE INDEX spent_month ON spent USING brin (month);
CREATE INDEX spent_known ON spent USING brin (known_day);

-- Who is behind that money: for each declaration, month and kind, the clients and how many
-- approved lines each has, packed. Clients must be counted once over all providers, and a client
-- with two of them stands in two partitions: so they are brought together when a table is made.
CREATE TABLE cared (
    partition    smallint NOT NULL,
    position     bigint   NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    segment      text     NOT NULL,
    content      smallint NOT NULL,
    funding      smallint NOT NULL,
    month        date     NOT NULL,
    known_day    date     NOT NULL,
    clients      bytea    NOT NULL,
    PRIMARY KEY (partition, position, month, segment, content, funding)
);
ALTER TABLE cared ALTER COLUMN clients SET STORAGE EXTERNAL;
CREATE INDEX cared_month ON cared USING brin (month);

-- Allocations as they were known: the newest version known on a day is the one that counts. What
-- one is worth is an amount over its first `worth_days` days: a PIC's is that of the whole.
CREATE TABLE running (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    number       text     NOT NULL,
    known_day    date     NOT NULL,
    provider     text     NOT NULL,
    trajectory   text     NOT NULL,
    client       bigint   NOT NULL,
    segment      text     NOT NULL,
    content      smallint NOT NULL,
    funding      smallint NOT NULL,
    cohort       smallint NOT NULL,
    profile      text     NOT NULL,
    intensity    text     NOT NULL,
    first_day    date     NOT NULL,
    last_day     date     NOT NULL,
    removed      boolean  NOT NULL,
    worth_cents  bigint   NOT NULL,
    worth_days   integer  NOT NULL,
    replaced_day date,    -- on which the next version became known; nothing else of a version ever changes
    PRIMARY KEY (partition, municipality, number, known_day)
);
CREATE INDEX running_known ON running (known_day);

-- All that was told of a trajectory, packed, in the order in which it was told: its allocations, that
-- care began, stopped, what came of it, and where it has a PIC what it cost. A row is read as it was
-- known on a day, and one for each trajectory is all that is read.
CREATE TABLE trajectory (
    partition    smallint NOT NULL,
    id           text     NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    segment      text     NOT NULL, -- '' until an allocation tells it
    profile      text     NOT NULL,
    intensity    text     NOT NULL,
    told         bytea    NOT NULL,
    PRIMARY KEY (partition, id)
) WITH (fillfactor = 75);
ALTER TABLE trajectory ALTER COLUMN told SET STORAGE EXTERNAL;

-- What became of requests and allocations.
CREATE TABLE decided (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    verdict      text     NOT NULL,
    reason       text     NOT NULL,
    known_day    date     NOT NULL,
    facts        bigint   NOT NULL,
    allocations  bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, provider, verdict, reason, known_day)
);
CREATE INDEX decided_known ON decided (known_day);

-- Requests that a person must judge, and the day on which that was done.
CREATE TABLE referred (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    reference    text     NOT NULL,
    known_day    date     NOT NULL,
    due_day      date     NOT NULL,
    done_day     date,
    PRIMARY KEY (partition, municipality, provider, reference)
);

-- Rejected lines by national return code and our reason.
CREATE TABLE rejected (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    code         text     NOT NULL,
    reason       text     NOT NULL,
    known_day    date     NOT NULL,
    lines        bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, provider, code, reason, known_day)
);
CREATE INDEX rejected_known ON rejected USING brin (known_day);

-- Declarations by the code of the whole.
CREATE TABLE answered (
    partition       smallint NOT NULL,
    municipality    text     NOT NULL,
    provider        text     NOT NULL,
    code            text     NOT NULL,
    known_day       date     NOT NULL,
    declarations    bigint   NOT NULL,
    submitted_cents bigint   NOT NULL,
    approved_cents  bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, provider, code, known_day)
);
CREATE INDEX answered_known ON answered (known_day);

-- The ledger's postings, debet positive, by the year of service.
CREATE TABLE posted (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    provider     text     NOT NULL,
    account      text     NOT NULL,
    year         integer  NOT NULL,
    known_day    date     NOT NULL,
    cents        bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, provider, account, year, known_day)
);
CREATE INDEX posted_known ON posted (known_day);
CREATE INDEX posted_year ON posted (year);

-- Clients who turned out to be one, as known from a day on. What was added up before stands as it
-- was, and clients are counted as one when it is asked as known on that day or later.
CREATE TABLE joined (
    partition   smallint NOT NULL,
    client      bigint   NOT NULL,
    into_client bigint   NOT NULL,
    known_day   date     NOT NULL,
    PRIMARY KEY (partition, client, into_client)
);

-- What a version of an allocation is worth in one month: its worth over its first days, spread
-- evenly over all of its days, each sum of the first ones rounded half up to the cent.
CREATE FUNCTION worth_until(worth_cents bigint, worth_days integer, days integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN worth_days > 0 THEN (2 * worth_cents * greatest(days, 0) + worth_days) / (2 * worth_days)
               ELSE 0 END $$;

CREATE FUNCTION worth_in_month(worth_cents bigint, worth_days integer, first_day date, last_day date, month date)
    RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT worth_until(worth_cents, worth_days,
                      least(last_day, (month + interval '1 month')::date - 1) - first_day + 1)
        - worth_until(worth_cents, worth_days, least(last_day, month - 1) - first_day + 1) $$;

-- What is granted for each month of care, by the month in which it became known: a version adds
-- what it is worth more than the one before it. No row says nothing. Ten years ahead are enough.
CREATE TABLE granted (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    month        date     NOT NULL,
    known_month  date     NOT NULL,
    cents        bigint   NOT NULL CHECK (cents <> 0),
    PRIMARY KEY (partition, municipality, month, known_month)
);

-- What was approved for each month of care, net, by the month in which it became known.
CREATE TABLE approved (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    month        date     NOT NULL,
    known_month  date     NOT NULL,
    cents        bigint   NOT NULL,
    corrected_cents bigint NOT NULL, -- of them
    PRIMARY KEY (partition, municipality, month, known_month)
);
