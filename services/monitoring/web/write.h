/*
 * Write: a report as JSON. A figure that is hidden is null.
 */
#pragma once

#include "book/books.h"
#include "monitoring/core/report.h"

/* Lives in the arena. */
char *report_write(Arena *arena, const Report *report, const Books *books);
