/*
 * Json: small words for what every page answers.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "base/money.h"

#include <jansson.h>
#include <stdlib.h>

/* Only what is said. */
static inline void json_put_text(json_t *object, const char *name, const char *text)
{
    if (text && *text)
        json_object_set_new(object, name, json_string(text));
}

static inline void json_put_int(json_t *object, const char *name, int64_t value)
{
    json_object_set_new(object, name, json_integer((json_int_t)value));
}

static inline void json_put_cents(json_t *object, const char *name, Money amount)
{
    json_put_int(object, name, amount.cents);
}

static inline void json_put_day(json_t *object, const char *name, Day day)
{
    char text[DAY_TEXT_SIZE];
    json_object_set_new(object, name, json_string(day_write(day, text)));
}

/* An open end is not said. */
static inline void json_put_period(json_t *object, Period period)
{
    if (day_compare(period.first, DAY_FIRST) > 0)
        json_put_day(object, "first_day", period.first);
    if (day_compare(period.last, DAY_LAST) < 0)
        json_put_day(object, "last_day", period.last);
}

/* The text in the arena; the value is given back. Keys keep the order in which they were put. */
static inline char *json_finish(Arena *arena, json_t *json)
{
    char *dumped = json_dumps(json, JSON_COMPACT);
    char *text = arena_text(arena, dumped);
    free(dumped);
    json_decref(json);
    return text;
}
