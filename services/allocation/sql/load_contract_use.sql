-- How much is used of the ceilings in the municipalities of a batch.
--
-- $1 partition     smallint[]  one entry for each conversation that asks for care
-- $2 municipality  text[]

SELECT contract_use.partition AS partition, contract_use.municipality AS municipality,
       contract_use.segment AS segment, contract_use.contract AS contract,
       contract_use.allocations AS allocations
  FROM (SELECT DISTINCT partition, municipality
          FROM unnest($1::smallint[], $2::text[]) AS named(partition, municipality)) AS asked
  JOIN contract_use USING (partition, municipality);
