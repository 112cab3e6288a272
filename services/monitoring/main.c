#include "monitoring/house.h"
#include "monitoring/migrations.h"
#include "monitoring/sql.h"
#include "monitoring/turn.h"
#include "monitoring/web/web.h"
#include "service/service.h"

#include <stdlib.h>

/* What the process keeps: `house` comes first, since it is all that a turn knows of it. */
typedef struct Observatory {
    MonitoringHouse house;
    Web *web;
} Observatory;

static Status open_house(Service *service, void **house_out)
{
    Observatory *here = calloc(1, sizeof *here);
    if (!here)
        abort();
    *house_out = here;
    here->house.library = library_new();
    return web_open(service, &here->web);
}

static void close_house(void *opened)
{
    Observatory *here = opened;
    web_free(here->web);
    library_free(here->house.library);
    free(here);
}

static const ServiceCard CARD = {
    .name = "monitoring",
    .sources = {"billing"},
    .queries = &monitoring_sql,
    .migrations = &monitoring_migrations,
    .turn = monitoring_turn,
    .street_ends_here = true,
    .open = open_house,
    .close = close_house,
};

int main(void)
{
    return service_main(&CARD);
}
