-- Adds the new allocations of a batch to what is used of each contract.
--
-- $1 partition     smallint[]  one entry for each new allocation
-- $2 municipality  text[]
-- $3 segment       text[]
-- $4 contract      text[]

INSERT INTO contract_use (partition, municipality, segment, contract, allocations)
SELECT used.partition, used.municipality, used.segment, used.contract, count(*)
  FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[]) AS used(partition, municipality, segment, contract)
 GROUP BY used.partition, used.municipality, used.segment, used.contract
    ON CONFLICT (partition, municipality, segment, contract)
    DO UPDATE SET allocations = contract_use.allocations + EXCLUDED.allocations;
