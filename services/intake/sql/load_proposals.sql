-- Which of these books were proposed, and by whom.
--
-- $1 number  integer[]
-- $2 digest  text[]

SELECT proposal.number AS number, proposal.digest AS digest, proposal.slug AS slug,
       proposal.proposed_by AS proposed_by, proposal.contents AS contents
  FROM unnest($1::integer[], $2::text[]) AS asked(number, digest)
  JOIN proposal USING (number, digest);
