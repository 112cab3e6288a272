#include "allocation/house.h"
#include "allocation/migrations.h"
#include "allocation/sql.h"
#include "allocation/turn.h"
#include "allocation/web/web.h"
#include "service/service.h"

#include <stdlib.h>

/* What the process keeps: `house` comes first, since it is all that a turn knows of it. */
typedef struct Bureau {
    AllocationHouse house;
    Web *web;
} Bureau;

static Status open_house(Service *service, void **house_out)
{
    Bureau *here = calloc(1, sizeof *here);
    if (!here)
        abort();
    *house_out = here;
    house_open(&here->house);
    enum { PIECE_MOST = 100000 };
    here->house.piece_max =
        (size_t)settings_number(service_settings(service), "PICQ_PIECE", (int64_t)here->house.piece_max, 1, PIECE_MOST);
    return web_open(service, &here->web);
}

static Status look(void *opened, Database *database, Arena *arena)
{
    return web_look(((Bureau *)opened)->web, database, arena);
}

static void close_house(void *opened)
{
    Bureau *here = opened;
    web_free(here->web);
    house_close(&here->house);
    free(here);
}

static const ServiceCard ALLOCATION = {
    .name = "allocation",
    .sources = {"intake"},
    .heard_by = {"intake", "billing"},
    .queries = &allocation_sql,
    .migrations = &allocation_migrations,
    .turn = allocation_turn,
    .committed = house_committed,
    .look = look,
    .open = open_house,
    .close = close_house,
};

int main(void)
{
    return service_main(&ALLOCATION);
}
