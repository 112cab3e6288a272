-- Keeps a message that cannot be handled, as it was heard.
--
-- $1 partition  smallint
-- $2 source     text
-- $3 position   bigint
-- $4 id         text
-- $5 type       text
-- $6 subject    text
-- $7 time       timestamptz
-- $8 known_day  date
-- $9 data       bytea
-- $10 reason    text

INSERT INTO set_aside (partition, source, position, id, type, subject, time, known_day, data, reason)
VALUES ($1::smallint, $2::text, $3::bigint, $4::text, $5::text, $6::text, $7::timestamptz, $8::date, $9::bytea,
        $10::text);
