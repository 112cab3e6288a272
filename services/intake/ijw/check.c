#include "intake/ijw/check.h"

#include "intake/core/bsn.h"

#include <stdlib.h>
#include <string.h>

#define DECLARED_FROM (day_of(2021, 1, 1))
#define DAYS_OF_OLD (day_of(2020, 12, 31)) /* products without a code had a volume until then */

enum { YEARS_OF_AGE_MAX = 120, YEARS_BACK_MAX = 5, EURO = 83, HOLDS_DAY = 14, HOLDS_DAY_PART = 16, PIECE = 84 };

typedef struct Check {
    Arena *arena;
    IjwFaults *faults;
    const IjwRoot *root;
} Check;

[[gnu::format(printf, 4, 5)]] static void broken(const Check *check, IjwRule rule, int32_t line, const char *path, ...)
{
    if (ijw_faults_full(check->faults))
        return;
    va_list values;
    va_start(values, path);
    ijw_fault_add(check->faults, rule, arena_format_list(check->arena, path, values), line, "");
    va_end(values);
}

static Day dated(const Check *check)
{
    return check->root->header.identification.dated;
}

static bool is(const char *code, const char *wanted)
{
    return code && strcmp(code, wanted) == 0;
}

static int number_of(const char *code)
{
    return code ? atoi(code) : 0;
}

static const char *text_of(const char *text)
{
    return text ? text : "";
}

static Day years_before(Day day, int32_t years)
{
    DayParts parts = day_parts(day);
    bool is_leap_day = parts.month == 2 && parts.day == 29;
    return day_of(parts.year - years, parts.month, is_leap_day ? 28 : parts.day);
}

/* what may stand in a message once */

typedef struct Key {
    const char *text;
    size_t place;
} Key;

static int by_text_and_place(const void *a, const void *b)
{
    const Key *left = a;
    const Key *right = b;
    int order = strcmp(left->text, right->text);
    return order ? order : (left->place > right->place) - (left->place < right->place);
}

/* Marks the second and later ones of each key; a NULL key is nobody's. */
static bool *repeated(Arena *arena, const char *const *texts, size_t count)
{
    bool *marks = ARENA_MANY(arena, bool, count);
    Key *keys = ARENA_MANY(arena, Key, count);
    size_t keyed = 0;
    for (size_t i = 0; i < count; i++)
        if (texts[i])
            keys[keyed++] = (Key){texts[i], i};
    qsort(keys, keyed, sizeof *keys, by_text_and_place);
    for (size_t i = 1; i < keyed; i++)
        marks[keys[i].place] = strcmp(keys[i].text, keys[i - 1].text) == 0;
    return marks;
}

/* Breaks `rule` for every item of a list that repeats an earlier one; `line_at` is where an item has its line. */
static void once(const Check *check, IjwRule rule, const char *const *keys, const int32_t *lines, size_t count,
                 const char *path)
{
    const bool *again = repeated(check->arena, keys, count);
    for (size_t i = 0; i < count; i++)
        if (again[i])
            broken(check, rule, lines[i], "%s[%zu]", path, i + 1);
}

/* clients who have a name */

static void check_bsn(const Check *check, const char *bsn, int32_t line, const char *path)
{
    if (!bsn_passes(bsn))
        broken(check, IJW_RULE_CS002, line, "%s/Bsn", path);
}

static void check_client(const Check *check)
{
    check_bsn(check, check->root->client.bsn, check->root->client.line, "Bericht/Client");
}

/* The part of it that is not known has the value 01, and the year 1900. */
static bool birth_agrees(const IjwBirth *birth)
{
    DayParts parts = day_parts(birth->day);
    int use = number_of(birth->use);
    bool day_is_open = parts.day == 1;
    bool month_is_open = day_is_open && parts.month == 1;
    bool year_is_open = month_is_open && parts.year == 1900;
    return use == 0 || (use == 1 && day_is_open) || (use == 2 && month_is_open) || (use == 3 && year_is_open);
}

static void check_birth(const Check *check)
{
    static const char PATH[] = "Bericht/Client/Geboortedatum";
    const IjwBirth *birth = &check->root->client.birth;
    bool is_unknown = is(birth->use, "3") && day_compare(birth->day, DAY_FIRST) == 0;
    if (!birth_agrees(birth))
        broken(check, IJW_RULE_CS139, birth->line, PATH);
    if (day_compare(birth->day, dated(check)) > 0)
        broken(check, IJW_RULE_TR134, birth->line, PATH);
    if (!is_unknown && day_compare(birth->day, years_before(dated(check), YEARS_OF_AGE_MAX)) < 0)
        broken(check, IJW_RULE_TR002, birth->line, PATH);
}

/* JW305, JW307 */

static const char *key_of_care(const Check *check, IjwWhole allocation, const IjwProduct *product, Day began,
                               const char *reason, Day ended)
{
    return arena_format(check->arena, "%d|%lld|%s|%s|%d|%s|%d", allocation.given, (long long)allocation.number,
                        text_of(product->category), text_of(product->code), began.number, reason, ended.number);
}

static void check_status(const Check *check, const char *status, int32_t line, const char *path, size_t place)
{
    if (!is(status, "1") && !is(status, "3"))
        broken(check, IJW_RULE_CS058, line, "%s[%zu]/StatusAanlevering", path, place);
}

static void check_starts(const Check *check)
{
    static const char PATH[] = "Bericht/Client/StartProducten/StartProduct";
    const IjwList *list = &check->root->client.starts.list;
    const IjwStart *starts = list->items;
    const char **keys = ARENA_MANY(check->arena, const char *, list->count);
    int32_t *lines = ARENA_MANY(check->arena, int32_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const IjwStart *start = &starts[i];
        keys[i] = key_of_care(check, start->allocation, &start->product, start->day, "", (Day){0});
        lines[i] = start->line;
        check_status(check, start->status, start->line, PATH, i + 1);
        if (day_compare(start->day, dated(check)) > 0)
            broken(check, IJW_RULE_TR134, start->line, "%s[%zu]/Begindatum", PATH, i + 1);
    }
    once(check, IJW_RULE_TR101, keys, lines, list->count, PATH);
}

static void check_stops(const Check *check)
{
    static const char PATH[] = "Bericht/Client/StopProducten/StopProduct";
    const IjwList *list = &check->root->client.stops.list;
    const IjwStop *stops = list->items;
    const char **keys = ARENA_MANY(check->arena, const char *, list->count);
    int32_t *lines = ARENA_MANY(check->arena, int32_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const IjwStop *stop = &stops[i];
        keys[i] = key_of_care(check, stop->allocation, &stop->product, stop->began, stop->reason, stop->day);
        lines[i] = stop->line;
        check_status(check, stop->status, stop->line, PATH, i + 1);
        if (day_compare(stop->began, dated(check)) > 0)
            broken(check, IJW_RULE_TR134, stop->line, "%s[%zu]/Begindatum", PATH, i + 1);
        if (day_compare(stop->day, stop->began) < 0)
            broken(check, IJW_RULE_TR018, stop->line, "%s[%zu]/Einddatum", PATH, i + 1);
    }
    once(check, IJW_RULE_TR101, keys, lines, list->count, PATH);
}

/* JW315, JW317: what is asked of one product */

typedef struct Care {
    const char *path;
    int32_t line;
    const IjwProduct *product; /* NULL: that of an allocation */
    Day first;
    Day last; /* 0: open */
    const IjwVolume *volume;
    IjwWhole budget;
    IjwRule volume_without_code;
    IjwRule frequency;
} Care;

static void check_volume(const Check *check, const Care *care)
{
    int unit = number_of(care->volume->unit);
    int frequency = number_of(care->volume->frequency);
    bool is_new = care->last.number == 0 || day_compare(care->last, DAYS_OF_OLD) > 0;
    bool counts_by_weeks = unit == HOLDS_DAY || unit == HOLDS_DAY_PART || unit == EURO || unit == PIECE;
    if (counts_by_weeks && is_new && frequency == 1)
        broken(check, care->frequency, care->volume->line, "%s/Omvang/Frequentie", care->path);
    if (frequency == 2 && care->last.number == 0)
        broken(check, IJW_RULE_CD076, care->line, "%s", care->path);
    if (care->product && !care->product->code && is_new)
        broken(check, care->volume_without_code, care->volume->line, "%s/Omvang", care->path);
}

static void check_care(const Check *check, const Care *care)
{
    bool has_volume = care->volume->line > 0;
    if (has_volume)
        check_volume(check, care);
    if (has_volume && care->budget.given) {
        broken(check, IJW_RULE_CD077, care->volume->line, "%s/Omvang", care->path);
        broken(check, IJW_RULE_CD078, care->line, "%s/Budget", care->path);
    }
    if (care->product && care->product->code && !has_volume)
        broken(check, IJW_RULE_CD041, care->line, "%s/Omvang", care->path);
    if (care->product && care->product->line == 0 && !care->budget.given)
        broken(check, IJW_RULE_CD079, care->line, "%s/Product", care->path);
    if (care->budget.given && care->last.number == 0)
        broken(check, IJW_RULE_CD075, care->line, "%s", care->path);
    if (care->last.number && day_compare(care->last, care->first) < 0)
        broken(check, IJW_RULE_CS003, care->line, "%s", care->path);
}

/* Without a code the category counts, and without a category everything. */
static bool same_product(const IjwProduct *a, const IjwProduct *b)
{
    if (!a->category || !b->category)
        return true;
    if (strcmp(a->category, b->category) != 0)
        return false;
    return !a->code || !b->code || strcmp(a->code, b->code) == 0;
}

static bool overlap(const Care *a, const Care *b)
{
    Period one = {a->first, a->last.number ? a->last : DAY_LAST};
    Period other = {b->first, b->last.number ? b->last : DAY_LAST};
    return period_overlaps(one, other);
}

static void check_overlaps(const Check *check, IjwRule rule, const Care *cares, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i && !ijw_faults_full(check->faults); j++)
            if (same_product(cares[i].product, cares[j].product) && overlap(&cares[i], &cares[j])) {
                broken(check, rule, cares[i].line, "%s", cares[i].path);
                break;
            }
}

static void check_referrer(const Check *check, const IjwReferrer *referrer, const char *path)
{
    int kind = number_of(referrer->kind);
    bool may_have_code = kind >= 2 && kind <= 5;
    if (!may_have_code && referrer->code)
        broken(check, IJW_RULE_CD068, referrer->line, "%s/Verwijzer/ZorgverlenerCode", path);
    if (may_have_code && referrer->code && referrer->name)
        broken(check, IJW_RULE_CD066, referrer->line, "%s/Verwijzer/Naam", path);
    if (may_have_code && !referrer->code && !referrer->name)
        broken(check, IJW_RULE_CD067, referrer->line, "%s/Verwijzer/Naam", path);
}

static void check_asked(const Check *check)
{
    static const char PATH[] = "Bericht/Client/AangevraagdeProducten/AangevraagdProduct";
    const IjwList *list = &check->root->client.asked.list;
    const IjwAsked *asked = list->items;
    Care *cares = ARENA_MANY(check->arena, Care, list->count);
    const char **references = ARENA_MANY(check->arena, const char *, list->count);
    int32_t *lines = ARENA_MANY(check->arena, int32_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const IjwAsked *one = &asked[i];
        references[i] = one->reference;
        lines[i] = one->line;
        cares[i] = (Care){.path = arena_format(check->arena, "%s[%zu]", PATH, i + 1),
                          .line = one->line,
                          .product = &one->product,
                          .first = one->first,
                          .last = one->last,
                          .volume = &one->volume,
                          .budget = one->budget,
                          .volume_without_code = IJW_RULE_CD095,
                          .frequency = IJW_RULE_CS343};
        check_care(check, &cares[i]);
        check_referrer(check, &one->referrer, cares[i].path);
        if (one->decision.given != (one->decided_from.number != 0))
            broken(check, IJW_RULE_CD043, one->line, "%s/BeschikkingIngangsdatum", cares[i].path);
    }
    once(check, IJW_RULE_TR383, references, lines, list->count, PATH);
    check_overlaps(check, IJW_RULE_TR386, cares, list->count);
}

static void check_unchanged(const Check *check)
{
    const IjwList *list = &check->root->client.change.unchanged.list;
    const IjwUnchanged *unchanged = list->items;
    const char **keys = ARENA_MANY(check->arena, const char *, list->count);
    int32_t *lines = ARENA_MANY(check->arena, int32_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        keys[i] = arena_format(check->arena, "%lld", (long long)unchanged[i].allocation.number);
        lines[i] = unchanged[i].line;
    }
    once(check, IJW_RULE_TR101, keys, lines, list->count,
         "Bericht/Client/Verzoek/OngewijzigdeProducten/OngewijzigdProduct");
}

static void check_changed(const Check *check)
{
    static const char PATH[] = "Bericht/Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct";
    const IjwList *list = &check->root->client.change.changed.list;
    const IjwChanged *changed = list->items;
    const char **keys = ARENA_MANY(check->arena, const char *, list->count);
    int32_t *lines = ARENA_MANY(check->arena, int32_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const IjwChanged *one = &changed[i];
        keys[i] = arena_format(check->arena, "%lld", (long long)one->allocation.number);
        lines[i] = one->line;
        const Care care = {.path = arena_format(check->arena, "%s[%zu]", PATH, i + 1),
                           .line = one->line,
                           .first = one->first,
                           .last = one->last,
                           .volume = &one->volume,
                           .budget = one->budget,
                           .frequency = IJW_RULE_CS338};
        check_care(check, &care);
    }
    once(check, IJW_RULE_TR101, keys, lines, list->count, PATH);
}

static void check_added(const Check *check)
{
    static const char PATH[] = "Bericht/Client/Verzoek/NieuweProducten/NieuwProduct";
    const IjwList *list = &check->root->client.change.added.list;
    const IjwAdded *added = list->items;
    Care *cares = ARENA_MANY(check->arena, Care, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const IjwAdded *one = &added[i];
        cares[i] = (Care){.path = arena_format(check->arena, "%s[%zu]", PATH, i + 1),
                          .line = one->line,
                          .product = &one->product,
                          .first = one->first,
                          .last = one->last,
                          .volume = &one->volume,
                          .budget = one->budget,
                          .volume_without_code = IJW_RULE_CD096,
                          .frequency = IJW_RULE_CS338};
        check_care(check, &cares[i]);
        if (day_compare(one->first, dated(check)) <= 0)
            broken(check, IJW_RULE_TR380, one->line, "%s/GewensteIngangsdatum", cares[i].path);
    }
    check_overlaps(check, IJW_RULE_TR410, cares, list->count);
}

static void check_change(const Check *check)
{
    static const char PATH[] = "Bericht/Client/Verzoek";
    const IjwChange *change = &check->root->client.change;
    if (change->unchanged.list.count + change->changed.list.count == 0)
        broken(check, IJW_RULE_TR352, change->line, PATH);
    if (change->changed.list.count + change->added.list.count == 0)
        broken(check, IJW_RULE_TR353, change->line, PATH);
}

/* JW323 */

static bool is_credit(const IjwLine *line)
{
    return is(line->amount.sign, "C");
}

static void check_money(const Check *check, const IjwMoney *money, const char *path)
{
    if (money->cents.number == 0 && is(money->sign, "C"))
        broken(check, IJW_RULE_CS325, money->line, "%s/DebetCredit", path);
}

static void check_line_period(const Check *check, const IjwLine *line, const char *path)
{
    Period period = {line->period.first, line->period.last};
    bool in_one_month = day_compare(period.last, period_month(period.first).last) <= 0 &&
                        day_compare(period.last, period_month(period.first).first) >= 0;
    if (day_compare(period.first, DECLARED_FROM) < 0)
        broken(check, IJW_RULE_CS100, line->period.line, "%s/ProductPeriode/Begindatum", path);
    if (!in_one_month)
        broken(check, IJW_RULE_CS337, line->period.line, "%s/ProductPeriode/Einddatum", path);
    if (day_compare(period.last, period.first) < 0 || day_compare(period.last, dated(check)) > 0)
        broken(check, IJW_RULE_TR137, line->period.line, "%s/ProductPeriode/Einddatum", path);
    if (day_compare(period.last, years_before(check->root->declaration.dated, YEARS_BACK_MAX)) < 0)
        broken(check, IJW_RULE_TR335, line->period.line, "%s/ProductPeriode/Einddatum", path);
}

static void check_line(const Check *check, const IjwLine *line, const char *path)
{
    bool in_euros = number_of(line->unit) == EURO;
    check_line_period(check, line, path);
    if (is_credit(line) != (line->name.credits != NULL))
        broken(check, IJW_RULE_CD060, line->name.line, "%s/ProductReferentie/VorigReferentieNummer", path);
    if (in_euros == line->tariff.given)
        broken(check, IJW_RULE_CD087, line->line, "%s/ProductTarief", path);
    if (in_euros && line->amount.cents.number != line->volume.number)
        broken(check, IJW_RULE_CS339, line->amount.line, "%s/IngediendBedrag/Bedrag", path);
    check_money(check, &line->amount, arena_format(check->arena, "%s/IngediendBedrag", path));
}

/* A line, and where it stands. */
typedef struct Declared {
    const IjwLine *line;
    const char *path;
    const char *bsn;
} Declared;

static size_t count_lines(const IjwDeclaredClient *clients, size_t count)
{
    size_t lines = 0;
    for (size_t i = 0; i < count; i++)
        lines += clients[i].lines.list.count;
    return lines;
}

/* Breaks the rule for each line whose key, when it has one, an earlier line had. */
static void lines_once(const Check *check, IjwRule rule, const Declared *declared, size_t count,
                       const char *(*key_of)(Arena *arena, const Declared *one), const char *below)
{
    const char **keys = ARENA_MANY(check->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        keys[i] = key_of(check->arena, &declared[i]);
    const bool *again = repeated(check->arena, keys, count);
    for (size_t i = 0; i < count; i++)
        if (again[i])
            broken(check, rule, declared[i].line->line, "%s%s", declared[i].path, below);
}

static const char *key_of_line(Arena *arena, const Declared *one)
{
    return arena_format(arena, "%s|%s", one->bsn, one->line->name.reference);
}

static const char *key_of_credited(Arena *arena, const Declared *one)
{
    (void)arena;
    return one->line->name.credits;
}

/* What may be declared once while it is not credited; of debet lines. */
static const char *key_of_care_declared(Arena *arena, const Declared *one)
{
    const IjwLine *line = one->line;
    if (is_credit(line))
        return NULL;
    return arena_format(arena, "%lld|%s|%s|%d|%d", (long long)line->allocation.number, line->category, line->code,
                        line->period.first.number, line->period.last.number);
}

static int by_reference(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_credited_here(const Check *check, const Declared *declared, size_t count)
{
    const char **debets = ARENA_MANY(check->arena, const char *, count);
    size_t debet_count = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_credit(declared[i].line))
            debets[debet_count++] = declared[i].line->name.reference;
    qsort(debets, debet_count, sizeof *debets, by_reference);
    for (size_t i = 0; i < count; i++) {
        const char *credits = declared[i].line->name.credits;
        if (credits && bsearch(&credits, debets, debet_count, sizeof *debets, by_reference))
            broken(check, IJW_RULE_TR316, declared[i].line->name.line, "%s/ProductReferentie/VorigReferentieNummer",
                   declared[i].path);
    }
}

static void check_total(const Check *check, const Declared *declared, size_t count)
{
    const IjwMoney *total = &check->root->declaration.total;
    int64_t sum = 0; /* a message holds far too few lines for it not to fit */
    for (size_t i = 0; i < count; i++) {
        int64_t cents = declared[i].line->amount.cents.number;
        sum += is_credit(declared[i].line) ? -cents : cents;
    }
    if (sum != (is(total->sign, "C") ? -total->cents.number : total->cents.number))
        broken(check, IJW_RULE_TR358, total->line, "Bericht/Declaratie/TotaalIngediendBedrag");
}

static void check_lines(const Check *check)
{
    static const char PATH[] = "Bericht/Declaratie/Clienten/Client";
    const IjwList *list = &check->root->declaration.clients.list;
    const IjwDeclaredClient *clients = list->items;
    Declared *declared = ARENA_MANY(check->arena, Declared, count_lines(clients, list->count));
    const char **bsns = ARENA_MANY(check->arena, const char *, list->count);
    int32_t *client_lines = ARENA_MANY(check->arena, int32_t, list->count);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const char *path = arena_format(check->arena, "%s[%zu]", PATH, i + 1);
        const IjwLine *lines = clients[i].lines.list.items;
        bsns[i] = clients[i].bsn;
        client_lines[i] = clients[i].line;
        check_bsn(check, clients[i].bsn, clients[i].line, path);
        for (size_t j = 0; j < clients[i].lines.list.count; j++) {
            const char *below = arena_format(check->arena, "%s/Prestaties/Prestatie[%zu]", path, j + 1);
            declared[count++] = (Declared){&lines[j], below, clients[i].bsn};
            check_line(check, &lines[j], below);
        }
    }
    once(check, IJW_RULE_TR101, bsns, client_lines, list->count, PATH);
    lines_once(check, IJW_RULE_TR101, declared, count, key_of_line, "/ProductReferentie/ReferentieNummer");
    lines_once(check, IJW_RULE_TR315, declared, count, key_of_credited, "/ProductReferentie/VorigReferentieNummer");
    lines_once(check, IJW_RULE_TR416, declared, count, key_of_care_declared, "");
    check_credited_here(check, declared, count);
    check_total(check, declared, count);
}

static void check_declaration(const Check *check)
{
    static const char PATH[] = "Bericht/Declaratie";
    const IjwDeclaration *declaration = &check->root->declaration;
    Period period = {declaration->period.first, declaration->period.last};
    if (day_compare(period.first, DECLARED_FROM) < 0)
        broken(check, IJW_RULE_CS100, declaration->period.line, "%s/DeclaratiePeriode/Begindatum", PATH);
    if (!period_is_month(period))
        broken(check, IJW_RULE_CS340, declaration->period.line, "%s/DeclaratiePeriode", PATH);
    if (day_compare(period.last, period.first) < 0 || day_compare(period.last, dated(check)) > 0)
        broken(check, IJW_RULE_TR137, declaration->period.line, "%s/DeclaratiePeriode/Einddatum", PATH);
    if (day_compare(declaration->dated, dated(check)) > 0)
        broken(check, IJW_RULE_TR134, declaration->line, "%s/DeclaratieDagtekening", PATH);
    check_money(check, &declaration->total, "Bericht/Declaratie/TotaalIngediendBedrag");
}

void ijw_check(Arena *arena, IjwRead read, IjwFaults *faults)
{
    static const struct {
        unsigned messages;
        void (*check)(const Check *check);
    } CHECKS[] = {
        {IJW_PERSONS | IJW_317, check_client},
        {IJW_PERSONS, check_birth},
        {IJW_305, check_starts},
        {IJW_307, check_stops},
        {IJW_315, check_asked},
        {IJW_317, check_change},
        {IJW_317, check_unchanged},
        {IJW_317, check_changed},
        {IJW_317, check_added},
        {IJW_323, check_declaration},
        {IJW_323, check_lines},
    };
    const Check check = {.arena = arena, .faults = faults, .root = read.root};
    if (read.is_return || !read.message->is_received)
        return;
    for (size_t i = 0; i < sizeof CHECKS / sizeof CHECKS[0]; i++)
        if (CHECKS[i].messages & read.message->bit)
            CHECKS[i].check(&check);
}
