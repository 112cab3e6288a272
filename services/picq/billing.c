#include "picq/billing.h"

#include "http/fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int first_line(const Page *page)
{
    return (int)strcspn(page->body, "\r\n");
}

const char *billing_place(const char *command)
{
    const char *place = getenv("PICQ_BILLING_HTTP");
    if (place && *place)
        return place;
    command_complain(command, "say where billing answers: PICQ_BILLING_HTTP=http://127.0.0.1:8083");
    return NULL;
}

ExitStatus billing_ask(const char *command, Arena *arena, const char *path, json_t **answer_out)
{
    const char *place = billing_place(command);
    const char *token = getenv("PICQ_TOKEN");
    if (!place)
        return EXIT_WRONG_USE;
    Page page;
    Status status = fetch_page(arena, place, path, token ? token : "", &page);
    if (status != STATUS_OK) {
        command_complain(command, "billing cannot be reached: %s", fault_words());
        return status == STATUS_STOP ? EXIT_WRONG_USE : EXIT_WORLD_AWAY;
    }
    if (page.status == 401) {
        command_complain(command, "billing does not know who asks: set PICQ_TOKEN to a reader's secret");
        return EXIT_NO;
    }
    json_t *answer = page.status == 200 ? json_loads(page.body, 0, NULL) : NULL;
    if (!answer) {
        command_complain(command, "billing answers %d: %.*s", page.status, first_line(&page), page.body);
        return page.status >= 500 ? EXIT_WORLD_AWAY : EXIT_NO;
    }
    *answer_out = answer;
    return EXIT_DONE;
}

const char *billing_query_text(Arena *arena, const char *text)
{
    static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    char *query = arena_take(arena, 3 * strlen(text) + 1);
    char *end = query;
    for (; *text; text++) {
        if (strchr(PLAIN, *text))
            *end++ = *text;
        else
            end += sprintf(end, "%%%02X", (unsigned char)*text);
    }
    return query;
}

bool billing_is_code(const char *text, size_t digits)
{
    return strspn(text, "0123456789") == digits && text[digits] == '\0';
}

void billing_print(const json_t *answer)
{
    json_dumpf(answer, stdout, JSON_INDENT(2));
    putchar('\n');
}
