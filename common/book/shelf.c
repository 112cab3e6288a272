#include "book/shelf.h"

#include <stdlib.h>
#include <string.h>

static size_t entries_of(const Book *book)
{
    size_t count = 0;
    for (Kind kind = 0; kind < KINDS; kind++)
        count += book->shelves[kind].count;
    return count;
}

Entry *shelf_add(Book *book, Kind kind)
{
    Shelf *shelf = &book->shelves[kind];
    size_t size = kind_cards[kind].size;
    if (shelf->count == shelf->room) {
        if (entries_of(book) >= BOOK_ENTRIES_MAX)
            return NULL;
        size_t room = shelf->room ? 2 * shelf->room : 16;
        unsigned char *entries = arena_take_many(book->arena, room, size);
        if (shelf->count)
            memcpy(entries, shelf->entries, shelf->count * size);
        shelf->entries = entries;
        shelf->room = room;
    }
    return (Entry *)(void *)(shelf->entries + shelf->count++ * size);
}

/* Never 0. */
static uint64_t key_hash(const Key *key)
{
    uint64_t hash = 0xcbf29ce484222325u ^ (uint32_t)key->number;
    for (int i = 0; i < KEY_TEXTS; i++) {
        for (const char *at = key->texts[i]; at && *at; at++)
            hash = (hash ^ (unsigned char)*at) * 0x100000001b3u;
        hash = (hash ^ 0xff) * 0x100000001b3u;
    }
    return (hash ^ hash >> 32) | 1u << 31;
}

static unsigned key_shape(const Key *key)
{
    unsigned shape = 0;
    for (int i = 0; i < KEY_TEXTS; i++)
        shape |= (key->texts[i] != NULL) << i;
    return shape;
}

Sought sought_key(Key key)
{
    return (Sought){.key = key, .shape = key_shape(&key)};
}

static int text_compare(const char *a, const char *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int key_compare(const Key *a, const Key *b)
{
    for (int i = 0; i < KEY_TEXTS; i++) {
        int order = text_compare(a->texts[i], b->texts[i]);
        if (order != 0)
            return order;
    }
    return (a->number > b->number) - (a->number < b->number);
}

bool key_equal(const Key *a, const Key *b)
{
    return key_compare(a, b) == 0;
}

static int by_place(const Entry *a, const Entry *b)
{
    int order = day_compare(a->holds.first, b->holds.first);
    if (order == 0)
        order = strcmp(a->file, b->file);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int by_key(const void *a, const void *b, void *card)
{
    const KindCard *kind = card;
    Key left = kind->key(a), right = kind->key(b);
    int order = key_compare(&left, &right);
    return order ? order : by_place(a, b);
}

static void note_run(Shelf *shelf, uint64_t hash, size_t first, size_t count)
{
    size_t place = hash & (shelf->run_places - 1);
    while (shelf->runs[place].count)
        place = (place + 1) & (shelf->run_places - 1);
    shelf->runs[place] = (Run){hash, (uint32_t)first, (uint32_t)count};
}

static void shelf_close(Book *book, Kind kind)
{
    Shelf *shelf = &book->shelves[kind];
    if (shelf->count == 0)
        return;
    const KindCard *card = &kind_cards[kind];
    qsort_r(shelf->entries, shelf->count, card->size, by_key, (void *)(uintptr_t)card);
    shelf->run_places = 8;
    while (shelf->run_places < 2 * shelf->count)
        shelf->run_places *= 2;
    shelf->runs = ARENA_MANY(book->arena, Run, shelf->run_places);
    for (size_t first = 0, next; first < shelf->count; first = next) {
        Key key = card->key(shelf_entry(book, kind, first));
        for (next = first + 1; next < shelf->count; next++) {
            Key other = card->key(shelf_entry(book, kind, next));
            if (!key_equal(&key, &other))
                break;
        }
        note_run(shelf, key_hash(&key), first, next - first);
        shelf->shapes |= 1u << key_shape(&key);
    }
}

void shelves_close(Book *book)
{
    for (Kind kind = 0; kind < KINDS; kind++)
        shelf_close(book, kind);
}

size_t shelf_find(const Book *book, Kind kind, Sought *sought, size_t *first_out)
{
    const Shelf *shelf = &book->shelves[kind];
    if (!(shelf->shapes & 1u << sought->shape))
        return 0;
    if (!sought->hash)
        sought->hash = key_hash(&sought->key);
    for (size_t place = sought->hash & (shelf->run_places - 1); shelf->runs[place].count;
         place = (place + 1) & (shelf->run_places - 1)) {
        const Run *run = &shelf->runs[place];
        if (run->hash != sought->hash)
            continue;
        Key found = kind_cards[kind].key(shelf_entry(book, kind, run->first));
        if (!key_equal(&sought->key, &found))
            continue;
        *first_out = run->first;
        return run->count;
    }
    return 0;
}
