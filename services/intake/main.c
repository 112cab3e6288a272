#include "intake/migrations.h"
#include "intake/sql.h"
#include "intake/turn.h"
#include "intake/web/web.h"

static Status open_door(Service *service, void *house)
{
    return door_run(service, house, &intake_door_turns);
}

static Status open_house(Service *service, void **house_out)
{
    TRY(house_open(service, house_out));
    House *house = *house_out;
    return web_open(service, house, &house->web);
}

static void close_house(void *house)
{
    web_free(((House *)house)->web);
    house_close(house);
}

static const ServiceCard INTAKE = {
    .name = "intake",
    .sources = {"allocation", "billing"},
    .heard_by = {"allocation"},
    .queries = &intake_sql,
    .migrations = &intake_migrations,
    .turn = intake_turn,
    .aside = intake_aside,
    .street_ends_here = true,
    .look = house_look,
    .open = open_house,
    .close = close_house,
    .door = open_door,
};

int main(void)
{
    return service_main(&INTAKE);
}
