#include "monitoring/core/trajectory.h"

#include <stdlib.h>
#include <string.h>

/* ---- what was told ---- */

/* An allocation of the trajectory, as its newest version has it. */
typedef struct Allocated {
    uint32_t allocation;
    Period period; /* empty where no version is known */
    bool removed;
    Funding funding;
    Cohort cohort;
    Day started;      /* for the first time; DAY_LAST: nobody told */
    Day started_last; /* DAY_FIRST: nobody told */
    Day stopped;      /* for good; DAY_FIRST: nobody told */
} Allocated;

typedef struct Allocateds {
    Allocated *list;
    size_t count;
} Allocateds;

static Allocated *allocated_of(Allocateds *all, uint32_t allocation)
{
    for (Allocated *one = all->list; one < all->list + all->count; one++)
        if (one->allocation == allocation)
            return one;
    all->list[all->count] = (Allocated){
        .allocation = allocation,
        .period = {DAY_LAST, DAY_FIRST},
        .started = DAY_LAST,
        .started_last = DAY_FIRST,
        .stopped = DAY_FIRST,
    };
    return &all->list[all->count++];
}

static void take_in(Allocateds *all, const Told *told, Day horizon, Trajectory *trajectory)
{
    switch (told->what) {
    case TOLD_ALLOCATED: {
        Allocated *one = allocated_of(all, told->allocation);
        one->period = (Period){told->first, told->last};
        one->removed = told->removed;
        one->funding = told->funding;
        one->cohort = told->cohort;
        trajectory->client = told->client;
        return;
    }
    case TOLD_STARTED: {
        Allocated *one = allocated_of(all, told->allocation);
        one->started = day_earliest(one->started, told->first);
        one->started_last = day_latest(one->started_last, told->first);
        return;
    }
    case TOLD_STOPPED: {
        Allocated *one = allocated_of(all, told->allocation);
        if (told->reason != STOP_TEMPORARY)
            one->stopped = day_latest(one->stopped, told->first);
        return;
    }
    case TOLD_OUTCOME:
        trajectory->goal_reached = (Reply)told->outcome.goal_reached;
        trajectory->dropped_out = (Reply)told->outcome.dropped_out;
        trajectory->satisfaction = told->outcome.satisfaction;
        return;
    case TOLD_COST:
        if (day_compare(told->first, horizon) <= 0)
            trajectory->cents += told->amount.cents;
        return;
    }
}

static void add_up(const Allocated *one, Trajectory *trajectory)
{
    bool started = day_compare(one->started, DAY_LAST) < 0;
    bool stopped = started && day_compare(one->stopped, one->started_last) >= 0;
    Day last = stopped ? one->stopped : one->period.last;
    trajectory->allocated = day_earliest(trajectory->allocated, one->period.first);
    trajectory->existing = trajectory->existing || one->cohort == COHORT_EXISTING;
    if (one->funding == FUNDING_PIC)
        trajectory->paid_as_pic = day_earliest(trajectory->paid_as_pic, one->period.first);
    if (started) {
        trajectory->started = day_earliest(trajectory->started, one->started);
        trajectory->ends = day_latest(trajectory->ends, last);
        trajectory->stopped = trajectory->stopped || stopped;
    } else {
        trajectory->not_started = day_latest(trajectory->not_started, one->period.first);
        trajectory->not_used = day_latest(trajectory->not_used, last);
    }
}

bool trajectory_told(Arena *arena, Bytes told, Day known_on, Day horizon, Trajectory *trajectory)
{
    trajectory->allocated = trajectory->paid_as_pic = trajectory->started = DAY_LAST;
    trajectory->ends = trajectory->not_started = trajectory->not_used = DAY_FIRST;
    Allocateds all = {.list = ARENA_MANY(arena, Allocated, told.size / TOLD_BYTES_LEAST + 1)};
    while (told.size > 0) {
        Told next;
        if (!told_next(&told, &next))
            return false;
        if (day_compare(next.known, known_on) <= 0)
            take_in(&all, &next, horizon, trajectory);
    }
    for (const Allocated *one = all.list; one < all.list + all.count; one++)
        if (!one->removed && period_days(one->period) > 0)
            add_up(one, trajectory);
    return true;
}

/* ---- what follows ---- */

static int by_client(const void *a, const void *b)
{
    const Trajectory *left = a, *right = b;
    int order = (left->client > right->client) - (left->client < right->client);
    return order ? order : day_compare(left->allocated, right->allocated);
}

static Day end_of(const Trajectory *trajectory)
{
    if (trajectory->stopped && day_compare(trajectory->not_started, trajectory->ends) <= 0)
        return trajectory->ends;
    return day_latest(trajectory->ends, trajectory->not_used);
}

/* The first day after `last` on which care of the same client begins. */
static Day next_begin(const Trajectory *of_client, size_t count, Day last)
{
    for (size_t i = 0; i < count; i++)
        if (day_compare(of_client[i].allocated, last) > 0)
            return of_client[i].allocated;
    return DAY_LAST;
}

static void follow(Trajectory *of_client, size_t count, Day known_on)
{
    for (Trajectory *one = of_client; one < of_client + count; one++) {
        one->began = day_compare(one->started, DAY_LAST) < 0 ? one->started : one->allocated;
        one->last = known_on;
        one->ended = false;
        one->comes_back = DAY_LAST;
        Day end = end_of(one);
        if (day_compare(end, known_on) > 0)
            continue;
        one->last = end;
        one->comes_back = next_begin(of_client, count, one->last);
        one->ended = day_compare(one->comes_back, day_plus(one->last, 1)) != 0;
    }
}

void trajectories_follow(Trajectories trajectories, Day known_on)
{
    Trajectory *list = trajectories.list;
    if (trajectories.count > 1)
        qsort(list, trajectories.count, sizeof *list, by_client);
    for (size_t first = 0, next; first < trajectories.count; first = next) {
        for (next = first + 1; next < trajectories.count && list[next].client == list[first].client;)
            next++;
        follow(list + first, next - first, known_on);
    }
}

bool trajectory_given(const Trajectory *trajectory)
{
    return day_compare(trajectory->started, DAY_LAST) < 0 || trajectory->cents != 0;
}

static bool is_or_all(const char *asked, const char *is)
{
    return !asked || !*asked || strcmp(asked, is) == 0;
}

bool trajectory_asked(const Trajectory *trajectory, const Question *question)
{
    return is_or_all(question->municipality, trajectory->municipality) &&
           is_or_all(question->provider, trajectory->provider) &&
           is_or_all(question->profile, trajectory->pic.profile) &&
           is_or_all(question->intensity, trajectory->pic.intensity);
}

/* ---- cells ---- */

typedef int TrajectoryOrder(const Trajectory *a, const Trajectory *b);

/* Those of one region share most of their texts. */
static int text_order(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

static int pic_order(const Trajectory *a, const Trajectory *b)
{
    int order = text_order(a->segment, b->segment);
    if (order == 0)
        order = text_order(a->pic.profile, b->pic.profile);
    return order ? order : text_order(a->pic.intensity, b->pic.intensity);
}

static int municipality_order(const Trajectory *a, const Trajectory *b)
{
    return text_order(a->municipality, b->municipality);
}

static int provider_order(const Trajectory *a, const Trajectory *b)
{
    return text_order(a->provider, b->provider);
}

static int by_order(const void *a, const void *b, void *order)
{
    TrajectoryOrder *const *compare = order;
    return (*compare)(*(const Trajectory *const *)a, *(const Trajectory *const *)b);
}

static void put_in_order(const Trajectory **list, size_t count, TrajectoryOrder *order)
{
    if (count > 1)
        qsort_r(list, count, sizeof *list, by_order, &order);
}

static size_t end_of_run(const Trajectory *const *list, size_t count, size_t first, TrajectoryOrder *order)
{
    size_t next = first + 1;
    while (next < count && order(list[first], list[next]) == 0)
        next++;
    return next;
}

/* What all cells are told to. */
typedef struct Telling {
    const Question *question;
    unsigned wanted;
    TrajectoryCellDone *done;
    void *context;
} Telling;

static void tell_each(const Telling *telling, TrajectoryCell whole, const Trajectory **list, TrajectoryOrder *order)
{
    put_in_order(list, whole.count, order);
    for (size_t first = 0, next; first < whole.count; first = next) {
        TrajectoryCell cell = whole;
        next = end_of_run(list, whole.count, first, order);
        cell.list = list + first;
        cell.count = next - first;
        if (order == municipality_order)
            cell.municipality = list[first]->municipality;
        else
            cell.provider = list[first]->provider;
        telling->done(&cell, telling->context);
    }
}

static const char *or_null(const char *asked)
{
    return asked && *asked ? asked : NULL;
}

static void tell_cells(const Telling *telling, const char *segment, Pic pic, const Trajectory **list, size_t count)
{
    TrajectoryCell whole = {segment,
                            pic,
                            or_null(telling->question->municipality),
                            or_null(telling->question->provider),
                            (const Trajectory *const *)list,
                            count};
    telling->done(&whole, telling->context);
    if (!whole.municipality)
        tell_each(telling, whole, list, municipality_order);
    if (!whole.provider && telling->wanted & CELLS_BY_PROVIDER)
        tell_each(telling, whole, list, provider_order);
}

void trajectories_cells(Arena *arena, const Trajectory **list, size_t count, const Question *question, unsigned wanted,
                        TrajectoryCellDone *done, void *context)
{
    Telling telling = {question, wanted, done, context};
    put_in_order(list, count, pic_order);
    const Trajectory **in_cells = ARENA_MANY(arena, const Trajectory *, count);
    if (count)
        memcpy(in_cells, list, count * sizeof *list);
    if (wanted & CELLS_OF_ALL_PICS)
        tell_cells(&telling, NULL, (Pic){0}, in_cells, count);
    if (count)
        memcpy(in_cells, list, count * sizeof *list);
    for (size_t first = 0, next; first < count; first = next) {
        next = end_of_run(list, count, first, pic_order);
        tell_cells(&telling, list[first]->segment, list[first]->pic, in_cells + first, next - first);
    }
}
