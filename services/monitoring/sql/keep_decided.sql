-- Counts what became of requests and allocations.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  verdict       text[]
-- $4  reason        text[]
-- $5  known_day     date[]
-- $6  facts         bigint[]
-- $7  allocations   bigint[]

INSERT INTO decided AS kept (partition, municipality, verdict, reason, known_day, facts, allocations)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::bigint[], $7::bigint[])
    ON CONFLICT (partition, municipality, verdict, reason, known_day) DO UPDATE
   SET facts = kept.facts + excluded.facts,
       allocations = kept.allocations + excluded.allocations;
