/*
 * picq status: the screen.
 */
#include "picq/status.h"

#include "picq/ask.h"
#include "picq/table.h"
#include "process/clock.h"
#include "process/moment.h"

#include <stdio.h>
#include <string.h>

enum { MINUTES = sizeof "2020-06-08T09:00" - 1, SECONDS = sizeof "2020-06-08T09:00:00" - 1 };

/* "2020-06-08 09:00" */
static const char *minutes_of(Arena *arena, const char *moment)
{
    char *text = arena_text_sized(arena, moment, strnlen(moment, MINUTES));
    char *letter = strchr(text, 'T');
    if (letter)
        *letter = ' ';
    return *text ? text : "-";
}

static const char *age_of(Arena *arena, int64_t seconds)
{
    return seconds < 120      ? arena_format(arena, "%lld s", (long long)seconds)
           : seconds < 7200   ? arena_format(arena, "%lld min", (long long)seconds / 60)
           : seconds < 172800 ? arena_format(arena, "%lld h", (long long)seconds / 3600)
                              : arena_format(arena, "%lld days", (long long)seconds / 86400);
}

static int64_t number(const json_t *answer, const char *name)
{
    return json_integer_value(json_object_get(json_object_get(answer, "numbers"), name));
}

static bool has_number(const json_t *answer, const char *name)
{
    return json_object_get(json_object_get(answer, "numbers"), name) != NULL;
}

static const char *count_of(Arena *arena, const json_t *object, const char *name)
{
    const json_t *count = json_object_get(object, name);
    return count ? arena_format(arena, "%lld", (long long)json_integer_value(count)) : "?";
}

static const json_t *replica_named(const json_t *answer, const char *name)
{
    size_t i;
    json_t *replica;
    json_array_foreach(json_object_get(answer, "replicas"), i, replica)
    {
        if (strcmp(ask_text(replica, "name"), name) == 0)
            return replica;
    }
    return NULL;
}

static bool is_asked(const json_t *houses, const char *house, const char *replica)
{
    size_t i;
    json_t *asked;
    json_array_foreach((json_t *)houses, i, asked)
    {
        if (strcmp(ask_text(asked, "house"), house) == 0 &&
            strcmp(ask_text(json_object_get(asked, "status"), "replica"), replica) == 0)
            return true;
    }
    return false;
}

static void add_replica(Arena *arena, Table *table, const char *house, const json_t *replica, const char *state)
{
    const char *const row[] = {house,
                               ask_text(replica, "name"),
                               ask_text(replica, "version"),
                               minutes_of(arena, ask_text(replica, "since")),
                               count_of(arena, replica, "partitions"),
                               state};
    table_row(table, row);
}

/* Those that show life in the house's tables and are not named: they are known, and not asked. */
static void add_unnamed(Arena *arena, Table *table, const json_t *houses, const char *house, const json_t *answer)
{
    size_t i;
    json_t *replica;
    json_array_foreach(json_object_get(answer, "replicas"), i, replica)
    {
        if (!is_asked(houses, house, ask_text(replica, "name")))
            add_replica(arena, table, house, replica,
                        json_is_true(json_object_get(replica, "lives")) ? "shows life; PICQ_HOUSES does not reach it"
                                                                        : "shows no life");
    }
}

static void print_houses(Arena *arena, const json_t *houses)
{
    static const char *const HEADINGS[] = {"house", "replica", "version", "since", "partitions", "state", NULL};
    Table *table = table_new(arena, HEADINGS);
    const char *house = "";
    const json_t *unnamed_of = NULL;
    size_t i;
    json_t *asked;
    json_array_foreach((json_t *)houses, i, asked)
    {
        const json_t *answer = json_object_get(asked, "status");
        if (strcmp(ask_text(asked, "house"), house) != 0) {
            if (unnamed_of)
                add_unnamed(arena, table, houses, house, unnamed_of);
            unnamed_of = NULL;
            house = ask_text(asked, "house");
        }
        if (answer) {
            unnamed_of = answer;
            const json_t *replica = replica_named(answer, ask_text(answer, "replica"));
            add_replica(arena, table, house, replica,
                        json_is_true(json_object_get(answer, "ready")) ? "ready" : ask_text(answer, "why_not"));
        } else {
            const char *const row[] = {house, ask_text(asked, "place"), "-", "-", "-", ask_text(asked, "why_not")};
            table_row(table, row);
        }
    }
    if (unnamed_of)
        add_unnamed(arena, table, houses, house, unnamed_of);
    table_print(table);
}

static const char *stopped_of(Arena *arena, const json_t *stopped)
{
    const char *text = "";
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)stopped, i, one)
    {
        if (i < 4)
            text =
                arena_format(arena, "%s%s%lld %s", text, *text ? ", " : "",
                             (long long)json_integer_value(json_object_get(one, "partition")), ask_text(one, "state"));
    }
    if (json_array_size(stopped) > 4)
        text = arena_format(arena, "%s and %zu more", text, json_array_size(stopped) - 4);
    return *text ? text : "-";
}

static void print_streams(Arena *arena, const json_t *streams)
{
    static const char *const HEADINGS[] = {"house", "hears", "waiting", "oldest", "stopped", NULL};
    Table *table = table_new(arena, HEADINGS);
    size_t i;
    json_t *stream;
    json_array_foreach((json_t *)streams, i, stream)
    {
        int64_t seconds = json_integer_value(json_object_get(stream, "waited_seconds"));
        bool waits = json_integer_value(json_object_get(stream, "waiting")) > 0;
        const char *const row[] = {ask_text(stream, "house"), ask_text(stream, "source"),
                                   count_of(arena, stream, "waiting"), waits ? age_of(arena, seconds) : "-",
                                   stopped_of(arena, json_object_get(stream, "stopped"))};
        table_row(table, row);
    }
    table_print(table);
}

static const json_t *answer_with(const json_t *houses, const char *name)
{
    size_t i;
    json_t *asked;
    json_array_foreach((json_t *)houses, i, asked)
    {
        const json_t *answer = json_object_get(asked, "status");
        if (has_number(answer, name))
            return answer;
    }
    return NULL;
}

/* "allocation 4, billing 4, monitoring 3": of each house that hears books the newest. */
static const char *by_house(Arena *arena, const json_t *houses, const char *(*words)(Arena *, const json_t *))
{
    const char *text = "", *house = "";
    size_t i;
    json_t *asked;
    json_array_foreach((json_t *)houses, i, asked)
    {
        const json_t *answer = json_object_get(asked, "status");
        const char *its = answer && strcmp(house, ask_text(asked, "house")) != 0 ? words(arena, answer) : NULL;
        if (!its)
            continue;
        house = ask_text(asked, "house");
        text = arena_format(arena, "%s%s%s %s", text, *text ? ", " : "", house, its);
    }
    return text;
}

static const char *book_words(Arena *arena, const json_t *answer)
{
    return has_number(answer, "picq_book_published_number")
               ? NULL
               : arena_format(arena, "%lld", (long long)number(answer, "picq_book_number"));
}

static const char *aside_words(Arena *arena, const json_t *answer)
{
    return arena_format(arena, "%lld", (long long)number(answer, "picq_set_aside_messages"));
}

static const char *backup_words(Arena *arena, const json_t *answer)
{
    int64_t seconds = number(answer, "picq_backup_timestamp_seconds");
    char moment[MOMENT_TEXT_SIZE];
    return seconds ? minutes_of(arena, moment_write(seconds * 1000000, moment)) : "unknown";
}

static void print_facts(Arena *arena, const json_t *houses)
{
    const json_t *intake = answer_with(houses, "picq_book_published_number");
    const json_t *allocation = answer_with(houses, "picq_requests_waiting");
    printf("set aside  %s\n", by_house(arena, houses, aside_words));
    if (allocation)
        printf("requests   %lld wait for a person, %lld of them overdue\n",
               (long long)number(allocation, "picq_requests_waiting"),
               (long long)number(allocation, "picq_requests_overdue"));
    else
        printf("requests   unknown\n");
    if (intake) {
        int64_t day = number(intake, "picq_calendar_timestamp_seconds");
        char moment[MOMENT_TEXT_SIZE];
        printf("cases      %lld with an open half\n", (long long)number(intake, "picq_cases_open"));
        printf("calendar   %.10s\n", day ? moment_write(day * 1000000, moment) : "has no day yet");
        printf("book       %lld published; heard by %s\n", (long long)number(intake, "picq_book_published_number"),
               by_house(arena, houses, book_words));
    } else {
        printf("cases      unknown\ncalendar   unknown\nbook       unknown; heard by %s\n",
               by_house(arena, houses, book_words));
    }
    printf("backup     %s\n", by_house(arena, houses, backup_words));
}

static void print_needs(const json_t *needs)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)needs, i, one)
    {
        printf("! %s: %s\n", ask_text(one, "house"), ask_text(one, "sentence"));
    }
    if (json_array_size(needs) == 0)
        printf("Nothing needs a person.\n");
}

void status_print(Arena *arena, const json_t *status)
{
    const json_t *houses = json_object_get(status, "houses");
    char now[MOMENT_TEXT_SIZE];
    moment_write(clock_now_us(), now);
    printf("%.*sZ\n\n", (int)SECONDS, now);
    print_houses(arena, houses);
    putchar('\n');
    print_streams(arena, json_object_get(status, "streams"));
    putchar('\n');
    print_facts(arena, houses);
    putchar('\n');
    print_needs(json_object_get(status, "needs_a_person"));
}
