#include "monitoring/turn.h"

#include "monitoring/core/fold.h"
#include "monitoring/hear.h"
#include "monitoring/house.h"
#include "monitoring/keep.h"
#include "monitoring/load.h"

/* hear → load → fold → keep; the books that the batch may add to are loaded before it is heard */
Status monitoring_turn(Turn *turn, Batch batch)
{
    const MonitoringHouse *house = turn->house;
    TRY(library_load(house->library, turn, batch));

    Observed *observed;
    size_t count;
    TRY(monitoring_hear(turn, batch, &observed, &count));

    Versions kept;
    TRY(monitoring_load(turn, observed, count, &kept));

    Increments increments;
    if (!monitoring_fold(turn->arena, observed, count, &kept, &increments))
        return FAULT(STATUS_SET_ASIDE, "the sum of the lines does not fit in an amount");

    return monitoring_keep(turn, &increments);
}
