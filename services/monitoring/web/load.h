/*
 * Load: what the tables add up to, for one report, as one moment has it.
 */
#pragma once

#include "db/database.h"
#include "monitoring/core/report.h"
#include "service/library.h"

/* DAY_FIRST when nothing is known yet. */
Status report_load_newest(Database *database, Day *newest_out);

/* Inside a transaction: everything is borrowed until it ends, or lives in the arena. */
Status report_load(Arena *arena, Database *database, const ReportQuestion *question, Report *report_out);

/* The books that the house has heard, for names and budgets. Borrowed until the next call. */
Status report_load_books(Arena *arena, Database *database, Library *library, const Books **books_out);
