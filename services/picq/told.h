/*
 * Told: what the argument tables of a command say, for the manual and for shells.
 */
#pragma once

#include <argp.h>

/* The sections of a manual page that follow from its tables, in troff, on standard output. */
void told_manual(const struct argp *argp, const char *command);

/* Each long option that begins so, on a line of its own. */
void told_words(const struct argp *argp, const char *begun);

/* Text for troff: what it would take for its own is escaped. */
void told_text(const char *text);
