/*
 * Docket: what a batch says, and everything that it names, each once.
 *
 * `hear` fills it, `load` fills in what was known, and the decisions change what is known from
 * then on.
 */
#pragma once

#include "base/partition.h"
#include "intake/core/index.h"
#include "intake/core/intake.h"

typedef struct Docket {
    Arena *arena;
    Submission *said;
    size_t count;
    Standing standing;
    bool partitions[PARTITIONS]; /* where something may be said on */
    Submission *alone;           /* what changes who is whom, and stands alone in its batch; or NULL */

    Index *senders;   /* of Sender */
    Index *sent;      /* of SentId */
    Index *persons;   /* of Person */
    Index *allocated; /* of Allocated */
    Index *proposals; /* of Proposal */
    Index *matters;   /* of Matter */
} Docket;

/* Room for `count` messages. */
Docket docket_new(Arena *arena, size_t count);

/* The thing of that name, made when it is new. Names are borrowed. */
Sender *docket_sender(Docket *docket, const char *key);
SentId *docket_sent(Docket *docket, const char *owner, const char *id);
Person *docket_person(Docket *docket, const uint8_t *bsn_hash);
Allocated *docket_allocated(Docket *docket, const char *conversation, const char *number);
Proposal *docket_proposal(Docket *docket, int32_t number, const char *digest);
Matter *docket_matter(Docket *docket, const char *subject);
