#include "billing/load_close.h"

#include "billing/core/standing.h"
#include "billing/load_rows.h"
#include "billing/load_work.h"
#include "billing/sql.h"

#include <string.h>

Status billing_load_piece(Arena *arena, Database *database, int16_t partition, int64_t after, size_t rows_max,
                          ConversationPiece *piece_out)
{
    Params *params = params_new(arena);
    params_int2(params, partition);
    params_int8(params, after);
    Rows *rows;
    TRY(database_ask(database, BILLING_LIST_CONVERSATIONS, params, &rows));
    int conversation = rows_column(rows, "conversation");
    int count = rows_column(rows, "rows");
    ConversationPiece piece = {.all = true};
    size_t sum = 0;
    for (size_t row = 0; row < rows_count(rows); row++) {
        sum += (size_t)rows_int(rows, row, count);
        if (row > 0 && sum > rows_max) {
            piece.all = false;
            break;
        }
        piece.first = row == 0 ? rows_int(rows, row, conversation) : piece.first;
        piece.last = rows_int(rows, row, conversation);
        piece.count++;
    }
    *piece_out = piece;
    return STATUS_OK;
}

/* What is read of a scope, and what of it was met so far. */
typedef struct Reading {
    const StatementScope *scope;
    Standing *standing;
    StatementEntry *entries;
    size_t count;
} Reading;

static const Conversation *conversation_of(Reading *reading, int64_t number)
{
    char municipality[MUNICIPALITY_SIZE];
    char provider[PROVIDER_SIZE];
    conversation_codes(number, municipality, provider);
    return standing_conversation(reading->standing, reading->scope->partition, number, municipality, provider);
}

static void enter(Reading *reading, int64_t conversation, StatementRow row)
{
    reading->entries[reading->count++] = (StatementEntry){conversation_of(reading, conversation), row};
}

/* rows of figures, whichever question gave them */

typedef struct FigureColumns {
    int lines, declared_cents, approved_cents, rejected_lines, rejected_cents, credited_lines, credited_cents,
        corrected_cents;
} FigureColumns;

static FigureColumns figure_columns(const Rows *rows)
{
    return (FigureColumns){
        .lines = rows_column(rows, "lines"),
        .declared_cents = rows_column(rows, "declared_cents"),
        .approved_cents = rows_column(rows, "approved_cents"),
        .rejected_lines = rows_column(rows, "rejected_lines"),
        .rejected_cents = rows_column(rows, "rejected_cents"),
        .credited_lines = rows_column(rows, "credited_lines"),
        .credited_cents = rows_column(rows, "credited_cents"),
        .corrected_cents = rows_column(rows, "corrected_cents"),
    };
}

static StatementRow figures_of(const Rows *rows, size_t row, const FigureColumns *at)
{
    return (StatementRow){
        .lines = rows_int(rows, row, at->lines),
        .declared = {rows_int(rows, row, at->declared_cents)},
        .approved = {rows_int(rows, row, at->approved_cents)},
        .rejected_lines = rows_int(rows, row, at->rejected_lines),
        .rejected = {rows_int(rows, row, at->rejected_cents)},
        .credited_lines = rows_int(rows, row, at->credited_lines),
        .credited = {rows_int(rows, row, at->credited_cents)},
        .corrected = {rows_int(rows, row, at->corrected_cents)},
    };
}

/* allocations: every version, oldest first; gone through once beside what was booked on them, in the same order */

typedef struct Allocations {
    const Rows *rows;
    int conversation;
    int number;
    GrantedColumns granted;
    size_t next;
    bool declared; /* a line names the next one */
} Allocations;

static Allocations allocations(const Rows *rows)
{
    return (Allocations){
        .rows = rows,
        .conversation = rows_column(rows, "conversation"),
        .number = rows_column(rows, "number"),
        .granted = granted_columns(rows),
    };
}

static int order_of_next(const Allocations *list, int64_t conversation, const char *number)
{
    int64_t there = rows_int(list->rows, list->next, list->conversation);
    if (there != conversation)
        return there < conversation ? -1 : 1;
    return strcmp(rows_text(list->rows, list->next, list->number), number);
}

static bool is_last_version(const Allocations *list)
{
    size_t after = list->next + 1;
    return after == rows_count(list->rows) ||
           rows_int(list->rows, after, list->conversation) != rows_int(list->rows, list->next, list->conversation) ||
           strcmp(rows_text(list->rows, after, list->number), rows_text(list->rows, list->next, list->number)) != 0;
}

/* The next allocation is done with. It counts when it is of the year and nobody ever declared on it. */
static void pass(Reading *reading, Allocations *list)
{
    int32_t year = reading->scope->year;
    while (!is_last_version(list))
        list->next++;
    Allocated granted = granted_of(list->rows, list->next, &list->granted);
    bool is_of_year = !granted.removed && period_overlaps(granted.period, period_year(day_of(year, 1, 1)));
    if (is_of_year && !list->declared)
        enter(reading, rows_int(list->rows, list->next, list->conversation),
              (StatementRow){.kind = statement_kind(year, &granted, granted.category, granted.code), .undeclared = 1});
    list->next++;
    list->declared = false;
}

/* Goes on to the allocation of that number; false when nobody knows it. */
static bool comes_to(Reading *reading, Allocations *list, int64_t conversation, const char *number,
                     Allocated *granted_out)
{
    while (list->next < rows_count(list->rows) && order_of_next(list, conversation, number) < 0)
        pass(reading, list);
    if (list->next == rows_count(list->rows) || order_of_next(list, conversation, number) != 0)
        return false;
    while (!is_last_version(list))
        list->next++;
    list->declared = true;
    *granted_out = granted_of(list->rows, list->next, &list->granted);
    return true;
}

static void read_booked(Reading *reading, const Rows *booked, const Rows *granted)
{
    Allocations list = allocations(granted);
    FigureColumns at = figure_columns(booked);
    int conversation = rows_column(booked, "conversation");
    int number = rows_column(booked, "allocation");
    int category = rows_column(booked, "category");
    int code = rows_column(booked, "code");
    int service_year = rows_column(booked, "service_year");
    int booked_year = rows_column(booked, "booked_year");
    for (size_t row = 0; row < rows_count(booked); row++) {
        int64_t of = rows_int(booked, row, conversation);
        Allocated allocated;
        bool known = comes_to(reading, &list, of, rows_text(booked, row, number), &allocated);
        if (rows_int(booked, row, booked_year) != reading->scope->year)
            continue;
        StatementRow figures = figures_of(booked, row, &at);
        figures.kind = statement_kind((int32_t)rows_int(booked, row, service_year), known ? &allocated : NULL,
                                      rows_text(booked, row, category), rows_text(booked, row, code));
        enter(reading, of, figures);
    }
    while (list.next < rows_count(list.rows))
        pass(reading, &list);
}

static void read_work(Reading *reading, Arena *arena, const Rows *work, const Library *library, Day on)
{
    const Trajectory *list = billing_work_of(arena, work, library, on, reading->scope->known);
    for (size_t i = 0; i < rows_count(work); i++)
        if (list[i].work.reason == BILLING_APPROVED)
            enter(reading, list[i].allocation->conversation->number,
                  statement_row_of_work(reading->scope->year, list[i].allocation, &list[i].work));
}

static Params *scope_params(Arena *arena, const StatementScope *scope)
{
    Params *params = params_new(arena);
    params_int2(params, scope->partition);
    params_int8(params, scope->first);
    params_int8(params, scope->last);
    return params;
}

static Params *work_params(Arena *arena, const StatementScope *scope, Day on)
{
    Params *params = params_new(arena);
    column_int(params_column(params, COLUMN_INT2), scope->partition);
    params_int8(params, scope->first);
    params_int8(params, scope->last);
    params_day(params, on);
    params_day(params, scope->known);
    return params;
}

Status billing_load_statements(Arena *arena, Database *database, const Library *library, const StatementScope *scope,
                               Statements *statements_out)
{
    Day on = day_of(scope->year, 12, 31);
    Rows *booked, *granted, *work;
    const Ask asks[] = {
        {BILLING_LOAD_BOOKED, scope_params(arena, scope), &booked},
        {BILLING_LOAD_ALLOCATIONS_BETWEEN, scope_params(arena, scope), &granted},
        {BILLING_LOAD_WORK, work_params(arena, scope, on), &work},
    };
    TRY(database_ask_all(database, asks, sizeof asks / sizeof *asks));

    size_t most = rows_count(booked) + rows_count(granted) + rows_count(work);
    Reading reading = {
        .scope = scope,
        .standing = standing_new(arena, NULL, most),
        .entries = ARENA_MANY(arena, StatementEntry, most),
    };
    read_booked(&reading, booked, granted);
    read_work(&reading, arena, work, library, on);
    return statements_add_up(arena, scope->year, reading.entries, reading.count, statements_out)
               ? STATUS_OK
               : FAULT(STATUS_SET_ASIDE, "a sum of %d does not fit in an amount", scope->year);
}

/* what was frozen */

static void take_digest(const Rows *rows, size_t row, int column, Digest *digest_out)
{
    Bytes bytes = rows_bytes(rows, row, column);
    memcpy(digest_out->bytes, bytes.data, bytes.size < DIGEST_SIZE ? bytes.size : DIGEST_SIZE);
}

static StatementRow frozen_row(const Rows *rows, size_t row, const FigureColumns *at)
{
    StatementRow figures = figures_of(rows, row, at);
    figures.kind = (StatementKind){
        .service_year = (int32_t)rows_int(rows, row, rows_column(rows, "service_year")),
        .pic = {rows_text(rows, row, rows_column(rows, "profile")),
                rows_text(rows, row, rows_column(rows, "intensity"))},
        .category = rows_text(rows, row, rows_column(rows, "category")),
        .code = rows_text(rows, row, rows_column(rows, "code")),
    };
    figures.in_progress = (Money){rows_int(rows, row, rows_column(rows, "in_progress_cents"))};
    figures.ahead = (Money){rows_int(rows, row, rows_column(rows, "ahead_cents"))};
    figures.obligation = (Money){rows_int(rows, row, rows_column(rows, "obligation_cents"))};
    figures.undeclared = rows_int(rows, row, rows_column(rows, "undeclared"));
    return figures;
}

/* Rows come in order of conversation and kind. */
Status billing_load_frozen(Arena *arena, Database *database, const StatementScope *scope, Statements *statements_out)
{
    Params *params = params_new(arena);
    params_int2(params, scope->partition);
    params_int2(params, (int16_t)scope->year);
    params_int8(params, scope->first);
    params_int8(params, scope->last);
    Rows *rows;
    TRY(database_ask(database, BILLING_LOAD_FROZEN, params, &rows));

    Reading reading = {.scope = scope, .standing = standing_new(arena, NULL, 1)};
    FigureColumns at = figure_columns(rows);
    int conversation = rows_column(rows, "conversation");
    int digest = rows_column(rows, "digest");
    StatementRow *list = ARENA_MANY(arena, StatementRow, rows_count(rows));
    Statements statements = {.list = ARENA_MANY(arena, Statement, rows_count(rows))};
    for (size_t row = 0; row < rows_count(rows); row++) {
        const Conversation *of = conversation_of(&reading, rows_int(rows, row, conversation));
        list[row] = frozen_row(rows, row, &at);
        Statement *newest = statements.count ? &statements.list[statements.count - 1] : NULL;
        if (!newest || newest->conversation != of) {
            newest = &statements.list[statements.count++];
            *newest = (Statement){.conversation = of, .year = scope->year, .rows = &list[row]};
            take_digest(rows, row, digest, &newest->digest);
        }
        newest->count++;
    }
    *statements_out = statements;
    return STATUS_OK;
}
