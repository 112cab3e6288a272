-- Gives a neighbour that is heard for the first time its offset rows.
--
-- $1 source  text

INSERT INTO inbox (source, partition)
SELECT $1::text, partition
  FROM generate_series(0, 63) AS partition
    ON CONFLICT DO NOTHING;
