-- Allocations that earlier care, known late, would have given another cohort: the newest word about
-- each that stands.
--
-- $1 municipality  text     '' for all
-- $2 count         integer  at most

SELECT doubt.municipality AS municipality, now.provider AS provider, doubt.number AS number, now.client AS client,
       now.segment AS segment, now.funding AS funding, now.first_day AS first_day, now.last_day AS last_day,
       now.cohort AS cohort, doubt.would_be AS would_be, doubt.known_day AS known_day
  FROM (SELECT DISTINCT ON (cohort_doubt.partition, cohort_doubt.number, cohort_doubt.municipality) *
          FROM cohort_doubt
         WHERE $1::text = '' OR cohort_doubt.municipality = $1
         ORDER BY cohort_doubt.partition, cohort_doubt.number, cohort_doubt.municipality,
                  cohort_doubt.position DESC) AS doubt
 CROSS JOIN LATERAL (
        SELECT *
          FROM allocation AS version
         WHERE version.partition = doubt.partition
           AND version.number = doubt.number
           AND version.municipality = doubt.municipality
         ORDER BY version.version DESC
         LIMIT 1
       ) AS now
 WHERE NOT now.removed
   AND now.cohort <> doubt.would_be
 ORDER BY doubt.known_day DESC, doubt.municipality, now.provider, doubt.number
 LIMIT $2::integer;
