/*
 * Waiting: requests that a person must judge, and the days by which that must be done.
 */
#pragma once

#include "monitoring/core/axis.h"
#include "monitoring/core/table.h"

extern const TableCard open_requests_card;
extern const TableCard deadlines_card;

/* Requests of one municipality that are open on the day known, and due on one day. */
typedef struct OpenRequests {
    const char *municipality;
    Day due;
    int64_t requests;
} OpenRequests;

/* In order of municipality, then day: a row for each. A request is overdue when its day is past. */
void open_requests_tell(const Question *question, const OpenRequests *open, size_t count, Table *table);

/* The same by municipality, and the next day that is not past. */
void deadlines_tell(const Question *question, const OpenRequests *open, size_t count, Table *table);
