/*
 * Verify: whether what is stored of an amount still comes out.
 */
#pragma once

#include "billing/core/rate.h"

typedef struct Verified {
    Money amount;  /* rated again from the stored inputs; 0 when they give none */
    Digest digest; /* taken again of all that is stored */
    bool amount_agrees;
    bool digest_agrees;
} Verified;

/* By the functions that rated it and took its digest when it was judged. */
Verified billing_verify(const Provenance *stored, Bytes digest);

static inline bool verified_agrees(const Verified *verified)
{
    return verified->amount_agrees && verified->digest_agrees;
}
