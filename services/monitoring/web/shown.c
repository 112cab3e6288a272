#include "monitoring/web/shown.h"

#include "book/monthly.h"
#include "monitoring/sql.h"
#include "monitoring/web/load.h"

/* Whatever is asked, it is the whole region: what is hidden in one municipality must not follow from others. */
static const Params *of_year(const Desk *desk)
{
    Params *params = params_new(desk->arena);
    params_text(params, "");
    params_int4(params, desk->question->year);
    params_day(params, desk->question->known_on);
    return params;
}

static void read_money(Arena *arena, const Rows *rows, ShownFound *found)
{
    size_t count = rows_count(rows);
    ShownMoney *money = ARENA_MANY(arena, ShownMoney, count);
    int municipality = rows_column(rows, "municipality"), month = rows_column(rows, "month"),
        lines = rows_column(rows, "lines"), cents = rows_column(rows, "cents");
    for (size_t row = 0; row < count; row++)
        money[row] = (ShownMoney){
            .municipality = rows_text(rows, row, municipality),
            .kind = load_kind(rows, row),
            .month = (int32_t)rows_int(rows, row, month),
            .lines = rows_int(rows, row, lines),
            .cents = rows_int(rows, row, cents),
        };
    found->money = money;
    found->money_count = count;
}

static void read_crowds(Arena *arena, const Rows *rows, ShownFound *found)
{
    size_t count = rows_count(rows);
    ShownCrowd *crowds = ARENA_MANY(arena, ShownCrowd, count);
    int municipality = rows_column(rows, "municipality"), month = rows_column(rows, "month"),
        clients = rows_column(rows, "clients");
    for (size_t row = 0; row < count; row++)
        crowds[row] = (ShownCrowd){
            .municipality = rows_text(rows, row, municipality),
            .kind = load_kind(rows, row),
            .month = (int32_t)rows_int(rows, row, month),
            .clients = rows_bytes(rows, row, clients),
        };
    found->crowds = crowds;
    found->crowd_count = count;
}

static Status load_promised(const Desk *desk, int32_t to_come, ShownFound *found)
{
    if (to_come > MONTHS_PER_YEAR)
        return STATUS_OK;
    Params *params = params_new(desk->arena);
    params_day(params, day_of(desk->question->year, to_come, 1));
    params_day(params, desk->question->known_on);
    Rows *rows;
    TRY(database_ask(desk->database, MONITORING_LOAD_PROMISED, params, &rows));
    size_t count = rows_count(rows);
    ShownClient *clients = ARENA_MANY(desk->arena, ShownClient, count);
    int municipality = rows_column(rows, "municipality"), client = rows_column(rows, "client"),
        first = rows_column(rows, "first_month"), last = rows_column(rows, "last_month");
    for (size_t row = 0; row < count; row++)
        clients[row] = (ShownClient){
            .municipality = rows_text(rows, row, municipality),
            .client = rows_int(rows, row, client),
            .first_month = (int32_t)rows_int(rows, row, first),
            .last_month = (int32_t)rows_int(rows, row, last),
        };
    found->clients = clients;
    found->client_count = count;
    return STATUS_OK;
}

Status shown_load(const Desk *desk, ShownFound *found, int32_t to_come, Cube *shown_out)
{
    const Params *year = of_year(desk);
    Rows *spent, *cared;
    const Ask asks[] = {
        {MONITORING_LOAD_SPENT, year, &spent},
        {MONITORING_LOAD_CARED, year, &cared},
    };
    TRY(database_ask_all(desk->database, asks, sizeof asks / sizeof *asks));
    read_money(desk->arena, spent, found);
    read_crowds(desk->arena, cared, found);
    TRY(load_joined(desk, &found->joined));
    TRY(load_promised(desk, to_come, found));
    if (!shown_make(desk->arena, found, shown_out))
        return FAULT(STATUS_STOP, "who is behind the money of a month cannot be counted");
    return STATUS_OK;
}
