-- The front door: who may speak, what was heard of whom, and what is answered. The keys of
-- these tables are what they must be unique by; none of them is read beyond intake.

-- The keys that senders show.
CREATE TABLE sender (
    key         text    PRIMARY KEY CHECK (length(key) = 40),
    owner       text    NOT NULL,
    is_operator boolean NOT NULL
);

-- For whom a key speaks: a provider's for AGB codes, each in a period; an operator's for municipalities, '*' for all.
CREATE TABLE sender_right (
    key          text NOT NULL REFERENCES sender ON DELETE CASCADE,
    provider     text NOT NULL DEFAULT '',
    municipality text NOT NULL DEFAULT '',
    first_day    date NOT NULL DEFAULT '-infinity',
    last_day     date NOT NULL DEFAULT 'infinity',
    PRIMARY KEY (key, provider, municipality, first_day),
    CHECK ((provider = '') <> (municipality = ''))
);

-- What each id of a sender was used for: the same message again gets the same receipt. A line
-- that could not be read has no id; it is known by '#' and the digest of its bytes.
CREATE TABLE sent (
    owner    text    NOT NULL,
    id       text    NOT NULL,
    content  bytea   NOT NULL,
    admitted boolean NOT NULL,
    code     text    NOT NULL,
    sentence text    NOT NULL,
    PRIMARY KEY (owner, id)
);

-- Persons live here and nowhere else. Their number, name and birth day stand in the sealed bytes only.
CREATE TABLE person (
    reference text  PRIMARY KEY,
    bsn_hash  bytea NOT NULL UNIQUE,
    sealed    bytea NOT NULL
);

-- What was said of a client's care, in the order in which it was said; never changed.
CREATE TABLE care_said (
    reference    text     NOT NULL,
    number       bigint   GENERATED ALWAYS AS IDENTITY,
    kind         smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),
    conversation text     NOT NULL,
    allocation   text     NOT NULL,
    first_day    date     NOT NULL,
    last_day     date     NOT NULL,
    PRIMARY KEY (reference, number)
);

-- Whose allocation a number is, in its conversation.
CREATE TABLE allocated (
    conversation text NOT NULL,
    number       text NOT NULL,
    reference    text NOT NULL,
    PRIMARY KEY (conversation, number)
);

-- The days that have begun.
CREATE TABLE calendar (
    day date PRIMARY KEY
);

-- Books as operators proposed them; one that is published has who approved it, and the day.
CREATE TABLE proposal (
    number       integer NOT NULL CHECK (number > 0),
    digest       text    NOT NULL,
    slug         text    NOT NULL,
    proposed_by  text    NOT NULL,
    contents     bytea   NOT NULL,
    approved_by  text,
    published_on date,
    PRIMARY KEY (number, digest),
    CHECK ((approved_by IS NULL) = (published_on IS NULL)),
    CHECK (approved_by <> proposed_by)
);
CREATE UNIQUE INDEX proposal_published ON proposal (number) WHERE published_on IS NOT NULL;

-- How far each mailbox has been filled: that of a conversation, 0503/90000001, or of one sender, @owner.
CREATE TABLE mailbox (
    address text   PRIMARY KEY,
    head    bigint NOT NULL
) WITH (fillfactor = 50);

-- Letters name clients by reference; the person is put back in when a letter is read.
CREATE TABLE letter (
    address  text   NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    content  bytea  NOT NULL,
    PRIMARY KEY (address, position)
);

-- Who read letters about persons.
CREATE TABLE person_read (
    number         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    read_at        timestamptz NOT NULL DEFAULT now(),
    owner          text        NOT NULL,
    address        text        NOT NULL,
    first_position bigint      NOT NULL,
    last_position  bigint      NOT NULL,
    persons        integer     NOT NULL
);
