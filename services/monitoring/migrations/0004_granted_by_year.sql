-- What is granted, now a row for each year of care with a column for each of its months: care of
-- some years touches few rows.
ALTER TABLE granted RENAME TO granted_by_month;
ALTER INDEX granted_pkey RENAME TO granted_by_month_pkey;
CREATE TABLE granted (
    partition    smallint NOT NULL,
    municipality text     NOT NULL,
    year         integer  NOT NULL, -- of care
    known_month  date     NOT NULL,
    january      bigint   NOT NULL,
    february     bigint   NOT NULL,
    march        bigint   NOT NULL,
    april        bigint   NOT NULL,
    may          bigint   NOT NULL,
    june         bigint   NOT NULL,
    july         bigint   NOT NULL,
    august       bigint   NOT NULL,
    september    bigint   NOT NULL,
    october      bigint   NOT NULL,
    november     bigint   NOT NULL,
    december     bigint   NOT NULL,
    PRIMARY KEY (partition, municipality, year, known_month)
) WITH (fillfactor = 75);

INSERT INTO granted
SELECT partition, municipality, extract(year FROM month)::integer, known_month,
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 1), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 2), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 3), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 4), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 5), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 6), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 7), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 8), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 9), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 10), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 11), 0),
       coalesce(sum(cents) FILTER (WHERE extract(month FROM month) = 12), 0)
  FROM granted_by_month
 GROUP BY 1, 2, 3, 4;
DROP TABLE granted_by_month;
