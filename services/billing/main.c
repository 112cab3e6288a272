#include "billing/house.h"
#include "billing/migrations.h"
#include "billing/sql.h"
#include "billing/turn.h"
#include "billing/web/web.h"
#include "service/service.h"

#include <stdlib.h>

/* What the process keeps. A turn is handed the house, and knows of nothing else. */
typedef struct Office {
    House *house;
    Web *web;
} Office;

static Status open_house(Service *service, void **house_out)
{
    Office *here = calloc(1, sizeof *here);
    if (!here)
        abort();
    *house_out = here;
    here->house = house_new();
    enum { PIECE_MOST = 100000 };
    house_cut_at(here->house, (size_t)settings_number(service_settings(service), "PICQ_PIECE",
                                                      (int64_t)house_piece(here->house), 1, PIECE_MOST));
    return web_open(service, &here->web);
}

static void close_house(void *opened)
{
    Office *here = opened;
    web_free(here->web);
    house_free(here->house);
    free(here);
}

static Status take_turn(Turn *turn, Batch batch)
{
    Office *here = turn->house;
    turn->house = here->house;
    Status status = billing_turn(turn, batch);
    turn->house = here;
    return status;
}

static void committed(void *opened)
{
    house_committed(((Office *)opened)->house);
}

static const ServiceCard BILLING = {
    .name = "billing",
    .sources = {"allocation"},
    .heard_by = {"monitoring", "intake"},
    .queries = &billing_sql,
    .migrations = &billing_migrations,
    .turn = take_turn,
    .committed = committed,
    .open = open_house,
    .close = close_house,
};

int main(void)
{
    return service_main(&BILLING);
}
