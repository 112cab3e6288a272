#include "monitoring/keep.h"

#include "db/copy.h"
#include "monitoring/sql.h"

enum { COLUMNS_MAX = 19 };

/* The arrays of one statement, in the order of its parameters; the next value goes to the next column. */
typedef struct Columns {
    Params *params;
    Column *list[COLUMNS_MAX];
    int count;
    int next;
} Columns;

static void open_columns(Columns *columns, Arena *arena, const ColumnType *types, size_t count)
{
    *columns = (Columns){.params = params_new(arena), .count = (int)count};
    for (size_t i = 0; i < count; i++)
        columns->list[i] = params_column(columns->params, types[i]);
}

#define OPEN(columns, arena, ...)                                       \
    open_columns((columns), (arena), (const ColumnType[]){__VA_ARGS__}, \
                 sizeof((const ColumnType[]){__VA_ARGS__}) / sizeof(ColumnType))

static Column *next(Columns *columns)
{
    Column *column = columns->list[columns->next];
    columns->next = (columns->next + 1) % columns->count;
    return column;
}

static void put_int(Columns *columns, int64_t value)
{
    column_int(next(columns), value);
}

static void put_text(Columns *columns, const char *text)
{
    column_text(next(columns), text);
}

static void put_day(Columns *columns, Day day)
{
    column_day(next(columns), day);
}

static void put_day_or_null(Columns *columns, bool given, Day day)
{
    if (given)
        put_day(columns, day);
    else
        column_null(next(columns));
}

static void put_bool(Columns *columns, bool value)
{
    column_bool(next(columns), value);
}

static void put_conversation(Columns *columns, const Place *place)
{
    put_int(columns, place->partition);
    put_text(columns, place->municipality);
    put_text(columns, place->provider);
}

static void put_kind(Columns *columns, const Kind *kind)
{
    put_text(columns, kind->segment);
    put_int(columns, kind->content);
    put_int(columns, kind->funding);
}

static void put_pic(Columns *columns, Pic pic)
{
    put_text(columns, pic.profile);
    put_text(columns, pic.intensity);
}

static const Params *spent(Arena *arena, const Increments *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_INT2, COLUMN_INT2, COLUMN_TEXT,
         COLUMN_TEXT, COLUMN_DAY, COLUMN_DAY, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8);
    for (const SpentRow *row = all->spent; row < all->spent + all->spent_count; row++) {
        put_conversation(&columns, &row->place);
        put_kind(&columns, &row->kind);
        put_pic(&columns, row->pic);
        put_day(&columns, row->month);
        put_day(&columns, row->place.known);
        put_int(&columns, row->debet_lines);
        put_int(&columns, row->debet.cents);
        put_int(&columns, row->credit_lines);
        put_int(&columns, row->credit.cents);
        put_int(&columns, row->corrected.cents);
    }
    return columns.params;
}

/* The same by month only. */
static const Params *approved(Arena *arena, const Increments *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_DAY, COLUMN_DAY, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8);
    for (const SpentRow *row = all->spent; row < all->spent + all->spent_count; row++) {
        put_int(&columns, row->place.partition);
        put_text(&columns, row->place.municipality);
        put_day(&columns, row->month);
        put_day(&columns, period_month(row->place.known).first);
        put_int(&columns, row->debet.cents);
        put_int(&columns, row->credit.cents);
        put_int(&columns, row->corrected.cents);
    }
    return columns.params;
}

static const Params *running(Arena *arena, const Increments *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_DAY, COLUMN_TEXT, COLUMN_INT8,
         COLUMN_TEXT, COLUMN_INT2, COLUMN_INT2, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_DAY, COLUMN_DAY,
         COLUMN_BOOL, COLUMN_INT8, COLUMN_INT4, COLUMN_DAY);
    for (const RunningRow *row = all->running; row < all->running + all->running_count; row++) {
        const Running *running = &row->running;
        put_conversation(&columns, &row->place);
        put_text(&columns, running->number);
        put_day(&columns, row->place.known);
        put_text(&columns, running->trajectory);
        put_int(&columns, running->client);
        put_kind(&columns, &running->kind);
        put_int(&columns, running->cohort);
        put_pic(&columns, running->pic);
        put_day(&columns, running->period.first);
        put_day(&columns, running->period.last);
        put_bool(&columns, running->removed);
        put_int(&columns, running->worth.cents);
        put_int(&columns, running->worth_days);
        put_day_or_null(&columns, row->replaced, row->replaced_day);
    }
    return columns.params;
}

static const Params *replaced(Arena *arena, const Regranted *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_DAY, COLUMN_DAY);
    for (const ReplacedRow *row = all->replaced; row < all->replaced + all->replaced_count; row++) {
        put_int(&columns, row->place.partition);
        put_text(&columns, row->place.municipality);
        put_text(&columns, row->number);
        put_day(&columns, row->place.known);
        put_day(&columns, row->replaced_day);
    }
    return columns.params;
}

static const Params *granted(Arena *arena, const Regranted *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_INT4, COLUMN_DAY, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8,
         COLUMN_INT8, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8, COLUMN_INT8,
         COLUMN_INT8);
    for (const GrantedRow *row = all->granted; row < all->granted + all->granted_count; row++) {
        put_int(&columns, row->place.partition);
        put_text(&columns, row->place.municipality);
        put_int(&columns, row->year);
        put_day(&columns, row->place.known);
        for (size_t month = 0; month < sizeof row->months / sizeof *row->months; month++)
            put_int(&columns, row->months[month].cents);
    }
    return columns.params;
}

static const Params *told(Arena *arena, const Increments *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT,
         COLUMN_BYTES);
    for (const ToldRow *row = all->told; row < all->told + all->told_count; row++) {
        put_int(&columns, row->place.partition);
        put_text(&columns, row->trajectory);
        put_text(&columns, row->place.municipality);
        put_text(&columns, row->place.provider);
        put_text(&columns, row->segment);
        put_pic(&columns, row->pic);
        column_bytes(next(&columns), row->told);
    }
    return columns.params;
}

/* Those that came, or those that were judged and had come before. */
static const Params *referred(Arena *arena, const Increments *all, bool came)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_DAY, COLUMN_DAY, COLUMN_DAY);
    for (const ReferredRow *row = all->referred; row < all->referred + all->referred_count; row++) {
        if (row->came != came)
            continue;
        put_conversation(&columns, &row->place);
        put_text(&columns, row->reference);
        put_day(&columns, row->place.known);
        put_day(&columns, row->due);
        put_day_or_null(&columns, row->done, row->done_day);
    }
    return columns.params;
}

static const Params *decided(Arena *arena, const Increments *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_DAY, COLUMN_INT8,
         COLUMN_INT8);
    for (const DecidedRow *row = all->decided; row < all->decided + all->decided_count; row++) {
        put_conversation(&columns, &row->place);
        put_text(&columns, verdict_name(row->verdict));
        put_text(&columns, row->reason);
        put_day(&columns, row->place.known);
        put_int(&columns, row->facts);
        put_int(&columns, row->allocations);
    }
    return columns.params;
}

static const Params *rejected(Arena *arena, const Increments *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_DAY, COLUMN_INT8);
    for (const RejectedRow *row = all->rejected; row < all->rejected + all->rejected_count; row++) {
        put_conversation(&columns, &row->place);
        put_text(&columns, row->code);
        put_text(&columns, row->reason);
        put_day(&columns, row->place.known);
        put_int(&columns, row->lines);
    }
    return columns.params;
}

static const Params *answered(Arena *arena, const Increments *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_DAY, COLUMN_INT8, COLUMN_INT8,
         COLUMN_INT8);
    for (const AnsweredRow *row = all->answered; row < all->answered + all->answered_count; row++) {
        put_conversation(&columns, &row->place);
        put_text(&columns, row->code);
        put_day(&columns, row->place.known);
        put_int(&columns, row->declarations);
        put_int(&columns, row->submitted.cents);
        put_int(&columns, row->approved.cents);
    }
    return columns.params;
}

static const Params *posted(Arena *arena, const Increments *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_INT4, COLUMN_DAY, COLUMN_INT8);
    for (const PostedRow *row = all->posted; row < all->posted + all->posted_count; row++) {
        put_conversation(&columns, &row->place);
        put_text(&columns, row->account);
        put_int(&columns, row->year);
        put_day(&columns, row->place.known);
        put_int(&columns, row->amount.cents);
    }
    return columns.params;
}

static const Params *joined(Arena *arena, const Increments *all)
{
    Columns columns;
    OPEN(&columns, arena, COLUMN_INT2, COLUMN_INT8, COLUMN_INT8, COLUMN_DAY);
    for (const JoinedRow *row = all->joined; row < all->joined + all->joined_count; row++) {
        put_int(&columns, row->place.partition);
        put_int(&columns, row->joined.client);
        put_int(&columns, row->joined.into);
        put_day(&columns, row->place.known);
    }
    return columns.params;
}

static Status copy_cared(Turn *turn, const Increments *all)
{
    if (all->cared_count == 0)
        return STATUS_OK;
    Copy *copy;
    TRY(copy_open(turn->database, turn->arena,
                  "cared(partition, position, municipality, provider, segment, content, funding, month, known_day, "
                  "clients)",
                  &copy));
    for (const CaredRow *row = all->cared; row < all->cared + all->cared_count; row++) {
        copy_row(copy, 10);
        copy_int2(copy, row->place.partition);
        copy_int8(copy, row->position);
        copy_text(copy, row->place.municipality);
        copy_text(copy, row->place.provider);
        copy_text(copy, row->kind.segment);
        copy_int2(copy, (int16_t)row->kind.content);
        copy_int2(copy, (int16_t)row->kind.funding);
        copy_day(copy, row->month);
        copy_day(copy, row->place.known);
        copy_bytes(copy, row->clients);
    }
    return copy_close(copy);
}

Status monitoring_keep(Turn *turn, const Increments *all)
{
    Ask asks[13];
    size_t count = 0;
    if (all->spent_count > 0) {
        asks[count++] = (Ask){MONITORING_KEEP_SPENT, spent(turn->arena, all), NULL};
        asks[count++] = (Ask){MONITORING_KEEP_APPROVED, approved(turn->arena, all), NULL};
    }
    if (all->running_count > 0)
        asks[count++] = (Ask){MONITORING_KEEP_RUNNING, running(turn->arena, all), NULL};
    if (all->regranted.replaced_count > 0)
        asks[count++] = (Ask){MONITORING_NOTE_REPLACED, replaced(turn->arena, &all->regranted), NULL};
    if (all->regranted.granted_count > 0)
        asks[count++] = (Ask){MONITORING_KEEP_GRANTED, granted(turn->arena, &all->regranted), NULL};
    if (all->told_count > 0)
        asks[count++] = (Ask){MONITORING_KEEP_TOLD, told(turn->arena, all), NULL};
    if (all->referred_count > 0) {
        asks[count++] = (Ask){MONITORING_KEEP_REFERRED, referred(turn->arena, all, true), NULL};
        asks[count++] = (Ask){MONITORING_KEEP_JUDGED, referred(turn->arena, all, false), NULL};
    }
    if (all->decided_count > 0)
        asks[count++] = (Ask){MONITORING_KEEP_DECIDED, decided(turn->arena, all), NULL};
    if (all->rejected_count > 0)
        asks[count++] = (Ask){MONITORING_KEEP_REJECTED, rejected(turn->arena, all), NULL};
    if (all->answered_count > 0)
        asks[count++] = (Ask){MONITORING_KEEP_ANSWERED, answered(turn->arena, all), NULL};
    if (all->posted_count > 0)
        asks[count++] = (Ask){MONITORING_KEEP_POSTED, posted(turn->arena, all), NULL};
    if (all->joined_count > 0)
        asks[count++] = (Ask){MONITORING_KEEP_JOINED, joined(turn->arena, all), NULL};
    if (count > 0)
        TRY(database_ask_all(turn->database, asks, count));
    return copy_cared(turn, all);
}
