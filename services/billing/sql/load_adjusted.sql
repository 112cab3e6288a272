-- What corrections added to the allocations that a batch names, without another line.
--
-- $1 partition    smallint[]   one entry for each allocation
-- $2 conversation bigint[]
-- $3 allocation   text[]

SELECT asked.place::integer AS place,
       added.amount_cents   AS amount_cents,
       added.counted        AS counted
  FROM unnest($1::smallint[], $2::bigint[], $3::text[])
       WITH ORDINALITY AS asked(partition, conversation, allocation, place)
 CROSS JOIN LATERAL
       (SELECT sum(adjustment.amount_cents)::bigint AS amount_cents,
               sum(adjustment.counted)::bigint      AS counted
          FROM adjustment
         WHERE adjustment.partition = asked.partition
           AND adjustment.conversation = asked.conversation
           AND adjustment.allocation = asked.allocation
        HAVING count(*) > 0) AS added;
