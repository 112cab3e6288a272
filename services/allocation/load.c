#include "allocation/load.h"

#include "allocation/core/convert.h"
#include "allocation/sql.h"

#include <string.h>

/* One question about many keys; a key without a text is ''. */
typedef struct Keys {
    Params *params;
    Column *partition;
    Column *texts[5];
    Rows *rows;
} Keys;

typedef struct Loading {
    Turn *turn;
    const Memory *memory;
    Keys partitions;
    Keys numbers;  /* municipality, number */
    Keys notices;  /* municipality, number */
    Keys clients;  /* municipality, provider, client, number, reference */
    Keys requests; /* municipality, provider, reference, client */
    Keys uses;     /* municipality */
    Rows *books;
    Standing *standing;
} Loading;

static Keys keys(Arena *arena, size_t text_count)
{
    Keys keys = {.params = params_new(arena)};
    keys.partition = params_column(keys.params, COLUMN_INT2);
    for (size_t i = 0; i < text_count; i++)
        keys.texts[i] = params_column(keys.params, COLUMN_TEXT);
    return keys;
}

static void add_number(Keys *keys, Conversation conversation, const char *number)
{
    column_int(keys->partition, conversation.partition);
    column_text(keys->texts[0], conversation.municipality);
    column_text(keys->texts[1], number);
}

static void add_declared(Loading *loading, Conversation conversation, const char *number)
{
    const Allocation *remembered = memory_find(loading->memory, conversation, number);
    if (!remembered) {
        add_number(&loading->numbers, conversation, number);
        return;
    }
    Conversation its = {conversation.partition, remembered->municipality, remembered->provider};
    standing_put_allocation(loading->standing, its, remembered);
}

static void add_client(Loading *loading, Conversation conversation, const char *client, const char *number,
                       const char *reference)
{
    const char *const texts[] = {conversation.municipality, conversation.provider, client, number, reference};
    column_int(loading->clients.partition, conversation.partition);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        column_text(loading->clients.texts[i], texts[i]);
}

static void add_request(Loading *loading, Conversation conversation, const char *reference, const char *client)
{
    const char *const texts[] = {conversation.municipality, conversation.provider, reference, client};
    column_int(loading->requests.partition, conversation.partition);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        column_text(loading->requests.texts[i], texts[i]);
    column_int(loading->uses.partition, conversation.partition);
    column_text(loading->uses.texts[0], conversation.municipality);
}

static void ask_for(Loading *loading, const CareFact *fact)
{
    Conversation conversation = fact->conversation;
    switch (fact->kind) {
    case FACT_TAKE_OVER:
        add_number(&loading->numbers, conversation, fact->take_over.allocation);
        add_client(loading, conversation, fact->take_over.client.reference, "", "");
        break;
    case FACT_CARE_REQUEST:
        add_client(loading, conversation, fact->care_request.client.reference, "", "");
        add_request(loading, conversation, fact->care_request.reference, fact->care_request.client.reference);
        break;
    case FACT_CHANGE_REQUEST:
        add_number(&loading->numbers, conversation, fact->change_request.allocation);
        add_client(loading, conversation, fact->change_request.client.reference, "", "");
        add_request(loading, conversation, fact->change_request.reference, fact->change_request.client.reference);
        break;
    case FACT_REQUEST_GRANTED:
    case FACT_REQUEST_REFUSED:
        add_client(loading, conversation, "", "", fact->word.reference);
        add_request(loading, conversation, fact->word.reference, "");
        break;
    case FACT_CONVERSION:
        add_number(&loading->numbers, conversation, fact->conversion.allocation);
        add_client(loading, conversation, fact->conversion.client.reference, fact->conversion.allocation, "");
        add_request(loading, conversation, convert_reference(loading->turn->arena, &fact->conversion), "");
        break;
    case FACT_START:
    case FACT_STOP:
    case FACT_OUTCOME:
        add_number(&loading->numbers, conversation, fact->notice.allocation);
        add_number(&loading->notices, conversation, fact->notice.allocation);
        break;
    case FACT_DECLARATION:
        for (size_t i = 0; i < fact->declaration.line_count; i++)
            add_declared(loading, conversation, fact->declaration.lines[i].allocation);
        break;
    case FACT_ENDING:
        add_number(&loading->numbers, conversation, fact->ending.allocation);
        add_client(loading, conversation, "", fact->ending.allocation, "");
        break;
    case FACT_DEATH:
        add_client(loading, conversation, fact->death.client, "", "");
        break;
    case FACT_JOINING:
        add_client(loading, conversation, fact->joining.from, "", "");
        add_client(loading, conversation, fact->joining.into, "", "");
        break;
    case FACT_PASSED_ON:
        break;
    }
}

/* rows to nouns */

/* clang-format off */
#define ALLOCATION_COLUMNS(X)         \
    X(partition)                      \
    X(municipality)                   \
    X(number)                         \
    X(version)                        \
    X(provider)                       \
    X(client)                         \
    X(trajectory)                     \
    X(segment)                        \
    X(profile)                        \
    X(intensity)                      \
    X(funding)                        \
    X(cohort)                         \
    X(category)                       \
    X(code)                           \
    X(volume)                         \
    X(unit)                           \
    X(frequency)                      \
    X(first_day)                      \
    X(last_day)                       \
    X(contract)                       \
    X(referrer)                       \
    X(book)                           \
    X(taken_over)                     \
    X(removed)                        \
    X(change)                         \
    X(known_day)
/* clang-format on */

typedef struct AllocationColumns {
#define COLUMN(name) int name;
    ALLOCATION_COLUMNS(COLUMN)
#undef COLUMN
} AllocationColumns;

static AllocationColumns allocation_columns(const Rows *rows)
{
    return (AllocationColumns){
#define COLUMN(name) .name = rows_column(rows, #name),
        ALLOCATION_COLUMNS(COLUMN)
#undef COLUMN
    };
}

static Allocation allocation_of(const Rows *rows, size_t row, const AllocationColumns *at)
{
    return (Allocation){
        .number = rows_text(rows, row, at->number),
        .version = (int32_t)rows_int(rows, row, at->version),
        .provider = rows_text(rows, row, at->provider),
        .municipality = rows_text(rows, row, at->municipality),
        .client = rows_text(rows, row, at->client),
        .trajectory = rows_text(rows, row, at->trajectory),
        .segment = rows_text(rows, row, at->segment),
        .pic = {rows_text(rows, row, at->profile), rows_text(rows, row, at->intensity)},
        .funding = (Funding)rows_int(rows, row, at->funding),
        .cohort = (Cohort)rows_int(rows, row, at->cohort),
        .product = {rows_text(rows, row, at->category), rows_text(rows, row, at->code), rows_int(rows, row, at->volume),
                    (Unit)rows_int(rows, row, at->unit), (Frequency)rows_int(rows, row, at->frequency)},
        .period = {rows_day(rows, row, at->first_day), rows_day(rows, row, at->last_day)},
        .contract = rows_text(rows, row, at->contract),
        .referrer = (Referrer)rows_int(rows, row, at->referrer),
        .book = (int32_t)rows_int(rows, row, at->book),
        .known = rows_day(rows, row, at->known_day),
        .taken_over = rows_bool(rows, row, at->taken_over),
        .removed = rows_bool(rows, row, at->removed),
        .change = (ChangeReason)rows_int(rows, row, at->change),
    };
}

static void put_allocations(Standing *standing, const Rows *rows)
{
    AllocationColumns at = allocation_columns(rows);
    for (size_t row = 0; row < rows_count(rows); row++) {
        Allocation *allocation = ARENA_NEW(standing->arena, Allocation);
        *allocation = allocation_of(rows, row, &at);
        Conversation conversation = {(int16_t)rows_int(rows, row, at.partition), allocation->municipality,
                                     allocation->provider};
        standing_put_allocation(standing, conversation, allocation);
    }
}

/* What else is known of the clients: one row for each number of theirs. */
static void put_clients(Standing *standing, const Rows *rows)
{
    Arena *arena = standing->arena;
    int partition = rows_column(rows, "partition"), municipality = rows_column(rows, "municipality");
    int provider = rows_column(rows, "provider"), client = rows_column(rows, "client");
    int number = rows_column(rows, "number"), doubted = rows_column(rows, "doubted");
    int moved_from = rows_column(rows, "moved_from"), segment = rows_column(rows, "segment");
    int id = rows_column(rows, "trajectory"), content = rows_column(rows, "content");
    int profile = rows_column(rows, "trajectory_profile"), intensity = rows_column(rows, "trajectory_intensity");
    int results = rows_column(rows, "results");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Conversation conversation = {(int16_t)rows_int(rows, row, partition), rows_text(rows, row, municipality),
                                     rows_text(rows, row, provider)};
        Trajectory *trajectory = ARENA_NEW(arena, Trajectory);
        *trajectory = (Trajectory){
            .id = rows_text(rows, row, id),
            .client = rows_text(rows, row, client),
            .segment = rows_text(rows, row, segment),
            .content = (Content)rows_int(rows, row, content),
            .pic = {rows_text(rows, row, profile), rows_text(rows, row, intensity)},
        };
        trajectory->results.list = rows_texts(rows, arena, row, results, &trajectory->results.count);
        standing_put_trajectory(standing, conversation, trajectory);
        standing_put_doubt(standing, conversation, rows_text(rows, row, number), (Cohort)rows_int(rows, row, doubted));
        if (!rows_null(rows, row, moved_from))
            standing_put_moved(standing, conversation, rows_text(rows, row, client), rows_day(rows, row, moved_from));
    }
}

static Status put_requests(Loading *loading, const Rows *rows)
{
    Arena *arena = loading->turn->arena;
    int partition = rows_column(rows, "partition"), municipality = rows_column(rows, "municipality");
    int provider = rows_column(rows, "provider"), reference = rows_column(rows, "reference");
    int version = rows_column(rows, "version"), client = rows_column(rows, "client");
    int state = rows_column(rows, "state"), reason = rows_column(rows, "reason");
    int due_day = rows_column(rows, "due_day"), known_day = rows_column(rows, "known_day");
    int asked = rows_column(rows, "asked");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Conversation conversation = {(int16_t)rows_int(rows, row, partition), rows_text(rows, row, municipality),
                                     rows_text(rows, row, provider)};
        FactHeard *heard = ARENA_NEW(arena, FactHeard);
        if (!rows_null(rows, row, asked))
            TRY(hear_fact(arena, conversation.partition, rows_day(rows, row, known_day), rows_bytes(rows, row, asked),
                          heard));
        RequestJudged *request = ARENA_NEW(arena, RequestJudged);
        *request = (RequestJudged){
            .reference = rows_text(rows, row, reference),
            .version = (int32_t)rows_int(rows, row, version),
            .client = rows_text(rows, row, client),
            .state = (RequestState)rows_int(rows, row, state),
            .reason = allocation_reason_named(rows_text(rows, row, reason)),
            .fact = &heard->fact,
        };
        if (!rows_null(rows, row, due_day))
            request->due = rows_day(rows, row, due_day);
        standing_put_request(loading->standing, conversation, request);
    }
    return STATUS_OK;
}

static void put_deliveries(Loading *loading, const Rows *rows)
{
    int partition = rows_column(rows, "partition"), municipality = rows_column(rows, "municipality");
    int number = rows_column(rows, "number"), started = rows_column(rows, "started");
    int started_day = rows_column(rows, "started_day");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Conversation conversation = {(int16_t)rows_int(rows, row, partition), rows_text(rows, row, municipality), ""};
        standing_put_delivery(loading->standing, conversation, rows_text(rows, row, number),
                              rows_bool(rows, row, started), rows_day(rows, row, started_day));
    }
}

static void put_uses(Loading *loading, const Rows *rows)
{
    int partition = rows_column(rows, "partition"), municipality = rows_column(rows, "municipality");
    int segment = rows_column(rows, "segment"), contract = rows_column(rows, "contract");
    int allocations = rows_column(rows, "allocations");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Conversation conversation = {(int16_t)rows_int(rows, row, partition), rows_text(rows, row, municipality), ""};
        standing_put_contract_use(loading->standing, conversation, rows_text(rows, row, segment),
                                  rows_text(rows, row, contract), rows_int(rows, row, allocations));
    }
}

static void put_counts(Loading *loading, const Rows *rows)
{
    int partition = rows_column(rows, "partition");
    int allocations = rows_column(rows, "allocations"), trajectories = rows_column(rows, "trajectories");
    for (size_t row = 0; row < rows_count(rows); row++) {
        PartitionStanding *standing = &loading->standing->partitions[rows_int(rows, row, partition)];
        standing->allocation_count = rows_int(rows, row, allocations);
        standing->trajectory_count = rows_int(rows, row, trajectories);
    }
}

static Loading loading_of(Turn *turn, const Memory *memory, const HeardFacts *facts)
{
    Loading loading = {
        .turn = turn,
        .memory = memory,
        .partitions = keys(turn->arena, 0),
        .numbers = keys(turn->arena, 2),
        .notices = keys(turn->arena, 2),
        .clients = keys(turn->arena, 5),
        .requests = keys(turn->arena, 4),
        .uses = keys(turn->arena, 1),
        .standing = standing_new(turn->arena),
    };
    for (size_t i = 0; i < facts->count; i++) {
        const HeardFact *fact = &facts->list[i];
        if (i == 0 || fact->heard->partition != facts->list[i - 1].heard->partition)
            column_int(loading.partitions.partition, fact->heard->partition);
        ask_for(&loading, &fact->said.fact);
    }
    return loading;
}

Status allocation_load(Turn *turn, AllocationHouse *house, const HeardFacts *facts, Standing **standing_out)
{
    memory_begin(house->memory, facts);
    Loading loading = loading_of(turn, house->memory, facts);
    Batch batch = {facts->count ? facts->list[0].heard : NULL, facts->count};
    const Ask asks[] = {
        library_question(turn->arena, batch, &loading.books),
        {ALLOCATION_LOAD_NUMBER_COUNTS, loading.partitions.params, &loading.partitions.rows},
        {ALLOCATION_LOAD_ALLOCATIONS, loading.numbers.params, &loading.numbers.rows},
        {ALLOCATION_LOAD_CLIENT_ALLOCATIONS, loading.clients.params, &loading.clients.rows},
        {ALLOCATION_LOAD_REQUESTS, loading.requests.params, &loading.requests.rows},
        {ALLOCATION_LOAD_DELIVERIES, loading.notices.params, &loading.notices.rows},
        {ALLOCATION_LOAD_CONTRACT_USE, loading.uses.params, &loading.uses.rows},
    };
    TRY(database_ask_all(turn->database, asks, sizeof asks / sizeof asks[0]));
    TRY(library_answer(house->library, turn, loading.books));

    for (int16_t i = 0; i < PARTITIONS; i++)
        loading.standing->partitions[i].books = library_books(house->library, i);
    put_counts(&loading, loading.partitions.rows);
    put_allocations(loading.standing, loading.numbers.rows);
    put_allocations(loading.standing, loading.clients.rows);
    put_clients(loading.standing, loading.clients.rows);
    TRY(put_requests(&loading, loading.requests.rows));
    put_deliveries(&loading, loading.notices.rows);
    put_uses(&loading, loading.uses.rows);
    *standing_out = loading.standing;
    return STATUS_OK;
}

/* a piece of what a book may reprice; its cursor is "municipality/number" of its last allocation */

static void cursor_read(Arena *arena, Bytes cursor, const char **number_out, const char **municipality_out)
{
    const char *text = arena_text_sized(arena, (const char *)cursor.data, cursor.size);
    size_t size = strcspn(text, "/");
    *municipality_out = arena_text_sized(arena, text, size);
    *number_out = text[size] ? text + size + 1 : "";
}

static Bytes cursor_after(Arena *arena, const Allocation *last)
{
    const char *text = arena_format(arena, "%s/%s", last->municipality, last->number);
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

Status allocation_load_pics(Turn *turn, int16_t partition, Bytes cursor, size_t most, PicPiece *piece_out)
{
    const char *number = "", *municipality = "";
    if (cursor.size)
        cursor_read(turn->arena, cursor, &number, &municipality);
    Params *params = params_new(turn->arena);
    params_int2(params, partition);
    params_text(params, number);
    params_text(params, municipality);
    params_int4(params, (int32_t)most);
    Rows *rows;
    TRY(database_ask(turn->database, ALLOCATION_LOAD_PIC_ALLOCATIONS, params, &rows));

    size_t count = rows_count(rows);
    Allocation *list = ARENA_MANY(turn->arena, Allocation, count);
    AllocationColumns at = allocation_columns(rows);
    for (size_t row = 0; row < count; row++)
        list[row] = allocation_of(rows, row, &at);
    *piece_out = (PicPiece){
        .allocations = {list, count},
        .cursor = count == most ? cursor_after(turn->arena, &list[count - 1]) : (Bytes){0},
    };
    return STATUS_OK;
}

Status allocation_load_clients(Turn *turn, int16_t partition, Allocations some, Standing **standing_out)
{
    Loading loading = {.turn = turn, .clients = keys(turn->arena, 5), .standing = standing_new(turn->arena)};
    for (size_t i = 0; i < some.count; i++) {
        const Allocation *one = &some.list[i];
        add_client(&loading, (Conversation){partition, one->municipality, one->provider}, one->client, "", "");
    }
    TRY(database_ask(turn->database, ALLOCATION_LOAD_CLIENT_ALLOCATIONS, loading.clients.params,
                     &loading.clients.rows));
    put_allocations(loading.standing, loading.clients.rows);
    *standing_out = loading.standing;
    return STATUS_OK;
}

/* a piece of all care, for who looks at it without a turn */

Status allocation_load_care(Database *database, const CareWanted *wanted, Standing *standing, CarePiece *piece_out)
{
    Params *params = params_new(standing->arena);
    params_int2(params, wanted->partition);
    params_text(params, wanted->municipality);
    params_text(params, wanted->after);
    params_int4(params, (int32_t)wanted->clients_max);
    Rows *rows;
    TRY(database_ask(database, ALLOCATION_LIST_CARE, params, &rows));
    put_allocations(standing, rows);
    put_clients(standing, rows);

    CarePiece piece = {.list = ARENA_MANY(standing->arena, const Allocation *, rows_count(rows)), .after = ""};
    size_t clients = 0;
    int number = rows_column(rows, "number"), municipality = rows_column(rows, "municipality");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Conversation conversation = {wanted->partition, rows_text(rows, row, municipality), ""};
        const Allocation *allocation = standing_allocation(standing, conversation, rows_text(rows, row, number))->now;
        clients += piece.count == 0 || strcmp(piece.list[piece.count - 1]->client, allocation->client) != 0;
        piece.list[piece.count++] = allocation;
    }
    if (clients == wanted->clients_max)
        piece.after = piece.list[piece.count - 1]->client;
    *piece_out = piece;
    return STATUS_OK;
}
