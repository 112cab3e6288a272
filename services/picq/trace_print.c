/*
 * picq trace: its steps in the order of time.
 */
#include "picq/trace.h"

#include "picq/ask.h"
#include "picq/table.h"
#include "process/moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A step, and where it came in. */
typedef struct Step {
    const json_t *step;
    size_t number;
} Step;

/* What has not happened comes last. */
static int by_time(const void *a, const void *b)
{
    const Step *left = a, *right = b;
    const char *at = ask_text(left->step, "at"), *other = ask_text(right->step, "at");
    if (!*at != !*other)
        return *at ? -1 : 1;
    int order = strcmp(at, other);
    return order ? order : (left->number > right->number) - (left->number < right->number);
}

/* "0.012 s" */
static const char *seconds_of(Arena *arena, int64_t us)
{
    return arena_format(arena, "%.3f s", (double)us / 1e6);
}

static const char *what_of(Arena *arena, const json_t *step)
{
    const char *aside = ask_text(step, "aside_state");
    if (*aside)
        return arena_format(arena, "%s: %s%s%s%s%s",
                            strcmp(aside, "ASIDE") == 0     ? "set aside"
                            : strcmp(aside, "RETRIED") == 0 ? "set aside and retried"
                                                            : "set aside and dropped",
                            ask_text(step, "reason"), *ask_text(step, "decided_id") ? "; " : "",
                            ask_text(step, "decided_id"), *ask_text(step, "decided_reason") ? ": " : "",
                            ask_text(step, "decided_reason"));
    if (!json_is_true(json_object_get(step, "heard")))
        return *ask_text(step, "begun_at") ? "is being worked on"
               : strcmp(ask_text(step, "state"), "HEARING") == 0
                   ? "waits to be heard"
                   : arena_format(arena, "waits: its partition is %s", ask_text(step, "state"));
    const json_t *said = json_object_get(step, "said");
    size_t count = json_array_size(said);
    if (count == 0)
        return "takes it, and says nothing";
    const json_t *first = json_array_get(said, 0);
    const char *more = json_is_true(json_object_get(step, "more")) ? "more than " : "";
    return count == 1 ? arena_format(arena, "says %s in partition %lld", ask_text(first, "type"),
                                     (long long)json_integer_value(json_object_get(first, "partition")))
                      : arena_format(arena, "says %s and %s%zu more", ask_text(first, "type"), more, count - 1);
}

static const char *spent_of(Arena *arena, const json_t *step)
{
    const json_t *spent = json_object_get(step, "spent_us");
    return spent ? seconds_of(arena, json_integer_value(spent)) : "-";
}

static void print_total(Arena *arena, const Step *steps, size_t count)
{
    int64_t first_us, last_us;
    const char *last = "";
    for (size_t i = 0; i < count; i++)
        if (*ask_text(steps[i].step, "at"))
            last = ask_text(steps[i].step, "at");
    if (moment_read(ask_text(steps[0].step, "at"), &first_us) && moment_read(last, &last_us))
        printf("%s from the door to the last that is known\n", seconds_of(arena, last_us - first_us));
}

void trace_print(Arena *arena, const json_t *trace)
{
    static const char *const HEADINGS[] = {"when", "house", "after", "message", "what", NULL};
    const json_t *list = json_object_get(trace, "steps");
    size_t count = json_array_size(list);
    Step *steps = ARENA_MANY(arena, Step, count);
    for (size_t i = 0; i < count; i++)
        steps[i] = (Step){json_array_get(list, i), i};
    qsort(steps, count, sizeof *steps, by_time);

    Table *table = table_new(arena, HEADINGS);
    for (size_t i = 0; i < count; i++) {
        const json_t *step = steps[i].step;
        const char *at = ask_text(step, "at");
        const char *const row[] = {*at                                            ? at
                                   : json_is_true(json_object_get(step, "heard")) ? "unknown"
                                                                                  : "-",
                                   ask_text(step, "house"), spent_of(arena, step), ask_text(step, "id"),
                                   what_of(arena, step)};
        table_row(table, row);
    }
    table_print(table);
    print_total(arena, steps, count);
}
