-- What was proposed is approved.
--
-- $1 subject     text
-- $2 approved_by text
-- $3 approved_on date

UPDATE matter
   SET approved_by = $2, approved_on = $3
 WHERE subject = $1 AND approved_by IS NULL;
