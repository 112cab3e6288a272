#include "picq/ask.h"

#include "picq/fetch.h"

#include <stdlib.h>
#include <string.h>

const AskedService ask_intake = {"intake", "PICQ_INTAKE_HTTP", "http://127.0.0.1:8081"};

ExitStatus ask_service(const char *command, Arena *arena, const AskedService *service, const char *path,
                       json_t **answer_out)
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
    json_t *answer = page.status == 200 ? json_loads(page.body, 0, NULL) : NULL;
    if (!answer) {
        command_complain(command, "%s answers %d: %.*s", service->name, page.status, (int)strcspn(page.body, "\r\n"),
                         page.body);
        return page.status >= 500 ? EXIT_WORLD_AWAY : EXIT_NO;
    }
    *answer_out = answer;
    return EXIT_DONE;
}

const char *ask_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}
