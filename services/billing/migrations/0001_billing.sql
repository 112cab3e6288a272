-- What billing knows, and what it decided. Nothing is changed in place: the newest row of an
-- allocation holds, and a line is credited by another line.
--
-- A conversation is the municipality's four digits and the provider's eight as one number, which
-- is compared faster than two texts: 0503 and 90000001 are 50390000001.

-- A right to deliver and be paid, as allocation said it at this position of the stream.
CREATE TABLE allocation (
    partition    smallint NOT NULL,
    conversation bigint   NOT NULL,
    number       text     COLLATE "C" NOT NULL,
    position     bigint   NOT NULL,
    trajectory   text     COLLATE "C" NOT NULL,
    client       text     COLLATE "C" NOT NULL,
    segment      text     NOT NULL,
    contract     text     NOT NULL,
    profile      text     NOT NULL,
    intensity    text     NOT NULL,
    funding      smallint NOT NULL,
    category     text     NOT NULL,
    code         text     NOT NULL,
    volume       bigint   NOT NULL,
    unit         smallint NOT NULL,
    frequency    smallint NOT NULL,
    first_day    date     NOT NULL,
    last_day     date     NOT NULL,
    book         integer  NOT NULL,
    removed      boolean  NOT NULL,
    known_day    date     NOT NULL,
    PRIMARY KEY (partition, conversation, number, position)
);

-- The other trajectories of a client, for the relapse period: only care that is paid as a PIC (funding 2).
CREATE INDEX allocation_client ON allocation (partition, conversation, client, number, position)
 WHERE funding = 2;

-- Starts and stops that fit their allocation. A reason is that of a stop.
CREATE TABLE care (
    partition    smallint NOT NULL,
    conversation bigint   NOT NULL,
    allocation   text     COLLATE "C" NOT NULL,
    position     bigint   NOT NULL,
    day          date     NOT NULL,
    reason       smallint,
    known_day    date     NOT NULL,
    PRIMARY KEY (partition, conversation, allocation, position)
);

CREATE TABLE declaration (
    partition       smallint NOT NULL,
    conversation    bigint   NOT NULL,
    number          text     COLLATE "C" NOT NULL,
    position        bigint   NOT NULL,
    month_day       date     NOT NULL,
    code            text     NOT NULL,
    submitted_cents bigint   NOT NULL,
    approved_cents  bigint   NOT NULL,
    known_day       date     NOT NULL,
    PRIMARY KEY (partition, conversation, number)
);

-- Every judged line whose reference was new. `reason` is null when it was approved; of a
-- credit line amount and counted volume are negative. What the amount was made from stands
-- beside it: formula, price and where that was agreed, shares, and a digest of it all.
CREATE TABLE line (
    partition         smallint NOT NULL,
    conversation      bigint   NOT NULL,
    reference         text     COLLATE "C" NOT NULL,
    position          bigint   NOT NULL,
    declaration       text     COLLATE "C" NOT NULL,
    allocation        text     COLLATE "C" NOT NULL,
    client            text     COLLATE "C" NOT NULL,
    category          text     COLLATE "C" NOT NULL,
    code              text     COLLATE "C" NOT NULL,
    first_day         date     NOT NULL,
    last_day          date     NOT NULL,
    volume            bigint   NOT NULL,
    unit              smallint NOT NULL,
    tariff_cents      bigint,
    amount_cents      bigint   NOT NULL,
    counted           bigint   NOT NULL,
    parts             smallint NOT NULL, -- of a trajectory: 1 start, 2 end, 3 both; 0 none
    credits           text     COLLATE "C",
    reason            text,
    return_code       text,
    formula           smallint,
    rated_volume      bigint,
    price_cents       bigint,
    month             smallint,
    share_numerator   bigint,
    share_denominator bigint,
    part_numerator    bigint,
    part_denominator  bigint,
    rated_book        integer,
    price_source      text,
    price_book        integer,
    price_line        integer,
    terms_source      text,
    terms_book        integer,
    terms_line        integer,
    digest            bytea,
    known_day         date     NOT NULL,
    PRIMARY KEY (partition, conversation, reference),
    CHECK (reason IS NULL OR amount_cents = 0),
    CHECK (reason IS NOT NULL OR formula IS NOT NULL)
);

-- What was approved of an allocation, by product period.
CREATE INDEX line_allocation ON line (partition, conversation, allocation, first_day) WHERE reason IS NULL;

-- At most one credit of a line is approved.
CREATE UNIQUE INDEX line_credits ON line (partition, conversation, credits)
 WHERE reason IS NULL AND credits IS NOT NULL;

-- Double entry, debet positive: the postings of one declaration and position sum to zero for each year of service.
CREATE TABLE posting (
    partition    smallint NOT NULL,
    conversation bigint   NOT NULL,
    declaration  text     COLLATE "C" NOT NULL,
    position     bigint   NOT NULL,
    service_year smallint NOT NULL,
    account      text     NOT NULL CHECK (account IN ('COST', 'PAYABLE', 'PAID', 'EXPECTED_CORRECTION')),
    booked_year  smallint NOT NULL,
    amount_cents bigint   NOT NULL,
    known_day    date     NOT NULL,
    PRIMARY KEY (partition, conversation, declaration, position, service_year, account)
);

CREATE TABLE payment (
    partition    smallint NOT NULL,
    conversation bigint   NOT NULL,
    declaration  text     COLLATE "C" NOT NULL,
    position     bigint   NOT NULL,
    amount_cents bigint   NOT NULL,
    day          date     NOT NULL,
    reason       text     NOT NULL,
    known_day    date     NOT NULL,
    PRIMARY KEY (partition, conversation, declaration, position)
);
