-- What there is to ask about: the newest day on which anything became known, the years of
-- service, and how far the house has heard. A figure can only change when that does.

SELECT greatest((SELECT max(known_day) FROM decided),
                (SELECT max(known_day) FROM answered),
                (SELECT max(known_day) FROM posted))  AS known_day,
       (SELECT min(year) FROM posted)                 AS year_first,
       (SELECT max(year) FROM posted)                 AS year_last,
       (SELECT string_agg(source || ' ' || partition || ' ' || position, ',' ORDER BY source, partition)
          FROM inbox)                                 AS heard;
