#include "service/inbox.h"

#include "process/log.h"
#include "service/sql.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    const char *words;
} STATES[] = {
#define INBOX_STATE(name, words) {#name, words},
    INBOX_STATES(INBOX_STATE)
#undef INBOX_STATE
};

const char *inbox_state_name(InboxState state)
{
    return STATES[state].name;
}

const char *inbox_state_words(InboxState state)
{
    return STATES[state].words;
}

Status inbox_open(Database *database, Arena *arena, const char *source)
{
    Params *params = params_new(arena);
    params_text(params, source);
    return database_ask(database, SERVICE_OPEN_INBOX, params, NULL);
}

static void set_id(Offset *offset, const char *id)
{
    snprintf(offset->id, sizeof offset->id, "%s", id);
}

Status inbox_load(Inbox *inbox, Database *database, Arena *arena, const bool wanted[PARTITIONS])
{
    Params *params = params_new(arena);
    params_text(params, inbox->source);
    Column *partitions = params_column(params, COLUMN_INT2);
    for (int partition = 0; partition < PARTITIONS; partition++)
        if (wanted[partition])
            column_int(partitions, partition);

    Rows *rows;
    TRY(database_ask(database, SERVICE_FORGET_STATES, params, NULL));
    TRY(database_ask(database, SERVICE_LOAD_OFFSETS, params, &rows));
    for (size_t row = 0; row < rows_count(rows); row++) {
        Offset *offset = &inbox->offsets[rows_int(rows, row, rows_column(rows, "partition"))];
        offset->position = rows_int(rows, row, rows_column(rows, "position"));
        offset->head = rows_int(rows, row, rows_column(rows, "head"));
        offset->cut = rows_bytes(rows, row, rows_column(rows, "cursor")).size > 0;
        offset->state = INBOX_HEARING;
        set_id(offset, rows_text(rows, row, rows_column(rows, "id")));
    }
    return STATUS_OK;
}

/* Partitions of a batch follow one another; gives the first message of the next one. */
static size_t next_partition(Batch batch, size_t from)
{
    size_t to = from;
    while (to < batch.count && batch.messages[to].partition == batch.messages[from].partition)
        to++;
    return to;
}

Status inbox_lock(const Inbox *inbox, Database *database, Arena *arena, Batch batch, bool *agrees_out, Held *first_out)
{
    Params *params = params_new(arena);
    params_text(params, inbox->source);
    Column *partitions = params_column(params, COLUMN_INT2);
    const Heard *firsts[PARTITIONS] = {NULL};
    for (size_t i = 0; i < batch.count; i = next_partition(batch, i)) {
        column_int(partitions, batch.messages[i].partition);
        firsts[batch.messages[i].partition] = &batch.messages[i];
    }

    Rows *rows;
    TRY(database_ask(database, SERVICE_LOCK_OFFSETS, params, &rows));
    bool agrees = true;
    Held held = {{NULL, 0}, 0};
    for (size_t row = 0; row < rows_count(rows); row++) {
        int64_t partition = rows_int(rows, row, rows_column(rows, "partition"));
        int64_t position = rows_int(rows, row, rows_column(rows, "position"));
        const char *id = rows_text(rows, row, rows_column(rows, "id"));
        Bytes cursor = rows_bytes(rows, row, rows_column(rows, "cursor"));
        const Offset *known = &inbox->offsets[partition];
        if (position + 1 != firsts[partition]->position || strcmp(id, known->id) != 0 ||
            (cursor.size > 0) != known->cut)
            agrees = false;
        if (firsts[partition] == batch.messages)
            held = (Held){cursor, (int32_t)rows_int(rows, row, rows_column(rows, "said"))};
    }
    *agrees_out = agrees;
    *first_out = held;
    return STATUS_OK;
}

/* Where what was said in each partition begins and ends; 0 when nothing was. */
typedef struct SaidPlaces {
    int64_t first[PARTITIONS];
    int64_t last[PARTITIONS];
} SaidPlaces;

static void find_places(const Moved *moved, SaidPlaces *places_out)
{
    *places_out = (SaidPlaces){0};
    for (size_t i = 0; i < moved->said_count; i++) {
        const Said *said = &moved->said[i];
        if (places_out->first[said->partition] == 0)
            places_out->first[said->partition] = said->position;
        places_out->last[said->partition] = said->position;
    }
}

/* Gathers the rows of one move. */
typedef struct Move {
    const Inbox *inbox;
    SaidPlaces places;
    Column *partition, *position, *id, *head, *cursor, *said, *first, *last, *said_first, *said_last;
} Move;

static Move move_new(const Inbox *inbox, Params *params)
{
    return (Move){
        .inbox = inbox,
        .partition = params_column(params, COLUMN_INT2),
        .position = params_column(params, COLUMN_INT8),
        .id = params_column(params, COLUMN_TEXT),
        .head = params_column(params, COLUMN_INT8),
        .cursor = params_column(params, COLUMN_BYTES),
        .said = params_column(params, COLUMN_INT4),
        .first = params_column(params, COLUMN_INT8),
        .last = params_column(params, COLUMN_INT8),
        .said_first = params_column(params, COLUMN_INT8),
        .said_last = params_column(params, COLUMN_INT8),
    };
}

/* What was taken of a partition in a turn: where it stands now, and which message is begun there, when one is. */
typedef struct Taking {
    int16_t partition;
    int64_t position;
    const char *id;
    int64_t first, last;
    Bytes cursor;
    int32_t said;
} Taking;

static void move_add(Move *move, const Taking *taking)
{
    column_int(move->partition, taking->partition);
    column_int(move->position, taking->position);
    column_text(move->id, taking->id);
    column_int(move->head, move->inbox->offsets[taking->partition].head);
    column_bytes(move->cursor, taking->cursor);
    column_int(move->said, taking->said);
    column_int(move->first, taking->first);
    column_int(move->last, taking->last);
    column_int(move->said_first, move->places.first[taking->partition]);
    column_int(move->said_last, move->places.last[taking->partition]);
}

Status inbox_move(const Inbox *inbox, Database *database, Arena *arena, Batch batch, const Moved *moved)
{
    Params *params = params_new(arena);
    params_text(params, inbox->source);
    Move move = move_new(inbox, params);
    find_places(moved, &move.places);

    const Heard *begun = moved->more.size > 0 ? &batch.messages[moved->taken] : NULL;
    Batch done = {batch.messages, moved->taken};
    for (size_t i = 0; i < moved->taken;) {
        size_t next = next_partition(done, i);
        const Heard *first = &batch.messages[i];
        const Heard *last = &batch.messages[next - 1];
        Taking taking = {
            .partition = last->partition,
            .position = last->position,
            .id = last->id,
            .first = first->position,
            .last = last->position,
        };
        if (begun && begun->partition == last->partition) {
            taking.last = begun->position;
            taking.cursor = moved->more;
            taking.said = moved->more_said;
            begun = NULL;
        }
        move_add(&move, &taking);
        i = next;
    }
    if (begun) {
        const Offset *offset = &inbox->offsets[begun->partition];
        const Taking taking = {
            .partition = begun->partition,
            .position = offset->position,
            .id = offset->id,
            .first = begun->position,
            .last = begun->position,
            .cursor = moved->more,
            .said = moved->more_said,
        };
        move_add(&move, &taking);
    }
    return database_ask(database, SERVICE_MOVE_OFFSETS, params, NULL);
}

void inbox_moved(Inbox *inbox, Batch batch, size_t taken, bool more)
{
    for (size_t i = 0; i < taken; i++) {
        Offset *offset = &inbox->offsets[batch.messages[i].partition];
        offset->position = batch.messages[i].position;
        offset->time_us = batch.messages[i].time_us;
        offset->cut = false;
        set_id(offset, batch.messages[i].id);
    }
    if (more)
        inbox->offsets[batch.messages[taken].partition].cut = true;
}

void inbox_note_times(Inbox *inbox, Batch batch)
{
    for (size_t i = batch.count; i-- > 0;)
        inbox->offsets[batch.messages[i].partition].time_us = batch.messages[i].time_us;
}

Status inbox_mark(Inbox *inbox, Database *database, Arena *arena, int16_t partition, InboxState state)
{
    Offset *offset = &inbox->offsets[partition];
    if (offset->state == state)
        return STATUS_OK;

    Params *params = params_new(arena);
    params_text(params, inbox->source);
    params_int2(params, partition);
    params_text(params, inbox_state_name(state));
    TRY(database_ask(database, SERVICE_MARK_STATE, params, NULL));
    offset->state = state;
    log_event(state == INBOX_HEARING ? LOG_INFO : LOG_ERROR, "PARTITION-STATE-CHANGED",
              "source=%s partition=%d position=%lld state=%s what=\"%s\"", inbox->source, partition,
              (long long)offset->position, inbox_state_name(state), inbox_state_words(state));
    return STATUS_OK;
}
