#include "picq/whatif.h"

#include "base/day.h"
#include "base/money.h"
#include "picq/enclose.h"
#include "picq/table.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DOC[] =
    "Tells what the book in a folder would change if it were published now: the lines that billing approved and would "
    "rate anew, and the allocations whose funding or amount would no longer fit. It is worked out by the code that "
    "publishing runs, and nothing is written; publishing the same folder at the same positions makes the same cents."
    "\vPICQ_BILLING_HTTP and PICQ_ALLOCATION_HTTP say where the houses answer, such as http://127.0.0.1:8083; "
    "PICQ_TOKEN "
    "says who asks.";

enum { OPTION_MUNICIPALITY = 0x100, OPTION_FROM, OPTION_TO, OPTION_JSON, OPTION_CSV, PROVIDERS_SHOWN = 5 };

typedef struct Arguments {
    const char *folder;
    const char *municipality;
    const char *from;
    const char *to;
    bool json;
    bool csv;
} Arguments;

static const char *day_argument(const char *value, struct argp_state *state)
{
    Day day;
    if (!day_read(value, &day))
        argp_error(state, "a day is written 2020-01-01: %s", value);
    return value;
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case OPTION_MUNICIPALITY:
        if (strspn(value, "0123456789") != 4 || value[4])
            argp_error(state, "a municipality is a code of four digits, such as 0518");
        arguments->municipality = value;
        return 0;
    case OPTION_FROM:
        arguments->from = day_argument(value, state);
        return 0;
    case OPTION_TO:
        arguments->to = day_argument(value, state);
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case OPTION_CSV:
        arguments->csv = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->folder)
            argp_error(state, "one book at a time");
        arguments->folder = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->folder)
            argp_error(state, "name the folder of a book that is not published yet");
        if (arguments->json && arguments->csv)
            argp_error(state, "--json or --csv");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* what the houses answer, added up */

typedef struct Sum {
    const char *key[4]; /* municipality, segment, funding, way; or a provider alone */
    int64_t lines;
    int64_t allocations;
    int64_t now_cents;
    int64_t then_cents;
} Sum;

typedef struct Sums {
    Arena *arena;
    Sum *list;
    size_t count;
} Sums;

static const char *text(const json_t *row, const char *name)
{
    const char *value = json_string_value(json_object_get(row, name));
    return value ? value : "";
}

static int64_t number(const json_t *row, const char *name)
{
    return json_integer_value(json_object_get(row, name));
}

static bool same_key(const Sum *sum, const char *const key[4])
{
    for (int i = 0; i < 4; i++)
        if (strcmp(sum->key[i], key[i]) != 0)
            return false;
    return true;
}

static Sum *sum_of(Sums *sums, const char *const key[4])
{
    for (size_t i = 0; i < sums->count; i++)
        if (same_key(&sums->list[i], key))
            return &sums->list[i];
    if ((sums->count & (sums->count - 1)) == 0) {
        Sum *wider = ARENA_MANY(sums->arena, Sum, sums->count ? 2 * sums->count : 1);
        if (sums->count)
            memcpy(wider, sums->list, sums->count * sizeof *wider);
        sums->list = wider;
    }
    Sum *sum = &sums->list[sums->count++];
    *sum = (Sum){.key = {key[0], key[1], key[2], key[3]}};
    return sum;
}

static void add_row(Sum *sum, const json_t *row)
{
    sum->lines += number(row, "lines");
    sum->allocations += number(row, "allocations");
    sum->now_cents += number(row, "now_cents");
    sum->then_cents += number(row, "then_cents");
}

static int by_key(const void *a, const void *b)
{
    const Sum *left = a, *right = b;
    for (int i = 0; i < 4; i++) {
        int order = strcmp(left->key[i], right->key[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

static int64_t difference(const Sum *sum)
{
    return sum->then_cents - sum->now_cents;
}

/* Who gains most comes first. */
static int by_gain(const void *a, const void *b)
{
    int64_t left = difference(a), right = difference(b);
    return left != right ? (left < right) - (left > right) : by_key(a, b);
}

typedef struct Found {
    Arena *arena;
    int64_t book;
    const char *slug;
    Sums cells; /* municipality × segment × funding × way */
    Sums providers;
    Sum all;
    json_t *states;    /* lines, by what would become of them */
    json_t *positions; /* of both houses */
    json_t *changes;   /* of allocations */
} Found;

static void add_states(json_t *states, const json_t *more)
{
    const char *name;
    json_t *count;
    json_object_foreach((json_t *)(uintptr_t)more, name, count)
        json_object_set_new(states, name, json_integer(number(states, name) + json_integer_value(count)));
}

static void take_billing(Found *found, const json_t *answer)
{
    found->book = number(answer, "book");
    found->slug = arena_text(found->arena, text(answer, "slug"));
    add_states(found->states, json_object_get(answer, "lines"));
    json_object_update(json_object_get(found->positions, "billing"), json_object_get(answer, "positions"));
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(answer, "rows"), i, row)
    {
        const char *const cell[4] = {text(row, "municipality"), text(row, "segment"), text(row, "funding"),
                                     text(row, "way")};
        const char *const provider[4] = {text(row, "provider"), "", "", ""};
        add_row(sum_of(&found->cells, cell), row);
        add_row(sum_of(&found->providers, provider), row);
        add_row(&found->all, row);
    }
}

/* Rows of the same municipality, segment and change of funding stand once. */
static json_t *change_like(json_t *changes, const json_t *change)
{
    static const char *const KEY[] = {"municipality", "segment", "from", "to", "method"};
    size_t i;
    json_t *known;
    json_array_foreach(changes, i, known)
    {
        bool same = true;
        for (size_t j = 0; j < sizeof KEY / sizeof *KEY; j++)
            same = same && strcmp(text(known, KEY[j]), text(change, KEY[j])) == 0;
        if (same)
            return known;
    }
    return NULL;
}

static void take_allocation(Found *found, const json_t *answer)
{
    static const char *const COUNTS[] = {"allocations", "clients", "now_cents", "then_cents"};
    json_object_update(json_object_get(found->positions, "allocation"), json_object_get(answer, "positions"));
    size_t i;
    json_t *change;
    json_array_foreach(json_object_get(answer, "changes"), i, change)
    {
        json_t *known = change_like(found->changes, change);
        if (!known) {
            json_array_append(found->changes, change);
            continue;
        }
        for (size_t j = 0; j < sizeof COUNTS / sizeof *COUNTS; j++)
            json_object_set_new(known, COUNTS[j], json_integer(number(known, COUNTS[j]) + number(change, COUNTS[j])));
    }
}

/* asking */

static ExitStatus ask(const char *command, Arena *arena, const char *house, const char *setting, const char *path,
                      const char *enclosure, json_t **answers_out)
{
    const char *place = getenv(setting);
    if (!place || !*place) {
        command_complain(command, "say where %s answers: %s=http://127.0.0.1:8083", house, setting);
        return EXIT_WRONG_USE;
    }
    const Enclosing enclosing = {command, house,     place,
                                 path,    enclosure, arena_format(arena, "partitions of %s", house)};
    return enclose_ask(&enclosing, answers_out);
}

static ExitStatus ask_houses(const char *command, const Arguments *arguments, Found *found, json_t **of_billing,
                             json_t **of_allocation)
{
    const char *enclosure;
    ExitStatus status = enclose_folder(command, found->arena, arguments->folder, &enclosure);
    if (status != EXIT_DONE)
        return status;
    const char *path = arena_format(found->arena, "/whatif?municipality=%s&from=%s&to=%s&", arguments->municipality,
                                    arguments->from, arguments->to);
    status = ask(command, found->arena, "billing", "PICQ_BILLING_HTTP", path, enclosure, of_billing);
    if (status == EXIT_DONE)
        status = ask(command, found->arena, "allocation", "PICQ_ALLOCATION_HTTP", path, enclosure, of_allocation);
    return status;
}

static void take_answers(Found *found, const json_t *of_billing, const json_t *of_allocation)
{
    size_t i;
    json_t *answer;
    json_array_foreach(of_billing, i, answer) take_billing(found, answer);
    json_array_foreach(of_allocation, i, answer) take_allocation(found, answer);
    if (found->cells.count)
        qsort(found->cells.list, found->cells.count, sizeof *found->cells.list, by_key);
    if (found->providers.count)
        qsort(found->providers.list, found->providers.count, sizeof *found->providers.list, by_gain);
}

/* for people */

static const char *euros(Arena *arena, int64_t cents)
{
    char written[MONEY_TEXT_SIZE];
    return arena_text(arena, money_write_dutch((Money){cents}, written));
}

static const char *count_words(Arena *arena, int64_t count)
{
    return arena_format(arena, "%lld", (long long)count);
}

static void add_sum_row(Arena *arena, Table *table, const char *first, const Sum *sum)
{
    const char *const row[] = {first,
                               sum->key[1],
                               sum->key[2],
                               sum->key[3],
                               count_words(arena, sum->lines),
                               count_words(arena, sum->allocations),
                               euros(arena, sum->now_cents),
                               euros(arena, sum->then_cents),
                               euros(arena, difference(sum))};
    table_row(table, row);
}

static void print_cells(const Found *found)
{
    static const char *const HEADINGS[] = {"municipality", "segment", "funding", "corrected by", "lines",
                                           "allocations",  "now",     "then",    "difference",   NULL};
    Table *table = table_new(found->arena, HEADINGS);
    for (size_t i = 0; i < found->cells.count; i++)
        add_sum_row(found->arena, table, found->cells.list[i].key[0], &found->cells.list[i]);
    Sum all = found->all;
    all.key[1] = all.key[2] = all.key[3] = "";
    add_sum_row(found->arena, table, "all", &all);
    table_print(table);
}

static void print_providers(const Found *found)
{
    static const char *const HEADINGS[] = {"provider", "lines", "now", "then", "difference", NULL};
    Table *table = table_new(found->arena, HEADINGS);
    const Sums *providers = &found->providers;
    for (size_t i = 0; i < providers->count; i++) {
        const Sum *sum = &providers->list[i];
        bool shown = i < PROVIDERS_SHOWN || providers->count - i <= PROVIDERS_SHOWN;
        if (!shown)
            continue;
        const char *const row[] = {sum->key[0], count_words(found->arena, sum->lines),
                                   euros(found->arena, sum->now_cents), euros(found->arena, sum->then_cents),
                                   euros(found->arena, difference(sum))};
        table_row(table, row);
    }
    printf("\nwho gains and who loses most\n\n");
    table_print(table);
}

static void print_changes(const Found *found)
{
    static const char *const HEADINGS[] = {"municipality", "segment", "funding", "allocations", "clients",
                                           "now",          "then",    "how",     NULL};
    if (json_array_size(found->changes) == 0) {
        printf("\nno allocation would have another funding or amount\n");
        return;
    }
    Table *table = table_new(found->arena, HEADINGS);
    size_t i;
    json_t *change;
    json_array_foreach(found->changes, i, change)
    {
        bool estimate = json_is_true(json_object_get(change, "estimate"));
        const char *const row[] = {
            text(change, "municipality"),
            text(change, "segment"),
            arena_format(found->arena, "%s to %s", text(change, "from"), text(change, "to")),
            count_words(found->arena, number(change, "allocations")),
            count_words(found->arena, number(change, "clients")),
            euros(found->arena, number(change, "now_cents")),
            euros(found->arena, number(change, "then_cents")),
            estimate ? arena_format(found->arena, "estimate: %s", text(change, "method")) : "exact",
        };
        table_row(table, row);
    }
    printf("\nallocations whose funding or amount would no longer fit\n\n");
    table_print(table);
}

static void print_left(const Found *found)
{
    static const struct {
        const char *state;
        const char *words;
    } LEFT[] = {
        {"UNTOUCHED", "lines come to the same amount"},
        {"PRICE_GONE", "lines stay as they are, since no tariff or no terms would hold"},
        {"PARTS_DIFFER", "lines stay as they are, since the terms would pay in other parts"},
        {"TOO_LARGE", "lines stay as they are, since an amount would not fit"},
    };
    for (size_t i = 0; i < sizeof LEFT / sizeof *LEFT; i++)
        if (number(found->states, LEFT[i].state) > 0)
            printf("%lld %s\n", (long long)number(found->states, LEFT[i].state), LEFT[i].words);
}

static int64_t positions_sum(const json_t *positions)
{
    int64_t sum = 0;
    const char *partition;
    json_t *position;
    json_object_foreach((json_t *)(uintptr_t)positions, partition, position) sum += json_integer_value(position);
    return sum;
}

static void print(const Found *found)
{
    printf("book %03lld %s, if it were published now\n\n", (long long)found->book, found->slug);
    if (found->all.lines == 0)
        printf("no approved line would come to another amount\n");
    else
        print_cells(found);
    if (found->providers.count > 0)
        print_providers(found);
    print_left(found);
    print_changes(found);
    printf("\nas heard by billing up to %lld messages and by allocation up to %lld; --json tells each partition\n",
           (long long)positions_sum(json_object_get(found->positions, "billing")),
           (long long)positions_sum(json_object_get(found->positions, "allocation")));
}

/* for programs */

static json_t *sum_as_json(const Sum *sum)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I}", "lines", (json_int_t)sum->lines, "allocations",
                     (json_int_t)sum->allocations, "now_cents", (json_int_t)sum->now_cents, "then_cents",
                     (json_int_t)sum->then_cents, "difference_cents", (json_int_t)difference(sum));
}

static json_t *keyed_as_json(const Sum *sum, const char *const *names, size_t count)
{
    json_t *json = json_object();
    for (size_t i = 0; i < count; i++)
        json_object_set_new(json, names[i], json_string(sum->key[i]));
    json_t *figures = sum_as_json(sum);
    json_object_update(json, figures);
    json_decref(figures);
    return json;
}

static json_t *sums_as_json(const Sums *sums, const char *const *names, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sums->count; i++)
        json_array_append_new(list, keyed_as_json(&sums->list[i], names, count));
    return list;
}

static const char *const CELL[] = {"municipality", "segment", "funding", "way"};
static const char *const PROVIDER[] = {"provider"};

static void print_json(const Found *found)
{
    json_t *json = json_pack("{s:I, s:s, s:O, s:O, s:o, s:o, s:o, s:O}", "book", (json_int_t)found->book, "slug",
                             found->slug, "positions", found->positions, "lines", found->states, "all",
                             sum_as_json(&found->all), "rows", sums_as_json(&found->cells, CELL, 4), "providers",
                             sums_as_json(&found->providers, PROVIDER, 1), "changes", found->changes);
    json_dumpf(json, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(json);
}

static void print_csv(const Found *found)
{
    printf("municipality,segment,funding,way,lines,allocations,now_cents,then_cents,difference_cents\n");
    for (size_t i = 0; i < found->cells.count; i++) {
        const Sum *sum = &found->cells.list[i];
        printf("%s,%s,%s,%s,%lld,%lld,%lld,%lld,%lld\n", sum->key[0], sum->key[1], sum->key[2], sum->key[3],
               (long long)sum->lines, (long long)sum->allocations, (long long)sum->now_cents,
               (long long)sum->then_cents, (long long)difference(sum));
    }
}

static void show(const Arguments *arguments, const Found *found)
{
    if (arguments->json)
        print_json(found);
    else if (arguments->csv)
        print_csv(found);
    else
        print(found);
}

ExitStatus picq_whatif(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "One municipality, such as 0518; without it the region", 0},
        {"from", OPTION_FROM, "DATE", 0, "Lines whose product period begins on this day or later", 0},
        {"to", OPTION_TO, "DATE", 0, "Lines whose product period begins on this day or earlier", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {"csv", OPTION_CSV, NULL, 0, "The lines' table for a spreadsheet, money in cents", 0},
        {0},
    };
    static const struct argp ARGP = {.options = OPTIONS, .parser = parse, .doc = DOC, .args_doc = "DIR"};
    Arguments arguments = {.municipality = "", .from = "", .to = ""};
    command_parse(&ARGP, argc, argv, &arguments);

    Arena *arena = arena_new();
    Found found = {
        .arena = arena,
        .slug = "",
        .cells = {.arena = arena},
        .providers = {.arena = arena},
        .states = json_object(),
        .positions = json_pack("{s:{}, s:{}}", "billing", "allocation"),
        .changes = json_array(),
    };
    json_t *of_billing = NULL;
    json_t *of_allocation = NULL;
    ExitStatus status = ask_houses(argv[0], &arguments, &found, &of_billing, &of_allocation);
    if (status == EXIT_DONE) {
        take_answers(&found, of_billing, of_allocation);
        show(&arguments, &found);
    }
    json_decref(of_billing);
    json_decref(of_allocation);
    json_decref(found.states);
    json_decref(found.positions);
    json_decref(found.changes);
    arena_free(arena);
    return status;
}
