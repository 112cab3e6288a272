/* Planted: a credit takes its line back in the ledger, and leaves what corrections had added to it. */
#include "billing/core/ledger.h"

Postings __wrap_ledger_post_taken_back(Arena *arena, const JudgedLine *lines, size_t count, Day known);

Postings __wrap_ledger_post_taken_back(Arena *arena, const JudgedLine *lines, size_t count, Day known)
{
    (void)arena, (void)lines, (void)count, (void)known;
    return (Postings){0};
}
