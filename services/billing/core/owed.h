/*
 * Owed: what the lines of a month come to, as known on a day, and why it is not what it was.
 *
 * What a provider declares for one product and period is one line here, under the reference that
 * the provider gave it first; what credits and corrections made of it stands beneath it. A fact
 * counts from the day on which it became known, so an answer for a day that has ended never
 * changes.
 */
#pragma once

#include "base/arena.h"
#include "billing/core/billing.h"

#define OWED_KINDS(X)                                            \
    X(DECLARED)  /* a debet line of the provider */              \
    X(CREDITED)  /* a credit line of the provider */             \
    X(CORRECTED) /* a line that billing made after a book */     \
    X(SETTLED)   /* a line's share of a settlement for a year */ \
    X(EXPECTED)  /* what the provider is asked to correct */

typedef enum OwedKind {
#define OWED_KIND_VALUE(name) OWED_##name,
    OWED_KINDS(OWED_KIND_VALUE)
#undef OWED_KIND_VALUE
        OWED_KIND_COUNT,
} OwedKind;

const char *owed_kind_name(OwedKind kind); /* "DECLARED" */

/* One row of the tables: why a line comes to more or less from a day on. */
typedef struct OwedFact {
    int16_t partition;
    const char *provider;
    const char *line; /* the provider's first reference */
    OwedKind kind;
    const char *reference; /* of the row itself */
    const char *document;  /* the declaration, or what a correction is posted under */
    const char *credit;    /* the credit line that takes a correction back; "" else */
    int32_t book;          /* that made it; 0: no book did */
    Money amount;
    Day known;
    /* of the care */
    const char *allocation;
    const char *client;
    const char *category;
    const char *code;
    Period period;
} OwedFact;

typedef struct OwedSum {
    Money kinds[OWED_KIND_COUNT];
    Money net;
} OwedSum;

typedef struct OwedTotals {
    OwedSum before; /* as known on the earlier day */
    OwedSum after;
    Money difference; /* of what both come to */
} OwedTotals;

typedef struct OwedLine {
    const OwedFact *facts; /* in the order in which they became known; the first tells the care */
    size_t fact_count;
    size_t news; /* the first fact that became known after the earlier day; fact_count: none did */
    OwedTotals totals;
} OwedLine;

/* The lines of one provider. */
typedef struct OwedProvider {
    const OwedLine *lines;
    size_t line_count;
    OwedTotals totals;
} OwedProvider;

/* What facts of one kind, or of one book, have changed. */
typedef struct OwedCause {
    OwedKind kind;
    int32_t book;
    const OwedFact *first;
    size_t facts;
    Money difference;
} OwedCause;

typedef struct Owed {
    const OwedProvider *providers; /* in order of code */
    size_t provider_count;
    size_t line_count;
    OwedTotals totals;
    const OwedCause *causes; /* of the difference, by kind and book */
    size_t cause_count;
} Owed;

/*
 * Facts of a line stand together, those of a provider too, and in the order in which they became
 * known. What became known up to and including `from` is before. False when a sum does not fit.
 */
[[nodiscard]] bool owed_add_up(Arena *arena, const OwedFact *facts, size_t count, Day from, Owed *owed_out);
