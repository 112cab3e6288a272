-- The published books after a number, in order.
--
-- $1 number  integer

SELECT proposal.number AS number, proposal.published_on AS published_on, proposal.contents AS contents
  FROM proposal
 WHERE proposal.published_on IS NOT NULL AND proposal.number > $1
 ORDER BY proposal.number;
