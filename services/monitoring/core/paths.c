#include "monitoring/core/paths.h"

#include "monitoring/core/months.h"
#include "monitoring/core/rules.h"
#include "monitoring/core/wide.h"

static const Column COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"segment", HOLDS_TEXT, "Segment", "Segment"},
    {"month", HOLDS_MONTH, "Maand", "Month"},
    {"planned_content", HOLDS_TEXT, "Inhoud volgens het boek, nieuwe cliënten", "Content by the book, new clients"},
    {"planned_funding", HOLDS_TEXT, "Bekostiging volgens het boek, nieuwe cliënten",
     "Funding by the book, new clients"},
    {"clients", HOLDS_COUNT, "Cliënten", "Clients"},
    {"clients_pic_content", HOLDS_COUNT, "Cliënten met een PIC", "Clients with a PIC"},
    {"clients_pic_funding", HOLDS_COUNT, "Cliënten betaald per PIC", "Clients paid by PIC"},
};

enum { MUNICIPALITY, SEGMENT, MONTH, PLANNED_CONTENT, PLANNED_FUNDING, CLIENTS, PIC_CONTENT, PIC_FUNDING };

const TableCard funding_paths_card = {
    .name = "funding-paths",
    .dutch = "Hoeveel cliënten welke inhoud en bekostiging hebben, per maand, naast wat het boek voor nieuwe cliënten "
             "bepaalt.",
    .english = "How many clients have which content and funding, by month, beside what the book says for new clients.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof *COLUMNS,
};

/* What each client has in each month; a stage is counted where a client has come so far. */
enum { ANY_CARE, WITH_PIC, PAID_BY_PIC, STAGES };

typedef struct Stay {
    int64_t client;
    size_t municipality, segment;
    MonthSet months[STAGES];
} Stay;

typedef struct Paths {
    Arena *arena;
    const Question *question;
    AllocatedAxes axes;
    Stay *stays; /* one for each client, municipality and segment; in order of client */
    size_t stay_count;
    Cube counts[STAGES]; /* municipalities × segments × months */
    Cube apart; /* municipalities × (segments × stages) × months, each client under its last stage: what hides what */
    Rules *rules;
} Paths;

static Stay *stay_of(Paths *paths, size_t first, const Stay *sought)
{
    for (size_t i = first; i < paths->stay_count; i++)
        if (paths->stays[i].municipality == sought->municipality && paths->stays[i].segment == sought->segment)
            return &paths->stays[i];
    paths->stays[paths->stay_count] = *sought;
    return &paths->stays[paths->stay_count++];
}

static void find_stays(Paths *paths, AllocatedList allocated)
{
    const YearMonths year = months_of(paths->question->year);
    paths->stays = ARENA_MANY(paths->arena, Stay, allocated.count);
    size_t first = 0; /* of this client */
    for (size_t i = 0; i < allocated.count; i++) {
        const Allocated *one = &allocated.list[i];
        if (i > 0 && one->client != allocated.list[i - 1].client)
            first = paths->stay_count;
        const Stay sought = {
            .client = one->client,
            .municipality = axis_place(&paths->axes.municipalities, one->municipality),
            .segment = axis_place(&paths->axes.segments, one->segment),
        };
        Stay *stay = stay_of(paths, first, &sought);
        MonthSet months = months_touched(&year, one->period);
        stay->months[ANY_CARE] |= months;
        if (one->content == CONTENT_PIC)
            stay->months[WITH_PIC] |= months;
        if (one->funding == FUNDING_PIC)
            stay->months[PAID_BY_PIC] |= months;
    }
}

static void count_stage(Paths *paths, int stage, Spell *spells)
{
    for (size_t i = 0; i < paths->stay_count; i++) {
        const Stay *stay = &paths->stays[i];
        spells[i] = (Spell){stay->client, (uint16_t)stay->municipality, (uint16_t)stay->segment, stay->months[stage]};
    }
    Cube *counts = &paths->counts[stage];
    *counts = cube_new(paths->arena, paths->axes.municipalities.count, paths->axes.segments.count, MONTHS_OF_YEAR);
    months_count(paths->arena, counts, spells, paths->stay_count);
}

/* Who is paid by PIC, who has one only, and who has none do not overlap: no figure tells one of them by the others. */
static void count_apart(Paths *paths, Spell *spells)
{
    size_t count = 0;
    for (size_t i = 0; i < paths->stay_count; i++) {
        const Stay *stay = &paths->stays[i];
        MonthSet paid = stay->months[PAID_BY_PIC], has = (MonthSet)(stay->months[WITH_PIC] & ~paid);
        const MonthSet apart[STAGES] = {(MonthSet)(stay->months[ANY_CARE] & ~paid & ~has), has, paid};
        for (size_t stage = 0; stage < STAGES; stage++)
            spells[count++] = (Spell){stay->client, (uint16_t)stay->municipality,
                                      (uint16_t)(stay->segment * STAGES + stage), apart[stage]};
    }
    paths->apart =
        cube_new(paths->arena, paths->axes.municipalities.count, paths->axes.segments.count * STAGES, MONTHS_OF_YEAR);
    months_count(paths->arena, &paths->apart, spells, count);
    cube_widen(paths->arena, &paths->apart);
}

/* ---- what the books plan ---- */

typedef struct Planned {
    bool known; /* and the same for all of it */
    Content content;
    Funding funding;
} Planned;

static void agree(Planned *planned, const FundingRule *rule, bool *first)
{
    if (*first)
        *planned = rule ? (Planned){true, rule->content, rule->funding} : (Planned){0};
    else if (!rule || rule->content != planned->content || rule->funding != planned->funding)
        planned->known = false;
    *first = false;
}

/* Of new clients on the first day of the month, or of all months; of a total where all of it is planned alike. */
static Planned planned_for(Paths *paths, size_t municipality, size_t segment, size_t month)
{
    Planned planned = {0};
    bool first = true;
    size_t municipalities = paths->axes.municipalities.count, segments = paths->axes.segments.count;
    for (size_t m = 0; m < municipalities; m++)
        for (size_t s = 0; s < segments; s++)
            for (size_t i = 0; i < MONTHS_OF_YEAR; i++) {
                bool asked = (municipality == municipalities || municipality == m) &&
                             (segment == segments || segment == s) && (month == MONTHS_OF_YEAR || month == i);
                if (asked)
                    agree(
                        &planned,
                        rules_funding(paths->rules, m, s, COHORT_NEW, day_of(paths->question->year, (int32_t)i + 1, 1)),
                        &first);
            }
    return planned;
}

/* ---- rows ---- */

/* Whether any of the clients who have come at least so far are hidden. */
static bool is_hidden(const Paths *paths, size_t municipality, size_t segment, size_t month, size_t stage)
{
    size_t segments = paths->axes.segments.count;
    if (segment == segments && stage == ANY_CARE)
        return cube_at(&paths->apart, municipality, segments * STAGES, month)->hidden;
    bool hidden = false;
    for (size_t s = 0; s < segments; s++)
        for (size_t later = stage; later < STAGES && (segment == segments || segment == s); later++)
            hidden |= cube_at(&paths->apart, municipality, s * STAGES + later, month)->hidden;
    return hidden;
}

static Value count_for(const Paths *paths, size_t municipality, size_t segment, size_t month, size_t stage)
{
    int64_t count = cube_at(&paths->counts[stage], municipality, segment, month)->count;
    if (paths->question->exact)
        return value_number(count);
    return wide_count(count, is_hidden(paths, municipality, segment, month, stage));
}

static void add_row(Paths *paths, Table *table, size_t municipality, size_t segment, size_t month)
{
    Planned planned = planned_for(paths, municipality, segment, month);
    Value *row = table_add(table);
    row[MUNICIPALITY] = value_text(axis_code(&paths->axes.municipalities, municipality));
    row[SEGMENT] = value_text(axis_code(&paths->axes.segments, segment));
    if (month < MONTHS_OF_YEAR)
        row[MONTH] = value_day(day_of(paths->question->year, (int32_t)month + 1, 1));
    if (planned.known) {
        row[PLANNED_CONTENT] = value_text(content_name(planned.content));
        row[PLANNED_FUNDING] = value_text(funding_name(planned.funding));
    }
    row[CLIENTS] = count_for(paths, municipality, segment, month, ANY_CARE);
    row[PIC_CONTENT] = count_for(paths, municipality, segment, month, WITH_PIC);
    row[PIC_FUNDING] = count_for(paths, municipality, segment, month, PAID_BY_PIC);
}

void funding_paths_tell(const Question *question, const Books *books, AllocatedList allocated, Table *table)
{
    Arena *arena = table->arena;
    Paths paths = {.arena = arena, .question = question, .axes = allocated_axes(arena, question, allocated)};
    paths.rules = rules_new(arena, &paths.axes, books, question->known_on, question_year(question));
    find_stays(&paths, allocated);
    Spell *spells = ARENA_MANY(arena, Spell, paths.stay_count * STAGES);
    for (int stage = 0; stage < STAGES; stage++)
        count_stage(&paths, stage, spells);
    if (!question->exact)
        count_apart(&paths, spells);

    const Axis *municipalities = &paths.axes.municipalities;
    for (size_t municipality = 0; municipality <= municipalities->count; municipality++)
        for (size_t segment = 0; segment <= paths.axes.segments.count; segment++)
            for (size_t month = 0;
                 month <= MONTHS_OF_YEAR && axis_shows(municipalities, municipality, question->municipality); month++)
                add_row(&paths, table, municipality, segment, month);
}
