/*
 * Shelf: how a book keeps its entries, so that one is found in some tens of nanoseconds.
 *
 * Only common/book includes this. Each kind of entry has a shelf; entries with the same key
 * stand together in the order of their periods, and a small hash table knows where.
 */
#pragma once

#include "book/book.h"

typedef enum Kind {
    KIND_REGION,
    KIND_MUNICIPALITY,
    KIND_RESIDENCE,
    KIND_RETENTION,
    KIND_HOLIDAY,
    KIND_COHORT,
    KIND_SEGMENT,
    KIND_PROFILE,
    KIND_INTENSITY,
    KIND_PRODUCT,
    KIND_PIC_PRODUCT, /* the products that carry a PIC once more, by that PIC */
    KIND_PROVIDER,
    KIND_ALIAS,
    KIND_CONTRACT,
    KIND_FUNDING,
    KIND_PXQ_TARIFF,
    KIND_PIC_TARIFF,
    KIND_TERMS,
    KIND_GRANTING,
    KIND_SUBSTITUTION,
    KIND_BUDGET,
    KIND_TARGET,
    KINDS,
} Kind;

typedef struct Holiday {
    Entry entry;
    Day day;
    const char *name;
} Holiday;

enum { KEY_TEXTS = 5 };

/* What an entry is about; two entries of one book with the same key may not hold on the same day. */
typedef struct Key {
    const char *texts[KEY_TEXTS]; /* NULL where the entry leaves it open */
    int32_t number;
} Key;

typedef struct Run {
    uint64_t hash;
    uint32_t first;
    uint32_t count; /* 0: empty place */
} Run;

typedef struct Shelf {
    unsigned char *entries;
    size_t count;
    size_t room;
    uint32_t shapes; /* bit n: some key has shape n */
    Run *runs;
    size_t run_places; /* a power of two */
} Shelf;

struct Book {
    Arena *arena;
    int32_t number;
    const char *slug;
    Decision decision;
    Digest digest;
    Shelf shelves[KINDS];
};

/* What a kind is like; one row of a table. */
typedef struct KindCard {
    const char *name; /* the section, as it is called in files */
    size_t size;
    Key (*key)(const Entry *entry);
    const char *(*about)(Arena *arena,
                         const Entry *entry); /* what of the key is the same for all that one line writes out */
    const char *(*whom)(Arena *arena, const Entry *entry); /* the rest of the key; "" when there is none */
    const char *(*says)(Arena *arena, const Entry *entry); /* all but key and period, in words */
} KindCard;

extern const KindCard kind_cards[KINDS];

/* A zeroed entry of the kind, to be filled at once; NULL when the book is full. */
Entry *shelf_add(Book *book, Kind kind);

/* After the last entry: puts all in order. */
void shelves_close(Book *book);

static inline const Entry *shelf_entry(const Book *book, Kind kind, size_t index)
{
    return (const Entry *)(const void *)(book->shelves[kind].entries + index * kind_cards[kind].size);
}

bool key_equal(const Key *a, const Key *b);

/*
 * A key on its way along the shelves of several books. Its shape, which texts it leaves open, is
 * known at once and tells most shelves apart; its hash is made for the first that may hold it.
 */
typedef struct Sought {
    Key key;
    unsigned shape;
    uint64_t hash; /* 0: not made yet */
} Sought;

Sought sought_key(Key key);

/* The entries with the key: their number, and the place of the first in first_out. */
size_t shelf_find(const Book *book, Kind kind, Sought *sought, size_t *first_out);
