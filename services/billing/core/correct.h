/*
 * Correct: what a book makes of lines that were approved before it was known.
 *
 * A line is rated anew as it was rated first: by the tariff of its day and the terms of its
 * trajectory, as they are known now. Whether it might be declared is not asked again, and a line
 * that comes to the same amount is not touched. The contract of the line's day says how the
 * difference reaches the provider. What-if and publishing ask the same function.
 */
#pragma once

#include "base/arena.h"
#include "billing/core/decide.h"

/* Where a price or a term was agreed: book 0 is nowhere. */
typedef struct Source {
    const char *file;
    int32_t book;
    int32_t line;
} Source;

/* An approved debet line that nobody credited, and how it was rated last: as declared, or by an adjustment. */
typedef struct OpenLine {
    JudgedLine judged;
    RatingInputs rated;
    Source terms; /* of that rating */
} OpenLine;

#define BILLING_CORRECTIONS(X)                                                                         \
    X(UNTOUCHED, "the line comes to the same amount")                                                  \
    X(CORRECTED, "the line comes to another amount")                                                   \
    X(PRICE_GONE, "no tariff or no terms hold any more, so the line stays as it is")                   \
    X(PARTS_DIFFER, "the terms now pay in other parts, so the line stays until the care is converted") \
    X(TOO_LARGE, "an amount or a sum of amounts does not fit, so the line stays as it is")

typedef enum CorrectionState {
#define CORRECTION_STATE_VALUE(name, english) CORRECTION_##name,
    BILLING_CORRECTIONS(CORRECTION_STATE_VALUE)
#undef CORRECTION_STATE_VALUE
        CORRECTION_STATE_COUNT,
} CorrectionState;

const char *correction_state_name(CorrectionState state);
const char *correction_state_english(CorrectionState state);

/* How the line is rated now. */
typedef struct Assessment {
    CorrectionState state;
    Money before; /* with its adjustments */
    Money after;  /* the same as before unless CORRECTED */
    Rated rated;
    Corrections way; /* when CORRECTED */
} Assessment;

Assessment billing_assess(const OpenLine *open, const Books *books, Day known);

/* What is made of a line that is CORRECTED, by the book of that number. */
typedef struct Correction {
    const OpenLine *open;
    Assessment assessed;
    const JudgedLine *credit; /* self-billed: these two lines; else NULL */
    const JudgedLine *debet;
    const Adjusted *adjusted; /* what is taken back, and last what is expected or settled now */
    size_t adjusted_count;
    bool rates; /* the last adjustment holds the new rating */
} Correction;

Correction billing_correct(Arena *arena, const OpenLine *open, const Assessment *assessed, int32_t book);

/* What the provider is to do, in Dutch. */
const char *correction_dutch(Corrections way);

/* The number of the document that a correction goes by; of a settlement each year has its own. */
const char *correction_document(Arena *arena, Corrections way, int32_t book, int32_t service_year);
