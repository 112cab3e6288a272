/*
 * Migrate: brings the tables to what this program expects, forward only.
 *
 * Each file runs once, in a transaction of its own, and is noted with its checksum. A file that
 * was changed after it ran, or a table that knows a file which this program does not, stops the
 * process: nobody guesses what the tables look like.
 */
#pragma once

#include "db/database.h"

/* Replicas that start together take turns. */
Status migrate_all(Database *database, Arena *arena, const QueryList *const *lists, size_t count);
