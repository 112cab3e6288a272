#include "monitoring/core/drivers.h"

#include "book/monthly.h"
#include "monitoring/core/clients.h"

#include <stdlib.h>
#include <string.h>

static const Column COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"segment", HOLDS_TEXT, "Segment", "Segment"},
    {"months", HOLDS_NUMBER, "Maanden vergeleken", "Months compared"},
    {"before_cents", HOLDS_CENTS, "Jaar ervoor", "Year before"},
    {"after_cents", HOLDS_CENTS, "Dit jaar", "This year"},
    {"volume_cents", HOLDS_CENTS, "Door meer of minder hulp", "By volume"},
    {"price_cents", HOLDS_CENTS, "Door de prijs", "By price"},
    {"mix_cents", HOLDS_CENTS, "Door andere soorten hulp", "By mix"},
};

const TableCard drivers_card = {
    .name = "drivers",
    .dutch = "Waardoor de kosten verschillen van die van dezelfde maanden een jaar eerder, even laat bekeken.",
    .english = "What makes cost differ from that of the same months a year earlier, looked at equally late.",
    .filters = FILTER_MUNICIPALITY,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof *COLUMNS,
};

Compared drivers_compared(int32_t year, Day known_on)
{
    int32_t months = months_between(day_of(year, 1, 1), day_plus(known_on, 1));
    if (months > MONTHS_PER_YEAR)
        months = MONTHS_PER_YEAR;
    if (months < 1)
        return (Compared){.months = 0};
    DayParts known = day_parts(known_on);
    Day a_year_earlier = period_month(day_of(known.year - 1, known.month, 1)).last;
    if (day_compare(known_on, period_month(known_on).last) < 0)
        a_year_earlier = day_earliest(a_year_earlier, day_of(known.year - 1, known.month, known.day));
    return (Compared){
        .before = {day_of(year - 1, 1, 1), period_month(day_of(year - 1, months, 1)).last},
        .before_known_on = a_year_earlier,
        .after = {day_of(year, 1, 1), period_month(day_of(year, months, 1)).last},
        .after_known_on = known_on,
        .months = months,
    };
}

/* ---- the analysis ---- */

static bool add(int64_t *sum, int64_t number)
{
    return !__builtin_add_overflow(*sum, number, sum);
}

static bool add_care(Care *sum, const Care *care)
{
    return add(&sum->client_months, care->client_months) && add(&sum->cents, care->cents);
}

static bool add_change(Change *sum, const Change *change)
{
    return add_care(&sum->before, &change->before) && add_care(&sum->after, &change->after);
}

/* What the care of after would have cost at the price of before; false when there was no such price. */
static bool at_price_before(const Change *change, Money *amount_out)
{
    return money_share_half_up((Money){change->before.cents}, change->after.client_months, change->before.client_months,
                               amount_out);
}

static bool price_of(const Change *kinds, size_t count, int64_t *price_out)
{
    int64_t price = 0;
    for (size_t i = 0; i < count; i++) {
        Money before;
        if (kinds[i].before.client_months < 1)
            continue;
        if (!at_price_before(&kinds[i], &before) || !add(&price, kinds[i].after.cents) || !add(&price, -before.cents))
            return false;
    }
    *price_out = price;
    return true;
}

bool drivers_of(const Change *kinds, size_t count, Drivers *drivers_out)
{
    Change all = {0};
    for (size_t i = 0; i < count; i++)
        if (!add_change(&all, &kinds[i]))
            return false;
    Drivers drivers = {.before_cents = all.before.cents, .after_cents = all.after.cents};
    drivers.known = all.before.client_months > 0;
    if (drivers.known) {
        Money as_before;
        if (!at_price_before(&all, &as_before) || !price_of(kinds, count, &drivers.price_cents))
            return false;
        drivers.volume_cents = as_before.cents - all.before.cents;
        drivers.mix_cents = all.after.cents - as_before.cents - drivers.price_cents;
    }
    *drivers_out = drivers;
    return true;
}

/* ---- kinds ---- */

/* One kind of care of one municipality. */
typedef struct Row {
    const char *municipality;
    Kind kind;
    Change change;
} Row;

typedef struct Rows {
    Row *list;
    size_t count;
} Rows;

static int order_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int order_kind(const Kind *a, const Kind *b)
{
    int order = strcmp(a->segment, b->segment);
    if (order == 0)
        order = order_int(a->content, b->content);
    return order ? order : order_int(a->funding, b->funding);
}

static int by_municipality(const void *a, const void *b)
{
    const Row *left = a, *right = b;
    int order = strcmp(left->municipality, right->municipality);
    return order ? order : order_kind(&left->kind, &right->kind);
}

/* Kinds of the whole region beside each other. */
static int by_kind(const void *a, const void *b)
{
    return order_kind(&((const Row *)a)->kind, &((const Row *)b)->kind);
}

static bool merge(Rows *rows, int (*order)(const void *, const void *))
{
    size_t kept = 0;
    if (rows->count > 1)
        qsort(rows->list, rows->count, sizeof *rows->list, order);
    for (size_t i = 0; i < rows->count; i++) {
        if (kept > 0 && order(&rows->list[kept - 1], &rows->list[i]) == 0) {
            if (!add_change(&rows->list[kept - 1].change, &rows->list[i].change))
                return false;
        } else {
            rows->list[kept++] = rows->list[i];
        }
    }
    rows->count = kept;
    return true;
}

/* ---- client-months ---- */

static int by_place(const void *a, const void *b)
{
    const FoundCrowd *left = a, *right = b;
    int order = strcmp(left->municipality, right->municipality);
    if (order == 0)
        order = order_kind(&left->kind, &right->kind);
    if (order == 0)
        order = order_int(left->after, right->after);
    return order ? order : day_compare(left->month, right->month);
}

static int by_client(const void *a, const void *b)
{
    return order_int(((const ClientLines *)a)->client, ((const ClientLines *)b)->client);
}

/* How many have approved lines left. */
static int64_t count_clients(ClientLines *clients, size_t count)
{
    int64_t counted = 0;
    if (count > 1)
        qsort(clients, count, sizeof *clients, by_client);
    for (size_t i = 0, next; i < count; i = next) {
        int64_t lines = 0;
        for (next = i; next < count && clients[next].client == clients[i].client; next++)
            lines += clients[next].lines;
        counted += lines > 0;
    }
    return counted;
}

/* Who is behind one place: all that was declared of it, brought together. */
static bool bring_together(const DriversFound *found, size_t first, size_t end, ClientLines *clients, size_t *count_out)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++) {
        ClientLines *some;
        size_t some_count;
        if (!clients_unpack(found->arena, found->crowds[i].clients, &some, &some_count))
            return false;
        for (size_t j = 0; j < some_count; j++)
            clients[count++] = (ClientLines){people_joined(found->joined, some[j].client), some[j].lines};
    }
    *count_out = count;
    return true;
}

static bool add_client_months(const DriversFound *found, Rows *rows)
{
    size_t most = 0;
    for (size_t i = 0; i < found->crowd_count; i++)
        most += found->crowds[i].clients.size / CLIENT_BYTES;
    ClientLines *clients = ARENA_MANY(found->arena, ClientLines, most);
    if (found->crowd_count > 1)
        qsort(found->crowds, found->crowd_count, sizeof *found->crowds, by_place);
    for (size_t i = 0, next; i < found->crowd_count; i = next) {
        const FoundCrowd *crowd = &found->crowds[i];
        size_t count;
        for (next = i; next < found->crowd_count && by_place(crowd, &found->crowds[next]) == 0; next++)
            ;
        if (!bring_together(found, i, next, clients, &count))
            return false;
        Row row = {.municipality = crowd->municipality, .kind = crowd->kind};
        (crowd->after ? &row.change.after : &row.change.before)->client_months = count_clients(clients, count);
        rows->list[rows->count++] = row;
    }
    return true;
}

static void add_costs(const DriversFound *found, Rows *rows)
{
    for (size_t i = 0; i < found->cost_count; i++) {
        const FoundCost *cost = &found->costs[i];
        Row row = {.municipality = cost->municipality, .kind = cost->kind};
        (cost->after ? &row.change.after : &row.change.before)->cents = cost->cents;
        rows->list[rows->count++] = row;
    }
}

/* ---- the table ---- */

static bool tell(const DriversFound *found, const Row *rows, size_t count, const char *municipality,
                 const char *segment, Table *table)
{
    Change *kinds = ARENA_MANY(found->arena, Change, count);
    for (size_t i = 0; i < count; i++)
        kinds[i] = rows[i].change;
    Drivers drivers;
    if (!drivers_of(kinds, count, &drivers))
        return false;
    Value *row = table_add(table);
    row[0] = value_text(municipality);
    row[1] = value_text(segment);
    row[2] = value_number(found->compared.months);
    row[3] = value_number(drivers.before_cents);
    row[4] = value_number(drivers.after_cents);
    if (drivers.known) {
        row[5] = value_number(drivers.volume_cents);
        row[6] = value_number(drivers.price_cents);
        row[7] = value_number(drivers.mix_cents);
    }
    return true;
}

/* Kinds in order: each segment, and then all. */
static bool tell_segments(const DriversFound *found, const Row *rows, size_t count, const char *municipality,
                          Table *table)
{
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i; next < count && strcmp(rows[next].kind.segment, rows[i].kind.segment) == 0; next++)
            ;
        if (!tell(found, rows + i, next - i, municipality, rows[i].kind.segment, table))
            return false;
    }
    return tell(found, rows, count, municipality, NULL, table);
}

bool drivers_fill(const DriversFound *found, Table *table)
{
    if (found->compared.months == 0)
        return true;
    Rows rows = {.list = ARENA_MANY(found->arena, Row, found->cost_count + found->crowd_count)};
    add_costs(found, &rows);
    if (!add_client_months(found, &rows) || !merge(&rows, by_municipality))
        return false;
    for (size_t i = 0, next; i < rows.count; i = next) {
        const char *municipality = rows.list[i].municipality;
        for (next = i; next < rows.count && strcmp(rows.list[next].municipality, municipality) == 0; next++)
            ;
        if (!tell_segments(found, rows.list + i, next - i, municipality, table))
            return false;
    }
    if (*found->question->municipality)
        return true;
    return merge(&rows, by_kind) && tell_segments(found, rows.list, rows.count, NULL, table);
}
