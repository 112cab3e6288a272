/*
 * Survey: looks at all care of some partitions, piece by piece, and decides nothing.
 *
 * It sees the tables at one moment and prints which: how far each partition was heard. With a
 * book that is not yet published it sees them as they would be the moment after that is heard.
 */
#pragma once

#include "allocation/core/standing.h"
#include "db/database.h"
#include "service/library.h"

#include <jansson.h>

typedef struct SurveyQuestion {
    const char *municipality; /* "" for all */
    int16_t partition_first;
    int16_t partition_last;
    Bytes book;         /* as book_enclosed_read reads it; empty: the books as they are */
    size_t clients_max; /* of one piece */
} SurveyQuestion;

/* One piece; all of it is borrowed until the visit returns. */
typedef struct SurveyPiece {
    Arena *arena;
    Database *database;
    int16_t partition;
    bool is_first;           /* of its partition */
    Day today;               /* in the partition */
    Standing *standing;      /* of all that the piece holds, under the books with the one enclosed */
    Standing *before;        /* the same under the books as they are */
    const Allocation **list; /* the allocations of a client together, conversation by conversation */
    size_t count;
} SurveyPiece;

typedef Status SurveyVisit(void *owner, const SurveyPiece *piece);

/*
 * Within a transaction. `positions` is an object to be filled: partition and position. Where the
 * enclosed book can't be read, or does not follow the others, fault_out says so and nothing is visited.
 */
Status survey_walk(Arena *arena, Database *database, Library *library, const SurveyQuestion *question,
                   SurveyVisit *visit, void *owner, json_t *positions, const char **fault_out);

static inline Conversation conversation_of(const Allocation *allocation, int16_t partition)
{
    return (Conversation){partition, allocation->municipality, allocation->provider};
}
