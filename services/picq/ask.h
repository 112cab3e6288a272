/*
 * Ask: what a command asks of a service over HTTP.
 */
#pragma once

#include "base/arena.h"
#include "picq/command.h"
#include "http/fetch.h"

#include <jansson.h>

/* Which service, and the environment variable that says where it answers. */
typedef struct AskedService {
    const char *name;
    const char *place_variable;
    const char *example;
} AskedService;

extern const AskedService ask_intake;
extern const AskedService ask_monitoring;

/* A page as it is. PICQ_TOKEN says who asks; complains when there is none, in the words of the service. */
ExitStatus ask_page(const char *command, Arena *arena, const AskedService *service, const char *path, Page *page_out);

/* A page as JSON. PICQ_TOKEN says who asks; complains when there is none. */
ExitStatus ask_service(const char *command, Arena *arena, const AskedService *service, const char *path,
                       json_t **answer_out);

/* "" for what was not said. */
const char *ask_text(const json_t *object, const char *name);

/* The first object of a list whose value of that name is the text; NULL when there is none. */
json_t *ask_row(const json_t *list, const char *name, const char *text);
