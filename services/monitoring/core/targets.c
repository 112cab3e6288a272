#include "monitoring/core/targets.h"

#include "book/words.h"
#include "monitoring/core/cube.h"
#include "monitoring/core/results.h"

#include <string.h>

/* clang-format off */
static const Column COLUMNS[] = {
    {"code",    HOLDS_TEXT,   "Code",        "Code"},
    {"name",    HOLDS_TEXT,   "Doel",        "Target"},
    {"segment", HOLDS_TEXT,   "Segment",     "Segment"},
    {"measure", HOLDS_TEXT,   "Maat",        "Measure"},
    {"at_most", HOLDS_YES,    "Ten hoogste", "At most"},
    {"aim",     HOLDS_NUMBER, "Streefcijfer", "Aim"},
    {"reached", HOLDS_NUMBER, "Bereikt",     "Reached"},
    {"counted", HOLDS_COUNT,  "Geteld",      "Counted"},
    {"met",     HOLDS_YES,    "Gehaald",     "Met"},
};
/* clang-format on */

const TableCard targets_card = {
    .name = "targets",
    .dutch = "Wat het jaar moest opleveren volgens de besluiten van de regio, en wat het opleverde. Aandelen in "
             "procenten, cijfers in tienden.",
    .english = "What the region decided that the year should bring, and what it brought. Shares in per cent, marks in "
               "tenths.",
    .wide = true,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof *COLUMNS,
};

/* What a measure comes to: part of whole, or marks over those who gave one. */
typedef struct Reached {
    int64_t part;
    int64_t whole;
    int64_t times; /* what one is in the aim's unit */
} Reached;

enum { PERCENT = 100, TENTHS = 10 };

static bool is_about(const Target *target, const Trajectory *trajectory)
{
    if (target->segment && strcmp(target->segment, trajectory->segment) != 0)
        return false;
    for (size_t i = 0; i < target->municipality_count; i++)
        if (strcmp(target->municipalities[i], trajectory->municipality) == 0)
            return true;
    return target->municipality_count == 0;
}

static Results results_of(const Question *question, const Target *target, Trajectories all)
{
    Results results = {0};
    for (size_t i = 0; i < all.count; i++)
        if (is_about(target, &all.list[i]))
            results_add(question, &all.list[i], &results);
    return results;
}

/* Clients stand together: each counts once, when any of its care counts. */
static Reached moved_to_pic(const Question *question, const Target *target, Trajectories all)
{
    Period window = {day_of(question->year, 1, 1), day_earliest(day_of(question->year, 12, 31), question->known_on)};
    Reached reached = {.times = PERCENT};
    for (size_t first = 0, next; first < all.count; first = next) {
        bool existing = false, moved = false;
        for (next = first; next < all.count && all.list[next].client == all.list[first].client; next++) {
            const Trajectory *one = &all.list[next];
            if (!is_about(target, one) || !period_overlaps((Period){one->allocated, one->last}, window))
                continue;
            existing = existing || one->existing;
            moved = moved || *one->pic.profile;
        }
        reached.whole += existing;
        reached.part += existing && moved;
    }
    return reached;
}

static Reached reached_of(const Question *question, const Target *target, Trajectories all)
{
    Results results = results_of(question, target, all);
    switch (target->measure) {
    case MEASURE_GOAL_REACHED:
        return (Reached){results.goal_reached[REPLY_YES], results.ended - results.goal_reached[REPLY_MISSING], PERCENT};
    case MEASURE_DROPPED_OUT:
        return (Reached){results.dropped_out[REPLY_YES], results.ended - results.dropped_out[REPLY_MISSING], PERCENT};
    case MEASURE_SATISFACTION:
        return (Reached){results.marks, results.marked, TENTHS};
    case MEASURE_RELAPSED:
        return (Reached){results.relapsed, results.watched, PERCENT};
    case MEASURE_MOVED_TO_PIC:
        return moved_to_pic(question, target, all);
    }
    return (Reached){0};
}

/* Whether a wide audience would see few people in it: those counted, or those on one side of a share. */
static bool is_small(const Target *target, const Reached *reached)
{
    int64_t other = reached->whole - reached->part;
    bool is_share = target->measure != MEASURE_SATISFACTION;
    return reached->whole > 0 &&
           (reached->whole < CELL_COUNT_LEAST || (is_share && reached->part > 0 && reached->part < CELL_COUNT_LEAST) ||
            (is_share && other > 0 && other < CELL_COUNT_LEAST));
}

static bool is_met(const Target *target, const Reached *reached)
{
    int64_t reached_times = reached->part * reached->times, aim_times = target->aim * reached->whole;
    return target->at_most ? reached_times <= aim_times : reached_times >= aim_times;
}

static void tell(const Target *target, const Reached *reached, bool exact, Table *table)
{
    Value *at = table_add(table);
    *at++ = value_text(target->code);
    *at++ = value_text(target->name);
    *at++ = value_text(target->segment);
    *at++ = value_text(vocabulary_name(&book_measures, (int)target->measure));
    *at++ = value_number(target->at_most);
    *at++ = value_number(target->aim);
    if (!exact && is_small(target, reached)) {
        *at++ = VALUE_NOT_FOR_YOU;
        *at++ = VALUE_NOT_FOR_YOU;
        *at = VALUE_NOT_FOR_YOU;
        return;
    }
    int64_t counted = exact ? reached->whole : (reached->whole + COUNT_STEP / 2) / COUNT_STEP * COUNT_STEP;
    bool known = reached->whole > 0;
    /* Half up. */
    *at++ = known ? value_number((2 * reached->part * reached->times + reached->whole) / (2 * reached->whole))
                  : VALUE_NOBODY_KNOWS;
    *at++ = value_number(counted);
    *at = known ? value_number(is_met(target, reached)) : VALUE_NOBODY_KNOWS;
}

void targets_tell(const Books *books, const Question *question, Trajectories trajectories, Table *table)
{
    Day last = day_of(question->year, 12, 31);
    Targets targets = books_targets(table->arena, books, last, question->known_on);
    results_watch(books, question, trajectories);
    for (size_t i = 0; i < targets.count; i++) {
        Reached reached = reached_of(question, targets.list[i], trajectories);
        tell(targets.list[i], &reached, question->exact, table);
    }
}
