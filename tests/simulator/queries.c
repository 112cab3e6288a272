/* What each question of the street's SQL comes to, as its file says. */
#include "db/params.h"
#include "db/wire.h"
#include "service/sql.h"
#include "simulator/house.h"
#include "simulator/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- parameters and rows ---- */

static int64_t integer(const char *at, int size)
{
    switch (size) {
    case 2:
        return (int16_t)wire_get16(at);
    case 4:
        return (int32_t)wire_get32(at);
    case 8:
        return (int64_t)wire_get64(at);
    default:
        abort();
    }
}

static int64_t number_of(const Params *params, int number)
{
    return integer(params->values[number], params->sizes[number]);
}

static const char *text_of(const Params *params, int number)
{
    return params->values[number];
}

typedef struct List {
    const char *at;
    size_t count;
} List;

static List list_of(const Params *params, int number)
{
    const char *at = params->values[number];
    return (List){at + WIRE_ARRAY_HEADER_SIZE, wire_get32(at + 12)};
}

static Bytes next_bytes(List *list)
{
    int32_t size = (int32_t)wire_get32(list->at);
    Bytes bytes = {(const uint8_t *)list->at + 4, (size_t)size};
    list->at += 4 + size;
    return bytes;
}

static int64_t next_number(List *list)
{
    Bytes bytes = next_bytes(list);
    return integer((const char *)bytes.data, (int)bytes.size);
}

static void put_text(char *to, size_t room, Bytes text)
{
    snprintf(to, room, "%.*s", (int)text.size, (const char *)text.data);
}

static Rows *rows_new(Arena *arena, const char *const *names, int columns, size_t most)
{
    Rows *rows = ARENA_NEW(arena, Rows);
    *rows = (Rows){names, columns, 0, ARENA_MANY(arena, Cell, most * (size_t)columns + 1)};
    return rows;
}

static Cell *next_row(Rows *rows)
{
    return &rows->cells[rows->count++ * (size_t)rows->columns];
}

/* A question as it stands before the store. */
typedef struct Question {
    Session *session;
    Store *store;
    Arena *arena; /* of the rows */
    const Params *params;
    Rows *rows; /* the answer */
} Question;

static Status broken(void)
{
    return world_gone() ? world_no_more() : FAULT(STATUS_RETRY, "the connection is gone");
}

/* ---- offsets ---- */

static Status nothing(Question *question)
{
    (void)question;
    return STATUS_OK;
}

static const char *const OFFSET_NAMES[] = {"partition", "position", "id", "head", "cursor", "said"};

static void put_offset(Rows *rows, const Place *place, int64_t partition)
{
    Cell *row = next_row(rows);
    row[0].number = partition;
    row[1].number = place->position;
    row[2].text = place->id;
    row[3].number = place->head;
    row[4].bytes = (Bytes){place->cursor, place->cursor_size};
    row[5].number = place->said;
}

/* Rows stay as they were read, whatever is committed afterwards. */
static const Place *as_now(Arena *arena, const Place *place)
{
    return arena_copy(arena, place, sizeof *place);
}

static Status load_offsets(Question *question)
{
    List partitions = list_of(question->params, 1);
    question->rows = rows_new(question->arena, OFFSET_NAMES, 6, partitions.count);
    for (size_t i = 0; i < partitions.count; i++) {
        int64_t partition = next_number(&partitions);
        put_offset(question->rows, as_now(question->arena, &question->store->shelves[partition].place), partition);
    }
    return STATUS_OK;
}

static Status lock_offsets(Question *question)
{
    List partitions = list_of(question->params, 1);
    bool asked[PARTITIONS] = {false};
    for (size_t i = 0; i < partitions.count; i++)
        asked[next_number(&partitions)] = true;
    question->rows = rows_new(question->arena, OFFSET_NAMES, 6, partitions.count);
    for (int partition = 0; partition < PARTITIONS; partition++) {
        Shelf *shelf = &question->store->shelves[partition];
        if (!asked[partition])
            continue;
        if (world.settings->plant != PLANT_OFFSET_UNTAKEN && !session_take(question->session, &shelf->place_holder))
            return broken();
        put_offset(question->rows, as_now(question->arena, &shelf->place), partition);
    }
    return STATUS_OK;
}

static Status move_offsets(Question *question)
{
    const Params *params = question->params;
    List partitions = list_of(params, 1), positions = list_of(params, 2), ids = list_of(params, 3);
    List heads = list_of(params, 4), cursors = list_of(params, 5), said = list_of(params, 6);
    size_t count = partitions.count;
    for (size_t i = 0; i < count; i++) {
        int16_t partition = (int16_t)next_number(&partitions);
        Shelf *shelf = &question->store->shelves[partition];
        if (!session_take(question->session, &shelf->place_holder))
            return broken();
        Place place = {.position = next_number(&positions)};
        put_text(place.id, sizeof place.id, next_bytes(&ids));
        int64_t head = next_number(&heads);
        place.head = head > shelf->place.head ? head : shelf->place.head;
        Bytes cursor = next_bytes(&cursors);
        if (cursor.size > CURSOR_SIZE)
            abort();
        memcpy(place.cursor, cursor.data, cursor.size);
        place.cursor_size = cursor.size;
        place.said = (int32_t)next_number(&said);
        Change *change = session_change(question->session, CHANGE_PLACE, partition);
        change->place = place;
        session_write(question->session, change, world.settings->plant == PLANT_OFFSET_ALONE);
    }
    return STATUS_OK;
}

static Status mark_state(Question *question)
{
    if (strcmp(text_of(question->params, 2), "HEARING") != 0)
        world_found("partition %d of %s is %s", (int)number_of(question->params, 1), house_name(question->store->house),
                    text_of(question->params, 2));
    return STATUS_OK;
}

/* ---- the log ---- */

static Status reserve_positions(Question *question)
{
    static const char *const NAMES[] = {"partition", "position"};
    List partitions = list_of(question->params, 0), counts = list_of(question->params, 1);
    question->rows = rows_new(question->arena, NAMES, 2, partitions.count);
    size_t count = partitions.count;
    for (size_t i = 0; i < count; i++) {
        int16_t partition = (int16_t)next_number(&partitions);
        Shelf *shelf = &question->store->shelves[partition];
        if (world.settings->plant != PLANT_HEADS_UNTAKEN && !session_take(question->session, &shelf->head_holder))
            return broken();
        Cell *row = next_row(question->rows);
        row[0].number = partition;
        row[1].number = shelf->head;
        Change *change = session_change(question->session, CHANGE_HEAD, partition);
        change->position = shelf->head + next_number(&counts);
        session_write(question->session, change, world.settings->plant == PLANT_ANSWER_EARLY);
    }
    return STATUS_OK;
}

static Status load_heads(Question *question)
{
    static const char *const NAMES[] = {"partition", "head", "id"};
    List partitions = list_of(question->params, 0), afters = list_of(question->params, 1);
    question->rows = rows_new(question->arena, NAMES, 3, partitions.count);
    size_t count = partitions.count;
    for (size_t i = 0; i < count; i++) {
        int64_t partition = next_number(&partitions), after = next_number(&afters);
        const Shelf *shelf = &question->store->shelves[partition];
        Cell *row = next_row(question->rows);
        row[0].number = partition;
        row[1].number = shelf->head;
        row[2].text = after > 0 && after <= (int64_t)shelf->outbox_count
                          ? arena_text(question->arena, shelf->outbox[after - 1].id)
                          : "";
    }
    return STATUS_OK;
}

static Status read_outbox(Question *question)
{
    static const char *const NAMES[] = {"partition", "position", "id",        "type",   "subject",
                                        "time",      "data",     "known_day", "version"};
    List partitions = list_of(question->params, 0), afters = list_of(question->params, 1);
    List counts = list_of(question->params, 2);
    size_t count = partitions.count;
    size_t most = 0;
    for (List sizes = counts; sizes.count > 0; sizes.count--)
        most += (size_t)next_number(&sizes);
    question->rows = rows_new(question->arena, NAMES, 9, most);
    for (size_t i = 0; i < count; i++) {
        int64_t partition = next_number(&partitions), after = next_number(&afters), wanted = next_number(&counts);
        const Shelf *shelf = &question->store->shelves[partition];
        for (int64_t place = after; place < after + wanted && place < (int64_t)shelf->outbox_count; place++) {
            const Entry *entry = &shelf->outbox[place];
            Cell *row = next_row(question->rows);
            row[0].number = partition;
            row[1].number = place + 1;
            row[2].text = arena_text(question->arena, entry->id);
            row[3].text = arena_text(question->arena, entry->type);
            row[4].text = "0503/90000001";
            row[5].number = 0;
            row[6].bytes = (Bytes){arena_copy(question->arena, entry->data, entry->size), entry->size};
            row[7].number = 0;
            row[8].number = STREET_VERSION;
        }
    }
    return STATUS_OK;
}

/* ---- what was put aside ---- */

static Status put_aside(Question *question)
{
    const Params *params = question->params;
    Change *change = session_change(question->session, CHANGE_ASIDE, (int16_t)number_of(params, 0));
    change->position = number_of(params, 2);
    snprintf(change->entry.id, sizeof change->entry.id, "%s", text_of(params, 3));
    snprintf(change->entry.type, sizeof change->entry.type, "%s", text_of(params, 4));
    change->entry.size = (size_t)params->sizes[8];
    change->entry.data = arena_copy(question->session->arena, params->values[8], change->entry.size);
    session_write(question->session, change, false);
    return STATUS_OK;
}

static Status load_aside(Question *question)
{
    static const char *const NAMES[] = {"source", "type", "subject", "data"};
    const Shelf *shelf = &question->store->shelves[number_of(question->params, 0)];
    question->rows = rows_new(question->arena, NAMES, 4, 1);
    for (size_t i = 0; i < shelf->asides_count; i++) {
        const Aside *aside = &shelf->asides[i];
        if (strcmp(aside->entry.id, text_of(question->params, 1)) != 0 ||
            strcmp(aside->state, text_of(question->params, 2)) != 0)
            continue;
        Cell *row = next_row(question->rows);
        row[0].text = "door";
        row[1].text = arena_text(question->arena, aside->entry.type);
        row[2].text = "0503/90000001";
        row[3].bytes = (Bytes){arena_copy(question->arena, aside->entry.data, aside->entry.size), aside->entry.size};
        break;
    }
    return STATUS_OK;
}

static Status settle_aside(Question *question)
{
    Change *change = session_change(question->session, CHANGE_SETTLED, (int16_t)number_of(question->params, 0));
    snprintf(change->entry.id, sizeof change->entry.id, "%s", text_of(question->params, 1));
    snprintf(change->state, sizeof change->state, "%s", text_of(question->params, 2));
    session_write(question->session, change, false);
    return STATUS_OK;
}

static Status count_aside(Question *question)
{
    static const char *const NAMES[] = {"messages"};
    question->rows = rows_new(question->arena, NAMES, 1, 1);
    next_row(question->rows)[0].number = 0;
    return STATUS_OK;
}

/* ---- replicas and their claims ---- */

static KnownReplica *find_replica(Store *store, const char *name)
{
    for (int i = 0; i < store->replicas_count; i++)
        if (strcmp(store->replicas[i].name, name) == 0)
            return &store->replicas[i];
    return NULL;
}

static void drop_replica(Store *store, KnownReplica *replica)
{
    *replica = store->replicas[--store->replicas_count];
}

static Status show_life(Question *question)
{
    Store *store = question->store;
    KnownReplica *replica = find_replica(store, text_of(question->params, 0));
    if (!replica) {
        if (store->replicas_count == REPLICAS_KNOWN_MAX)
            abort();
        replica = &store->replicas[store->replicas_count++];
        snprintf(replica->name, sizeof replica->name, "%s", text_of(question->params, 0));
    }
    replica->beat_at_ms = store_now_ms(store);
    return STATUS_OK;
}

static Status end_stale(Question *question)
{
    static const char *const NAMES[] = {"replica", "purpose", "ended"};
    Store *store = question->store;
    int64_t stale_ms = number_of(question->params, 1);
    question->rows = rows_new(question->arena, NAMES, 3, SESSIONS_MAX);
    for (int i = store->replicas_count; i-- > 0;) {
        KnownReplica gone = store->replicas[i];
        if (strcmp(gone.name, text_of(question->params, 0)) == 0 || gone.beat_at_ms >= store_now_ms(store) - stale_ms)
            continue;
        drop_replica(store, &store->replicas[i]);
        for (int number = 0; number < SESSIONS_MAX; number++) {
            Session *session = &store->sessions[number];
            if (!session->open || session->dead || strcmp(session->replica, gone.name) != 0)
                continue;
            session_kill(session);
            Cell *row = next_row(question->rows);
            row[0].text = arena_text(question->arena, gone.name);
            row[1].text = "turns";
        }
    }
    return STATUS_OK;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const Cell *)a)->text, ((const Cell *)b)->text);
}

static Status list_replicas(Question *question)
{
    static const char *const NAMES[] = {"name"};
    const Store *store = question->store;
    int64_t stale_ms = number_of(question->params, 0);
    question->rows = rows_new(question->arena, NAMES, 1, REPLICAS_KNOWN_MAX);
    for (int i = 0; i < store->replicas_count; i++)
        if (store->replicas[i].beat_at_ms > store_now_ms(store) - stale_ms)
            next_row(question->rows)[0].text = arena_text(question->arena, store->replicas[i].name);
    qsort(question->rows->cells, question->rows->count, sizeof(Cell), by_name);
    return STATUS_OK;
}

static Status leave_street(Question *question)
{
    KnownReplica *replica = find_replica(question->store, text_of(question->params, 0));
    if (replica)
        drop_replica(question->store, replica);
    return STATUS_OK;
}

static Status register_backend(Question *question)
{
    snprintf(question->session->replica, sizeof question->session->replica, "%s", text_of(question->params, 0));
    return STATUS_OK;
}

/* A claim only shares out the work: nothing may hang on it, so that here any are given, and some to two. */
static Status claim_partitions(Question *question)
{
    static const char *const NAMES[] = {"partition"};
    List candidates = list_of(question->params, 0);
    int64_t most = number_of(question->params, 1);
    size_t count = candidates.count;
    int64_t *order = ARENA_MANY(question->arena, int64_t, count + 1);
    for (size_t i = 0; i < count; i++)
        order[i] = next_number(&candidates);
    size_t first = count ? (size_t)world_dice((int64_t)count) : 0;
    question->rows = rows_new(question->arena, NAMES, 1, count);
    for (size_t i = 0; i < count && (int64_t)question->rows->count < most; i++) {
        int64_t partition = order[(first + i) % count];
        Shelf *shelf = &question->store->shelves[partition];
        if (shelf->claimed != 0) {
            if (!world_chance(3))
                continue;
            world.report->faults[SIMULATOR_SHARED]++;
        }
        shelf->claimed |= UINT64_C(1) << question->session->number;
        next_row(question->rows)[0].number = partition;
    }
    return STATUS_OK;
}

static Status release_partitions(Question *question)
{
    List partitions = list_of(question->params, 0);
    for (; partitions.count > 0; partitions.count--)
        question->store->shelves[next_number(&partitions)].claimed &= ~(UINT64_C(1) << question->session->number);
    return STATUS_OK;
}

/* ---- the house's own ---- */

static Status load_totals(Question *question)
{
    static const char *const NAMES[] = {"partition", "total"};
    List partitions = list_of(question->params, 0);
    question->rows = rows_new(question->arena, NAMES, 2, partitions.count);
    for (; partitions.count > 0; partitions.count--) {
        int64_t partition = next_number(&partitions);
        bool strays = world.settings->plant == PLANT_NEIGHBOUR_READ && world_dice(200) == 0;
        const Shelf *shelf = &question->store->shelves[strays ? (partition + APART) % PARTITIONS : partition];
        Cell *row = next_row(question->rows);
        row[0].number = partition;
        row[1].number = shelf->kept_count ? shelf->kept[shelf->kept_count - 1].total : 0;
    }
    return STATUS_OK;
}

/* ---- all of them ---- */

static const struct {
    const char *name;
    Status (*answer)(Question *question);
} ANSWERS[] = {
    {"service.claim_partitions", claim_partitions},
    {"service.count_aside", count_aside},
    {"service.end_stale", end_stale},
    {"service.forget_states", nothing},
    {"service.leave_street", leave_street},
    {"service.list_replicas", list_replicas},
    {"service.load_aside", load_aside},
    {"service.load_heads", load_heads},
    {"service.load_offsets", load_offsets},
    {"service.lock_offsets", lock_offsets},
    {"service.mark_state", mark_state},
    {"service.move_offsets", move_offsets},
    {"service.open_inbox", nothing},
    {"service.put_aside", put_aside},
    {"service.read_outbox", read_outbox},
    {"service.register_backend", register_backend},
    {"service.release_partitions", release_partitions},
    {"service.reserve_positions", reserve_positions},
    {"service.settle_aside", settle_aside},
    {"service.show_life", show_life},
    {HOUSE_LOAD_TOTALS_NAME, load_totals},
};

Status session_ask(Session *session, Arena *arena, const Query *query, const Params *params, Rows **rows_out)
{
    for (size_t i = 0; i < sizeof ANSWERS / sizeof ANSWERS[0]; i++) {
        if (strcmp(query->name, ANSWERS[i].name) != 0)
            continue;
        Question question = {session, session->store, arena, params, NULL};
        TRY(ANSWERS[i].answer(&question));
        if (!session->in_transaction)
            session_commit(session);
        if (rows_out)
            *rows_out = question.rows;
        return STATUS_OK;
    }
    fprintf(stderr, "the simulation knows no answer to %s\n", query->name);
    abort();
}

static void put_entry(Session *session, const Cell *cells)
{
    Change *change = session_change(session, CHANGE_OUTBOX, (int16_t)cells[0].number);
    change->position = cells[1].number;
    snprintf(change->entry.id, sizeof change->entry.id, "%s", cells[2].text);
    snprintf(change->entry.type, sizeof change->entry.type, "%s", cells[3].text);
    change->entry.size = cells[8].bytes.size;
    change->entry.data = arena_copy(session->arena, cells[8].bytes.data, cells[8].bytes.size);
    session_write(session, change, world.settings->plant == PLANT_ANSWER_EARLY);
}

static void put_kept(Session *session, const Cell *cells)
{
    Change *change = session_change(session, CHANGE_KEPT, (int16_t)cells[0].number);
    Kept *kept = &change->kept;
    kept->position = cells[1].number;
    kept->piece = cells[2].number;
    snprintf(kept->id, sizeof kept->id, "%s", cells[3].text);
    kept->amount = cells[4].number;
    kept->total = cells[5].number;
    session_write(session, change, false);
}

Status session_copy(Session *session, const char *table, const Cell *cells)
{
    if (strncmp(table, "outbox(", 7) == 0)
        put_entry(session, cells);
    else
        put_kept(session, cells);
    return STATUS_OK;
}
