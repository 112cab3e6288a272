#include "simulator/house.h"

#include "db/copy.h"
#include "proto/street.pb-c.h"
#include "service/aside.h"
#include "service/service.h"
#include "simulator/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES_IN_A_TURN = 3 };

static const Query LOAD_TOTALS = {HOUSE_LOAD_TOTALS_NAME, ""};
static const char *const NAMES[HOUSES] = {"door", "ledger"};

const char *house_name(int house)
{
    return NAMES[house];
}

int house_number(const char *name)
{
    return strcmp(name, NAMES[LEDGER]) == 0 ? LEDGER : DOOR;
}

/* ---- the ledger's turn: hear, load, decide, keep, say ---- */

/* What a fact says. */
typedef struct Words {
    bool bad;
    bool is_long;
    int64_t number;
} Words;

static Words words_of(const char *text, bool retried)
{
    Words words = {0};
    if (strncmp(text, "bad ", 4) == 0) {
        words.bad = !retried;
        text += 4;
    }
    words.is_long = strncmp(text, "long ", 5) == 0;
    words.number = atoll(strchr(text, ' ') + 1);
    return words;
}

static Words hear(Turn *turn, const Heard *heard)
{
    return words_of(arena_text_sized(turn->arena, (const char *)heard->data.data, heard->data.size),
                    heard->id[0] == 'r');
}

static Status load(Turn *turn, Batch batch, int64_t totals[PARTITIONS])
{
    bool named[PARTITIONS] = {false};
    Params *params = params_new(turn->arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    for (size_t i = 0; i < batch.count; i++) {
        int16_t partition = batch.messages[i].partition;
        if (!named[partition])
            column_int(partitions, partition);
        named[partition] = true;
    }
    Rows *rows;
    TRY(database_ask(turn->database, &LOAD_TOTALS, params, &rows));
    for (size_t row = 0; row < rows_count(rows); row++)
        totals[rows_int(rows, row, rows_column(rows, "partition"))] = rows_int(rows, row, rows_column(rows, "total"));
    return STATUS_OK;
}

static void keep(Copy *copy, const Heard *heard, int64_t piece, int64_t amount, int64_t total)
{
    copy_row(copy, 6);
    copy_int2(copy, heard->partition);
    copy_int8(copy, heard->position);
    copy_int8(copy, piece);
    copy_text(copy, heard->id);
    copy_int8(copy, amount);
    copy_int8(copy, total);
}

static void say(Turn *turn, const Heard *heard, const char *verdict, int64_t total)
{
    const char *text = arena_format(turn->arena, "%s %lld", verdict, (long long)total);
    turn_say_bytes(turn, heard, "test.Answer", (Bytes){(const uint8_t *)text, strlen(text)});
}

/* Message number `place`, from where the cursor says when it is the first; what is left goes to the next turn. */
static void take_pieces(Turn *turn, Copy *copy, Batch batch, size_t place, int64_t pieces, int64_t *total)
{
    const Heard *heard = &batch.messages[place];
    int64_t piece = place == 0 && turn->cursor.size > 0 ? turn->cursor.data[0] : 0;
    int64_t end = piece + PIECES_IN_A_TURN < pieces ? piece + PIECES_IN_A_TURN : pieces;
    while (piece < end) {
        keep(copy, heard, ++piece, 1, ++*total);
        say(turn, heard, "piece", *total);
    }
    if (piece < pieces) {
        uint8_t *cursor = arena_take(turn->arena, 1);
        cursor[0] = (uint8_t)piece;
        turn->more = (Bytes){cursor, 1};
        turn->taken = place;
    } else {
        turn->taken = place + 1;
    }
}

static Status ledger_turn(Turn *turn, Batch batch)
{
    int64_t totals[PARTITIONS] = {0};
    TRY(load(turn, batch, totals));
    Copy *copy;
    TRY(copy_open(turn->database, turn->arena, "kept(partition, position, piece, id, amount, total)", &copy));
    for (size_t i = 0; i < batch.count; i++) {
        const Heard *heard = &batch.messages[i];
        Words words = hear(turn, heard);
        int64_t *total = &totals[heard->partition];
        if (words.bad)
            return FAULT(STATUS_SET_ASIDE, "a bad word");
        if (words.is_long) {
            take_pieces(turn, copy, batch, i, words.number, total);
            break;
        }
        bool granted = (*total + words.number) % 5 != 0;
        *total += granted ? words.number : 0;
        keep(copy, heard, 0, granted ? words.number : 0, *total);
        say(turn, heard, granted ? "granted" : "refused", *total);
    }
    return copy_close(copy);
}

/* ---- the door's turn: it delivers each answer ---- */

static Status door_turn(Turn *turn, Batch batch)
{
    Copy *copy;
    TRY(copy_open(turn->database, turn->arena, "kept(partition, position, piece, id, amount, total)", &copy));
    for (size_t i = 0; i < batch.count; i++)
        keep(copy, &batch.messages[i], 0, 0, 0);
    return copy_close(copy);
}

const ServiceCard *house_card(int house)
{
    static const ServiceCard CARDS[HOUSES] = {
        [DOOR] = {.name = "door", .sources = {"ledger"}, .turn = door_turn, .aside = door_turn},
        [LEDGER] = {.name = "ledger", .sources = {"door"}, .turn = ledger_turn},
    };
    return &CARDS[house];
}

/* ---- what must come of it ---- */

typedef struct MustSay {
    char id[ID_SIZE];
    const char *type;
    char words[40]; /* "" when they are not held to anything */
} MustSay;

typedef struct MustKeep {
    int64_t position, piece, amount, total;
} MustKeep;

typedef struct MustAside {
    int64_t position;
    char id[ID_SIZE];
    char state[12];
    Words words;
} MustAside;

/* Of one partition: all that must be said and kept, and how much of it after each fact. */
typedef struct Must {
    MustSay *say;
    size_t say_count, say_room;
    MustKeep *keep;
    size_t keep_count, keep_room;
    MustAside *aside;
    size_t aside_count, aside_room;
    struct After {
        size_t said, kept;
    } * after; /* [0] is before the first */
    size_t after_count, after_room;
    int64_t total;
} Must;

static Must musts[PARTITIONS];

static void *one_more(void *list, size_t *count, size_t *room, size_t size)
{
    if (*count == *room) {
        *room = *room ? *room * 2 : 16;
        list = realloc(list, *room * size);
        if (!list)
            abort();
    }
    memset((char *)list + *count * size, 0, size);
    ++*count;
    return list;
}

static MustSay *must_say(Must *must, const char *id, int number, const char *type)
{
    must->say = one_more(must->say, &must->say_count, &must->say_room, sizeof *must->say);
    MustSay *say = &must->say[must->say_count - 1];
    snprintf(say->id, sizeof say->id, "%.40s/ledger.%d", id, number);
    say->type = type;
    return say;
}

static void must_keep(Must *must, int64_t position, int64_t piece, int64_t amount)
{
    must->keep = one_more(must->keep, &must->keep_count, &must->keep_room, sizeof *must->keep);
    must->total += amount;
    must->keep[must->keep_count - 1] = (MustKeep){position, piece, amount, must->total};
}

static void must_take(Must *must, int64_t position, const char *id, Words words)
{
    if (words.is_long) {
        for (int piece = 1; piece <= words.number; piece++) {
            must_keep(must, position, piece, 1);
            snprintf(must_say(must, id, piece, "test.Answer")->words, 40, "piece %lld", (long long)must->total);
        }
        return;
    }
    bool refused = (must->total + words.number) % 5 == 0;
    must_keep(must, position, 0, refused ? 0 : words.number);
    snprintf(must_say(must, id, 1, "test.Answer")->words, 40, "%s %lld", refused ? "refused" : "granted",
             (long long)must->total);
}

static void must_decide(Must *must, int64_t position, const Entry *entry)
{
    Street__Retried *word = street__retried__unpack(NULL, entry->size, entry->data);
    if (strcmp(word->house, "ledger") != 0)
        must_say(must, entry->id, 1, entry->type[7] == 'R' ? ASIDE_RETRIED : ASIDE_DROPPED);
    for (size_t i = 0; i < must->aside_count && strcmp(word->house, "ledger") == 0; i++) {
        MustAside *aside = &must->aside[i];
        if (strcmp(aside->id, word->id) != 0 || strcmp(aside->state, "ASIDE") != 0)
            continue;
        bool retried = strcmp(entry->type, ASIDE_RETRIED) == 0;
        snprintf(aside->state, sizeof aside->state, "%s", retried ? "RETRIED" : "DROPPED");
        if (retried)
            must_take(must, position, entry->id, aside->words);
    }
    street__retried__free_unpacked(word, NULL);
}

/* The door's log, as far as it goes, told again. */
static void must_hear(Must *must, const Shelf *door)
{
    if (must->after_count == 0)
        must->after = one_more(must->after, &must->after_count, &must->after_room, sizeof *must->after);
    while (must->after_count <= door->outbox_count) {
        int64_t position = (int64_t)must->after_count;
        const Entry *entry = &door->outbox[position - 1];
        char text[40];
        snprintf(text, sizeof text, "%.*s", (int)entry->size, (const char *)entry->data);
        if (strncmp(entry->type, "street.", 7) == 0) {
            must_decide(must, position, entry);
        } else if (strncmp(text, "bad ", 4) == 0) {
            must->aside = one_more(must->aside, &must->aside_count, &must->aside_room, sizeof *must->aside);
            MustAside *aside = &must->aside[must->aside_count - 1];
            *aside = (MustAside){.position = position, .state = "ASIDE", .words = words_of(text, true)};
            snprintf(aside->id, sizeof aside->id, "%s", entry->id);
            must_say(must, entry->id, 1, ASIDE_TYPE);
        } else {
            must_take(must, position, entry->id, words_of(text, false));
        }
        must->after = one_more(must->after, &must->after_count, &must->after_room, sizeof *must->after);
        must->after[must->after_count - 1] = (struct After){must->say_count, must->keep_count};
    }
}

static bool same_words(const Entry *entry, const MustSay *say)
{
    return !*say->words || (strlen(say->words) == entry->size && memcmp(say->words, entry->data, entry->size) == 0);
}

static void check_ledger(Shelf *shelf, Must *must, int partition)
{
    must_hear(must, &world.stores[DOOR].shelves[partition]);
    const Place *place = &shelf->place;
    if (place->position >= (int64_t)must->after_count) {
        world_found("partition %d of ledger stands at %lld, and the door said less", partition,
                    (long long)place->position);
        return;
    }
    size_t pieces = place->cursor_size > 0 ? place->cursor[0] : 0;
    size_t said = must->after[place->position].said + pieces;
    size_t kept = must->after[place->position].kept + pieces;
    if (shelf->outbox_count != said || shelf->kept_count != kept)
        world_found("partition %d of ledger has heard %lld facts and %zu pieces: %zu rows kept of %zu, %zu said of %zu",
                    partition, (long long)place->position, pieces, shelf->kept_count, kept, shelf->outbox_count, said);
    for (; shelf->kept_checked < shelf->kept_count && shelf->kept_checked < kept; shelf->kept_checked++) {
        const Kept *ours = &shelf->kept[shelf->kept_checked];
        const MustKeep *right = &must->keep[shelf->kept_checked];
        if (ours->position != right->position || ours->piece != right->piece || ours->amount != right->amount ||
            ours->total != right->total)
            world_found("partition %d of ledger keeps %s as %lld with a total of %lld, not %lld with %lld", partition,
                        ours->id, (long long)ours->amount, (long long)ours->total, (long long)right->amount,
                        (long long)right->total);
    }
    for (; shelf->outbox_checked < shelf->outbox_count && shelf->outbox_checked < said; shelf->outbox_checked++) {
        const Entry *ours = &shelf->outbox[shelf->outbox_checked];
        const MustSay *right = &must->say[shelf->outbox_checked];
        if (strcmp(ours->id, right->id) != 0 || strcmp(ours->type, right->type) != 0 || !same_words(ours, right))
            world_found("partition %d of ledger says %s where it must say %s", partition, ours->id, right->id);
    }
}

/* Every answer that must be said is delivered, once and in its place. */
static void check_door(Shelf *shelf, const Must *must, int partition)
{
    if ((int64_t)shelf->kept_count != shelf->place.position)
        world_found("partition %d of door has heard %lld answers and delivered %zu", partition,
                    (long long)shelf->place.position, shelf->kept_count);
    for (; shelf->kept_checked < shelf->kept_count; shelf->kept_checked++) {
        const Kept *ours = &shelf->kept[shelf->kept_checked];
        if (shelf->kept_checked >= must->say_count || strcmp(ours->id, must->say[shelf->kept_checked].id) != 0)
            world_found("partition %d of door delivers %s out of its place", partition, ours->id);
    }
}

void house_check(Store *store, int partition)
{
    Shelf *shelf = &store->shelves[partition];
    if (store->house == LEDGER)
        check_ledger(shelf, &musts[partition], partition);
    else
        check_door(shelf, &musts[partition], partition);
}

static void check_asides(const Shelf *shelf, const Must *must, int partition)
{
    if (shelf->asides_count != must->aside_count)
        world_found("partition %d of ledger put %zu messages aside of %zu", partition, shelf->asides_count,
                    must->aside_count);
    for (size_t i = 0; i < shelf->asides_count && i < must->aside_count; i++)
        if (strcmp(shelf->asides[i].entry.id, must->aside[i].id) != 0 ||
            strcmp(shelf->asides[i].state, must->aside[i].state) != 0)
            world_found("partition %d of ledger put %s aside, %s", partition, shelf->asides[i].entry.id,
                        shelf->asides[i].state);
}

void house_check_all(void)
{
    for (int partition = 0; partition < PARTITIONS; partition++) {
        Must *must = &musts[partition];
        Shelf *ledger = &world.stores[LEDGER].shelves[partition];
        Shelf *door = &world.stores[DOOR].shelves[partition];
        check_ledger(ledger, must, partition);
        check_door(door, must, partition);
        check_asides(ledger, must, partition);
        if (ledger->place.position != (int64_t)door->outbox_count || door->kept_count != must->say_count)
            world_found("partition %d: %zu facts said, %lld heard, %zu answers of %zu delivered", partition,
                        door->outbox_count, (long long)ledger->place.position, door->kept_count, must->say_count);
    }
}

void house_begin(void)
{
    memset(musts, 0, sizeof musts);
}

void house_end(void)
{
    for (int partition = 0; partition < PARTITIONS; partition++) {
        free(musts[partition].say);
        free(musts[partition].keep);
        free(musts[partition].aside);
        free(musts[partition].after);
    }
}

/* ---- what the feed says ---- */

static Fact decision_of(Arena *arena, int speaker, int64_t number, const Entry *about)
{
    Fact fact = {.type = world_dice(4) ? ASIDE_RETRIED : ASIDE_DROPPED};
    snprintf(fact.id, sizeof fact.id, "r%d-%lld", speaker, (long long)number);
    Street__Retried word = STREET__RETRIED__INIT;
    word.house = arena_text(arena, world_dice(8) ? "ledger" : "elsewhere");
    word.id = arena_text(arena, about->id);
    fact.data = message_pack(arena, &word.base);
    return fact;
}

Fact house_invent(Arena *arena, int speaker, int64_t number, int16_t partition)
{
    const Shelf *shelf = &world.stores[DOOR].shelves[partition];
    int64_t lately = shelf->outbox_count < 20 ? (int64_t)shelf->outbox_count : 20;
    if (lately > 0 && world_dice(12) == 0)
        return decision_of(arena, speaker, number,
                           &shelf->outbox[shelf->outbox_count - 1 - (size_t)world_dice(lately)]);
    Fact fact = {.type = "test.Fact"};
    snprintf(fact.id, sizeof fact.id, "m%d-%lld", speaker, (long long)number);
    const char *text = arena_format(arena, "%s%s %lld", world_dice(15) == 0 ? "bad " : "",
                                    world_dice(25) == 0 ? "long" : "add", (long long)(1 + world_dice(9)));
    fact.data = (Bytes){(const uint8_t *)text, strlen(text)};
    return fact;
}
