-- The allocations of a partition that are paid as a PIC, as they are now: a piece of them, in the
-- order of their numbers. The funding of a number never changes.
--
-- $1 partition           smallint
-- $2 after_number        text      the last one of the piece before; '' for the first piece
-- $3 after_municipality  text      and its municipality
-- $4 count               integer   at most

SELECT allocation.partition AS partition, allocation.municipality AS municipality, allocation.number AS number,
       allocation.version AS version, allocation.provider AS provider, allocation.client AS client,
       allocation.trajectory AS trajectory, allocation.segment AS segment, allocation.profile AS profile,
       allocation.intensity AS intensity, allocation.funding AS funding, allocation.cohort AS cohort,
       allocation.category AS category, allocation.code AS code, allocation.volume AS volume,
       allocation.unit AS unit, allocation.frequency AS frequency, allocation.first_day AS first_day,
       allocation.last_day AS last_day, allocation.contract AS contract, allocation.referrer AS referrer,
       allocation.book AS book, allocation.taken_over AS taken_over, allocation.removed AS removed,
       allocation.change AS change, allocation.known_day AS known_day
  FROM (SELECT DISTINCT ON (version.number, version.municipality) *
          FROM allocation AS version
         WHERE version.partition = $1::smallint
           AND version.funding = 2
           AND (version.number, version.municipality) > ($2::text, $3::text)
         ORDER BY version.number, version.municipality, version.version DESC
         LIMIT $4::integer) AS allocation
 ORDER BY allocation.number, allocation.municipality;
