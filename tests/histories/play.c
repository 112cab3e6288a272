#include "histories/play.h"

#include "book/check.h"
#include "histories/message_of.h"
#include "service/message.h"
#include "support/database.h"
#include "support/unit.h"

#include <stdlib.h>

/* A process keeps at most BOOKS_MAX books, and a history has at most five. */
enum { TOGETHER = 48, MESSAGES_MAX = 4000, BATCH_MAX = 40, REPLICAS = 2 };

typedef struct History {
    const char *name;
    int16_t partition;
    Books books; /* as they are heard, to check each beside those before it */
    Heard *messages;
    const Intake__BookPublished **published; /* of each message; NULL when it is no book */
    size_t count;
    size_t heard;
    json_t *foreseen;
    size_t wrong_after; /* how many messages were heard when something was seen to be wrong; 0: never */
} History;

typedef struct Play {
    const PlayCard *card;
    Arena *arena; /* of one group of histories */
    uint64_t seed;
    uint64_t chance;
    TestTurns *turns;
    void *houses[REPLICAS]; /* any of them takes the next turn */
    Library *library;       /* what is read outside turns */
    History histories[TOGETHER];
    History *of_partition[PARTITIONS];
    size_t count;
} Play;

static uint64_t draw(Play *play, uint64_t below)
{
    play->chance ^= play->chance << 13;
    play->chance ^= play->chance >> 7;
    play->chance ^= play->chance << 17;
    return (play->chance >> 11) % below;
}

static void must(Status status)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "%s: %s (%s)\n", status_name(status), fault_words(), fault_place());
    exit(3);
}

static void refuse(const Play *play, const char *why)
{
    const char *name = play->count ? play->histories[play->count - 1].name : "(none)";
    fprintf(stderr, "history %s: %s\n", name, why);
    exit(2);
}

/* books */

static void tell_faults(const Play *play, const BookFaults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const BookFault *fault = &faults->faults[i];
        if (!fault->warning)
            fprintf(stderr, "%s:%d: %s. %s\n", fault->file, fault->line, fault->what, fault->what_to_do);
    }
    if (faults->errors)
        refuse(play, "a book that no region could publish");
}

/* A book of a history is one that a region could publish; its digest is worked out here. */
static void check_book(Play *play, History *history, Intake__BookPublished *published, Day known)
{
    BookFile *files = ARENA_MANY(play->arena, BookFile, published->n_files);
    for (size_t i = 0; i < published->n_files; i++) {
        const char *text = published->files[i]->text;
        files[i] = (BookFile){published->files[i]->name, {(const uint8_t *)text, strlen(text)}};
    }
    BookFaults faults = book_faults(play->arena);
    Book *book = book_draft(files, published->n_files, &faults);
    book_check(&history->books, book, &faults);
    tell_faults(play, &faults);
    if (!books_add(&history->books, book, known))
        refuse(play, "books that do not follow one another");

    Digest digest = book_files_digest(files, published->n_files);
    published->digest = digest_write(&digest, ARENA_MANY(play->arena, char, DIGEST_TEXT_SIZE));
}

/* reading */

static bool has_room(const Play *play, int64_t partition)
{
    return play->count < TOGETHER && !play->of_partition[partition];
}

static void begin_history(Play *play, const char *name, int64_t partition)
{
    History *history = &play->histories[play->count++];
    *history = (History){
        .name = arena_text(play->arena, name),
        .partition = (int16_t)partition,
        .messages = ARENA_MANY(play->arena, Heard, MESSAGES_MAX),
        .published = ARENA_MANY(play->arena, const Intake__BookPublished *, MESSAGES_MAX),
        .foreseen = json_object(),
    };
    play->of_partition[partition] = history;
}

static void add_message(Play *play, const json_t *line)
{
    const PlayCard *card = play->card;
    if (play->count == 0 || play->histories[play->count - 1].count == MESSAGES_MAX)
        refuse(play, "a message too many");
    History *history = &play->histories[play->count - 1];
    void *message = message_of(play->arena, card->heard, json_object_get(line, "said"));
    Intake__Fact *fact = message ? card->fact_of(message) : NULL;
    if (!fact)
        refuse(play, "a message that the house does not hear");

    Day known = {(int32_t)json_integer_value(json_object_get(line, "known"))};
    int64_t position = (int64_t)history->count + 1;
    fact->id = arena_format(play->arena, "m%d-%lld", history->partition, (long long)position);
    if (fact->fact_case == INTAKE__FACT__FACT_BOOK_PUBLISHED) {
        history->published[history->count] = fact->book_published;
        check_book(play, history, fact->book_published, known);
    }
    history->messages[history->count++] = (Heard){
        .id = fact->id,
        .source = card->source,
        .type = card->heard->name,
        .subject = arena_format(play->arena, "%s/%s", fact->municipality, fact->provider),
        .time_us = INT64_C(1600000000000000) + position,
        .known = known,
        .partition = history->partition,
        .position = position,
        .version = 1,
        .data = message_pack(play->arena, message),
    };
}

/* False when the line begins a history that must wait for the next group. */
static bool read_line(Play *play, const json_t *line)
{
    const char *name = json_string_value(json_object_get(line, "history"));
    int64_t partition = json_integer_value(json_object_get(line, "partition"));
    if (name && (partition < 0 || partition >= PARTITIONS))
        refuse(play, "no such partition");
    if (name && !has_room(play, partition))
        return false;
    if (name)
        begin_history(play, name, partition);
    else
        add_message(play, line);
    return true;
}

/* Gives the line that comes after the group, NULL after the last; begins with that of the group before. */
static json_t *read_group(Play *play, json_t *line)
{
    char *text = NULL;
    size_t room = 0;
    for (;;) {
        if (line && !read_line(play, line))
            break;
        json_decref(line);
        line = NULL;
        if (getline(&text, &room, stdin) < 0)
            break;
        line = json_loads(text, 0, NULL);
        if (!line)
            refuse(play, "a line that is no JSON");
    }
    free(text);
    return line;
}

/* turns */

/* Long work: what a turn left to be done, and how much it said so far. */
typedef struct Cut {
    Arena *arena;
    Bytes cursor;
    int32_t said;
} Cut;

static Status take(const Play *play, Turn *turn, Batch batch, const Cut *cut, bool rolls_back)
{
    TRY(database_begin(turn->database));
    turn_begin(turn, play->card->house, cut->said);
    TRY(play->card->turn(turn, batch));
    size_t count;
    Said *said = turn_said(turn, &count);
    TRY(outbox_reserve(turn->database, turn->arena, said, count));
    TRY(outbox_write(turn->database, turn->arena, said, count));
    if (rolls_back)
        return FAULT(STATUS_RETRY, "the world is away");
    TRY(database_commit(turn->database));
    play->card->committed(turn->house);
    return STATUS_OK;
}

/* How many messages the turn took; what is still to be done of the one after them stands in `cut`. */
static size_t one_turn(Play *play, Batch batch, Cut *cut)
{
    void *house = play->houses[draw(play, REPLICAS)];
    for (bool rolls_back = draw(play, 8) == 0;; rolls_back = false) {
        Arena *arena = arena_new();
        Turn turn = {
            .arena = arena,
            .database = play->turns->database,
            .house = house,
            .taken = batch.count,
            .cursor = cut->cursor,
        };
        Status status = take(play, &turn, batch, cut, rolls_back);
        if (status == STATUS_OK) {
            cut->said = turn.more.size ? turn_said_after(&turn, &batch.messages[turn.taken]) : 0;
            cut->cursor = (Bytes){arena_copy(cut->arena, turn.more.data, turn.more.size), turn.more.size};
            arena_free(arena);
            return turn.taken;
        }
        database_rollback(play->turns->database);
        arena_free(arena);
        if (!rolls_back)
            must(status);
    }
}

static Rows *ask(const Play *play, const Query *query)
{
    Rows *rows;
    must(database_ask(play->turns->database, query, NULL, &rows));
    return rows;
}

static void look(Play *play)
{
    if (!play->card->looks)
        return;
    Rows *rows = ask(play, play->card->looks);
    for (size_t row = 0; row < rows_count(rows); row++) {
        History *history = play->of_partition[rows_int(rows, row, 0)];
        if (history->wrong_after == 0)
            history->wrong_after = history->heard;
    }
}

/* A few messages of some histories, in order of partition, then position. */
static Batch draw_batch(Play *play, Arena *arena)
{
    Heard *messages = ARENA_MANY(arena, Heard, TOGETHER * BATCH_MAX);
    size_t count = 0;
    uint64_t width = 1 + draw(play, play->count);
    uint64_t length = 1 + draw(play, BATCH_MAX);
    for (size_t partition = 0; partition < PARTITIONS; partition++) {
        const History *history = play->of_partition[partition];
        size_t left = history ? history->count - history->heard : 0;
        if (left == 0 || draw(play, play->count) >= width)
            continue;
        size_t some = (size_t)draw(play, length) + 1;
        for (size_t i = 0; i < some && i < left; i++)
            messages[count++] = history->messages[history->heard + i];
    }
    return (Batch){messages, count};
}

static void foresee(const Play *play, Arena *arena, const Heard *next)
{
    const History *history = play->of_partition[next->partition];
    const Intake__BookPublished *book = history->published[history->heard];
    if (book && play->card->foresee)
        must(
            play->card->foresee(play->turns->database, play->library, arena, next->partition, book, history->foreseen));
}

static void take_batch(Play *play, Arena *arena, Batch batch)
{
    Cut cut = {.arena = arena};
    while (batch.count > 0) {
        if (cut.cursor.size == 0)
            foresee(play, arena, batch.messages);
        size_t taken = one_turn(play, cut.cursor.size ? (Batch){batch.messages, 1} : batch, &cut);
        for (size_t i = 0; i < taken; i++)
            play->of_partition[batch.messages[i].partition]->heard++;
        batch = (Batch){batch.messages + taken, batch.count - taken};
        look(play);
    }
}

static bool all_heard(const Play *play)
{
    for (size_t i = 0; i < play->count; i++)
        if (play->histories[i].heard < play->histories[i].count)
            return false;
    return true;
}

static void begin_house_anew(Play *play)
{
    void **house = &play->houses[draw(play, REPLICAS)];
    play->card->house_free(*house);
    *house = play->card->house_new(play->seed);
}

static void hear_all(Play *play)
{
    while (!all_heard(play)) {
        Arena *arena = arena_new();
        take_batch(play, arena, draw_batch(play, arena));
        arena_free(arena);
        if (draw(play, 10) == 0)
            begin_house_anew(play);
    }
}

/* what came of it */

/* Each question's answers under its name: of each key a number, or null. */
static void tell(const Play *play, const Query *query, json_t *const said[PARTITIONS])
{
    for (size_t i = 0; i < play->count; i++)
        json_object_set_new(said[play->histories[i].partition], query->name, json_object());
    Rows *rows = ask(play, query);
    for (size_t row = 0; row < rows_count(rows); row++) {
        json_t *of = json_object_get(said[rows_int(rows, row, 0)], query->name);
        json_t *value = rows_null(rows, row, 2) ? json_null() : json_integer(rows_int(rows, row, 2));
        json_object_set_new(of, rows_text(rows, row, 1), value);
    }
}

static void tell_all(const Play *play)
{
    json_t *said[PARTITIONS] = {0};
    for (size_t i = 0; i < play->count; i++) {
        const History *history = &play->histories[i];
        said[history->partition] = json_pack("{s:s, s:I, s:o}", "history", history->name, "wrong_after",
                                             (json_int_t)history->wrong_after, "foreseen", history->foreseen);
    }
    for (size_t i = 0; i < play->card->told_count; i++)
        tell(play, play->card->told[i], said);
    for (size_t i = 0; i < play->count; i++) {
        json_t *of = said[play->histories[i].partition];
        json_dumpf(of, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(of);
    }
    fflush(stdout);
}

/* a group */

static void prepare_questions(const Play *play)
{
    const PlayCard *card = play->card;
    if (card->looks)
        must(database_prepare(play->turns->database, &(QueryList){card->looks, 1}));
    for (size_t i = 0; i < card->told_count; i++)
        must(database_prepare(play->turns->database, &(QueryList){card->told[i], 1}));
}

/* In a database of its own. */
static void play_group(Play *play)
{
    const PlayCard *card = play->card;
    play->turns = test_turns_new(card->house, card->queries, card->migrations, card->turn, NULL);
    for (size_t i = 0; i < REPLICAS; i++)
        play->houses[i] = card->house_new(play->seed);
    play->library = library_new();
    prepare_questions(play);
    hear_all(play);
    tell_all(play);
    library_free(play->library);
    for (size_t i = 0; i < REPLICAS; i++)
        card->house_free(play->houses[i]);
    test_turns_free(play->turns);
}

static void end_group(Play *play)
{
    for (size_t i = 0; i < play->count; i++)
        for (size_t b = 0; b < play->histories[i].books.count; b++)
            book_free((Book *)(uintptr_t)play->histories[i].books.known[b].book);
    memset(play->of_partition, 0, sizeof play->of_partition);
    play->count = 0;
    arena_reset(play->arena);
}

int play_histories(const PlayCard *card, int count, char **arguments)
{
    Play *play = calloc(1, sizeof *play);
    play->card = card;
    play->arena = arena_new();
    play->seed = count > 1 ? strtoull(arguments[1], NULL, 10) : 1;
    play->chance = UINT64_C(0x9e3779b97f4a7c15) ^ play->seed;
    json_t *next = NULL;
    do {
        next = read_group(play, next);
        if (play->count)
            play_group(play);
        end_group(play);
    } while (next);
    arena_free(play->arena);
    free(play);
    return 0;
}
