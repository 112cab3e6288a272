-- Care of a provider that is left on a day, as last answered: one allocation of each trajectory.
--
-- $1 provider      text
-- $2 municipality  text     '' for all
-- $3 day           date
-- $4 after         text     conversation and number with a space between, of the last one that was listed; '' from the start
-- $5 count         integer  at most

SELECT *
  FROM (SELECT DISTINCT ON (allocated.conversation, allocated.trajectory)
               allocated.conversation || ' ' || allocated.number AS place, allocated.municipality AS municipality,
               allocated.provider AS provider, allocated.number AS number, allocated.reference AS reference,
               allocated.first_day AS first_day, allocated.last_day AS last_day
          FROM allocated
         WHERE allocated.provider = $1
           AND ($2::text = '' OR allocated.municipality = $2)
           AND NOT allocated.removed
           AND allocated.last_day >= $3::date
         ORDER BY allocated.conversation, allocated.trajectory, length(allocated.number), allocated.number) AS listed
 WHERE listed.place > $4::text
 ORDER BY listed.place
 LIMIT $5::integer;
