-- Clients who turned out to be one, as known from a day on. What was added up before stands as it
-- was, and a report counts the two as one when it is asked as known on that day or later.
CREATE TABLE joined (
    partition   smallint NOT NULL,
    client      bigint   NOT NULL,
    into_client bigint   NOT NULL,
    known_day   date     NOT NULL,
    PRIMARY KEY (partition, client, into_client)
);
