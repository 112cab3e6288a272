/*
 * Connection: what a Database is made of. Inside this room only.
 */
#pragma once

#include "db/database.h"

#include <libpq-fe.h>

struct Database {
    PGconn *connection;
    Arena *arena; /* of the rows of the transaction */
    Rows *rows;
    bool in_transaction;
};

/* The fault of a result, or of the connection when the result says nothing. */
Status database_fault(Database *database, const PGresult *result, const char *doing);
