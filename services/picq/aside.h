/*
 * Aside commands: picq set-aside list, show, retry and drop.
 */
#pragma once

#include "picq/houses.h"

extern const Commands picq_set_aside;

ExitStatus picq_set_aside_list(int argc, char **argv);
ExitStatus picq_set_aside_show(int argc, char **argv);
ExitStatus picq_set_aside_retry(int argc, char **argv);
ExitStatus picq_set_aside_drop(int argc, char **argv);

typedef struct AsideQuestion {
    const char *municipality; /* "" for all */
    const char *id;           /* "" for all */
    bool settled;             /* also those that a person has decided of */
} AsideQuestion;

/* What all houses set aside, each with its "house"; complains of each that does not answer. */
ExitStatus aside_ask(const char *command, Arena *arena, const AsideQuestion *question, json_t **list_out);
