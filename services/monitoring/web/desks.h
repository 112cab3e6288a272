/*
 * Desks: connections to the database at which questions are answered, several at a time.
 *
 * A desk is opened when it is first needed, and again when its connection was lost.
 */
#pragma once

#include "db/database.h"
#include "service/library.h"
#include "service/service.h"

typedef struct Desks Desks;

/* What stands on one while it is taken. */
typedef struct Seat {
    Database *database; /* NULL: not opened yet */
    Library *library;
    bool taken;
} Seat;

Desks *desks_new(Service *service);
void desks_free(Desks *desks);

/* Does something inside a transaction that only reads, and sees one moment. */
typedef Status DeskWork(void *owner, Seat *seat);

/* Waits for a free desk. A connection that was lost while nobody asked is opened again. */
Status desks_work(Desks *desks, DeskWork *work, void *owner);
