-- The close of a year. What is decided of a line belongs to the year of its care, while that is open; once that is
-- closed, to the year in which it became known.

-- The year that a line is booked in, and what its provider asked for it. Null in lines from before this was kept: they are
-- booked in the year in which they became known, as their postings are, and those that were rejected tell no amount.
ALTER TABLE line
    ADD COLUMN booked_year    smallint,
    ADD COLUMN declared_cents bigint;

ALTER TABLE adjustment ADD COLUMN booked_year smallint;

-- Work in progress is a cost that is not payable yet; an obligation stands beside the balance.
ALTER TABLE posting
    DROP CONSTRAINT posting_account_check,
    ADD CONSTRAINT posting_account_check
        CHECK (account IN ('COST', 'PAYABLE', 'PAID', 'EXPECTED_CORRECTION', 'WORK_IN_PROGRESS', 'ACCRUED', 'OBLIGATION',
                           'COMMITTED'));

-- That a year was closed or opened again, kept when the work on it is done. The newest row holds.
CREATE TABLE year_decided (
    partition   smallint NOT NULL,
    year        smallint NOT NULL,
    position    bigint   NOT NULL,
    closed      boolean  NOT NULL,
    reason      text     NOT NULL,
    proposed_by text     NOT NULL,
    approved_by text     NOT NULL,
    known_day   date     NOT NULL,
    PRIMARY KEY (partition, year, position)
);

-- The production statement of a conversation as each close of the year froze it.
CREATE TABLE statement (
    partition    smallint NOT NULL,
    year         smallint NOT NULL,
    conversation bigint   NOT NULL,
    position     bigint   NOT NULL,
    digest       bytea    NOT NULL,
    known_day    date     NOT NULL,
    PRIMARY KEY (partition, year, conversation, position)
);

-- A row for each year of care and each PIC that is paid as such, or product.
CREATE TABLE statement_row (
    partition         smallint NOT NULL,
    year              smallint NOT NULL,
    conversation      bigint   NOT NULL,
    position          bigint   NOT NULL,
    service_year      smallint NOT NULL,
    profile           text     COLLATE "C" NOT NULL,
    intensity         text     COLLATE "C" NOT NULL,
    category          text     COLLATE "C" NOT NULL,
    code              text     COLLATE "C" NOT NULL,
    lines             bigint   NOT NULL,
    declared_cents    bigint   NOT NULL,
    approved_cents    bigint   NOT NULL,
    rejected_lines    bigint   NOT NULL,
    rejected_cents    bigint   NOT NULL,
    credited_lines    bigint   NOT NULL,
    credited_cents    bigint   NOT NULL,
    corrected_cents   bigint   NOT NULL,
    in_progress_cents bigint   NOT NULL,
    ahead_cents       bigint   NOT NULL,
    obligation_cents  bigint   NOT NULL,
    undeclared        bigint   NOT NULL,
    PRIMARY KEY (partition, year, conversation, position, service_year, profile, intensity, category, code)
);
