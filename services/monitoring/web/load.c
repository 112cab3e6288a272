#include "monitoring/web/load.h"

#include "monitoring/core/clients.h"
#include "monitoring/core/report.h"
#include "monitoring/sql.h"

#include <string.h>

enum { NUMBER_BYTES = 8 };

/* What a total of a table does not fit in is no amount. */
static Status added(bool fits)
{
    return fits ? STATUS_OK : FAULT(STATUS_STOP, "a total of the table does not fit in an amount");
}

/* For a wide audience it is always the whole region: what is hidden in one municipality must not follow from others. */
static Params *asked(const Desk *desk)
{
    Params *params = params_new(desk->arena);
    params_text(params, desk->question->exact ? desk->question->municipality : "");
    params_int4(params, desk->question->year);
    params_day(params, desk->question->known_on);
    return params;
}

static Params *asked_of_providers(const Desk *desk)
{
    Params *params = asked(desk);
    params_text(params, desk->question->provider);
    return params;
}

static Params *known_on(const Desk *desk)
{
    Params *params = params_new(desk->arena);
    params_day(params, desk->question->known_on);
    return params;
}

/* ---- what rows say ---- */

static Label kind_label(const Rows *rows, size_t row)
{
    return (Label){{
        rows_text(rows, row, rows_column(rows, "segment")),
        content_name((Content)rows_int(rows, row, rows_column(rows, "content"))),
        funding_name((Funding)rows_int(rows, row, rows_column(rows, "funding"))),
    }};
}

static Label provider_label(const Rows *rows, size_t row)
{
    return (Label){{rows_text(rows, row, rows_column(rows, "provider")), "", ""}};
}

static Label word_label(const Rows *rows, size_t row)
{
    return (Label){
        {rows_text(rows, row, rows_column(rows, "word")), rows_text(rows, row, rows_column(rows, "reason")), ""}};
}

typedef Label LabelOf(const Rows *rows, size_t row);

static void read_money(Arena *arena, const Rows *rows, LabelOf *label_of, Found *found)
{
    size_t count = rows_count(rows);
    FoundSum *sums = ARENA_MANY(arena, FoundSum, count);
    int municipality = rows_column(rows, "municipality"), month = rows_column(rows, "month"),
        lines = rows_column(rows, "lines"), cents = rows_column(rows, "cents");
    for (size_t row = 0; row < count; row++)
        sums[row] = (FoundSum){
            .municipality = rows_text(rows, row, municipality),
            .label = label_of(rows, row),
            .month = (int32_t)rows_int(rows, row, month),
            .lines = rows_int(rows, row, lines),
            .cents = rows_int(rows, row, cents),
        };
    found->sums = sums;
    found->sum_count = count;
}

/* Without their reasons where only the first word of a label is told. */
static void read_counts(Arena *arena, const Rows *rows, bool reasons, Found *found)
{
    size_t count = rows_count(rows);
    FoundSum *sums = ARENA_MANY(arena, FoundSum, count);
    int municipality = rows_column(rows, "municipality"), month = rows_column(rows, "month"),
        facts = rows_column(rows, "count"), lines = rows_column(rows, "lines");
    for (size_t row = 0; row < count; row++)
        sums[row] = (FoundSum){
            .municipality = rows_text(rows, row, municipality),
            .label = reasons ? word_label(rows, row) : (Label){{word_label(rows, row).words[0], "", ""}},
            .month = (int32_t)rows_int(rows, row, month),
            .count = rows_int(rows, row, facts),
            .lines = rows_int(rows, row, lines),
        };
    found->sums = sums;
    found->sum_count = count;
}

Kind load_kind(const Rows *rows, size_t row)
{
    return (Kind){
        rows_text(rows, row, rows_column(rows, "segment")),
        (Content)rows_int(rows, row, rows_column(rows, "content")),
        (Funding)rows_int(rows, row, rows_column(rows, "funding")),
    };
}

static JoinedClients read_joined(Arena *arena, const Rows *rows)
{
    size_t count = rows_count(rows);
    Joined *joined = ARENA_MANY(arena, Joined, count);
    int client = rows_column(rows, "client"), into = rows_column(rows, "into_client");
    for (size_t row = 0; row < count; row++)
        joined[row] = (Joined){rows_int(rows, row, client), rows_int(rows, row, into)};
    return (JoinedClients){joined, count};
}

static void join(JoinedClients joined, ClientLines *clients, size_t count)
{
    for (size_t i = 0; joined.count > 0 && i < count; i++)
        clients[i].client = people_joined(joined, clients[i].client);
}

/* Without a column for the month all are of the first. */
static Status read_cared(Arena *arena, const Rows *rows, LabelOf *label_of, int month, JoinedClients joined,
                         Found *found)
{
    size_t count = rows_count(rows);
    FoundClients *all = ARENA_MANY(arena, FoundClients, count + 1);
    int municipality = rows_column(rows, "municipality"), packed = rows_column(rows, "clients");
    for (size_t row = 0; row < count; row++) {
        ClientLines *clients;
        size_t client_count;
        if (!clients_unpack(arena, rows_bytes(rows, row, packed), &clients, &client_count))
            return FAULT(STATUS_STOP, "a row of clients is cut off");
        join(joined, clients, client_count);
        int32_t here = month < 0 ? 1 : (int32_t)rows_int(rows, row, month);
        all[row] =
            (FoundClients){rows_text(rows, row, municipality), label_of(rows, row), here, here, clients, client_count};
    }
    found->clients = all;
    found->clients_count = count;
    return STATUS_OK;
}

static const ClientLines *unpack_numbers(Arena *arena, Bytes bytes, size_t *count_out)
{
    size_t count = bytes.size / NUMBER_BYTES;
    ClientLines *clients = ARENA_MANY(arena, ClientLines, count);
    for (size_t i = 0; i < count; i++) {
        uint64_t number = 0;
        for (size_t byte = 0; byte < NUMBER_BYTES; byte++)
            number = number << 8 | bytes.data[i * NUMBER_BYTES + byte];
        clients[i] = (ClientLines){(int64_t)number, 1};
    }
    *count_out = count;
    return clients;
}

static void read_running(Arena *arena, const Rows *rows, JoinedClients joined, Found *found)
{
    size_t count = rows_count(rows);
    FoundClients *all = ARENA_MANY(arena, FoundClients, count + 1);
    int municipality = rows_column(rows, "municipality"), first = rows_column(rows, "first_month"),
        last = rows_column(rows, "last_month"), numbers = rows_column(rows, "clients");
    for (size_t row = 0; row < count; row++) {
        size_t client_count;
        const ClientLines *clients = unpack_numbers(arena, rows_bytes(rows, row, numbers), &client_count);
        all[row] = (FoundClients){
            .municipality = rows_text(rows, row, municipality),
            .label = kind_label(rows, row),
            .first_month = (int32_t)rows_int(rows, row, first),
            .last_month = (int32_t)rows_int(rows, row, last),
            .clients = clients,
            .client_count = client_count,
        };
        join(joined, (ClientLines *)(uintptr_t)clients, client_count);
    }
    found->clients = all;
    found->clients_count = count;
}

/* ---- tables ---- */

Status load_joined(const Desk *desk, JoinedClients *joined_out)
{
    Rows *rows;
    TRY(database_ask(desk->database, MONITORING_LOAD_JOINED, known_on(desk), &rows));
    *joined_out = read_joined(desk->arena, rows);
    return STATUS_OK;
}

Status load_spending(const Desk *desk, Table *table)
{
    static const ReportShape SHAPE = {3, {FIGURE_COUNT, FIGURE_LINES, FIGURE_CENTS}, 3};
    Rows *spent, *cared, *joined;
    const Ask asks[] = {
        {MONITORING_LOAD_SPENT, asked(desk), &spent},
        {MONITORING_LOAD_CARED, asked(desk), &cared},
        {MONITORING_LOAD_JOINED, known_on(desk), &joined},
    };
    TRY(database_ask_all(desk->database, asks, sizeof asks / sizeof *asks));
    Found found = {0};
    read_money(desk->arena, spent, kind_label, &found);
    TRY(read_cared(desk->arena, cared, kind_label, rows_column(cared, "month"), read_joined(desk->arena, joined),
                   &found));
    return added(report_add_rows(desk->arena, desk->question, &SHAPE, &found, table));
}

Status load_clients(const Desk *desk, Table *table)
{
    static const ReportShape SHAPE = {3, {FIGURE_COUNT}, 1};
    Rows *running, *joined;
    const Ask asks[] = {
        {MONITORING_LOAD_RUNNING, asked(desk), &running},
        {MONITORING_LOAD_JOINED, known_on(desk), &joined},
    };
    TRY(database_ask_all(desk->database, asks, sizeof asks / sizeof *asks));
    Found found = {0};
    read_running(desk->arena, running, read_joined(desk->arena, joined), &found);
    return added(report_add_rows(desk->arena, desk->question, &SHAPE, &found, table));
}

static Status load_counts(const Desk *desk, const Query *query, const ReportShape *shape, bool reasons, Table *table)
{
    Rows *rows;
    TRY(database_ask(desk->database, query, asked(desk), &rows));
    Found found = {0};
    read_counts(desk->arena, rows, reasons, &found);
    return added(report_add_rows(desk->arena, desk->question, shape, &found, table));
}

/* By reason hardly a cell has ten: a wide audience sees what became of requests, and not why. */
Status load_decisions(const Desk *desk, Table *table)
{
    static const ReportShape SHAPE = {2, {FIGURE_COUNT, FIGURE_LINES}, 2};
    return load_counts(desk, MONITORING_LOAD_DECIDED, &SHAPE, desk->question->exact, table);
}

Status load_declarations(const Desk *desk, Table *table)
{
    static const ReportShape SHAPE = {1, {FIGURE_COUNT}, 1};
    return load_counts(desk, MONITORING_LOAD_ANSWERED, &SHAPE, true, table);
}

Status load_rejections(const Desk *desk, Table *table)
{
    static const ReportShape SHAPE = {2, {FIGURE_COUNT}, 1};
    return load_counts(desk, MONITORING_LOAD_REJECTED, &SHAPE, true, table);
}

Status load_ledger(const Desk *desk, Table *table)
{
    Rows *rows;
    TRY(database_ask(desk->database, MONITORING_LOAD_POSTED, asked(desk), &rows));
    int municipality = rows_column(rows, "municipality"), account = rows_column(rows, "account"),
        cents = rows_column(rows, "cents");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Value *value = table_add(table);
        value[0] = value_text(rows_text(rows, row, municipality));
        value[1] = value_text(rows_text(rows, row, account));
        value[2] = value_number(rows_int(rows, row, cents));
    }
    return STATUS_OK;
}

static void read_rejected(Arena *arena, const Rows *rows, Found *found)
{
    size_t count = rows_count(rows);
    FoundSum *sums = ARENA_MANY(arena, FoundSum, count);
    int municipality = rows_column(rows, "municipality"), lines = rows_column(rows, "lines");
    for (size_t row = 0; row < count; row++)
        sums[row] = (FoundSum){.municipality = rows_text(rows, row, municipality),
                               .label = provider_label(rows, row),
                               .month = 1,
                               .count = rows_int(rows, row, lines)};
    found->sums = sums;
    found->sum_count = count;
}

Status load_providers(const Desk *desk, Table *table)
{
    const Params *params = asked_of_providers(desk);
    Rows *spent, *cared, *rejected, *joined;
    const Ask asks[] = {
        {MONITORING_LOAD_PROVIDER_SPENT, params, &spent},
        {MONITORING_LOAD_PROVIDER_CARED, params, &cared},
        {MONITORING_LOAD_PROVIDER_REJECTED, params, &rejected},
        {MONITORING_LOAD_JOINED, known_on(desk), &joined},
    };
    TRY(database_ask_all(desk->database, asks, sizeof asks / sizeof *asks));
    Found delivered = {0}, refused = {0};
    read_money(desk->arena, spent, provider_label, &delivered);
    TRY(read_cared(desk->arena, cared, provider_label, -1, read_joined(desk->arena, joined), &delivered));
    read_rejected(desk->arena, rejected, &refused);
    return added(report_add_providers(desk->arena, desk->question, &delivered, &refused, table));
}

Status load_provider_months(const Desk *desk, Table *table)
{
    Rows *rows;
    TRY(database_ask(desk->database, MONITORING_LOAD_PROVIDER_MONTHS, asked_of_providers(desk), &rows));
    Found found = {0};
    read_money(desk->arena, rows, provider_label, &found);
    return added(report_add_provider_months(desk->arena, desk->question, &found, table));
}

Status load_moment(Database *database, Moment *moment_out)
{
    Rows *rows;
    TRY(database_ask(database, MONITORING_LOAD_MOMENT, NULL, &rows));
    int known_day = rows_column(rows, "known_day");
    *moment_out = (Moment){
        .newest = rows_null(rows, 0, known_day) ? DAY_FIRST : rows_day(rows, 0, known_day),
        .year_first = (int32_t)rows_int(rows, 0, rows_column(rows, "year_first")),
        .year_last = (int32_t)rows_int(rows, 0, rows_column(rows, "year_last")),
        .heard = rows_text(rows, 0, rows_column(rows, "heard")),
    };
    return STATUS_OK;
}
