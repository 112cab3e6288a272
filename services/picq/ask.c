#include "picq/ask.h"

#include "http/fetch.h"

#include <stdlib.h>
#include <string.h>

const AskedService ask_intake = {"intake", "PICQ_INTAKE_HTTP", "http://127.0.0.1:8081"};
const AskedService ask_monitoring = {"monitoring", "PICQ_MONITORING", "http://127.0.0.1:8084"};

/* What a service says is wrong: a line, or the English of a problem in JSON. */
static const char *words_of(Arena *arena, const Page *page)
{
    json_t *problem = json_loads(page->body, 0, NULL);
    const char *english = json_string_value(json_object_get(problem, "english"));
    const char *words =
        english ? arena_text(arena, english) : arena_text_sized(arena, page->body, strcspn(page->body, "\r\n"));
    json_decref(problem);
    return words;
}

ExitStatus ask_page(const char *command, Arena *arena, const AskedService *service, const char *path, Page *page_out)
{
    const char *place = getenv(service->place_variable);
    const char *token = getenv("PICQ_TOKEN");
    if (!place || !*place) {
        command_complain(command, "say where %s answers: %s=%s", service->name, service->place_variable,
                         service->example);
        return EXIT_WRONG_USE;
    }
    Page page;
    Status status = fetch_page(arena, place, path, token ? token : "", &page);
    if (status != STATUS_OK) {
        command_complain(command, "%s cannot be reached: %s", service->name, fault_words());
        return status == STATUS_STOP ? EXIT_WRONG_USE : EXIT_WORLD_AWAY;
    }
    if (page.status == 401) {
        command_complain(command, "%s does not know who asks: set PICQ_TOKEN to a reader's secret", service->name);
        return EXIT_NO;
    }
    if (page.status != 200) {
        command_complain(command, "%s answers %d: %s", service->name, page.status, words_of(arena, &page));
        return page.status >= 500 ? EXIT_WORLD_AWAY : EXIT_NO;
    }
    *page_out = page;
    return EXIT_DONE;
}

ExitStatus ask_service(const char *command, Arena *arena, const AskedService *service, const char *path,
                       json_t **answer_out)
{
    Page page;
    ExitStatus status = ask_page(command, arena, service, path, &page);
    if (status != EXIT_DONE)
        return status;
    json_t *answer = json_loads(page.body, 0, NULL);
    if (!answer) {
        command_complain(command, "%s answers what cannot be read", service->name);
        return EXIT_NO;
    }
    *answer_out = answer;
    return EXIT_DONE;
}

const char *ask_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

json_t *ask_row(const json_t *list, const char *name, const char *text)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(ask_text(json_array_get(list, i), name), text) == 0)
            return json_array_get(list, i);
    return NULL;
}
