#include "picq/allocation.h"

#include "picq/enclose.h"
#include "http/fetch.h"

#include <stdlib.h>
#include <string.h>

static const char *place_of(const char *command)
{
    const char *place = getenv("PICQ_ALLOCATION_HTTP");
    if (place && *place)
        return place;
    command_complain(command, "say where allocation answers: PICQ_ALLOCATION_HTTP=http://127.0.0.1:8082");
    return NULL;
}

ExitStatus allocation_ask(const char *command, Arena *arena, const char *path, json_t **answer_out)
{
    const char *place = place_of(command);
    const char *token = getenv("PICQ_TOKEN");
    if (!place)
        return EXIT_WRONG_USE;
    Page page;
    Status status = fetch_page(arena, place, path, token ? token : "", &page);
    if (status != STATUS_OK) {
        command_complain(command, "allocation cannot be reached: %s", fault_words());
        return status == STATUS_STOP ? EXIT_WRONG_USE : EXIT_WORLD_AWAY;
    }
    if (page.status == 401) {
        command_complain(command, "allocation does not know who asks: set PICQ_TOKEN to a reader's secret");
        return EXIT_NO;
    }
    json_t *answer = page.status == 200 ? json_loads(page.body, 0, NULL) : NULL;
    if (!answer) {
        command_complain(command, "allocation answers %d: %.*s", page.status, (int)strcspn(page.body, "\r\n"),
                         page.body);
        return page.status >= 500 ? EXIT_WORLD_AWAY : EXIT_NO;
    }
    *answer_out = answer;
    return EXIT_DONE;
}

/* In the order in which people look for them, whatever partition they came from. */
static int by_conversation(const void *a, const void *b)
{
    static const char *const KEYS[] = {"municipality", "provider", "segment"};
    const json_t *left = *(json_t *const *)a, *right = *(json_t *const *)b;
    int order = 0;
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0] && order == 0; i++)
        order = strcmp(allocation_text(left, KEYS[i]), allocation_text(right, KEYS[i]));
    const char *number = allocation_text(left, "allocation"), *other = allocation_text(right, "allocation");
    if (order == 0 && strlen(number) != strlen(other))
        order = strlen(number) < strlen(other) ? -1 : 1;
    if (order == 0)
        order = strcmp(number, other);
    return order ? order : strcmp(allocation_text(left, "first_day"), allocation_text(right, "first_day"));
}

static json_t *in_order(Arena *arena, const json_t *rows)
{
    size_t count = json_array_size(rows);
    json_t **list = ARENA_MANY(arena, json_t *, count);
    for (size_t i = 0; i < count; i++)
        list[i] = json_array_get(rows, i);
    if (count)
        qsort(list, count, sizeof *list, by_conversation);
    json_t *sorted = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append(sorted, list[i]);
    return sorted;
}

ExitStatus allocation_ask_all(const char *command, Arena *arena, const char *path, const char *book_folder,
                              const char *list, json_t **rows_out)
{
    Enclosing enclosing = {command, "allocation", place_of(command), path, NULL, "partitions"};
    if (!enclosing.place)
        return EXIT_WRONG_USE;
    ExitStatus status = book_folder ? enclose_folder(command, arena, book_folder, &enclosing.enclosure) : EXIT_DONE;
    json_t *answers = NULL;
    if (status == EXIT_DONE)
        status = enclose_ask(&enclosing, &answers);
    if (status != EXIT_DONE)
        return status;
    json_t *rows = json_array(), *answer;
    size_t i;
    json_array_foreach(answers, i, answer) json_array_extend(rows, json_object_get(answer, list));
    json_decref(answers);
    *rows_out = in_order(arena, rows);
    json_decref(rows);
    return EXIT_DONE;
}

const char *allocation_text(const json_t *row, const char *name)
{
    const char *text = json_string_value(json_object_get(row, name));
    return text ? text : "";
}
