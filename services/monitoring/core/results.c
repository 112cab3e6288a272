#include "monitoring/core/results.h"

#include "monitoring/core/cube.h"
#include "monitoring/core/survival.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const Column COLUMNS[] = {
    {"segment",              HOLDS_TEXT,   "Segment",                      "Segment"},
    {"profile",              HOLDS_TEXT,   "Profiel",                      "Profile"},
    {"intensity",            HOLDS_TEXT,   "Intensiteit",                  "Intensity"},
    {"municipality",         HOLDS_TEXT,   "Gemeente",                     "Municipality"},
    {"provider",             HOLDS_TEXT,   "Aanbieder",                    "Provider"},
    {"ended",                HOLDS_COUNT,  "Beëindigd",                    "Ended"},
    {"goal_reached",         HOLDS_COUNT,  "Doel behaald",                 "Goal reached"},
    {"goal_not_reached",     HOLDS_COUNT,  "Doel niet behaald",            "Goal not reached"},
    {"goal_missing",         HOLDS_COUNT,  "Doel onbekend",                "Goal unknown"},
    {"dropped_out",          HOLDS_COUNT,  "Voortijdig gestopt",           "Dropped out"},
    {"not_dropped_out",      HOLDS_COUNT,  "Niet voortijdig gestopt",      "Did not drop out"},
    {"dropout_missing",      HOLDS_COUNT,  "Uitval onbekend",              "Dropout unknown"},
    {"satisfaction",         HOLDS_MARK,   "Tevredenheid",                 "Satisfaction"},
    {"satisfaction_answers", HOLDS_COUNT,  "Gaven een cijfer",             "Gave a mark"},
    {"satisfaction_missing", HOLDS_COUNT,  "Tevredenheid onbekend",        "Satisfaction unknown"},
    {"median_days",          HOLDS_NUMBER, "Mediane duur in dagen",        "Median duration in days"},
    {"watched",              HOLDS_COUNT,  "Lang genoeg geleden beëindigd", "Ended long enough ago"},
    {"relapsed",             HOLDS_COUNT,  "Terugval",                     "Relapsed"},
};
/* clang-format on */

const TableCard results_card = {
    .name = "results",
    .dutch = "Wat zorg met een PIC die in het jaar eindigde heeft opgeleverd: doelen, uitval, tevredenheid, duur en "
             "terugval.",
    .english = "What care under a PIC that ended in the year came to: goals, dropout, satisfaction, duration, relapse.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY | FILTER_PROVIDER | FILTER_PIC,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof *COLUMNS,
};

/* ---- what came of it ---- */

static Period window_of(const Question *question)
{
    return (Period){day_of(question->year, 1, 1), day_earliest(day_of(question->year, 12, 31), question->known_on)};
}

static bool ended_in_year(const Question *question, const Trajectory *trajectory)
{
    return trajectory->ended && *trajectory->pic.profile && period_has(window_of(question), trajectory->last) &&
           trajectory_given(trajectory);
}

void results_watch(const Books *books, const Question *question, Trajectories trajectories)
{
    for (Trajectory *one = trajectories.list; one < trajectories.list + trajectories.count; one++) {
        if (!ended_in_year(question, one))
            continue;
        const PaymentTerms *terms =
            books_payment_terms(books, one->segment, one->pic, one->provider, one->allocated, question->known_on);
        one->relapse_days = terms ? terms->relapse_days : 0;
    }
}

void results_add(const Question *question, const Trajectory *trajectory, Results *results)
{
    if (!ended_in_year(question, trajectory))
        return;
    results->ended++;
    results->goal_reached[trajectory->goal_reached]++;
    results->dropped_out[trajectory->dropped_out]++;
    results->marks += trajectory->satisfaction;
    results->marked += trajectory->satisfaction > 0;

    int32_t days = trajectory->relapse_days;
    Day over = day_plus(trajectory->last, days);
    results->watchable += days > 0;
    if (days > 0 && day_compare(over, question->known_on) <= 0) {
        results->watched++;
        results->relapsed += day_compare(trajectory->comes_back, over) <= 0;
    }
}

/* The days after which half of what ran in the year has ended. */
static Value median_days(Arena *arena, const Question *question, const Trajectory *const *list, size_t count)
{
    Period window = window_of(question);
    Watched *watched = ARENA_MANY(arena, Watched, count);
    size_t watched_count = 0;
    for (size_t i = 0; i < count; i++) {
        const Trajectory *one = list[i];
        Period care = {one->began, one->last}, seen = period_meet(care, window);
        if (period_days(seen) == 0 || !trajectory_given(one))
            continue;
        watched[watched_count++] = (Watched){
            .entry = period_days((Period){care.first, day_plus(seen.first, -1)}),
            .exit = period_days((Period){care.first, seen.last}),
            .ended = one->ended && day_compare(seen.last, one->last) == 0,
        };
    }
    int32_t median;
    return survival_median(arena, watched, watched_count, &median) ? value_number(median) : VALUE_NOBODY_KNOWS;
}

static Value mark_of(const Results *results)
{
    enum { TENTHS = 10 };
    if (results->marked == 0)
        return VALUE_NOBODY_KNOWS;
    return value_number((2 * TENTHS * results->marks + results->marked) / (2 * results->marked));
}

/* ---- exact ---- */

typedef struct Tally {
    Arena *arena;
    const Question *question;
    Table *table;
} Tally;

static Value *begin_row(Table *table, const TrajectoryCell *cell)
{
    Value *at = table_add(table);
    *at++ = value_text(cell->segment);
    *at++ = value_text(cell->pic.profile);
    *at++ = value_text(cell->pic.intensity);
    *at++ = value_text(cell->municipality);
    *at++ = value_text(cell->provider);
    return at;
}

static void tell_exactly(const TrajectoryCell *cell, void *context)
{
    const Tally *tally = context;
    Results results = {0};
    for (size_t i = 0; i < cell->count; i++)
        results_add(tally->question, cell->list[i], &results);
    Value median = median_days(tally->arena, tally->question, cell->list, cell->count);
    if (results.ended == 0 && median.state == VALUE_MISSING)
        return;

    Value *at = begin_row(tally->table, cell);
    *at++ = value_number(results.ended);
    *at++ = value_number(results.goal_reached[REPLY_YES]);
    *at++ = value_number(results.goal_reached[REPLY_NO]);
    *at++ = value_number(results.goal_reached[REPLY_MISSING]);
    *at++ = value_number(results.dropped_out[REPLY_YES]);
    *at++ = value_number(results.dropped_out[REPLY_NO]);
    *at++ = value_number(results.dropped_out[REPLY_MISSING]);
    *at++ = mark_of(&results);
    *at++ = value_number(results.marked);
    *at++ = value_number(results.ended - results.marked);
    *at++ = median;
    *at++ = results.watchable ? value_number(results.watched) : VALUE_NOBODY_KNOWS;
    *at = results.watchable ? value_number(results.relapsed) : VALUE_NOBODY_KNOWS;
}

/* ---- for a wide audience ---- */

/* What each trajectory is one of: answers that add up to those that ended. */
typedef enum Measured { GOALS, DROPOUT, MARKS, RELAPSE, MEASURED } Measured;

enum { PARTS = 3 }; /* of a measure; the place after them is all that ended */
enum { RELAPSED, CAME_NOT_BACK, NOT_WATCHED };

/* The places of the cells of one measure among municipalities and PICs; the last place of each is all of them. */
typedef struct Wide {
    const Tally *tally;
    const char **municipalities;
    size_t municipality_count;
    const Trajectory **pics; /* one of each */
    size_t pic_count;
    Cube cubes[MEASURED];
    Results *results; /* municipality by municipality, with their totals */
    Value *medians;
} Wide;

static size_t place_of(const Wide *wide, size_t municipality, size_t pic)
{
    return municipality * (wide->pic_count + 1) + pic;
}

static bool same_pic(const char *segment, Pic pic, const Trajectory *trajectory)
{
    return strcmp(segment, trajectory->segment) == 0 && strcmp(pic.profile, trajectory->pic.profile) == 0 &&
           strcmp(pic.intensity, trajectory->pic.intensity) == 0;
}

/* First comes the whole, then the whole of each municipality, then each PIC: so every place is known when it is needed. */
static size_t municipality_place(Wide *wide, const char *municipality)
{
    size_t place = 0;
    while (municipality && place < wide->municipality_count && strcmp(wide->municipalities[place], municipality) != 0)
        place++;
    return municipality ? place : wide->municipality_count;
}

static size_t pic_place(const Wide *wide, const TrajectoryCell *cell)
{
    size_t place = 0;
    while (cell->segment && place < wide->pic_count && !same_pic(cell->segment, cell->pic, wide->pics[place]))
        place++;
    return cell->segment ? place : wide->pic_count;
}

static void find_places(const TrajectoryCell *cell, void *context)
{
    Wide *wide = context;
    if (cell->provider)
        return;
    if (cell->municipality && !cell->segment)
        wide->municipalities[wide->municipality_count++] = cell->municipality;
    if (cell->segment && !cell->municipality)
        wide->pics[wide->pic_count++] = cell->list[0];
}

static void count_part(Cube *cube, size_t municipality, size_t pic, size_t part, int64_t count)
{
    cube_at(cube, municipality, pic, part)->count = count;
}

static void count_cell(const TrajectoryCell *cell, void *context)
{
    Wide *wide = context;
    if (cell->provider)
        return;
    size_t municipality = municipality_place(wide, cell->municipality), pic = pic_place(wide, cell);
    size_t place = place_of(wide, municipality, pic);
    Results *results = &wide->results[place];
    for (size_t i = 0; i < cell->count; i++)
        results_add(wide->tally->question, cell->list[i], results);
    wide->medians[place] = median_days(wide->tally->arena, wide->tally->question, cell->list, cell->count);
    if (municipality == wide->municipality_count || pic == wide->pic_count)
        return;
    for (Reply reply = REPLY_MISSING; reply < REPLIES; reply++) {
        count_part(&wide->cubes[GOALS], municipality, pic, reply, results->goal_reached[reply]);
        count_part(&wide->cubes[DROPOUT], municipality, pic, reply, results->dropped_out[reply]);
    }
    count_part(&wide->cubes[MARKS], municipality, pic, REPLY_YES, results->marked);
    count_part(&wide->cubes[MARKS], municipality, pic, REPLY_MISSING, results->ended - results->marked);
    count_part(&wide->cubes[RELAPSE], municipality, pic, RELAPSED, results->relapsed);
    count_part(&wide->cubes[RELAPSE], municipality, pic, CAME_NOT_BACK, results->watched - results->relapsed);
    count_part(&wide->cubes[RELAPSE], municipality, pic, NOT_WATCHED, results->ended - results->watched);
}

static Cube copy_of(Arena *arena, const Cube *cube)
{
    Cube copy = *cube;
    size_t cells = (cube->size[0] + 1) * (cube->size[1] + 1) * (cube->size[2] + 1);
    copy.cells = arena_copy(arena, cube->cells, cells * sizeof *cube->cells);
    return copy;
}

/* How many ended is told once: what one measure hides of it, all of them hide. */
static bool hide_together(Wide *wide, const Cube widened[MEASURED])
{
    bool changed = false;
    for (size_t municipality = 0; municipality <= wide->municipality_count; municipality++)
        for (size_t pic = 0; pic <= wide->pic_count; pic++) {
            bool hidden = false;
            for (Measured measure = 0; measure < MEASURED; measure++)
                hidden = hidden || cube_at(&widened[measure], municipality, pic, PARTS)->hidden;
            for (Measured measure = 0; measure < MEASURED; measure++) {
                changed = changed || (hidden && !cube_at(&widened[measure], municipality, pic, PARTS)->hidden);
                cube_at(&wide->cubes[measure], municipality, pic, PARTS)->hidden = hidden;
            }
        }
    return changed;
}

static void widen(Wide *wide)
{
    Cube widened[MEASURED];
    do {
        for (Measured measure = 0; measure < MEASURED; measure++) {
            widened[measure] = copy_of(wide->tally->arena, &wide->cubes[measure]);
            cube_widen(wide->tally->arena, &widened[measure]);
        }
    } while (hide_together(wide, widened));
    memcpy(wide->cubes, widened, sizeof widened);
}

static Value wide_count(const Wide *wide, Measured measure, size_t municipality, size_t pic, size_t part)
{
    const Cell *cell = cube_at(&wide->cubes[measure], municipality, pic, part);
    return cell->hidden ? VALUE_NOT_FOR_YOU : value_number(cell->count);
}

static Value unless_hidden(Value value, Value beside)
{
    return value.state == VALUE_TOLD && beside.state == VALUE_HIDDEN ? VALUE_NOT_FOR_YOU : value;
}

/* Those whose relapse period is over: the rest of all that ended. */
static Value wide_watched(const Results *results, Value ended, Value not_watched)
{
    if (results->watchable == 0)
        return VALUE_NOBODY_KNOWS;
    if (ended.state == VALUE_HIDDEN || not_watched.state == VALUE_HIDDEN)
        return VALUE_NOT_FOR_YOU;
    return value_number((results->watched + COUNT_STEP / 2) / COUNT_STEP * COUNT_STEP);
}

static void tell_widely(const Wide *wide, size_t municipality, size_t pic)
{
    const Results *results = &wide->results[place_of(wide, municipality, pic)];
    Value median = wide->medians[place_of(wide, municipality, pic)];
    if (results->ended == 0 && median.state == VALUE_MISSING)
        return;
    TrajectoryCell cell = {0};
    if (pic < wide->pic_count) {
        cell.segment = wide->pics[pic]->segment;
        cell.pic = wide->pics[pic]->pic;
    }
    if (municipality < wide->municipality_count)
        cell.municipality = wide->municipalities[municipality];

    Value ended = wide_count(wide, GOALS, municipality, pic, PARTS);
    Value marked = wide_count(wide, MARKS, municipality, pic, REPLY_YES);
    Value *at = begin_row(wide->tally->table, &cell);
    *at++ = ended;
    *at++ = wide_count(wide, GOALS, municipality, pic, REPLY_YES);
    *at++ = wide_count(wide, GOALS, municipality, pic, REPLY_NO);
    *at++ = wide_count(wide, GOALS, municipality, pic, REPLY_MISSING);
    *at++ = wide_count(wide, DROPOUT, municipality, pic, REPLY_YES);
    *at++ = wide_count(wide, DROPOUT, municipality, pic, REPLY_NO);
    *at++ = wide_count(wide, DROPOUT, municipality, pic, REPLY_MISSING);
    *at++ = unless_hidden(mark_of(results), marked);
    *at++ = marked;
    *at++ = wide_count(wide, MARKS, municipality, pic, REPLY_MISSING);
    *at++ = unless_hidden(median, ended);
    *at++ = wide_watched(results, ended, wide_count(wide, RELAPSE, municipality, pic, NOT_WATCHED));
    *at = results->watchable ? wide_count(wide, RELAPSE, municipality, pic, RELAPSED) : VALUE_NOBODY_KNOWS;
}

static bool is_asked(const Wide *wide, size_t municipality, size_t pic)
{
    const Question *question = wide->tally->question;
    bool names_pic = *question->profile || *question->intensity;
    Trajectory here = {.municipality = "", .provider = ""};
    if (*question->municipality && municipality == wide->municipality_count)
        return false;
    if (names_pic && pic == wide->pic_count)
        return false;
    if (municipality < wide->municipality_count)
        here.municipality = wide->municipalities[municipality];
    if (pic < wide->pic_count)
        here.pic = wide->pics[pic]->pic;
    return trajectory_asked(&here, question);
}

static void tell_all_widely(const Tally *tally, const Trajectory **list, size_t count)
{
    Wide wide = {
        .tally = tally,
        .municipalities = ARENA_MANY(tally->arena, const char *, count),
        .pics = ARENA_MANY(tally->arena, const Trajectory *, count),
    };
    Question region = *tally->question;
    region.municipality = region.provider = "";
    trajectories_cells(tally->arena, list, count, &region, CELLS_OF_ALL_PICS, find_places, &wide);
    size_t places = (wide.municipality_count + 1) * (wide.pic_count + 1);
    wide.results = ARENA_MANY(tally->arena, Results, places);
    wide.medians = ARENA_MANY(tally->arena, Value, places);
    for (Measured measure = 0; measure < MEASURED; measure++)
        wide.cubes[measure] = cube_new(tally->arena, wide.municipality_count, wide.pic_count, PARTS);
    trajectories_cells(tally->arena, list, count, &region, CELLS_OF_ALL_PICS, count_cell, &wide);
    for (Measured measure = 0; measure < MEASURED; measure++)
        if (!cube_add_up(&wide.cubes[measure], true))
            abort(); /* as many trajectories as no memory can hold */
    widen(&wide);
    for (size_t municipality = 0; municipality <= wide.municipality_count; municipality++)
        for (size_t pic = 0; pic <= wide.pic_count; pic++)
            if (is_asked(&wide, municipality, pic))
                tell_widely(&wide, municipality, pic);
}

/* ---- both ---- */

void results_tell(const Books *books, const Question *question, Trajectories trajectories, Table *table)
{
    Tally tally = {table->arena, question, table};
    results_watch(books, question, trajectories);
    const Trajectory **list = ARENA_MANY(table->arena, const Trajectory *, trajectories.count);
    size_t count = 0;
    for (size_t i = 0; i < trajectories.count; i++)
        if (*trajectories.list[i].pic.profile &&
            (!question->exact || trajectory_asked(&trajectories.list[i], question)))
            list[count++] = &trajectories.list[i];
    if (question->exact)
        trajectories_cells(table->arena, list, count, question, CELLS_OF_ALL_PICS | CELLS_BY_PROVIDER, tell_exactly,
                           &tally);
    else if (!*question->provider)
        tell_all_widely(&tally, list, count);
}
