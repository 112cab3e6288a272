/*
 * Gaps: care that no contract covers, over the days that it is allocated.
 */
#pragma once

#include "allocation/web/survey.h"

/* JSON, {"positions": {…}, "gaps": [{…}, …]}: a row for each allocation and run of days; an open end is not said. */
Status gaps_write(Arena *arena, Database *database, Library *library, const SurveyQuestion *question, char **json_out,
                  const char **fault_out);
