#include "picq/aside.h"

#include "picq/ask.h"

static const Command COMMANDS[] = {
    {"list", "[--municipality CODE] [--settled] [--json]", "Lists what waits for a person.", picq_set_aside_list, NULL},
    {"show", "MESSAGE-ID [--json]", "Says all of one message, and how to retry or drop it.", picq_set_aside_show, NULL},
    {"retry", "MESSAGE-ID --reason TEXT [--house NAME --municipality CODE --provider AGB]",
     "Has a house handle a message once more.", picq_set_aside_retry, NULL},
    {"drop", "MESSAGE-ID --reason TEXT [--house NAME --municipality CODE --provider AGB]", "Gives a message up.",
     picq_set_aside_drop, NULL},
};

const Commands picq_set_aside = {
    .name = "picq set-aside",
    .what = "messages that a house could not handle",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};

static void add_all(json_t *list, const char *house, const json_t *answer)
{
    size_t i;
    json_t *aside;
    json_array_foreach(json_object_get(answer, "set_aside"), i, aside)
    {
        json_object_set_new(aside, "house", json_string(house));
        json_array_append(list, aside);
    }
}

ExitStatus aside_ask(const char *command, Arena *arena, const AsideQuestion *question, json_t **list_out)
{
    Houses houses;
    ExitStatus status = houses_read(command, arena, &houses);
    if (status != EXIT_DONE)
        return status;
    const char *path = arena_format(arena, "/set-aside?municipality=%s&id=%s&settled=%s", question->municipality,
                                    houses_escape(arena, question->id), question->settled ? "true" : "false");
    json_t *list = json_array();
    for (size_t i = 0; i < houses.count; i++) {
        const char *house = houses.list[i].house, *why_not;
        if (!houses_begins(&houses, i))
            continue;
        json_t *answer = houses_ask_any(arena, &houses, house, path, &why_not);
        if (!answer) {
            command_complain(command, "%s %s", house, why_not);
            status = EXIT_WORLD_AWAY;
        }
        add_all(list, house, answer);
        json_decref(answer);
    }
    *list_out = list;
    return status;
}
