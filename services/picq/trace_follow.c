/*
 * picq trace: from house to house, by the place of each message in its speaker's log.
 */
#include "picq/trace.h"

#include "picq/ask.h"
#include "process/moment.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 5000, ARROWS_MAX = 64, ANSWERS_MAX = 100 };

static const char FIRST_HOUSE[] = "intake";

/* Who hears whom. */
typedef struct Arrow {
    const char *house;
    const char *source;
} Arrow;

typedef struct Trace {
    Arena *arena;
    const Houses *houses;
    Arrow arrows[ARROWS_MAX];
    size_t arrow_count;
    json_t *steps; /* each is followed in turn; what it says adds more */
    json_t *away;
} Trace;

/* "billing cannot be reached: …", once. */
static void note_away(Trace *trace, const char *house, const char *why_not)
{
    const char *words = arena_format(trace->arena, "%s %s", house, why_not);
    size_t i;
    json_t *one;
    json_array_foreach(trace->away, i, one)
    {
        if (strcmp(json_string_value(one), words) == 0)
            return;
    }
    json_array_append_new(trace->away, json_string(words));
}

static void learn_arrows(Trace *trace)
{
    for (size_t i = 0; i < trace->houses->count; i++) {
        if (!houses_begins(trace->houses, i))
            continue;
        const char *house = trace->houses->list[i].house, *why_not;
        json_t *status = houses_ask_any(trace->arena, trace->houses, house, "/status", &why_not);
        if (!status)
            note_away(trace, house, why_not);
        size_t j;
        json_t *heard;
        json_array_foreach(json_object_get(status, "heard"), j, heard)
        {
            if (trace->arrow_count < ARROWS_MAX)
                trace->arrows[trace->arrow_count++] =
                    (Arrow){house, arena_text(trace->arena, ask_text(heard, "source"))};
        }
        json_decref(status);
    }
}

/* What a house said under an id; NULL when it said nothing. */
static json_t *said_under(Trace *trace, const char *house, const char *id)
{
    const char *why_not;
    json_t *answer =
        houses_ask_any(trace->arena, trace->houses, house,
                       arena_format(trace->arena, "/trace?id=%s", houses_escape(trace->arena, id)), &why_not);
    if (!answer)
        note_away(trace, house, why_not);
    json_t *said = json_incref(json_object_get(answer, "said"));
    json_decref(answer);
    if (json_array_size(said) > 0)
        return said;
    json_decref(said);
    return NULL;
}

/* Without the newest part of its history: m/allocation.1 becomes m. False when there is none. */
static bool cut_history(char *id)
{
    char *slash = strrchr(id, '/');
    const char *dot = slash ? strrchr(slash, '.') : NULL;
    if (!dot || dot == slash + 1 || !dot[1] || strspn(dot + 1, "0123456789") != strlen(dot + 1))
        return false;
    for (const char *letter = slash + 1; letter < dot; letter++)
        if (!islower((unsigned char)*letter))
            return false;
    *slash = '\0';
    return true;
}

static const char *said_at(const json_t *step)
{
    return ask_text(step, "at");
}

static void add_first(Trace *trace, const json_t *said)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)said, i, one)
    {
        json_array_append_new(trace->steps, json_pack("{s:s, s:O, s:O, s:b, s:[O]}", "house", FIRST_HOUSE, "id",
                                                      json_object_get(one, "id"), "at",
                                                      json_object_get(one, "admitted_at"), "heard", 1, "said", one));
    }
}

/* What intake says in answer has ids of its own count and stands anywhere in its log. */
static void add_answers(Trace *trace, json_t *step)
{
    const char *id = ask_text(step, "id");
    for (int number = 1; number < ANSWERS_MAX; number++) {
        json_t *said = said_under(trace, FIRST_HOUSE, arena_format(trace->arena, "%s/%s.%d", id, FIRST_HOUSE, number));
        if (!said)
            return;
        json_array_extend(json_object_get(step, "said"), said);
        json_decref(said);
    }
}

static void add_step(Trace *trace, const char *house, const char *source, const json_t *said, const char *since)
{
    const char *id = ask_text(said, "id"), *why_not;
    const char *path =
        arena_format(trace->arena, "/trace?source=%s&partition=%lld&position=%lld&id=%s", source,
                     (long long)json_integer_value(json_object_get(said, "partition")),
                     (long long)json_integer_value(json_object_get(said, "position")), houses_escape(trace->arena, id));
    json_t *step = houses_ask_any(trace->arena, trace->houses, house, path, &why_not);
    if (!step) {
        note_away(trace, house, why_not);
        return;
    }
    json_object_set_new(step, "id", json_string(id));
    json_object_set_new(step, "source", json_string(source));
    json_object_set(step, "partition", json_object_get(said, "partition"));
    json_object_set(step, "position", json_object_get(said, "position"));
    json_object_set(step, "at", json_object_get(step, "taken_at"));
    int64_t said_us, taken_us;
    if (moment_read(since, &said_us) && moment_read(said_at(step), &taken_us))
        json_object_set_new(step, "spent_us", json_integer(taken_us - said_us));
    if (strcmp(house, FIRST_HOUSE) == 0)
        add_answers(trace, step);
    json_array_append_new(trace->steps, step);
}

static void follow_said(Trace *trace, const char *house, const json_t *said, const char *since)
{
    for (size_t i = 0; i < trace->arrow_count; i++)
        if (strcmp(trace->arrows[i].source, house) == 0)
            add_step(trace, trace->arrows[i].house, house, said, since);
}

json_t *trace_follow(Arena *arena, const Houses *houses, const char *id)
{
    Trace trace = {.arena = arena, .houses = houses, .steps = json_array(), .away = json_array()};
    learn_arrows(&trace);
    char *root = arena_text(arena, id);
    json_t *first = said_under(&trace, FIRST_HOUSE, root);
    while (!first && cut_history(root))
        first = said_under(&trace, FIRST_HOUSE, root);
    add_first(&trace, first);
    json_decref(first);

    for (size_t i = 0; i < json_array_size(trace.steps) && i < STEPS_MAX; i++) {
        const json_t *step = json_array_get(trace.steps, i);
        size_t j;
        json_t *said;
        json_array_foreach(json_object_get(step, "said"), j, said)
            follow_said(&trace, ask_text(step, "house"), said, said_at(step));
    }
    return json_pack("{s:s, s:s, s:o, s:o}", "id", id, "root", root, "steps", trace.steps, "away", trace.away);
}
