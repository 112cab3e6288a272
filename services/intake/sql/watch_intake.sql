-- The newest day, the newest book, and the cases of which a half was left open.

SELECT (SELECT max(calendar.day) FROM calendar) AS today,
       (SELECT coalesce(max(proposal.number), 0) FROM proposal WHERE proposal.published_on IS NOT NULL) AS book_number,
       (SELECT count(*) FROM linked_case WHERE state IN (4, 5)) AS cases_open;
