-- What is still to be paid of the declarations that a batch pays, for each year of service.
--
-- $1 partition    smallint[]   one entry for each number
-- $2 conversation bigint[]
-- $3 number       text[]
--
-- The payable account is a credit account: what stands in it is owed when negative.

SELECT asked.place::integer                AS place,
       payable.service_year::integer       AS service_year,
       -payable.amount_cents               AS amount_cents
  FROM unnest($1::smallint[], $2::bigint[], $3::text[])
       WITH ORDINALITY AS asked(partition, conversation, number, place)
 CROSS JOIN LATERAL
       (SELECT posting.service_year, sum(posting.amount_cents)::bigint AS amount_cents
          FROM posting
         WHERE posting.partition = asked.partition
           AND posting.conversation = asked.conversation
           AND posting.declaration = asked.number
           AND posting.account = 'PAYABLE'
         GROUP BY posting.service_year) AS payable
 ORDER BY asked.place, payable.service_year;
