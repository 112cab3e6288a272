#include "intake/migrations.h"
#include "intake/sql.h"
#include "intake/turn.h"

static Status open_door(Service *service, void *house)
{
    return door_run(service, house, &intake_door_turns);
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
    .open = house_open,
    .close = house_close,
    .door = open_door,
};

int main(void)
{
    return service_main(&INTAKE);
}
