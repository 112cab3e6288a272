-- The clients of a batch that a conversion made new ones, and since when.
--
-- $1 partition     smallint[]  one entry for each client
-- $2 municipality  text[]
-- $3 provider      text[]
-- $4 client        text[]      '' where only a number or a request is known
-- $5 number        text[]      of an allocation of the client
-- $6 reference     text[]      of a request for the client

SELECT moved.partition AS partition, moved.municipality AS municipality, moved.provider AS provider,
       moved.client AS client, min(moved.from_day) AS from_day
  FROM named_client($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS asked
  JOIN moved USING (partition, municipality, provider, client)
 GROUP BY moved.partition, moved.municipality, moved.provider, moved.client;
