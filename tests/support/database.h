/*
 * Database: a real PostgreSQL for a test, one database of its own for each.
 *
 * The cluster is the one of tests/support/cluster.
 */
#pragma once

#include "db/database.h"

/* Makes an empty database; gives its connection string, owned by the caller. Fails the test when there is no cluster. */
char *test_database_new(void);

/* Drops it, whoever is still connected, and frees the string. */
void test_database_drop(char *connection);

/* One connection to it, with no timeout. */
Database *test_database_open(const char *connection);

/* Runs text and fails the test when it cannot. */
void test_database_run(Database *database, const char *text);

/* The first value of the first row of text, as a whole number. */
int64_t test_database_number(Database *database, const char *text);
