#include "billing/load_open.h"

#include "billing/load_rows.h"
#include "billing/sql.h"

#include <string.h>

/* One reading: the rows of the lines, and what is read beside them. */
typedef struct Reading {
    Arena *arena;
    Standing *standing;
    int16_t partition;
    int64_t position;
    OpenPlace after;
    OpenPlace last;
    const Rows *lines;
    const Rows *credited;
    const Rows *adjustments;
    const Rows *allocations;
    const Rows *care;
    const Conversation *newest;
} Reading;

/* questions */

static Status ask_lines(Reading *reading, Database *database, const PricesSaid *prices, size_t count_max)
{
    Params *params = params_new(reading->arena);
    params_int2(params, reading->partition);
    params_int8(params, reading->after.conversation);
    params_text(params, reading->after.reference);
    Column *products = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < prices->product_count; i++)
        column_text(products, prices->products[i]);
    params_day(params, prices->days.first);
    params_day(params, prices->days.last);
    params_bool(params, prices->pics);
    params_int8(params, reading->position);
    params_int8(params, (int64_t)count_max);
    Rows *rows;
    TRY(database_ask(database, BILLING_LOAD_OPEN_LINES, params, &rows));
    reading->lines = rows;
    return STATUS_OK;
}

static const Params *between(const Reading *reading, bool with_position)
{
    Params *params = params_new(reading->arena);
    params_int2(params, reading->partition);
    params_int8(params, reading->after.conversation);
    params_text(params, reading->after.reference);
    params_int8(params, reading->last.conversation);
    params_text(params, reading->last.reference);
    if (with_position)
        params_int8(params, reading->position);
    return params;
}

static const Params *conversations(const Reading *reading)
{
    Params *params = params_new(reading->arena);
    params_int2(params, reading->partition);
    params_int8(params, rows_int(reading->lines, 0, rows_column(reading->lines, "conversation")));
    params_int8(params, reading->last.conversation);
    return params;
}

static Status ask_beside(Reading *reading, Database *database)
{
    Rows *credited;
    Rows *adjustments;
    Rows *allocations;
    Rows *care;
    const Ask asks[] = {
        {BILLING_LOAD_CREDITED_BETWEEN, between(reading, false), &credited},
        {BILLING_LOAD_ADJUSTMENTS_BETWEEN, between(reading, true), &adjustments},
        {BILLING_LOAD_ALLOCATIONS_BETWEEN, conversations(reading), &allocations},
        {BILLING_LOAD_CARE_BETWEEN, conversations(reading), &care},
    };
    TRY(database_ask_all(database, asks, sizeof asks / sizeof asks[0]));
    reading->credited = credited;
    reading->adjustments = adjustments;
    reading->allocations = allocations;
    reading->care = care;
    return STATUS_OK;
}

/* allocations and care */

static const Conversation *conversation_of(Reading *reading, int64_t number)
{
    if (reading->newest && reading->newest->number == number)
        return reading->newest;
    char municipality[MUNICIPALITY_SIZE];
    char provider[PROVIDER_SIZE];
    conversation_codes(number, municipality, provider);
    reading->newest = standing_conversation(reading->standing, reading->partition, number, municipality, provider);
    return reading->newest;
}

typedef struct VersionColumns {
    int conversation, number;
    GrantedColumns granted;
} VersionColumns;

static bool is_last_version(const Rows *rows, size_t row, const VersionColumns *at)
{
    return row + 1 == rows_count(rows) ||
           rows_int(rows, row, at->conversation) != rows_int(rows, row + 1, at->conversation) ||
           strcmp(rows_text(rows, row, at->number), rows_text(rows, row + 1, at->number)) != 0;
}

static void read_allocations(Reading *reading)
{
    const Rows *rows = reading->allocations;
    VersionColumns at = {rows_column(rows, "conversation"), rows_column(rows, "number"), granted_columns(rows)};
    for (size_t row = 0; row < rows_count(rows); row++) {
        if (!is_last_version(rows, row, &at))
            continue;
        const Allocated granted = granted_of(rows, row, &at.granted);
        const Conversation *conversation = conversation_of(reading, rows_int(rows, row, at.conversation));
        standing_grant(reading->standing,
                       standing_allocation(reading->standing, conversation, rows_text(rows, row, at.number)), &granted);
    }
}

static void read_care(Reading *reading)
{
    const Rows *rows = reading->care;
    int conversation = rows_column(rows, "conversation");
    int number = rows_column(rows, "number");
    int day = rows_column(rows, "day");
    int reason = rows_column(rows, "stop_reason");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Allocation *allocation =
            standing_allocation(reading->standing, conversation_of(reading, rows_int(rows, row, conversation)),
                                rows_text(rows, row, number));
        if (rows_null(rows, row, reason))
            standing_start(allocation, rows_day(rows, row, day));
        else
            standing_stop(allocation, rows_day(rows, row, day), (StopReason)rows_int(rows, row, reason));
    }
}

/* ratings */

typedef struct RatingColumns {
    int formula, rated_volume, price_cents, month, share_numerator, share_denominator, part_numerator, part_denominator,
        terms_source, terms_book, terms_line;
} RatingColumns;

static RatingColumns rating_columns(const Rows *rows)
{
    return (RatingColumns){
        .formula = rows_column(rows, "formula"),
        .rated_volume = rows_column(rows, "rated_volume"),
        .price_cents = rows_column(rows, "price_cents"),
        .month = rows_column(rows, "month"),
        .share_numerator = rows_column(rows, "share_numerator"),
        .share_denominator = rows_column(rows, "share_denominator"),
        .part_numerator = rows_column(rows, "part_numerator"),
        .part_denominator = rows_column(rows, "part_denominator"),
        .terms_source = rows_column(rows, "terms_source"),
        .terms_book = rows_column(rows, "terms_book"),
        .terms_line = rows_column(rows, "terms_line"),
    };
}

static void read_rating(const Rows *rows, size_t row, const RatingColumns *at, OpenLine *open)
{
    open->rated = (RatingInputs){
        .formula = (BillingFormula)rows_int(rows, row, at->formula),
        .price = {rows_int(rows, row, at->price_cents)},
        .volume = rows_int(rows, row, at->rated_volume),
    };
    /* The rest is of trajectories only. */
    if (rows_null(rows, row, at->terms_book))
        return;
    open->rated.month = (int32_t)rows_int(rows, row, at->month);
    open->rated.share =
        (Fraction){rows_int(rows, row, at->share_numerator), rows_int(rows, row, at->share_denominator)};
    open->rated.part = (Fraction){rows_int(rows, row, at->part_numerator), rows_int(rows, row, at->part_denominator)};
    open->terms = (Source){
        .file = rows_text(rows, row, at->terms_source),
        .book = (int32_t)rows_int(rows, row, at->terms_book),
        .line = (int32_t)rows_int(rows, row, at->terms_line),
    };
}

/* lines; what stands beside them comes in the same order, so each list is gone through once */

typedef struct Beside {
    const Rows *rows;
    int conversation;
    int reference;
    size_t next;
} Beside;

static Beside beside(const Rows *rows)
{
    return (Beside){rows, rows_column(rows, "conversation"), rows_column(rows, "reference"), 0};
}

/* Whether the next row is about this line; those about lines before it are passed. */
static bool comes_to(Beside *list, int64_t conversation, const char *reference)
{
    for (; list->next < rows_count(list->rows); list->next++) {
        int64_t there = rows_int(list->rows, list->next, list->conversation);
        int order = there < conversation ? -1 : there > conversation;
        if (order == 0)
            order = strcmp(rows_text(list->rows, list->next, list->reference), reference);
        if (order >= 0)
            return order == 0;
    }
    return false;
}

typedef struct AdjustmentColumns {
    int way, document, amount_cents, counted;
    RatingColumns rating;
} AdjustmentColumns;

static AdjustmentColumns adjustment_columns(const Rows *rows)
{
    return (AdjustmentColumns){
        .way = rows_column(rows, "way"),
        .document = rows_column(rows, "document"),
        .amount_cents = rows_column(rows, "amount_cents"),
        .counted = rows_column(rows, "counted"),
        .rating = rating_columns(rows),
    };
}

static void add_adjusted(Adjusted *list, size_t *count, Adjusted adjusted)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(list[i].document, adjusted.document) == 0) {
            list[i].amount.cents += adjusted.amount.cents;
            list[i].counted += adjusted.counted;
            return;
        }
    list[(*count)++] = adjusted;
}

static size_t without_nothing(Adjusted *list, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (list[i].amount.cents != 0 || list[i].counted != 0)
            list[kept++] = list[i];
    return kept;
}

/* Sums by document; the newest rating holds. */
static void read_adjustments(Reading *reading, Beside *list, const AdjustmentColumns *at, OpenLine *open)
{
    const Line *line = open->judged.line;
    int64_t conversation = line->reference->conversation->number;
    const char *reference = line->reference->text;
    if (!comes_to(list, conversation, reference))
        return;
    size_t first = list->next;
    size_t end = first;
    while (comes_to(list, conversation, reference))
        end = ++list->next;

    Adjusted *adjusted = ARENA_MANY(reading->arena, Adjusted, end - first);
    size_t count = 0;
    for (size_t row = first; row < end; row++) {
        add_adjusted(adjusted, &count,
                     (Adjusted){
                         .way = (Corrections)rows_int(list->rows, row, at->way),
                         .document = rows_text(list->rows, row, at->document),
                         .amount = {rows_int(list->rows, row, at->amount_cents)},
                         .counted = rows_int(list->rows, row, at->counted),
                     });
        if (!rows_null(list->rows, row, at->rating.formula))
            read_rating(list->rows, row, &at->rating, open);
    }
    open->judged.adjusted = adjusted;
    open->judged.adjusted_count = without_nothing(adjusted, count);
}

typedef struct LineColumns {
    int conversation, reference, allocation, client, category, code, first_day, last_day, volume, unit, tariff_cents,
        amount_cents, origin;
    RatingColumns rating;
} LineColumns;

static LineColumns line_columns(const Rows *rows)
{
    return (LineColumns){
        .conversation = rows_column(rows, "conversation"),
        .reference = rows_column(rows, "reference"),
        .allocation = rows_column(rows, "allocation"),
        .client = rows_column(rows, "client"),
        .category = rows_column(rows, "category"),
        .code = rows_column(rows, "code"),
        .first_day = rows_column(rows, "first_day"),
        .last_day = rows_column(rows, "last_day"),
        .volume = rows_column(rows, "volume"),
        .unit = rows_column(rows, "unit"),
        .tariff_cents = rows_column(rows, "tariff_cents"),
        .amount_cents = rows_column(rows, "amount_cents"),
        .origin = rows_column(rows, "origin"),
        .rating = rating_columns(rows),
    };
}

/* What a line is made of, taken from the arena at once. */
typedef struct LineRoom {
    Reference reference;
    Line line;
} LineRoom;

static void read_line(Reading *reading, size_t row, const LineColumns *at, LineRoom *room, OpenLine *open)
{
    const Rows *rows = reading->lines;
    const Conversation *conversation = conversation_of(reading, rows_int(rows, row, at->conversation));
    room->reference =
        (Reference){.conversation = conversation, .text = rows_text(rows, row, at->reference), .state = LINE_APPROVED};
    room->line = (Line){
        .reference = &room->reference,
        .allocation = standing_allocation(reading->standing, conversation, rows_text(rows, row, at->allocation)),
        .client = rows_text(rows, row, at->client),
        .category = rows_text(rows, row, at->category),
        .code = rows_text(rows, row, at->code),
        .period = {rows_day(rows, row, at->first_day), rows_day(rows, row, at->last_day)},
        .volume = rows_int(rows, row, at->volume),
        .unit = (Unit)rows_int(rows, row, at->unit),
        .tariff_given = !rows_null(rows, row, at->tariff_cents),
        .tariff = {rows_int(rows, row, at->tariff_cents)},
        .match_code = "",
        .match_reason = "",
        .match_sentence = "",
        .origin = rows_null(rows, row, at->origin) ? NULL : rows_text(rows, row, at->origin),
    };
    read_rating(rows, row, &at->rating, open);
    open->judged.line = &room->line;
    open->judged.reason = BILLING_APPROVED;
    open->judged.amount = (Money){rows_int(rows, row, at->amount_cents)};
    open->judged.inputs = open->rated;
}

static void read_lines(Reading *reading, OpenLines *lines)
{
    size_t count = rows_count(reading->lines);
    LineColumns at = line_columns(reading->lines);
    Beside credited = beside(reading->credited);
    Beside adjustments = beside(reading->adjustments);
    AdjustmentColumns adjustment_at = adjustment_columns(reading->adjustments);
    LineRoom *rooms = ARENA_MANY(reading->arena, LineRoom, count);
    for (size_t row = 0; row < count; row++) {
        int64_t conversation = rows_int(reading->lines, row, at.conversation);
        if (comes_to(&credited, conversation, rows_text(reading->lines, row, at.reference)))
            continue;
        OpenLine *open = &lines->list[lines->count++];
        read_line(reading, row, &at, &rooms[row], open);
        read_adjustments(reading, &adjustments, &adjustment_at, open);
    }
}

Status billing_load_open(Arena *arena, Database *database, int16_t partition, int64_t position,
                         const PricesSaid *prices, OpenPlace after, size_t count_max, OpenLines *lines_out)
{
    Reading reading = {.arena = arena, .partition = partition, .position = position, .after = after};
    TRY(ask_lines(&reading, database, prices, count_max));
    size_t count = rows_count(reading.lines);
    OpenLines lines = {.list = ARENA_MANY(arena, OpenLine, count), .last = after, .all = count < count_max};
    if (count > 0) {
        lines.last = (OpenPlace){rows_int(reading.lines, count - 1, rows_column(reading.lines, "conversation")),
                                 rows_text(reading.lines, count - 1, rows_column(reading.lines, "reference"))};
        reading.last = lines.last;
        reading.standing = standing_new(arena, NULL, count);
        TRY(ask_beside(&reading, database));
        read_allocations(&reading);
        read_care(&reading);
        read_lines(&reading, &lines);
    }
    *lines_out = lines;
    return STATUS_OK;
}
