-- The newest day known is asked with every table, and what became known in a year is looked for
-- by its day.
CREATE INDEX decided_known ON decided (known_day);
CREATE INDEX answered_known ON answered (known_day);
CREATE INDEX posted_known ON posted (known_day);
CREATE INDEX rejected_known ON rejected USING brin (known_day);

-- A year of service is a third of what was spent in three.
CREATE INDEX spent_month ON spent USING brin (month);
CREATE INDEX posted_year ON posted (year);
