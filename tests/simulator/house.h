/*
 * House: the two houses of the simulation, what they do in a turn, and what must come of it.
 *
 * The ledger adds up. What it decides of a fact hangs on the whole history of its partition, so that one message lost,
 * doubled, or read in the wrong order shows in every answer after it. Words of a fact make it stumble:
 *
 *     add N      granted, unless the sum would end on a multiple of five
 *     long N     N pieces, three in one turn
 *     bad …      can't be handled, and is put aside until somebody retries it
 *
 * What must come of it is worked out from the door's log by other code than that of the turn.
 */
#pragma once

#include "simulator/store.h"

#define HOUSE_LOAD_TOTALS_NAME "simulator.load_totals"

enum { DOOR, LEDGER };

const char *house_name(int house);
int house_number(const char *name);

struct ServiceCard;
const struct ServiceCard *house_card(int house);

/* A fact as the feed says it: its id, type and words. */
typedef struct Fact {
    char id[ID_SIZE];
    const char *type;
    Bytes data;
} Fact;

Fact house_invent(Arena *arena, int speaker, int64_t number, int16_t partition);

/* Holds a partition, just after a commit, to what must come of what it has heard. */
void house_check(Store *store, int partition);

/* Holds everything to it, when all has been heard. */
void house_check_all(void);

void house_begin(void);
void house_end(void);
