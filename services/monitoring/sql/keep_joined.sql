-- Keeps that two clients are one; said again, it was known before.
--
-- $1  partition    smallint[]  one entry for each row
-- $2  client       bigint[]
-- $3  into_client  bigint[]
-- $4  known_day    date[]

INSERT INTO joined (partition, client, into_client, known_day)
SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::date[])
    ON CONFLICT (partition, client, into_client) DO NOTHING;
