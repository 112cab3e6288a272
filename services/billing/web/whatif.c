#include "billing/web/whatif.h"

#include "billing/core/whatif.h"
#include "billing/load_open.h"
#include "billing/sql.h"
#include "http/json.h"
#include "process/book_enclosed.h"

#include <string.h>

typedef struct Work {
    const WhatifQuestion *question;
    Database *database;
    Library *library;
    Arena *arena;     /* of the answer */
    Arena *partition; /* reset after each */
    Book *book;
    PricesSaid prices;
    const char *faults;
    Whatif whatif;
    json_t *positions;
} Work;

/* The first partition reads the book; the others must know the same ones before it. */
static bool add_book(Work *work, Books *books)
{
    if (!work->book) {
        if (!book_enclosed_read(work->arena, work->question->enclosed, books, &work->book, &work->faults))
            return false;
        work->prices = book_prices(work->arena, work->book);
    }
    if (books_add(books, work->book, DAY_LAST))
        return true;
    work->faults = "another book is being published: ask again when every partition has heard it\n";
    return false;
}

static bool is_asked(const WhatifQuestion *question, const OpenLine *open)
{
    const Line *line = open->judged.line;
    return period_has(question->service, line->period.first) &&
           (!*question->municipality ||
            strcmp(question->municipality, line->allocation->conversation->municipality) == 0);
}

static Status assess(Work *work, int16_t partition, const Books *books)
{
    OpenLines open = {.last = {0, ""}, .all = !prices_are_said(&work->prices)};
    while (!open.all) {
        TRY(billing_load_open(work->partition, work->database, partition, 0, &work->prices, open.last,
                              work->question->piece, &open));
        for (size_t i = 0; i < open.count; i++) {
            if (!is_asked(work->question, &open.list[i]))
                continue;
            Assessment assessed = billing_assess(&open.list[i], books, DAY_LAST);
            whatif_add(&work->whatif, &open.list[i], &assessed);
        }
    }
    return STATUS_OK;
}

static Status note_position(Work *work, int16_t partition)
{
    Params *params = params_new(work->partition);
    params_int2(params, partition);
    Rows *rows;
    TRY(database_ask(work->database, BILLING_LOAD_POSITION, params, &rows));
    bool heard = rows_count(rows) > 0;
    if (heard && rows_bool(rows, 0, rows_column(rows, "cut")))
        work->faults = "a book that was published is being worked on: ask again when every partition is done with it\n";
    int64_t position = heard ? rows_int(rows, 0, rows_column(rows, "position")) : 0;
    json_put_int(work->positions, arena_format(work->partition, "%d", partition), position);
    return STATUS_OK;
}

static Status look_at(Work *work, int16_t partition)
{
    TRY(database_run(work->database, "one moment", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"));
    bool wanted[PARTITIONS] = {false};
    wanted[partition] = true;
    TRY(library_read(work->library, work->database, work->partition, wanted));
    Books *books = ARENA_NEW(work->partition, Books);
    *books = *library_books(work->library, partition);
    if (!add_book(work, books))
        return STATUS_OK;
    TRY(note_position(work, partition));
    return work->faults ? STATUS_OK : assess(work, partition, books);
}

/* Each partition in a transaction of its own: what is read of it is given back at its end. */
static Status look_at_all(Work *work)
{
    for (int16_t partition = work->question->partition_first;
         partition <= work->question->partition_last && !work->faults; partition++) {
        arena_reset(work->partition);
        TRY(database_begin(work->database));
        Status status = look_at(work, partition);
        database_rollback(work->database);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* the answer */

static const char *way_name(Corrections way)
{
    switch (way) {
    case CORRECTIONS_SELF_BILLED:
        return "SELF_BILLED";
    case CORRECTIONS_DECLARED:
        return "DECLARED";
    case CORRECTIONS_SETTLED:
        break;
    }
    return "SETTLED";
}

static json_t *row_as_json(const WhatifRow *row)
{
    json_t *json = json_object();
    json_put_text(json, "municipality", row->municipality);
    json_put_text(json, "provider", row->provider);
    json_put_text(json, "segment", row->segment);
    json_put_text(json, "funding", funding_name(row->funding));
    json_put_text(json, "way", way_name(row->way));
    json_put_int(json, "lines", row->lines);
    json_put_int(json, "allocations", row->allocations);
    json_put_cents(json, "now_cents", row->now);
    json_put_cents(json, "then_cents", row->then);
    return json;
}

static json_t *states_as_json(const Whatif *whatif)
{
    json_t *states = json_object();
    for (CorrectionState state = 0; state < CORRECTION_STATE_COUNT; state++)
        json_put_int(states, correction_state_name(state), whatif->states[state]);
    return states;
}

static char *answer(const Work *work)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < work->whatif.row_count; i++)
        json_array_append_new(rows, row_as_json(&work->whatif.rows[i]));
    json_t *json = json_object();
    json_put_int(json, "book", book_number(work->book));
    json_put_text(json, "slug", book_slug(work->book));
    json_object_set(json, "positions", work->positions);
    json_object_set_new(json, "lines", states_as_json(&work->whatif));
    json_object_set_new(json, "rows", rows);
    return json_finish(work->arena, json);
}

Status whatif_write(Arena *arena, Database *database, Library *library, const WhatifQuestion *question, char **json_out,
                    const char **faults_out)
{
    Work work = {
        .question = question,
        .database = database,
        .library = library,
        .arena = arena,
        .partition = arena_new(),
        .whatif = whatif_new(arena),
        .positions = json_object(),
    };
    Status status = look_at_all(&work);
    if (status == STATUS_OK) {
        *faults_out = work.faults;
        *json_out = work.faults ? NULL : answer(&work);
    }
    json_decref(work.positions);
    book_free(work.book);
    arena_free(work.partition);
    return status;
}
