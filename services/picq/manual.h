/*
 * Manual: a page of it, made of the tables that commands are read by; and how a command goes on, for shells.
 */
#pragma once

#include "picq/command.h"

/* picq manual [COMMAND…] | --directory DIR */
ExitStatus picq_manual(int argc, char **argv);

/* As bash calls it, by complete -C "picq complete": what may stand at the cursor of COMP_LINE, a word on each line. */
ExitStatus picq_complete(int argc, char **argv);

/* The table that both walk: that of main.c. */
extern const Commands picq_commands;
