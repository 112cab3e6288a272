#include "allocation/migrations.h"
#include "allocation/sql.h"
#include "allocation/turn.h"
#include "service/library.h"
#include "service/service.h"

static Status open_library(Service *service, void **house_out)
{
    (void)service;
    *house_out = library_new();
    return STATUS_OK;
}

static void close_library(void *house)
{
    library_free(house);
}

static const ServiceCard ALLOCATION = {
    .name = "allocation",
    .sources = {"intake"},
    .heard_by = {"intake", "billing"},
    .queries = &allocation_sql,
    .migrations = &allocation_migrations,
    .turn = allocation_turn,
    .open = open_library,
    .close = close_library,
};

int main(void)
{
    return service_main(&ALLOCATION);
}
