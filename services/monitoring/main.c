#include "monitoring/house.h"
#include "monitoring/migrations.h"
#include "monitoring/sql.h"
#include "monitoring/turn.h"
#include "service/service.h"

#include <stdlib.h>

static Status open_house(Service *service, void **house_out)
{
    (void)service;
    MonitoringHouse *house = calloc(1, sizeof *house);
    if (!house)
        abort();
    house->library = library_new();
    *house_out = house;
    return STATUS_OK;
}

static void close_house(void *opened)
{
    MonitoringHouse *house = opened;
    library_free(house->library);
    free(house);
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
