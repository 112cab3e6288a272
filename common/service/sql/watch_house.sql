-- How a house and its database are, in numbers.

SELECT (SELECT coalesce(max(heard_book.number), 0) FROM heard_book) AS book_number,
       (SELECT numbackends FROM pg_stat_database WHERE datname = current_database()) AS connections,
       (SELECT sum(numbackends)::bigint FROM pg_stat_database) AS connections_all,
       (SELECT setting::bigint FROM pg_settings WHERE name = 'max_connections') AS connections_max,
       (SELECT coalesce(max(extract(epoch FROM taken_at))::bigint, 0) FROM backup_taken) AS backup_seconds,
       pg_database_size(current_database()) AS bytes;
