/*
 * picq status: what the houses say, put together.
 */
#include "picq/status.h"

#include "base/partition.h"
#include "picq/ask.h"
#include "process/moment.h"

#include <string.h>

typedef struct Gathering {
    Arena *arena;
    const Houses *houses;
    json_t *asked;   /* of each replica what it answered, in order; null when nothing */
    json_t *streams; /* of each house and whom it hears */
    json_t *needs;
} Gathering;

static int64_t number(const json_t *answer, const char *name)
{
    return json_integer_value(json_object_get(json_object_get(answer, "numbers"), name));
}

static void need(Gathering *gathering, const char *house, const char *kind, const char *sentence)
{
    json_array_append_new(gathering->needs,
                          json_pack("{s:s, s:s, s:s}", "house", house, "kind", kind, "sentence", sentence));
}

/* The answer of the first replica that gave one. */
static const json_t *answer_of(const Gathering *gathering, const char *house)
{
    for (size_t i = 0; i < gathering->houses->count; i++) {
        const json_t *answer = json_object_get(json_array_get(gathering->asked, i), "status");
        if (answer && strcmp(gathering->houses->list[i].house, house) == 0)
            return answer;
    }
    return NULL;
}

static void ask_place(Gathering *gathering, const HousePlace *place)
{
    const char *why_not = "";
    json_t *answer = houses_ask(gathering->arena, place, "/status", &why_not);
    json_t *one = json_pack("{s:s, s:s}", "house", place->house, "place", place->place);
    const char *name = answer ? ask_text(answer, "house") : place->house;
    if (!answer) {
        json_object_set_new(one, "why_not", json_string(why_not));
        need(gathering, place->house, "AWAY", arena_format(gathering->arena, "%s %s", place->place, why_not));
    } else if (strcmp(name, place->house) != 0) {
        need(gathering, place->house, "ANOTHER_HOUSE",
             arena_format(gathering->arena, "%s is %s: mend PICQ_HOUSES", place->place, name));
    }
    if (answer)
        json_object_set_new(one, "status", answer);
    json_array_append_new(gathering->asked, one);
}

/* Whoever claims a partition that nobody works on does so within seconds. */
static void look_at_replicas(Gathering *gathering, const char *house, const json_t *answer)
{
    int64_t claimed = 0;
    bool hears = json_array_size(json_object_get(answer, "heard")) > 0;
    size_t i;
    json_t *replica;
    json_array_foreach(json_object_get(answer, "replicas"), i, replica)
    {
        if (json_is_true(json_object_get(replica, "lives")))
            claimed += json_integer_value(json_object_get(replica, "partitions"));
    }
    if (hears && claimed < PARTITIONS)
        need(gathering, house, "PARTITIONS_FREE",
             arena_format(gathering->arena, "nobody works on %d of its %d partitions", (int)(PARTITIONS - claimed),
                          PARTITIONS));
}

static void look_at_numbers(Gathering *gathering, const char *house, const json_t *answer)
{
    static const struct {
        const char *name, *kind, *one, *many;
    } NUMBERS[] = {
        {"picq_set_aside_messages", "SET_ASIDE", "1 message is set aside: picq set-aside list",
         "%lld messages are set aside: picq set-aside list"},
        {"picq_requests_overdue", "REQUEST_OVERDUE", "1 request is overdue: picq requests list",
         "%lld requests are overdue: picq requests list"},
        {"picq_cases_open", "CASE_OPEN", "1 case has an open half: picq cases list",
         "%lld cases have an open half: picq cases list"},
    };
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        long long count = number(answer, NUMBERS[i].name);
        char sentence[100];
        snprintf(sentence, sizeof sentence, "%s", NUMBERS[i].one);
        if (count > 1) {
            const char *words = strchr(NUMBERS[i].many, ' ');
            snprintf(sentence, sizeof sentence, "%lld%s", count, words);
        }
        if (count > 0)
            need(gathering, house, NUMBERS[i].kind, sentence);
    }
}

/* "0:17,1:0,…" */
static const char *places_of(Arena *arena, const json_t *positions)
{
    enum { PLACE_SIZE = sizeof "63:9223372036854775807," };
    char *text = arena_take(arena, PARTITIONS * PLACE_SIZE + 1);
    size_t length = 0;
    for (size_t i = 0; i < json_array_size(positions) && i < PARTITIONS; i++)
        length += (size_t)snprintf(text + length, PLACE_SIZE, "%s%zu:%lld", i ? "," : "", i,
                                   (long long)json_integer_value(json_array_get(positions, i)));
    return text;
}

static int64_t waited_s(const json_t *waiting)
{
    int64_t oldest_us, now_us;
    bool waits = moment_read(ask_text(waiting, "oldest_at"), &oldest_us) &&
                 moment_read(ask_text(waiting, "now"), &now_us) && now_us > oldest_us;
    return waits ? (now_us - oldest_us) / 1000000 : 0;
}

static void look_at_stream(Gathering *gathering, const char *house, const json_t *heard)
{
    const char *source = ask_text(heard, "source");
    const char *why_not;
    const char *path = arena_format(gathering->arena, "/waiting?after=%s",
                                    places_of(gathering->arena, json_object_get(heard, "positions")));
    json_t *waiting = houses_ask_any(gathering->arena, gathering->houses, source, path, &why_not);
    json_t *stream =
        json_pack("{s:s, s:s, s:O}", "house", house, "source", source, "stopped", json_object_get(heard, "stopped"));
    if (waiting) {
        json_object_set(stream, "waiting", json_object_get(waiting, "waiting"));
        json_object_set(stream, "oldest_at", json_object_get(waiting, "oldest_at"));
        json_object_set_new(stream, "waited_seconds", json_integer(waited_s(waiting)));
    }
    json_decref(waiting);
    json_array_append_new(gathering->streams, stream);

    size_t i;
    json_t *stopped;
    json_array_foreach(json_object_get(heard, "stopped"), i, stopped)
        need(gathering, house, ask_text(stopped, "state"),
             arena_format(gathering->arena, "partition %lld of what %s says: %s",
                          (long long)json_integer_value(json_object_get(stopped, "partition")), source,
                          ask_text(stopped, "sentence")));
}

static void look_at_house(Gathering *gathering, const char *house)
{
    const json_t *answer = answer_of(gathering, house);
    if (!answer)
        return;
    look_at_replicas(gathering, house, answer);
    look_at_numbers(gathering, house, answer);
    size_t i;
    json_t *heard;
    json_array_foreach(json_object_get(answer, "heard"), i, heard) look_at_stream(gathering, house, heard);
}

json_t *status_gather(Arena *arena, const Houses *houses)
{
    Gathering gathering = {
        .arena = arena,
        .houses = houses,
        .asked = json_array(),
        .streams = json_array(),
        .needs = json_array(),
    };
    for (size_t i = 0; i < houses->count; i++)
        ask_place(&gathering, &houses->list[i]);
    bool any = false;
    for (size_t i = 0; i < houses->count; i++) {
        any |= json_object_get(json_array_get(gathering.asked, i), "status") != NULL;
        if (houses_begins(houses, i))
            look_at_house(&gathering, houses->list[i].house);
    }
    json_t *status = json_pack("{s:o, s:o, s:o}", "houses", gathering.asked, "streams", gathering.streams,
                               "needs_a_person", gathering.needs);
    if (any)
        return status;
    json_decref(status);
    return NULL;
}
