-- What the ledger has of a year's costs in each of these conversations.
--
-- $1 partition    smallint[]   one entry for each conversation
-- $2 conversation bigint[]
-- $3 year         smallint     booked in

SELECT asked.place::integer                            AS place,
       coalesce(sum(posting.amount_cents), 0)::bigint  AS cost_cents
  FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS asked(partition, conversation, place)
  LEFT JOIN posting
    ON posting.partition = asked.partition
   AND posting.conversation = asked.conversation
   AND posting.account = 'COST'
   AND posting.booked_year = $3
 GROUP BY asked.place
 ORDER BY asked.place;
