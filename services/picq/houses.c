#include "picq/houses.h"

#include "http/fetch.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES_MAX = 64, PATIENCE_MS = 5000 };

static bool read_place(const char *command, Arena *arena, const char *word, HousePlace *place_out)
{
    const char *equals = strchr(word, '=');
    if (!equals || equals == word || !equals[1]) {
        command_complain(command, "PICQ_HOUSES has \"%s\": write house=http://address:port, or house=/path/of/a/socket",
                         word);
        return false;
    }
    *place_out = (HousePlace){arena_text_sized(arena, word, (size_t)(equals - word)), equals + 1};
    return true;
}

/* Replicas stand together, behind the first of their house. */
static size_t place_among(const HousePlace *list, size_t count, const char *house)
{
    for (size_t i = count; i > 0; i--)
        if (strcmp(list[i - 1].house, house) == 0)
            return i;
    return count;
}

ExitStatus houses_read(const char *command, Arena *arena, Houses *houses_out)
{
    const char *setting = getenv("PICQ_HOUSES");
    HousePlace *list = ARENA_MANY(arena, HousePlace, PLACES_MAX);
    size_t count = 0;
    char *rest = arena_text(arena, setting ? setting : "");
    for (char *word; (word = strsep(&rest, ","));) {
        HousePlace place;
        if (!*word)
            continue;
        if (!read_place(command, arena, word, &place))
            return EXIT_WRONG_USE;
        if (count == PLACES_MAX) {
            command_complain(command, "PICQ_HOUSES names more than %d places", PLACES_MAX);
            return EXIT_WRONG_USE;
        }
        size_t at = place_among(list, count, place.house);
        memmove(&list[at + 1], &list[at], (count - at) * sizeof *list);
        list[at] = place;
        count++;
    }
    if (count == 0) {
        command_complain(command, "say where the houses answer: "
                                  "PICQ_HOUSES=intake=http://127.0.0.1:8081,allocation=http://127.0.0.1:8082,…");
        return EXIT_WRONG_USE;
    }
    *houses_out = (Houses){list, count};
    return EXIT_DONE;
}

json_t *houses_ask(Arena *arena, const HousePlace *place, const char *path, const char **why_not_out)
{
    const char *token = getenv("PICQ_TOKEN");
    Page page;
    Status status = fetch_page_within(arena, place->place, path, token ? token : "", PATIENCE_MS, &page);
    if (status != STATUS_OK) {
        *why_not_out = arena_format(arena, "cannot be reached: %s", fault_words());
        return NULL;
    }
    json_t *answer = page.status == 200 ? json_loads(page.body, 0, NULL) : NULL;
    if (answer)
        return answer;
    *why_not_out = page.status == 401   ? "does not know who asks: set PICQ_TOKEN to a reader's secret"
                   : page.status == 404 ? "shows no such page: is PICQ_READERS set there, and is it this version?"
                                        : arena_format(arena, "answers %d: %.*s", page.status,
                                                       (int)strcspn(page.body, "\r\n"), page.body);
    return NULL;
}

json_t *houses_ask_any(Arena *arena, const Houses *houses, const char *house, const char *path,
                       const char **why_not_out)
{
    *why_not_out = "is not named in PICQ_HOUSES";
    for (size_t i = 0; i < houses->count; i++) {
        if (strcmp(houses->list[i].house, house) != 0)
            continue;
        json_t *answer = houses_ask(arena, &houses->list[i], path, why_not_out);
        if (answer)
            return answer;
    }
    return NULL;
}

const char *houses_escape(Arena *arena, const char *text)
{
    char *escaped = arena_take(arena, 3 * strlen(text) + 1), *end = escaped;
    for (; *text; text++) {
        if (strchr("-._~", *text) || isalnum((unsigned char)*text))
            *end++ = *text;
        else
            end += sprintf(end, "%%%02X", (unsigned char)*text);
    }
    return escaped;
}

bool houses_begins(const Houses *houses, size_t i)
{
    return i == 0 || strcmp(houses->list[i - 1].house, houses->list[i].house) != 0;
}
