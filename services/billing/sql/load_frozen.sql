-- The statements of the conversations from one to another, as they were frozen when the year was last closed.
--
-- $1 partition          smallint
-- $2 year               smallint
-- $3 first_conversation bigint
-- $4 last_conversation  bigint

SELECT statement.conversation          AS conversation,
       statement.position              AS position,
       statement.digest                AS digest,
       statement.known_day             AS known_day,
       statement_row.service_year      AS service_year,
       statement_row.profile           AS profile,
       statement_row.intensity         AS intensity,
       statement_row.category          AS category,
       statement_row.code              AS code,
       statement_row.lines             AS lines,
       statement_row.declared_cents    AS declared_cents,
       statement_row.approved_cents    AS approved_cents,
       statement_row.rejected_lines    AS rejected_lines,
       statement_row.rejected_cents    AS rejected_cents,
       statement_row.credited_lines    AS credited_lines,
       statement_row.credited_cents    AS credited_cents,
       statement_row.corrected_cents   AS corrected_cents,
       statement_row.in_progress_cents AS in_progress_cents,
       statement_row.ahead_cents       AS ahead_cents,
       statement_row.obligation_cents  AS obligation_cents,
       statement_row.undeclared        AS undeclared
  FROM statement
  JOIN statement_row USING (partition, year, conversation, position)
 WHERE statement.partition = $1
   AND statement.year = $2
   AND statement.conversation BETWEEN $3 AND $4
   AND statement.position = (SELECT max(year_decided.position)
                               FROM year_decided
                              WHERE year_decided.partition = $1
                                AND year_decided.year = $2
                                AND year_decided.closed)
 ORDER BY statement.conversation, statement_row.service_year, statement_row.profile, statement_row.intensity,
          statement_row.category, statement_row.code;
