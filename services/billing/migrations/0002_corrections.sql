-- What a book that changes a price or a term afterwards makes of lines that were approved before.
--
-- Each contract says how its lines are corrected. Self-billed: billing makes a credit line and a
-- new debet line itself, both in `line`. Declared: the provider is asked for them, and until they
-- arrive the difference is expected. Settled: the difference is owed in one amount for the year.
-- Of the last two each line's share stands in `adjustment`. What a line comes to is its amount
-- and the sum of its adjustments; a credit takes the line and its adjustments back together.

-- Of a line that billing made itself: the provider's own reference that it goes back to, and of
-- its debet line the reference of the line in whose place it stands. Null for declared lines. For
-- R-17 book 6 makes the credit R-17~6c and the debet R-17~6; no reference that is said at the
-- front door has a ~ in it.
ALTER TABLE line
    ADD COLUMN origin   text COLLATE "C",
    ADD COLUMN replaces text COLLATE "C";

-- What stands in the place of a declared line.
CREATE INDEX line_origin ON line (partition, conversation, origin) WHERE origin IS NOT NULL;

-- Way is 2 declared or 3 settled, as a contract's corrections. The newest row with a book shows
-- how the line is rated now; a row without one takes back what stood before.
CREATE TABLE adjustment (
    partition         smallint NOT NULL,
    conversation      bigint   NOT NULL,
    reference         text     COLLATE "C" NOT NULL, -- of the debet line
    position          bigint   NOT NULL,
    way               smallint NOT NULL CHECK (way IN (2, 3)),
    document          text     COLLATE "C" NOT NULL, -- under which it is posted
    allocation        text     COLLATE "C" NOT NULL,
    first_day         date     NOT NULL, -- of the line's product period
    amount_cents      bigint   NOT NULL,
    counted           bigint   NOT NULL,
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
    PRIMARY KEY (partition, conversation, reference, position, way, document)
);

-- What is adjusted of an allocation.
CREATE INDEX adjustment_allocation ON adjustment (partition, conversation, allocation);

-- What one book comes to in one conversation: a note of credits and debets, what was asked of the
-- provider, or the settlement of a year: nota~6, verzoek~6 or verrekening~6~2020. A note and a
-- settlement stand in `declaration` too, since they are to be paid. Postings go by the document.
CREATE TABLE correction (
    partition    smallint NOT NULL,
    conversation bigint   NOT NULL,
    document     text     COLLATE "C" NOT NULL,
    position     bigint   NOT NULL,
    book         integer  NOT NULL,
    way          smallint NOT NULL CHECK (way IN (1, 2, 3)),
    service_year smallint, -- of a settlement
    lines        bigint   NOT NULL,
    before_cents bigint   NOT NULL,
    after_cents  bigint   NOT NULL,
    known_day    date     NOT NULL,
    PRIMARY KEY (partition, conversation, document)
);
