#include "monitoring/web/desks.h"

#include <stdlib.h>
#include <threads.h>

enum { DESKS = 4 }; /* as many as HTTP has threads */

struct Desks {
    Service *service;
    mtx_t lock;
    cnd_t free_again;
    Seat seats[DESKS];
};

Desks *desks_new(Service *service)
{
    Desks *desks = calloc(1, sizeof *desks);
    if (!desks)
        abort();
    desks->service = service;
    mtx_init(&desks->lock, mtx_plain);
    cnd_init(&desks->free_again);
    return desks;
}

void desks_free(Desks *desks)
{
    if (!desks)
        return;
    for (size_t i = 0; i < DESKS; i++) {
        database_close(desks->seats[i].database);
        library_free(desks->seats[i].library);
    }
    cnd_destroy(&desks->free_again);
    mtx_destroy(&desks->lock);
    free(desks);
}

/* One that is open already, before one that is not. */
static Seat *free_seat(Desks *desks)
{
    Seat *closed = NULL;
    for (size_t i = 0; i < DESKS; i++) {
        Seat *seat = &desks->seats[i];
        if (!seat->taken && seat->database)
            return seat;
        if (!seat->taken)
            closed = seat;
    }
    return closed;
}

static Seat *take(Desks *desks)
{
    Seat *seat;
    mtx_lock(&desks->lock);
    while (!(seat = free_seat(desks)))
        cnd_wait(&desks->free_again, &desks->lock);
    seat->taken = true;
    mtx_unlock(&desks->lock);
    return seat;
}

static void give(Desks *desks, Seat *seat)
{
    mtx_lock(&desks->lock);
    seat->taken = false;
    cnd_signal(&desks->free_again);
    mtx_unlock(&desks->lock);
}

static Status open_seat(Desks *desks, Seat *seat)
{
    if (!seat->library)
        seat->library = library_new();
    if (seat->database)
        return STATUS_OK;
    TRY(service_database(desks->service, "tables", &seat->database));
    /* A year of a region is brought together in memory, by a plan that is used once. */
    return database_run(seat->database, "room to add up", "SET work_mem = '64MB'; SET jit = off");
}

static Status work_at(Desks *desks, Seat *seat, DeskWork *work, void *owner)
{
    TRY(open_seat(desks, seat));
    TRY(database_begin(seat->database));
    Status status =
        database_run(seat->database, "one moment", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    if (status == STATUS_OK)
        status = work(owner, seat);
    database_rollback(seat->database);
    return status;
}

Status desks_work(Desks *desks, DeskWork *work, void *owner)
{
    Seat *seat = take(desks);
    Status status = work_at(desks, seat, work, owner);
    if (status != STATUS_OK && seat->database && !database_alive(seat->database)) {
        database_close(seat->database);
        seat->database = NULL;
        status = work_at(desks, seat, work, owner);
    }
    give(desks, seat);
    return status;
}
