/*
 * Status commands: picq status, the whole region on one screen.
 */
#pragma once

#include "picq/houses.h"

ExitStatus picq_status(int argc, char **argv);

/*
 * How the region is: its houses and their replicas, what waits between them, and under
 * "needs_a_person" each thing that does not mend itself. NULL when nobody answers.
 */
json_t *status_gather(Arena *arena, const Houses *houses);

/* The same for people. */
void status_print(Arena *arena, const json_t *status);
