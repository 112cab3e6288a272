/*
 * House: what intake keeps between turns.
 *
 *     PICQ_DOOR        where senders knock, tcp://127.0.0.1:5670
 *     PICQ_VAULT_KEY   file with the key that keeps persons unreadable
 *     PICQ_CALENDAR    wall: the clock says the days; feed: operators do
 *     PICQ_IJW_READER  the program that reads national messages, picq-reader beside this one
 *
 * What else is named PICQ_IJW_… is the reader's (intake/reader/main.c).
 *
 * Public keys in the folder operators/ of PICQ_KEYS are those of operators, each under its
 * owner's name; one in a folder of its own, operators/0503/, speaks for that municipality only.
 */
#pragma once

#include "book/books.h"
#include "http/metrics.h"
#include "intake/core/intake.h"
#include "intake/vault.h"
#include "service/service.h"

enum {
    HOUSE_ADMITTED,
    HOUSE_REFUSED,
    HOUSE_HEARD_BEFORE,
    HOUSE_LETTERS,
    HOUSE_READINGS,
    HOUSE_RESENDS,
    HOUSE_DENIED,
    HOUSE_METRICS,
};

enum { HOUSE_DAY, HOUSE_BOOK, HOUSE_CASES, HOUSE_NUMBERS };

typedef struct House {
    Vault *vault;
    bool days_by_clock;
    const char *door;
    struct Child *reader; /* of national messages; of the door's thread */

    /* The people of the region whose keys stand with the installation. */
    Arena *arena;
    Sender *operators;
    size_t operator_count;

    /* The published books; of the door's thread. */
    Books books;
    Book *shelf[BOOKS_MAX];

    _Atomic int32_t kept_years; /* that persons are known after their care, for who shows it; 0: for ever */

    struct Web *web; /* of the process that shows what this house knows; a turn never asks it */

    Metric metrics[HOUSE_METRICS];
    Metric numbers[HOUSE_NUMBERS]; /* as the tables have them */
} House;

/* Reads and checks the settings, and opens the vault. */
Status house_open(Service *service, void **house_out);
void house_close(void *house);

/* The newest day and book, for the people on duty. */
Status house_look(void *house, Database *database, Arena *arena);

/* The number of the newest book that is known here. */
int32_t house_book_number(const House *house);

/* The conversation and its partition: those of the provider's code of old, when the books say that it was renamed. */
const char *house_conversation(const House *house, Arena *arena, const char *municipality, const char *provider,
                               int16_t *partition_out);
