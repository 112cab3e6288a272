/*
 * Receipt: one line that was declared, and why it is worth what it is worth.
 *
 * The nouns of what billing tells of a line. Texts are never NULL: absent is "".
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "base/money.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where something was agreed; book 0: nowhere. */
typedef struct Citation {
    int32_t book;
    const char *decision; /* of the book, by name */
    const char *decided;  /* "2019-10-22" */
    const char *file;     /* "": the book as a whole */
    int64_t line;
    const char *rests_on; /* the decision that the entry itself names */
    bool synthetic;
} Citation;

typedef struct Portion {
    int64_t numerator;
    int64_t denominator; /* 0: not used */
} Portion;

/* What an amount was made from, and what comes out of it now. */
typedef struct Rating {
    const char *formula; /* "VOLUME_TIMES_TARIFF"; "": it was not rated */
    Money price;
    int64_t volume;
    int64_t month; /* 0: not used */
    Portion share;
    Portion part;
    Money start;       /* price × share */
    Money month_price; /* the month's twelfth */
    Citation price_at;
    Citation terms_at;
    Citation granted_under;
    Citation rated_under;
    Money stored;
    Money recomputed;
    const char *digest;
    const char *digest_recomputed;
    bool agrees;
} Rating;

typedef struct ReceiptLine {
    const char *reference;
    int64_t position; /* in the stream: the order in which things happened */
    bool by_billing;  /* made after a book, and declared by nobody */
    const char *document;
    const char *known;
    const char *client;
    const char *allocation;
    const char *contract;
    const char *code;
    const char *product; /* its name */
    const char *profile; /* names, of a trajectory that is paid as a PIC; "" else */
    const char *intensity;
    const char *first_day;
    const char *last_day;
    int64_t volume;
    const char *unit;    /* "MINUTE" */
    const char *credits; /* "": a debet line */
    bool approved;
    const char *return_code;
    const char *sentence_nl; /* of the verdict */
    const char *sentence_en;
    Money amount;   /* negative of a credit */
    Citation cause; /* the book that made it */
    Rating rating;
} ReceiptLine;

/* What a correction adds without another line, or takes back of it. */
typedef struct ReceiptAdjustment {
    const char *reference;
    int64_t position;
    bool settled; /* in one amount for the year; else expected of the provider */
    const char *document;
    const char *known;
    const char *taken_back_by; /* the credit line; "" where there is none */
    Money amount;
    Citation cause;
    Rating rating;
} ReceiptAdjustment;

typedef struct Receipt {
    const char *municipality; /* by name */
    const char *provider;
    const ReceiptLine *lines; /* the declared one first */
    size_t line_count;
    const ReceiptAdjustment *adjustments;
    size_t adjustment_count;
    Money net;
    bool agrees; /* every amount and digest comes out again */
} Receipt;

/* False when it is none. Texts are borrowed from the JSON. */
[[nodiscard]] bool receipt_read(Arena *arena, const json_t *json, Receipt *receipt_out);
