-- The newest day on which anything became known.

SELECT greatest((SELECT max(known_day) FROM decided),
                (SELECT max(known_day) FROM answered),
                (SELECT max(known_day) FROM posted)) AS known_day;
