#include "monitoring/turn.h"

#include "monitoring/core/fold.h"
#include "monitoring/hear.h"
#include "monitoring/house.h"
#include "monitoring/keep.h"

/* hear → load → fold → keep; all that is loaded are the books that the batch may add to */
Status monitoring_turn(Turn *turn, Batch batch)
{
    const MonitoringHouse *house = turn->house;
    TRY(library_load(house->library, turn, batch));

    Observed *observed;
    size_t count;
    TRY(monitoring_hear(turn, batch, &observed, &count));

    Increments increments;
    if (!monitoring_fold(turn->arena, observed, count, &increments))
        return FAULT(STATUS_SET_ASIDE, "the sum of the lines does not fit in an amount");

    return monitoring_keep(turn, &increments);
}
