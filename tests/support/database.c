#include "support/database.h"

#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *socket_folder(void)
{
    static char folder[256];
    if (!*folder) {
        FILE *where = popen("tests/support/cluster where", "r");
        assert_non_null(where);
        assert_non_null(fgets(folder, sizeof folder, where));
        pclose(where);
        folder[strcspn(folder, "\n")] = '\0';
    }
    return folder;
}

static Database *open_named(const char *name)
{
    char connection[400];
    snprintf(connection, sizeof connection, "host=%s user=picq dbname=%s", socket_folder(), name);
    return test_database_open(connection);
}

char *test_database_new(void)
{
    static int count;
    char name[64], text[128], connection[400];
    snprintf(name, sizeof name, "test_%d_%d", (int)getpid(), count++);

    Database *server = open_named("postgres");
    snprintf(text, sizeof text, "DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
    test_database_run(server, text);
    snprintf(text, sizeof text, "CREATE DATABASE %s", name);
    test_database_run(server, text);
    database_close(server);

    snprintf(connection, sizeof connection, "host=%s user=picq dbname=%s", socket_folder(), name);
    return strdup(connection);
}

void test_database_drop(char *connection)
{
    char text[128];
    snprintf(text, sizeof text, "DROP DATABASE %s WITH (FORCE)", strstr(connection, "dbname=") + strlen("dbname="));
    Database *server = open_named("postgres");
    test_database_run(server, text);
    database_close(server);
    free(connection);
}

Database *test_database_open(const char *connection)
{
    Database *database = NULL;
    if (database_open((DatabaseSettings){connection, "test", 0}, &database) != STATUS_OK)
        fail_msg("%s (tests/support/cluster start)", fault_words());
    return database;
}

void test_database_run(Database *database, const char *text)
{
    if (database_run(database, "test", text) != STATUS_OK)
        fail_msg("%s", fault_words());
}

int64_t test_database_number(Database *database, const char *text)
{
    Query query = {"", text};
    QueryList list = {&query, 1};
    Rows *rows;
    if (database_prepare(database, &list) != STATUS_OK || database_ask(database, &query, NULL, &rows) != STATUS_OK)
        fail_msg("%s", fault_words());
    return rows_count(rows) ? rows_int(rows, 0, 0) : 0;
}
