#include "billing/house.h"
#include "billing/migrations.h"
#include "billing/sql.h"
#include "billing/turn.h"
#include "service/service.h"

static Status open_house(Service *service, void **house_out)
{
    (void)service;
    *house_out = house_new();
    return STATUS_OK;
}

static void close_house(void *house)
{
    house_free(house);
}

int main(void)
{
    static const ServiceCard CARD = {
        .name = "billing",
        .sources = {"allocation"},
        .heard_by = {"monitoring", "intake"},
        .queries = &billing_sql,
        .migrations = &billing_migrations,
        .turn = billing_turn,
        .committed = house_committed,
        .open = open_house,
        .close = close_house,
    };
    return service_main(&CARD);
}
