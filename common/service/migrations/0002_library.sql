-- The books that a house has heard. Contents stand here once, by digest, and are never changed.
CREATE TABLE book (
    digest   text  PRIMARY KEY,
    contents bytea NOT NULL
);

-- Which books are known in a partition, and since which calendar day: what holds there is read
-- only up to the newest of them.
CREATE TABLE heard_book (
    partition smallint NOT NULL,
    number    integer  NOT NULL CHECK (number > 0),
    digest    text     NOT NULL REFERENCES book,
    known_day date     NOT NULL,
    PRIMARY KEY (partition, number)
);
