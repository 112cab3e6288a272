-- What is added up, as facts arrive. Every sum stands under the day on which its facts became
-- known, so that what was known on any day can be asked again. Clients are numbers made of
-- their references.

-- Money of approved lines: by the month of service, the kind of care, and how it is paid.
CREATE TABLE spent (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    segment      text     NOT NULL,
    content      smallint NOT NULL,
    funding      smallint NOT NULL,
    month        date     NOT NULL,
    known_day    date     NOT NULL,
    debet_lines  bigint   NOT NULL,
    debet_cents  bigint   NOT NULL,
    credit_lines bigint   NOT NULL,
    credit_cents bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, segment, content, funding, month, known_day)
);

-- Who is behind that money: for each declaration, month and kind, the clients and how many
-- approved lines each has, packed. Clients must be counted once over all providers, and a client
-- with two of them stands in two partitions: so they are brought together when a report is made.
CREATE TABLE cared (
    partition    smallint NOT NULL,
    position     bigint   NOT NULL,
    municipality text     NOT NULL,
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

-- Allocations as they were known: the newest version known on a day is the one that counts.
CREATE TABLE running (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    number       text     NOT NULL,
    known_day    date     NOT NULL,
    client       bigint   NOT NULL,
    segment      text     NOT NULL,
    content      smallint NOT NULL,
    funding      smallint NOT NULL,
    first_day    date     NOT NULL,
    last_day     date     NOT NULL,
    removed      boolean  NOT NULL,
    PRIMARY KEY (partition, municipality, number, known_day)
);

-- What became of requests and allocations.
CREATE TABLE decided (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    verdict      text     NOT NULL,
    reason       text     NOT NULL,
    known_day    date     NOT NULL,
    facts        bigint   NOT NULL,
    allocations  bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, verdict, reason, known_day)
);

-- Rejected lines by national return code and our reason.
CREATE TABLE rejected (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    code         text     NOT NULL,
    reason       text     NOT NULL,
    known_day    date     NOT NULL,
    lines        bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, code, reason, known_day)
);

-- Declarations by the code of the whole.
CREATE TABLE answered (
    partition       smallint NOT NULL,
    municipality    text     NOT NULL,
    code            text     NOT NULL,
    known_day       date     NOT NULL,
    declarations    bigint   NOT NULL,
    submitted_cents bigint   NOT NULL,
    approved_cents  bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, code, known_day)
);

-- The ledger's postings, debet positive, by the year of service.
CREATE TABLE posted (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    account      text     NOT NULL,
    year         integer  NOT NULL,
    known_day    date     NOT NULL,
    cents        bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, account, year, known_day)
);
