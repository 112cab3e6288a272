#include "billing/core/verify.h"

Verified billing_verify(const Provenance *stored, Bytes digest)
{
    Verified verified = {.digest = billing_digest(stored)};
    bool rated = billing_rate(&stored->inputs, &verified.amount);
    verified.amount_agrees = rated && verified.amount.cents == stored->amount.cents;
    verified.digest_agrees = bytes_equal(digest, (Bytes){verified.digest.bytes, sizeof verified.digest.bytes});
    return verified;
}
