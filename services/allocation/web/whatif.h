/*
 * What if: what a book that is not yet published would do to the funding of care, in euros.
 *
 * By the decisions that would act: each conversion that the book would newly ask for is decided as
 * it would be, and each amount that it would reprice is repriced. Nothing is written.
 */
#pragma once

#include "allocation/web/survey.h"

/*
 * JSON, {"positions": {…}, "changes": [{"municipality", "segment", "from", "to", "allocations", "clients",
 * "now_cents", "then_cents", "estimate", "method"}, …]}. A client counts once in each conversation.
 */
Status whatif_write(Arena *arena, Database *database, Library *library, const SurveyQuestion *question, char **json_out,
                    const char **fault_out);
