/*
 * Options: what every command that goes to the door is asked, by option or environment.
 */
#pragma once

#include "picq/command.h"
#include "picq/door/door.h"

/* To be a child of a command's parser, with a DoorSettings as its input. */
extern const struct argp door_options;

#define DOOR_OPTIONS_CHILD                           \
    {                                                \
        &door_options, 0, "The way to the door:", 10 \
    }

/* Complains of what is missing; false when something is. */
bool door_options_complete(const char *command, const DoorSettings *settings);

/* Says the newest fault, and gives the exit status that it stands for. */
ExitStatus command_fault(const char *command, Status status);
