/*
 * Reconcile: a provider's own account of a year held to ours, line by line, with each difference in a Dutch sentence.
 *
 * What a provider states is a table: a reference and an amount in euros on each line, a credit with a minus. Ours is what
 * billing tells of its lines of the year.
 */
#pragma once

#include "base/arena.h"
#include "base/money.h"

#include <stdbool.h>
#include <stddef.h>

/* One line as its provider states it. */
typedef struct StatedLine {
    int number; /* of the line in the file */
    const char *reference;
    Money amount;
} StatedLine;

typedef struct Stated {
    const StatedLine *list;
    size_t count;
} Stated;

/* What is wrong with a file, so that it can be mended. */
typedef struct StatedFault {
    int line;
    const char *words;
} StatedFault;

/*
 * Reads text whose first line names its columns, with ; or , between: one is called referentie or reference, one bedrag or
 * amount. Amounts are euros, 1.234,56 or 1234.56. False, and the fault, when it is no such table.
 */
[[nodiscard]] bool stated_read(Arena *arena, const char *text, Stated *stated_out, StatedFault *fault_out);

/* One line as we have it. */
typedef struct OurLine {
    const char *reference;
    Money declared;          /* negative for a credit */
    Money amount;            /* as it was approved; 0 when it was rejected */
    Money corrected;         /* by books, since */
    const char *credits;     /* "" for a debet line */
    const char *credited_by; /* "" when it stands */
    const char *reason;      /* "" when it was approved */
    const char *return_code;
    int year; /* of the care */
    int booked_year;
    const char *known_day;
} OurLine;

typedef enum DifferenceKind {
    DIFFERENCE_NONE = 0,
    DIFFERENCE_UNKNOWN,   /* we have no such line */
    DIFFERENCE_UNSTATED,  /* the provider does not state it */
    DIFFERENCE_TWICE,     /* the provider states it twice */
    DIFFERENCE_REJECTED,  /* stated as owed, and rejected */
    DIFFERENCE_CORRECTED, /* stated as first declared, and a book changed it since */
    DIFFERENCE_LATE,      /* of the year, and booked in a later one since it came after the close */
    DIFFERENCE_AMOUNT,    /* another amount, for no reason that we know */
} DifferenceKind;

typedef struct Difference {
    DifferenceKind kind;
    const char *reference;
    Money stated;
    Money ours;
    const char *sentence; /* Dutch */
} Difference;

typedef struct Reconciliation {
    const Difference *list;
    size_t count;
    size_t agreeing;
    Money stated;
    Money ours; /* of the lines that are booked in the year */
} Reconciliation;

/*
 * Ours in order of reference. What a provider states of a line is what it comes to in the year: as approved, with what
 * books corrected. False when a sum does not fit in an amount.
 */
[[nodiscard]] bool reconcile(Arena *arena, Stated stated, const OurLine *ours, size_t count, int year,
                             Reconciliation *reconciliation_out);
