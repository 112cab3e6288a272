/*
 * Load: what the tables of report.h add up to, as one moment has it.
 */
#pragma once

#include "monitoring/core/people.h"
#include "monitoring/web/tables.h"

/* What there is to ask about. */
typedef struct Moment {
    Day newest;         /* DAY_FIRST when nothing is known yet */
    int32_t year_first; /* of service; 0: none */
    int32_t year_last;
    const char *heard; /* how far the house has heard: the same words, the same tables */
} Moment;

Status load_moment(Database *database, Moment *moment_out);

/* The kind of care of a row, from its columns segment, content and funding. */
Kind load_kind(const Rows *rows, size_t row);

/* Clients who turned out to be another, as known on a day. */
Status load_joined(const Desk *desk, JoinedClients *joined_out);

TableMaker load_spending;
TableMaker load_clients;
TableMaker load_decisions;
TableMaker load_declarations;
TableMaker load_rejections;
TableMaker load_ledger;
TableMaker load_providers;
TableMaker load_provider_months;
