#include "monitoring/core/waiting.h"

static const Column OPEN_COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"due_day", HOLDS_DAY, "Uiterlijk", "Due"},
    {"requests", HOLDS_COUNT, "Open verzoeken", "Open requests"},
    {"overdue", HOLDS_YES, "Te laat", "Overdue"},
};

static const Column DEADLINE_COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"open_requests", HOLDS_COUNT, "Open verzoeken", "Open requests"},
    {"overdue_requests", HOLDS_COUNT, "Te laat", "Overdue"},
    {"next_due_day", HOLDS_DAY, "Eerstvolgende termijn", "Next due"},
};

enum { MUNICIPALITY, DUE_DAY, REQUESTS, OVERDUE };
enum { OPEN_REQUESTS = 1, OVERDUE_REQUESTS, NEXT_DUE_DAY };

const TableCard open_requests_card = {
    .name = "open-requests",
    .dutch = "Verzoeken die een mens moet beoordelen, per dag waarop dat uiterlijk gedaan moet zijn.",
    .english = "Requests that a person must judge, by the day by which that must be done.",
    .wide = false,
    .filters = FILTER_MUNICIPALITY,
    .columns = OPEN_COLUMNS,
    .column_count = sizeof OPEN_COLUMNS / sizeof *OPEN_COLUMNS,
};

const TableCard deadlines_card = {
    .name = "deadlines",
    .dutch = "Per gemeente hoeveel verzoeken open staan, hoeveel er te laat zijn, en de eerstvolgende termijn.",
    .english = "How many requests are open in each municipality, how many are overdue, and the next due day.",
    .wide = false,
    .filters = FILTER_MUNICIPALITY,
    .columns = DEADLINE_COLUMNS,
    .column_count = sizeof DEADLINE_COLUMNS / sizeof *DEADLINE_COLUMNS,
};

static bool is_overdue(const Question *question, const OpenRequests *open)
{
    return day_compare(open->due, question->known_on) < 0;
}

void open_requests_tell(const Question *question, const OpenRequests *open, size_t count, Table *table)
{
    for (size_t i = 0; i < count; i++) {
        Value *row = table_add(table);
        row[MUNICIPALITY] = value_text(open[i].municipality);
        row[DUE_DAY] = value_day(open[i].due);
        row[REQUESTS] = value_number(open[i].requests);
        row[OVERDUE] = value_number(is_overdue(question, &open[i]));
    }
}

/* Of the place on the axis, or of all together. */
static void add_deadlines(const Question *question, const OpenRequests *open, size_t count, const Axis *axis,
                          size_t place, Table *table)
{
    int64_t requests = 0, overdue = 0;
    Day next = DAY_LAST;
    for (size_t i = 0; i < count; i++) {
        if (place < axis->count && axis_place(axis, open[i].municipality) != place)
            continue;
        bool late = is_overdue(question, &open[i]);
        requests += open[i].requests;
        overdue += late ? open[i].requests : 0;
        if (!late)
            next = day_earliest(next, open[i].due);
    }
    Value *row = table_add(table);
    row[MUNICIPALITY] = value_text(axis_code(axis, place));
    row[OPEN_REQUESTS] = value_number(requests);
    row[OVERDUE_REQUESTS] = value_number(overdue);
    if (day_compare(next, DAY_LAST) < 0)
        row[NEXT_DUE_DAY] = value_day(next);
}

void deadlines_tell(const Question *question, const OpenRequests *open, size_t count, Table *table)
{
    Axis municipalities = {0};
    axis_add(table->arena, &municipalities, question->municipality);
    for (size_t i = 0; i < count; i++)
        axis_add(table->arena, &municipalities, open[i].municipality);
    axis_close(&municipalities);
    for (size_t place = 0; place <= municipalities.count; place++)
        if (axis_shows(&municipalities, place, question->municipality))
            add_deadlines(question, open, count, &municipalities, place, table);
}
