/*
 * Statement commands: picq statement, reconcile and journal.
 */
#pragma once

#include "picq/command.h"

#include <jansson.h>
#include <stdio.h>

ExitStatus picq_statement(int argc, char **argv);
ExitStatus picq_reconcile(int argc, char **argv);
ExitStatus picq_journal(int argc, char **argv);

/* Statements as pages to print, in Dutch. */
void statement_html(FILE *file, const json_t *statements);
