/*
 * Billing: what the commands about lines ask of billing over HTTP.
 */
#pragma once

#include "base/arena.h"
#include "picq/command.h"

#include <jansson.h>
#include <stdbool.h>

/* Where it answers, by PICQ_BILLING_HTTP; NULL, and it complains, when nobody says. */
const char *billing_place(const char *command);

/* A page of billing as JSON. PICQ_TOKEN says who asks; complains when it does not. */
ExitStatus billing_ask(const char *command, Arena *arena, const char *path, json_t **answer_out);

/* The text as it may stand in the query of a path. */
const char *billing_query_text(Arena *arena, const char *text);

/* "0503", "90000001": so many digits and nothing else. */
bool billing_is_code(const char *text, size_t digits);

/* For programs, as it was answered. */
void billing_print(const json_t *answer);
