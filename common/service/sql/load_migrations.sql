-- The migrations that these tables have been through.

SELECT name AS name, checksum AS checksum FROM migration;
