#include "monitoring/core/moving.h"

#include "monitoring/core/months.h"
#include "monitoring/core/rules.h"
#include "monitoring/core/wide.h"

static const Column COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"segment", HOLDS_TEXT, "Segment", "Segment"},
    {"clients", HOLDS_COUNT, "Cliënten die nog over moeten", "Clients who still have to move"},
    {"allocations", HOLDS_COUNT, "Toewijzingen", "Allocations"},
    {"moved_clients", HOLDS_COUNT, "Cliënten die al over zijn", "Clients who have moved"},
};

enum { MUNICIPALITY, SEGMENT, CLIENTS, ALLOCATIONS, MOVED };

const TableCard to_move_card = {
    .name = "to-move",
    .dutch = "Hoeveel cliënten volgens de boeken nog over moeten naar een andere bekostiging, en hoeveel dat al zijn.",
    .english = "How many clients still have to move to another funding by the books, and how many have.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof *COLUMNS,
};

Period to_move_days(const Question *question)
{
    Period year = question_year(question);
    return (Period){day_plus(year.first, -1), year.last};
}

/* What a client has in one municipality and segment. */
typedef struct Standing {
    int64_t client;
    size_t municipality, segment;
    bool runs[FUNDING_PIC + 1]; /* on the day asked, by funding */
    bool ran[FUNDING_PIC + 1];  /* since the eve of the year, and ended before the day asked */
    int64_t to_move;            /* allocations */
} Standing;

typedef struct Moving {
    Arena *arena;
    const Question *question;
    AllocatedAxes axes;
    Rules *rules;
    Day day; /* asked: the day known, or the nearest of the year */
    Standing *standings;
    size_t standing_count;
    Cube to_move; /* municipalities × segments; the months say nothing */
    Cube moved;
} Moving;

/* Whether a rule that holds from the day to the last has the allocation move on one of them. */
static bool moves(Moving *moving, const Standing *standing, const Allocated *allocated, const FundingRule *rule,
                  Period days)
{
    if (rule->funding != allocated->funding)
        return rule->running == RUNNING_BY_HAND ||
               (rule->running == RUNNING_CONVERT && day_compare(rule->convert_on, days.last) <= 0);
    const FundingRule *new =
        rules_funding(moving->rules, standing->municipality, standing->segment, COHORT_NEW, days.first);
    return rule->running == RUNNING_BY_HAND && new &&new->funding != allocated->funding;
}

static bool has_to_move(Moving *moving, const Standing *standing, const Allocated *allocated)
{
    Period left = period_meet((Period){moving->day, question_year(moving->question).last}, allocated->period);
    for (Day day = left.first; day_compare(day, left.last) <= 0;) {
        Cohort cohort = rules_cohort(moving->rules, allocated, day);
        Period run = {day, left.last};
        Pieces runs = {0};
        if (cohort)
            runs = rules_runs(moving->rules, standing->municipality, standing->segment, cohort);
        for (size_t i = 0; i < runs.count; i++) {
            const Piece *piece = &runs.pieces[i];
            if (!period_has(piece->period, day))
                continue;
            run = period_meet(run, piece->period);
            if (piece->funding && moves(moving, standing, allocated, piece->funding, run))
                return true;
        }
        day = day_plus(run.last, 1);
    }
    return false;
}

static Standing *standing_of(Moving *moving, size_t first, const Standing *sought)
{
    for (size_t i = first; i < moving->standing_count; i++)
        if (moving->standings[i].municipality == sought->municipality &&
            moving->standings[i].segment == sought->segment)
            return &moving->standings[i];
    moving->standings[moving->standing_count] = *sought;
    return &moving->standings[moving->standing_count++];
}

static void find_standings(Moving *moving, AllocatedList allocated)
{
    moving->standings = ARENA_MANY(moving->arena, Standing, allocated.count);
    size_t first = 0; /* of this client */
    for (size_t i = 0; i < allocated.count; i++) {
        const Allocated *one = &allocated.list[i];
        if (i > 0 && one->client != allocated.list[i - 1].client)
            first = moving->standing_count;
        const Standing sought = {
            .client = one->client,
            .municipality = axis_place(&moving->axes.municipalities, one->municipality),
            .segment = axis_place(&moving->axes.segments, one->segment),
        };
        Standing *standing = standing_of(moving, first, &sought);
        if (period_has(one->period, moving->day)) {
            standing->runs[one->funding] = true;
            standing->to_move += has_to_move(moving, standing, one);
        } else if (day_compare(one->period.last, moving->day) < 0) {
            standing->ran[one->funding] = true;
        }
    }
}

static bool has_moved(const Standing *standing)
{
    bool from_pxq = standing->ran[FUNDING_PXQ] && !standing->runs[FUNDING_PXQ] && standing->runs[FUNDING_PIC];
    bool from_pic = standing->ran[FUNDING_PIC] && !standing->runs[FUNDING_PIC] && standing->runs[FUNDING_PXQ];
    return !standing->to_move && (from_pxq || from_pic);
}

static void count(Moving *moving)
{
    size_t municipalities = moving->axes.municipalities.count, segments = moving->axes.segments.count;
    Spell *to_move = ARENA_MANY(moving->arena, Spell, moving->standing_count);
    Spell *moved = ARENA_MANY(moving->arena, Spell, moving->standing_count);
    moving->to_move = cube_new(moving->arena, municipalities, segments, MONTHS_OF_YEAR);
    moving->moved = cube_new(moving->arena, municipalities, segments, MONTHS_OF_YEAR);
    for (size_t i = 0; i < moving->standing_count; i++) {
        const Standing *one = &moving->standings[i];
        to_move[i] = moved[i] = (Spell){one->client, (uint16_t)one->municipality, (uint16_t)one->segment, 0};
        to_move[i].months = one->to_move > 0;
        moved[i].months = has_moved(one);
        const size_t places[][2] = {{one->municipality, one->segment},
                                    {one->municipality, segments},
                                    {municipalities, one->segment},
                                    {municipalities, segments}};
        for (size_t j = 0; j < sizeof places / sizeof *places; j++)
            cube_at(&moving->to_move, places[j][0], places[j][1], 0)->lines += one->to_move;
    }
    months_count(moving->arena, &moving->to_move, to_move, moving->standing_count);
    months_count(moving->arena, &moving->moved, moved, moving->standing_count);
}

/* The first month stands for the day asked. */
static Value figure(const Cell *cell, int64_t figure_of_cell)
{
    return cell->hidden ? VALUE_NOT_FOR_YOU : value_number(figure_of_cell);
}

void to_move_tell(const Question *question, const Books *books, AllocatedList allocated, Table *table)
{
    Arena *arena = table->arena;
    Period year = question_year(question);
    Moving moving = {
        .arena = arena,
        .question = question,
        .axes = allocated_axes(arena, question, allocated),
        .day = day_earliest(day_latest(question->known_on, year.first), year.last),
    };
    moving.rules = rules_new(arena, &moving.axes, books, question->known_on, year);
    find_standings(&moving, allocated);
    count(&moving);
    if (!question->exact) {
        cube_widen(arena, &moving.to_move);
        cube_widen(arena, &moving.moved);
    }

    const Axis *municipalities = &moving.axes.municipalities;
    for (size_t municipality = 0; municipality <= municipalities->count; municipality++)
        for (size_t segment = 0;
             segment <= moving.axes.segments.count && axis_shows(municipalities, municipality, question->municipality);
             segment++) {
            const Cell *to_move = cube_at(&moving.to_move, municipality, segment, 0);
            const Cell *moved = cube_at(&moving.moved, municipality, segment, 0);
            Value *row = table_add(table);
            row[MUNICIPALITY] = value_text(axis_code(municipalities, municipality));
            row[SEGMENT] = value_text(axis_code(&moving.axes.segments, segment));
            row[CLIENTS] = figure(to_move, to_move->count);
            row[ALLOCATIONS] = figure(to_move, to_move->lines);
            row[MOVED] = figure(moved, moved->count);
        }
}
