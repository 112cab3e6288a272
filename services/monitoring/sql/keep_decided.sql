-- Counts what became of requests and allocations.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  provider      text[]
-- $4  verdict       text[]
-- $5  reason        text[]
-- $6  known_day     date[]
-- $7  facts         bigint[]
-- $8  allocations   bigint[]

INSERT INTO decided AS kept (partition, municipality, provider, verdict, reason, known_day, facts, allocations)
SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::bigint[],
                     $8::bigint[])
    ON CONFLICT (partition, municipality, provider, verdict, reason, known_day) DO UPDATE
   SET facts = kept.facts + excluded.facts,
       allocations = kept.allocations + excluded.allocations;
