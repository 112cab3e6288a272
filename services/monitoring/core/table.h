/*
 * Table: a name, columns and rows. All that monitoring tells, to a page, a program or a letter, is one.
 *
 * A figure has one of three states: it is told, it is missing (nobody knows it), or it is hidden
 * from who asks. What each table holds, and who may see it, stands on its card.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum ColumnKind {
    HOLDS_TEXT,  /* a word or a code; missing where the row is the total over it */
    HOLDS_MONTH, /* "2020-03"; missing where the row is the year's */
    HOLDS_DAY,   /* "2020-03-01" */
    HOLDS_NUMBER,
    HOLDS_COUNT, /* of clients, lines, facts: what a wide audience sees rounded to five */
    HOLDS_CENTS,
    HOLDS_SHARE, /* of one, in ten-thousandths: 7213 is written 0.7213 */
    HOLDS_MARK,  /* 1 to 10, in tenths: 74 is written 7.4 */
    HOLDS_YES,   /* 0 or 1 */
} ColumnKind;

typedef struct Column {
    const char *name; /* as in JSON */
    ColumnKind kind;
    const char *dutch;   /* heading */
    const char *english; /* heading */
} Column;

/* What a question may narrow a table to. */
typedef enum Filter {
    FILTER_MUNICIPALITY = 1,
    FILTER_PROVIDER = 2,
    FILTER_PIC = 4,
} Filter;

typedef struct TableCard {
    const char *name;    /* as in an address: "pic-costs" */
    const char *dutch;   /* what it tells, one sentence */
    const char *english; /* the same */
    bool wide;           /* also for a wide audience, which sees no small cells */
    unsigned filters;    /* beside year and known-on, which every table takes */
    const Column *columns;
    size_t column_count;
} TableCard;

typedef enum ValueState {
    VALUE_MISSING = 0,
    VALUE_TOLD,
    VALUE_HIDDEN,
} ValueState;

typedef struct Value {
    ValueState state;
    int64_t number;   /* a month or day is a Day's number */
    const char *text; /* of HOLDS_TEXT */
} Value;

#define VALUE_NOBODY_KNOWS ((Value){.state = VALUE_MISSING})
#define VALUE_NOT_FOR_YOU ((Value){.state = VALUE_HIDDEN})

static inline Value value_number(int64_t number)
{
    return (Value){.state = VALUE_TOLD, .number = number};
}

static inline Value value_day(Day day)
{
    return (Value){.state = VALUE_TOLD, .number = day.number};
}

/* "" and NULL are missing. */
static inline Value value_text(const char *text)
{
    return text && *text ? (Value){.state = VALUE_TOLD, .text = text} : VALUE_NOBODY_KNOWS;
}

/* What is asked of every table; "" is all of them. */
typedef struct Question {
    const char *municipality;
    const char *provider;
    const char *profile;
    const char *intensity;
    int32_t year;
    Day known_on; /* never a day that is still to come */
    bool exact;   /* who asks is a controller of all that is asked; otherwise a wide audience */
} Question;

typedef struct Table {
    const TableCard *card;
    Arena *arena;
    Value *values; /* rows one after another, each with the card's columns in order */
    size_t row_count;
    size_t row_room;
} Table;

Table table_new(Arena *arena, const TableCard *card);

/* A new row at the end, all of it missing; it is the caller's until the next one is added. */
Value *table_add(Table *table);

const Value *table_row(const Table *table, size_t row);

/* The place of a column on the card; it has to be there. */
size_t card_column(const TableCard *card, const char *name);
