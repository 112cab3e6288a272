-- The clients of a batch that a conversion made new ones, and since when.
--
-- $1 partition     smallint[]  one entry for each client
-- $2 municipality  text[]
-- $3 provider      text[]
-- $4 client        text[]      '' where only a number or a request is known
-- $5 number        text[]      of an allocation of the client
-- $6 reference     text[]      of a request for the client

SELECT asked.partition AS partition, asked.municipality AS municipality, asked.provider AS provider,
       asked.client AS client, moved.from_day AS from_day
  FROM named_client($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS asked
 CROSS JOIN LATERAL (
        SELECT moved.from_day
          FROM moved
         WHERE moved.partition = asked.partition
           AND moved.municipality = asked.municipality
           AND moved.provider = asked.provider
           AND moved.client = asked.client
        OFFSET 0
       ) AS moved;
