/*
 * Conversions: many at once, through the door, in a run that can be stopped and begun again.
 *
 * The id of each is made of its number and day: said again it gets the receipt that it has, and
 * nothing counts twice. What became of them is read in the operator's own mailbox.
 */
#pragma once

#include "picq/command.h"
#include "picq/door/door.h"

#include <jansson.h>
#include <stdbool.h>

typedef struct Conversions {
    const char *command;
    const DoorSettings *door;
    const char *consent; /* of the providers, for days in the past; NULL: none */
    bool json;
    const json_t *rows; /* municipality, provider, allocation, day */
} Conversions;

/* Tells at the end how many were converted, refused and why, and how many wait for a person. */
ExitStatus conversions_do(const Conversions *conversions);
