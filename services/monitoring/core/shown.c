#include "monitoring/core/shown.h"

#include "book/monthly.h"
#include "monitoring/core/clients.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR = MONTHS_PER_YEAR };

static int order_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_code(const void *key, const void *code)
{
    return strcmp(key, *(const char *const *)code);
}

/* municipality_count when it is none of them. */
static size_t municipality_of(const ShownFound *found, const char *code)
{
    const char *const *at = bsearch(code, found->municipalities, found->municipality_count, sizeof *at, by_code);
    return at ? (size_t)(at - found->municipalities) : found->municipality_count;
}

/* ---- kinds ---- */

/* As the table of money has them: of cells that are equally small, the first is hidden. */
static int by_kind(const void *a, const void *b)
{
    const Kind *left = a, *right = b;
    int order = strcmp(left->segment, right->segment);
    if (order == 0)
        order = strcmp(content_name(left->content), content_name(right->content));
    return order ? order : strcmp(funding_name(left->funding), funding_name(right->funding));
}

typedef struct Kinds {
    Kind *list; /* in order */
    size_t count;
} Kinds;

/* There are few: each is looked for among those found. */
static void add_kind(Kinds *kinds, const Kind *kind)
{
    size_t at = 0;
    while (at < kinds->count && by_kind(&kinds->list[at], kind) < 0)
        at++;
    if (at < kinds->count && by_kind(&kinds->list[at], kind) == 0)
        return;
    memmove(&kinds->list[at + 1], &kinds->list[at], (kinds->count - at) * sizeof *kinds->list);
    kinds->list[at] = *kind;
    kinds->count++;
}

static Kinds kinds_of(Arena *arena, const ShownFound *found)
{
    Kinds kinds = {.list = ARENA_MANY(arena, Kind, found->money_count + found->crowd_count + 1)};
    for (size_t i = 0; i < found->money_count; i++)
        add_kind(&kinds, &found->money[i].kind);
    for (size_t i = 0; i < found->crowd_count; i++)
        add_kind(&kinds, &found->crowds[i].kind);
    return kinds;
}

static size_t kind_of(const Kinds *kinds, const Kind *kind)
{
    return (size_t)((const Kind *)bsearch(kind, kinds->list, kinds->count, sizeof *kind, by_kind) - kinds->list);
}

/* ---- money by kind, as it is told elsewhere ---- */

static bool place_money(const ShownFound *found, const Kinds *kinds, Cube *cube)
{
    for (size_t i = 0; i < found->money_count; i++) {
        const ShownMoney *money = &found->money[i];
        size_t municipality = municipality_of(found, money->municipality);
        if (municipality == found->municipality_count)
            continue;
        Cell *cell = cube_at(cube, municipality, kind_of(kinds, &money->kind), (size_t)money->month - 1);
        if (__builtin_add_overflow(cell->lines, money->lines, &cell->lines) ||
            __builtin_add_overflow(cell->cents, money->cents, &cell->cents))
            return false;
    }
    return cube_add_up(cube, false);
}

static bool count_crowds(Arena *arena, const ShownFound *found, const Kinds *kinds, Cube *cube)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; i < found->crowd_count; i++)
        most += found->crowds[i].clients.size / CLIENT_BYTES;
    Seen *seen = ARENA_MANY(arena, Seen, most);
    for (size_t i = 0; i < found->crowd_count; i++) {
        const ShownCrowd *crowd = &found->crowds[i];
        size_t municipality = municipality_of(found, crowd->municipality), client_count;
        ClientLines *clients;
        if (!clients_unpack(arena, crowd->clients, &clients, &client_count))
            return false;
        for (size_t j = 0; municipality < found->municipality_count && j < client_count; j++)
            seen[count++] = (Seen){
                .client = people_joined(found->joined, clients[j].client),
                .municipality = (uint16_t)municipality,
                .label = (uint16_t)kind_of(kinds, &crowd->kind),
                .month = (uint16_t)(crowd->month - 1),
                .lines = clients[j].lines,
            };
    }
    people_count(arena, cube, seen, count);
    return true;
}

/* ---- clients with an allocation ---- */

/* In which months, one bit each. */
typedef struct Present {
    int64_t client;
    size_t municipality;
    uint32_t months;
} Present;

static int by_client(const void *a, const void *b)
{
    const Present *left = a, *right = b;
    int order = order_int(left->client, right->client);
    return order ? order : order_int((int64_t)left->municipality, (int64_t)right->municipality);
}

static void mark(Cube *cube, size_t municipality, uint32_t months)
{
    for (size_t month = 0; month < YEAR; month++)
        cube_at(cube, municipality, 0, month)->count += months >> month & 1;
    cube_at(cube, municipality, 0, YEAR)->count += months != 0;
}

/* Each client once in a month of a municipality, and once in a month of the region. */
static void count_present(Cube *cube, Present *present, size_t count)
{
    if (count > 1)
        qsort(present, count, sizeof *present, by_client);
    for (size_t i = 0, next; i < count; i = next) {
        uint32_t anywhere = 0, here = 0;
        for (next = i; next < count && present[next].client == present[i].client; next++) {
            here |= present[next].months;
            if (next + 1 == count || by_client(&present[next], &present[next + 1]) != 0) {
                mark(cube, present[next].municipality, here);
                anywhere |= here;
                here = 0;
            }
        }
        mark(cube, cube->size[0], anywhere);
    }
}

static void count_clients(Arena *arena, const ShownFound *found, Cube *cube)
{
    Present *present = ARENA_MANY(arena, Present, found->client_count);
    size_t count = 0;
    for (size_t i = 0; i < found->client_count; i++) {
        const ShownClient *client = &found->clients[i];
        size_t municipality = municipality_of(found, client->municipality);
        if (municipality < found->municipality_count)
            present[count++] = (Present){
                people_joined(found->joined, client->client),
                municipality,
                (1u << client->last_month) - (1u << (client->first_month - 1)),
            };
    }
    count_present(cube, present, count);
}

/* ---- both ---- */

/* A cell that holds a figure is hidden when nobody is behind it. */
static void count_behind(const ShownFound *found, Cube *shown, const Cube *money, const Cube *clients, const Cube *told)
{
    size_t all = money->size[1];
    for (size_t municipality = 0; municipality <= shown->size[0]; municipality++)
        for (size_t month = 0; month <= YEAR; month++) {
            if (found->nothing[municipality * (YEAR + 1) + month])
                continue;
            int64_t behind = cube_at(money, municipality, all, month)->count;
            if (behind == 0)
                behind = cube_at(clients, municipality, 0, month)->count;
            if (cube_at(told, municipality, all, month)->hidden && behind >= CELL_COUNT_LEAST)
                behind = CELL_COUNT_LEAST - 1;
            for (size_t label = 0; label <= 1; label++)
                *cube_at(shown, municipality, label, month) = (Cell){.count = behind, .lines = 1};
        }
}

bool shown_make(Arena *arena, const ShownFound *found, Cube *shown_out)
{
    size_t municipalities = found->municipality_count;
    Kinds kinds = kinds_of(arena, found);
    Cube money = cube_new(arena, municipalities, kinds.count, YEAR);
    if (!place_money(found, &kinds, &money) || !count_crowds(arena, found, &kinds, &money))
        return false;
    size_t cells = (municipalities + 1) * (kinds.count + 1) * (YEAR + 1);
    Cube told = money;
    told.cells = arena_copy(arena, money.cells, cells * sizeof *money.cells);
    cube_widen(arena, &told);

    Cube clients = cube_new(arena, municipalities, 1, YEAR);
    count_clients(arena, found, &clients);
    Cube shown = cube_new(arena, municipalities, 1, YEAR);
    count_behind(found, &shown, &money, &clients, &told);
    cube_widen(arena, &shown);
    *shown_out = shown;
    return true;
}
