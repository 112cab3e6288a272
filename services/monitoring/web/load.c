#include "monitoring/web/load.h"

#include "monitoring/core/clients.h"
#include "monitoring/core/people.h"
#include "monitoring/sql.h"

static const Params *asked(Arena *arena, const ReportQuestion *question, const char *municipality)
{
    Params *params = params_new(arena);
    params_text(params, municipality);
    params_int4(params, question->year);
    params_day(params, question->known_on);
    return params;
}

/* Where each column of the common ones stands; -1 where a query has none of that name. */
typedef struct KindColumns {
    int municipality, segment, content, funding;
} KindColumns;

static KindColumns kind_columns(const Rows *rows)
{
    return (KindColumns){rows_column(rows, "municipality"), rows_column(rows, "segment"), rows_column(rows, "content"),
                         rows_column(rows, "funding")};
}

static Label kind_label(const Rows *rows, size_t row, const KindColumns *columns)
{
    return (Label){{
        rows_text(rows, row, columns->segment),
        content_name((Content)rows_int(rows, row, columns->content)),
        funding_name((Funding)rows_int(rows, row, columns->funding)),
    }};
}

static void read_spent(Arena *arena, const Rows *rows, Found *found)
{
    size_t count = rows_count(rows);
    FoundSum *sums = ARENA_MANY(arena, FoundSum, count);
    KindColumns kind = kind_columns(rows);
    int month = rows_column(rows, "month"), lines = rows_column(rows, "lines"), cents = rows_column(rows, "cents");
    for (size_t row = 0; row < count; row++)
        sums[row] = (FoundSum){
            .municipality = rows_text(rows, row, kind.municipality),
            .label = kind_label(rows, row, &kind),
            .month = (int32_t)rows_int(rows, row, month),
            .lines = rows_int(rows, row, lines),
            .cents = rows_int(rows, row, cents),
        };
    found->sums = sums;
    found->sum_count = count;
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

static Status read_cared(Arena *arena, const Rows *rows, JoinedClients joined, Found *found)
{
    KindColumns kind = kind_columns(rows);
    int month = rows_column(rows, "month"), packed = rows_column(rows, "clients");
    size_t most = 0, count = 0;
    for (size_t row = 0; row < rows_count(rows); row++)
        most += rows_bytes(rows, row, packed).size / CLIENT_BYTES;
    FoundClient *all = ARENA_MANY(arena, FoundClient, most);
    for (size_t row = 0; row < rows_count(rows); row++) {
        ClientLines *clients;
        size_t client_count;
        if (!clients_unpack(arena, rows_bytes(rows, row, packed), &clients, &client_count))
            return FAULT(STATUS_STOP, "a row of clients is cut off");
        FoundClient one = {
            .municipality = rows_text(rows, row, kind.municipality),
            .label = kind_label(rows, row, &kind),
            .first_month = (int32_t)rows_int(rows, row, month),
            .last_month = (int32_t)rows_int(rows, row, month),
        };
        for (size_t i = 0; i < client_count; i++) {
            one.client = people_joined(joined, clients[i].client);
            one.lines = clients[i].lines;
            all[count++] = one;
        }
    }
    found->clients = all;
    found->client_count = count;
    return STATUS_OK;
}

static void read_running(Arena *arena, const Rows *rows, Found *found)
{
    size_t count = rows_count(rows);
    FoundClient *clients = ARENA_MANY(arena, FoundClient, count);
    KindColumns kind = kind_columns(rows);
    int client = rows_column(rows, "client"), first = rows_column(rows, "first_month"),
        last = rows_column(rows, "last_month");
    for (size_t row = 0; row < count; row++)
        clients[row] = (FoundClient){
            .municipality = rows_text(rows, row, kind.municipality),
            .label = kind_label(rows, row, &kind),
            .first_month = (int32_t)rows_int(rows, row, first),
            .last_month = (int32_t)rows_int(rows, row, last),
            .client = rows_int(rows, row, client),
            .lines = 1,
        };
    found->clients = clients;
    found->client_count = count;
}

static void read_counts(Arena *arena, const Rows *rows, Found *found)
{
    size_t count = rows_count(rows);
    FoundSum *sums = ARENA_MANY(arena, FoundSum, count);
    int municipality = rows_column(rows, "municipality"), word = rows_column(rows, "word"),
        reason = rows_column(rows, "reason"), month = rows_column(rows, "month"), facts = rows_column(rows, "count"),
        lines = rows_column(rows, "lines"), cents = rows_column(rows, "cents");
    for (size_t row = 0; row < count; row++)
        sums[row] = (FoundSum){
            .municipality = rows_text(rows, row, municipality),
            .label = {{rows_text(rows, row, word), rows_text(rows, row, reason), ""}},
            .month = (int32_t)rows_int(rows, row, month),
            .count = rows_int(rows, row, facts),
            .lines = rows_int(rows, row, lines),
            .cents = rows_int(rows, row, cents),
        };
    found->sums = sums;
    found->sum_count = count;
}

static FoundPosting *read_postings(Arena *arena, const Rows *rows)
{
    FoundPosting *postings = ARENA_MANY(arena, FoundPosting, rows_count(rows));
    int municipality = rows_column(rows, "municipality"), account = rows_column(rows, "account"),
        cents = rows_column(rows, "cents");
    for (size_t row = 0; row < rows_count(rows); row++)
        postings[row] = (FoundPosting){rows_text(rows, row, municipality), rows_text(rows, row, account),
                                       rows_int(rows, row, cents)};
    return postings;
}

Status report_load(Arena *arena, Database *database, const ReportQuestion *question, Report *report_out)
{
    const Params *params = asked(arena, question, question->exact ? question->municipality : "");
    Params *known = params_new(arena);
    params_day(known, question->known_on);
    Rows *spent, *cared, *running, *decided, *answered, *rejected, *posted, *joined;
    const Ask asks[] = {
        {MONITORING_LOAD_SPENT, params, &spent},       {MONITORING_LOAD_CARED, params, &cared},
        {MONITORING_LOAD_RUNNING, params, &running},   {MONITORING_LOAD_DECIDED, params, &decided},
        {MONITORING_LOAD_ANSWERED, params, &answered}, {MONITORING_LOAD_REJECTED, params, &rejected},
        {MONITORING_LOAD_POSTED, params, &posted},     {MONITORING_LOAD_JOINED, known, &joined},
    };
    TRY(database_ask_all(database, asks, sizeof asks / sizeof *asks));

    Found found[SUBJECT_COUNT] = {0};
    read_spent(arena, spent, &found[SUBJECT_MONEY]);
    TRY(read_cared(arena, cared, read_joined(arena, joined), &found[SUBJECT_MONEY]));
    read_running(arena, running, &found[SUBJECT_CLIENTS]);
    read_counts(arena, decided, &found[SUBJECT_DECISIONS]);
    read_counts(arena, answered, &found[SUBJECT_DECLARATIONS]);
    read_counts(arena, rejected, &found[SUBJECT_REJECTIONS]);
    if (!report_make(arena, question, found, read_postings(arena, posted), rows_count(posted), report_out))
        return FAULT(STATUS_STOP, "a total of the report does not fit in an amount");
    return STATUS_OK;
}

Status report_load_newest(Database *database, Day *newest_out)
{
    Rows *rows;
    TRY(database_ask(database, MONITORING_LOAD_NEWEST, NULL, &rows));
    int known_day = rows_column(rows, "known_day");
    *newest_out = rows_null(rows, 0, known_day) ? DAY_FIRST : rows_day(rows, 0, known_day);
    return STATUS_OK;
}

/* Every book is said in every partition: one of them tells all. */
Status report_load_books(Arena *arena, Database *database, Library *library, const Books **books_out)
{
    static const bool FIRST[PARTITIONS] = {true};
    TRY(library_read(library, database, arena, FIRST));
    *books_out = library_books(library, 0);
    return STATUS_OK;
}
