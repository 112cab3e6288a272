-- The newest day and the newest book.

SELECT (SELECT max(calendar.day) FROM calendar) AS today,
       (SELECT max(proposal.number) FROM proposal WHERE proposal.published_on IS NOT NULL) AS book_number;
