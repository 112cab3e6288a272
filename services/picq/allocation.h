/*
 * Allocation: what commands about care ask of allocation over HTTP.
 */
#pragma once

#include "base/arena.h"
#include "picq/command.h"

#include <jansson.h>

/* PICQ_ALLOCATION_HTTP says where it answers, PICQ_TOKEN who asks; each complains when there is no answer. */
ExitStatus allocation_ask(const char *command, Arena *arena, const char *path, json_t **answer_out);

/*
 * The rows of `list` over all partitions, in order of conversation and number, with the book in a folder where one is named. The path
 * ends in ? or &, and what is asked is read piece by piece: "/gaps?municipality=0503&".
 */
ExitStatus allocation_ask_all(const char *command, Arena *arena, const char *path, const char *book_folder,
                              const char *list, json_t **rows_out);

/* "" for what was not said. */
const char *allocation_text(const json_t *row, const char *name);
