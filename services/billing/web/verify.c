#include "billing/web/verify.h"

#include "billing/sql.h"
#include "billing/web/stored.h"
#include "http/json.h"

typedef struct Count {
    int64_t all;
    int64_t agree;
} Count;

typedef struct Work {
    const VerifyQuestion *question;
    Database *database;
    Arena *piece; /* reset after each piece */
    Period year;
    Count lines;
    Count adjustments;
    json_t *named;
} Work;

/* the last row of the piece before; its texts are borrowed until the next piece was read */
typedef struct Place {
    int64_t conversation;
    const char *reference;
    int64_t position;
    int16_t way;
    const char *document;
} Place;

static const Place BEGINNING = {.reference = "", .document = ""};

/* one row */

static void name(Work *work, const Rows *rows, size_t row, const StoredColumns *at, const Verified *verified,
                 const char *document)
{
    if (json_array_size(work->named) >= VERIFY_NAMED_MAX)
        return;
    int64_t conversation = rows_int(rows, row, at->conversation);
    json_t *json = json_object();
    json_put_text(json, "municipality", conversation_municipality(work->piece, conversation));
    json_put_text(json, "provider", conversation_provider(work->piece, conversation));
    json_put_text(json, "reference", rows_text(rows, row, at->reference));
    json_put_text(json, "document", document);
    json_put_int(json, "stored_cents", rows_int(rows, row, at->rated_cents));
    json_put_cents(json, "recomputed_cents", verified->amount);
    json_object_set_new(json, "amount_agrees", json_boolean(verified->amount_agrees));
    json_object_set_new(json, "digest_agrees", json_boolean(verified->digest_agrees));
    json_array_append_new(work->named, json);
}

static void verify_lines(Work *work, const Rows *rows)
{
    StoredColumns at = stored_columns(rows);
    int asked = rows_column(rows, "asked");
    for (size_t row = 0; row < rows_count(rows); row++) {
        if (!rows_bool(rows, row, asked))
            continue;
        Verified verified = stored_verify(work->piece, rows, row, &at);
        bool agrees = verified_agrees(&verified);
        work->lines.all++;
        work->lines.agree += agrees;
        if (!agrees)
            name(work, rows, row, &at, &verified, "");
    }
}

/* What takes others back was not rated: nothing may be left of them. */
static Verified verify_adjustment(Work *work, const Rows *rows, size_t row, const StoredColumns *at)
{
    bool rated = !rows_null(rows, row, at->formula);
    if (rated)
        return stored_verify(work->piece, rows, row, at);
    return (Verified){
        .amount_agrees = rows_int(rows, row, rows_column(rows, "left_cents")) == 0,
        .digest_agrees = true,
    };
}

static void verify_adjustments(Work *work, const Rows *rows)
{
    StoredColumns at = stored_columns(rows);
    int document = rows_column(rows, "document"), asked = rows_column(rows, "asked");
    for (size_t row = 0; row < rows_count(rows); row++) {
        if (!rows_bool(rows, row, asked))
            continue;
        Verified verified = verify_adjustment(work, rows, row, &at);
        bool agrees = verified_agrees(&verified);
        work->adjustments.all++;
        work->adjustments.agree += agrees;
        if (!agrees)
            name(work, rows, row, &at, &verified, rows_text(rows, row, document));
    }
}

/* pieces */

static Params *ask(Work *work, int16_t partition, const Place *after)
{
    Params *params = params_new(work->piece);
    params_int2(params, partition);
    params_day(params, work->year.first);
    params_day(params, work->year.last);
    params_int8(params, after->conversation);
    params_text(params, after->reference);
    return params;
}

static Status next_lines(Work *work, int16_t partition, const Place *after, Rows **rows_out)
{
    Params *params = ask(work, partition, after);
    params_int4(params, work->question->piece);
    TRY(database_ask(work->database, BILLING_LOAD_STORED_LINES, params, rows_out));
    verify_lines(work, *rows_out);
    return STATUS_OK;
}

static Status next_adjustments(Work *work, int16_t partition, const Place *after, Rows **rows_out)
{
    Params *params = ask(work, partition, after);
    params_int8(params, after->position);
    params_int2(params, after->way);
    params_text(params, after->document);
    params_int4(params, work->question->piece);
    TRY(database_ask(work->database, BILLING_LOAD_STORED_ADJUSTMENTS, params, rows_out));
    verify_adjustments(work, *rows_out);
    return STATUS_OK;
}

static Place place_of(Arena *arena, const Rows *rows, bool adjustments)
{
    size_t last = rows_count(rows) - 1;
    Place place = {
        .conversation = rows_int(rows, last, rows_column(rows, "conversation")),
        .reference = arena_text(arena, rows_text(rows, last, rows_column(rows, "reference"))),
        .document = "",
    };
    if (adjustments) {
        place.position = rows_int(rows, last, rows_column(rows, "position"));
        place.way = (int16_t)rows_int(rows, last, rows_column(rows, "way"));
        place.document = arena_text(arena, rows_text(rows, last, rows_column(rows, "document")));
    }
    return place;
}

typedef Status NextPiece(Work *work, int16_t partition, const Place *after, Rows **rows_out);

static Status verify_all(Work *work, int16_t partition, NextPiece *next)
{
    Place after = BEGINNING;
    Rows *rows;
    do {
        TRY(next(work, partition, &after, &rows));
        if (rows_count(rows) == 0)
            break;
        /* The place outlives the piece: it is taken anew from a clean arena. */
        arena_reset(work->piece);
        after = place_of(work->piece, rows, next == next_adjustments);
    } while (rows_count(rows) == (size_t)work->question->piece);
    return STATUS_OK;
}

static json_t *count_as_json(const Count *count)
{
    return json_pack("{s:I, s:I}", "all", (json_int_t)count->all, "agree", (json_int_t)count->agree);
}

static json_t *as_json(const Work *work)
{
    json_t *json = json_object();
    json_put_int(json, "year", work->question->year);
    json_object_set_new(json, "partitions",
                        json_pack("[i, i]", work->question->partition_first, work->question->partition_last));
    json_object_set_new(json, "lines", count_as_json(&work->lines));
    json_object_set_new(json, "adjustments", count_as_json(&work->adjustments));
    json_object_set(json, "disagree", work->named);
    return json;
}

Status verify_write(Arena *arena, Database *database, const VerifyQuestion *question, char **json_out)
{
    Work work = {
        .question = question,
        .database = database,
        .piece = arena_new(),
        .year = period_year(day_of(question->year, 1, 1)),
        .named = json_array(),
    };
    Status status = STATUS_OK;
    for (int16_t partition = question->partition_first; partition <= question->partition_last; partition++) {
        if (status == STATUS_OK)
            status = verify_all(&work, partition, next_lines);
        if (status == STATUS_OK)
            status = verify_all(&work, partition, next_adjustments);
    }
    if (status == STATUS_OK)
        *json_out = json_finish(arena, as_json(&work));
    json_decref(work.named);
    arena_free(work.piece);
    return status;
}
