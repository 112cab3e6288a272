-- The way of a message begins with its id here. A filter for each stretch of the log costs next to
-- nothing where messages come in; the newest stretch is looked through.
CREATE INDEX outbox_id ON outbox USING brin (id text_bloom_ops(n_distinct_per_range = 2000, false_positive_rate = 0.01))
    WITH (pages_per_range = 64);
