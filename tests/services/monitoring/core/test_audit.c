/*
 * Audit: somebody who sees all that a wide audience sees tries to find out what is hidden.
 *
 * The tables of the region and of every municipality are put together. Whoever attacks knows how
 * they are made: that cells sum to their totals for lines and cents, that people are counted once
 * in a total, that counts are rounded to five, and that what is hidden is not nothing. The
 * equations are solved by elimination, and bounds are drawn tighter until they stand still.
 */
#include "monitoring/core/report.h"

#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 1500, MOST = 4, CELLS_MAX = (MOST + 1) * (MOST + 1) * (MONTHS + 1), PRIME = 1000000007 };

static Arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* ---- what is seen ---- */

typedef struct Sight {
    bool hidden;
    int64_t count, lines, cents; /* as shown */
    int64_t true_count, true_lines, true_cents;
    int64_t low, high; /* between which the attacker knows the count to be */
} Sight;

/* municipalities × labels × months, each with its totals last. */
typedef struct View {
    size_t size[3];
    bool people; /* counted once in totals */
    Sight cells[CELLS_MAX];
} View;

static Sight *at(View *view, const size_t place[3])
{
    return &view->cells[(place[0] * (view->size[1] + 1) + place[1]) * (view->size[2] + 1) + place[2]];
}

/* Does something to each line: its cells, the total last. */
typedef struct Line {
    Sight *cells[MONTHS + 1];
    size_t size; /* without the total */
} Line;

static size_t lines_of(View *view, Line *lines)
{
    size_t count = 0, place[3];
    for (size_t axis = 0; axis < 3; axis++) {
        size_t one = (axis + 1) % 3, other = (axis + 2) % 3;
        for (place[one] = 0; place[one] <= view->size[one]; place[one]++)
            for (place[other] = 0; place[other] <= view->size[other]; place[other]++) {
                Line *line = &lines[count++];
                line->size = view->size[axis];
                for (place[axis] = 0; place[axis] <= view->size[axis]; place[axis]++)
                    line->cells[place[axis]] = at(view, place);
            }
    }
    return count;
}

static Line LINES[3 * (MONTHS + 1) * (MOST + 1)];

/* ---- attack: equations ---- */

typedef struct Breach {
    size_t singles, pairs, lines, bounds;
} Breach;

static uint64_t inverse(uint64_t number)
{
    uint64_t result = 1;
    for (uint64_t exponent = PRIME - 2; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = result * number % PRIME;
        number = number * number % PRIME;
    }
    return result;
}

static uint64_t matrix[3 * (MONTHS + 1) * (MOST + 1)][CELLS_MAX];

/* Rows become reduced: each has a pivot, whose column is otherwise empty. */
static size_t reduce(size_t rows, size_t columns, size_t *pivots)
{
    size_t rank = 0;
    for (size_t column = 0; column < columns && rank < rows; column++) {
        size_t found = rank;
        while (found < rows && !matrix[found][column])
            found++;
        if (found == rows)
            continue;
        for (size_t i = 0; i < columns; i++) {
            uint64_t one = matrix[rank][i];
            matrix[rank][i] = matrix[found][i];
            matrix[found][i] = one;
        }
        uint64_t factor = inverse(matrix[rank][column]);
        for (size_t i = 0; i < columns; i++)
            matrix[rank][i] = matrix[rank][i] * factor % PRIME;
        for (size_t row = 0; row < rows; row++) {
            uint64_t take = PRIME - matrix[row][column];
            for (size_t i = column; row != rank && take != PRIME && i < columns; i++)
                if (matrix[rank][i])
                    matrix[row][i] = (matrix[row][i] + take * matrix[rank][i]) % PRIME;
        }
        pivots[rank++] = column;
    }
    return rank;
}

/* What an unknown depends on: a row over the free columns. */
static void dependence(size_t unknown, size_t columns, const size_t *pivots, size_t rank, uint64_t *out)
{
    memset(out, 0, columns * sizeof *out);
    for (size_t i = 0; i < rank; i++)
        if (pivots[i] == unknown) {
            for (size_t j = 0; j < columns; j++)
                out[j] = j == unknown ? 0 : (PRIME - matrix[i][j]) % PRIME;
            return;
        }
    out[unknown] = 1;
}

static void attack_equations(View *view, Breach *breach)
{
    static Sight *unknowns[CELLS_MAX];
    static size_t number_of[CELLS_MAX];
    size_t columns = 0, rows = 0, line_count = lines_of(view, LINES);
    size_t cells = (view->size[0] + 1) * (view->size[1] + 1) * (view->size[2] + 1);
    for (size_t i = 0; i < cells; i++)
        if (view->cells[i].hidden) {
            number_of[i] = columns;
            unknowns[columns++] = &view->cells[i];
        }
    for (size_t i = 0; i < line_count; i++) {
        bool any = false;
        memset(matrix[rows], 0, sizeof matrix[rows]);
        for (size_t j = 0; j <= LINES[i].size; j++)
            if (LINES[i].cells[j]->hidden) {
                matrix[rows][number_of[LINES[i].cells[j] - view->cells]] = j == LINES[i].size ? PRIME - 1 : 1;
                any = true;
            }
        rows += any;
    }
    static size_t pivots[3 * (MONTHS + 1) * (MOST + 1)];
    size_t rank = reduce(rows, columns, pivots);
    static uint64_t one[CELLS_MAX], other[CELLS_MAX];
    for (size_t i = 0; i < columns; i++) {
        bool known = true;
        dependence(i, columns, pivots, rank, one);
        for (size_t k = 0; k < columns; k++)
            known = known && one[k] == 0;
        breach->singles += known;
        for (size_t j = i + 1; !known && j < columns; j++) {
            if (unknowns[i]->true_count + unknowns[j]->true_count >= CELL_COUNT_LEAST)
                continue;
            bool sum_known = true;
            dependence(j, columns, pivots, rank, other);
            for (size_t k = 0; k < columns && sum_known; k++)
                sum_known = (one[k] + other[k]) % PRIME == 0;
            breach->pairs += sum_known;
        }
    }
}

/* ---- attack: one line, and bounds ---- */

static void attack_lines(View *view, Breach *breach)
{
    size_t line_count = lines_of(view, LINES);
    for (size_t i = 0; i < line_count; i++) {
        const Line *line = &LINES[i];
        int64_t people = 0;
        size_t hidden = 0;
        for (size_t j = 0; j < line->size; j++) {
            hidden += line->cells[j]->hidden;
            people += line->cells[j]->hidden ? line->cells[j]->true_count : 0;
        }
        bool total_hidden = line->cells[line->size]->hidden;
        breach->lines += hidden + total_hidden == 1 || (hidden && !total_hidden && people < CELL_COUNT_LEAST);
    }
}

static bool raise_to(int64_t *low, int64_t to)
{
    bool raises = to > *low;
    *low = raises ? to : *low;
    return raises;
}

static bool lower_to(int64_t *high, int64_t to)
{
    bool lowers = to < *high;
    *high = lowers ? to : *high;
    return lowers;
}

/* People: a total is at least each of its parts and at most all of them. Facts: it is all of them. */
static bool draw_tighter(View *view, const Line *line)
{
    Sight *total = line->cells[line->size];
    int64_t low = 0, high = 0;
    bool changed = false;
    for (size_t j = 0; j < line->size; j++) {
        low += line->cells[j]->low;
        high += line->cells[j]->high;
    }
    changed |= lower_to(&total->high, high);
    if (!view->people)
        changed |= raise_to(&total->low, low);
    for (size_t j = 0; j < line->size; j++) {
        Sight *cell = line->cells[j];
        changed |= raise_to(&cell->low, total->low - (high - cell->high));
        changed |= lower_to(&cell->high, view->people ? total->high : total->high - (low - cell->low));
        changed |= view->people && raise_to(&total->low, cell->low);
    }
    return changed;
}

static void attack_bounds(View *view, Breach *breach)
{
    size_t cells = (view->size[0] + 1) * (view->size[1] + 1) * (view->size[2] + 1);
    size_t line_count = lines_of(view, LINES);
    for (size_t i = 0; i < cells; i++) {
        Sight *cell = &view->cells[i];
        cell->low = cell->hidden ? (view->people ? 0 : 1) : cell->count ? cell->count - COUNT_STEP / 2 : 0;
        cell->high = cell->hidden ? 1000000 : cell->count ? cell->count + COUNT_STEP / 2 : 0;
    }
    bool changed = true;
    for (int rounds = 0; changed && rounds < 1000; rounds++) {
        changed = false;
        for (size_t i = 0; i < line_count; i++)
            changed |= draw_tighter(view, &LINES[i]);
    }
    for (size_t i = 0; i < cells; i++) {
        Sight *cell = &view->cells[i];
        if (cell->true_count < cell->low || cell->true_count > cell->high)
            fail_msg("the attack itself is wrong: %lld is not from %lld to %lld", (long long)cell->true_count,
                     (long long)cell->low, (long long)cell->high);
        breach->bounds += cell->hidden && cell->low == cell->high && cell->high < CELL_COUNT_LEAST;
    }
}

static Breach attack(View *view)
{
    Breach breach = {0};
    attack_equations(view, &breach);
    attack_lines(view, &breach);
    attack_bounds(view, &breach);
    return breach;
}

/* ---- random regions ---- */

static uint64_t seed;

static uint64_t chance(uint64_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (seed >> 11) % below;
}

static const char *const CODES[MOST] = {"0503", "0518", "0603", "0629"};
static const char *const WORDS[MOST] = {"A", "B", "C", "D"};

typedef struct Region {
    Found found;
    size_t size[3];
    bool people;
} Region;

/* Some cells empty, some small, some large: how many differs from round to round. */
static Region random_region(void)
{
    Region region = {.size = {1 + chance(MOST), 1 + chance(MOST), 1 + chance(chance(4) ? 4 : MONTHS)},
                     .people = chance(2)};
    size_t most = region.size[0] * region.size[1] * region.size[2];
    FoundSum *sums = ARENA_MANY(arena, FoundSum, most);
    FoundClients *clients = ARENA_MANY(arena, FoundClients, most);
    uint64_t empty = chance(80), small = chance(80), clients_in_all = 20 + chance(200);
    for (size_t m = 0; m < region.size[0]; m++)
        for (size_t l = 0; l < region.size[1]; l++)
            for (size_t t = 0; t < region.size[2]; t++) {
                if (chance(100) < empty)
                    continue;
                int64_t count = (int64_t)(chance(100) < small ? 1 + chance(9) : 1 + chance(60));
                Label label = {{WORDS[l], "", ""}};
                sums[region.found.sum_count++] = (FoundSum){CODES[m],
                                                            label,
                                                            (int32_t)t + 1,
                                                            region.people ? 0 : count,
                                                            count + (int64_t)chance(9),
                                                            (int64_t)chance(100000)};
                ClientLines *list = ARENA_MANY(arena, ClientLines, (size_t)count);
                for (int64_t i = 0; i < count; i++)
                    list[i] = (ClientLines){(int64_t)chance(clients_in_all), 1};
                clients[region.found.clients_count++] =
                    (FoundClients){CODES[m], label, (int32_t)t + 1, (int32_t)t + 1, list, (size_t)count};
            }
    region.found.sums = sums;
    region.found.clients = region.people ? clients : NULL;
    region.found.clients_count = region.people ? region.found.clients_count : 0;
    return region;
}

/* ---- what a wide audience is told ---- */

static const ReportShape SHAPE = {1, {FIGURE_COUNT, FIGURE_LINES, FIGURE_CENTS}, 3};

static Table ask(const Region *region, const char *municipality, bool exact)
{
    static const Column COLUMNS[] = {
        {"municipality", HOLDS_TEXT, "", ""}, {"label", HOLDS_TEXT, "", ""},  {"month", HOLDS_MONTH, "", ""},
        {"count", HOLDS_COUNT, "", ""},       {"lines", HOLDS_COUNT, "", ""}, {"cents", HOLDS_CENTS, "", ""},
    };
    static const TableCard CARD = {
        .name = "audited", .dutch = "", .english = "", .columns = COLUMNS, .column_count = COUNT(COLUMNS)};
    const Question question = {municipality, "", "", "", 2020, day_of(2020, 12, 31), exact};
    Table table = table_new(arena, &CARD);
    assert_true(report_add_rows(arena, &question, &SHAPE, &region->found, &table));
    return table;
}

static size_t place_of(const Value *value, const char *const *words, size_t total)
{
    for (size_t i = 0; value->state == VALUE_TOLD && i < MOST; i++)
        if (strcmp(value->text, words[i]) == 0)
            return i;
    return total;
}

static Sight *sight_of(View *view, const Value *row)
{
    size_t month = row[2].state == VALUE_TOLD ? (size_t)day_parts((Day){(int32_t)row[2].number}).month - 1 : MONTHS;
    const size_t place[3] = {place_of(&row[0], CODES, MOST), place_of(&row[1], WORDS, MOST), month};
    return at(view, place);
}

/* Each cell is told once, however it is asked; what is not told is nothing. */
static void look(View *view, const Table *table, bool again)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const Value *row = table_row(table, i);
        Sight *sight = sight_of(view, row);
        Sight seen = {row[5].state == VALUE_HIDDEN, row[3].number, row[4].number, row[5].number, 0, 0, 0, 0, 0};
        if (again)
            assert_true(seen.hidden == sight->hidden && seen.count == sight->count && seen.lines == sight->lines &&
                        seen.cents == sight->cents);
        *sight = seen;
    }
}

static void view_of(const Region *region, View *view)
{
    memset(view, 0, sizeof *view);
    memcpy(view->size, (size_t[]){MOST, MOST, MONTHS}, sizeof view->size);
    view->people = region->people;
    Table wide = ask(region, "", false), exact = ask(region, "", true);
    look(view, &wide, false);
    for (size_t i = 0; i < region->size[0]; i++) {
        Table own = ask(region, CODES[i], false);
        look(view, &own, true);
    }
    for (size_t i = 0; i < exact.row_count; i++) {
        const Value *row = table_row(&exact, i);
        Sight *sight = sight_of(view, row);
        sight->true_count = row[3].number;
        sight->true_lines = row[4].number;
        sight->true_cents = row[5].number;
    }
}

static void nobody_finds_out_what_is_hidden(void **state)
{
    (void)state;
    static View view;
    size_t hidden = 0, small = 0, told = 0;
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        seed = 20200608u + (uint64_t)round * 0x9E3779B97F4A7C15u;
        Region region = random_region();
        view_of(&region, &view);
        Breach breach = attack(&view);
        if (breach.singles || breach.pairs || breach.lines || breach.bounds)
            fail_msg("round %d: %zu cells, %zu pairs and %zu lines follow, %zu counts are pinned", round,
                     breach.singles, breach.pairs, breach.lines, breach.bounds);
        for (size_t i = 0; i < CELLS_MAX; i++) {
            const Sight *cell = &view.cells[i];
            bool nothing = !cell->true_count && !cell->true_lines && !cell->true_cents;
            hidden += cell->hidden;
            small += !nothing && cell->true_count < CELL_COUNT_LEAST;
            told += !nothing && !cell->hidden;
            assert_true(cell->hidden || nothing || cell->true_count >= CELL_COUNT_LEAST);
            assert_true(cell->hidden || nothing || cell->cents == cell->true_cents);
        }
    }
    print_message("%zu small cells; %zu hidden, %zu told\n", small, hidden, told);
    assert_true(hidden < 3 * small);
    assert_true(told > 0);
}

/* One municipality and one month: rows of labels against months, hidden where there is a cross. */
static void plant(View *view, const char *const *rows, size_t count)
{
    memset(view, 0, sizeof *view);
    memcpy(view->size, (size_t[]){1, count, strlen(rows[0])}, sizeof view->size);
    size_t place[3];
    for (place[0] = 0; place[0] <= 1; place[0]++)
        for (place[1] = 0; place[1] <= count; place[1]++)
            for (place[2] = 0; place[2] <= view->size[2]; place[2]++) {
                bool total = place[1] == count || place[2] == view->size[2];
                Sight *sight = at(view, place);
                sight->hidden = !total && rows[place[1]][place[2]] == 'x';
                sight->count = sight->hidden ? 0 : 100;
                sight->true_count = sight->hidden ? 5 : 100;
            }
}

static void the_attack_finds_what_is_there_to_be_found(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        const char *rows[MOST];
        size_t row_count, singles;
    } CASES[] = {
        {"one hidden cell follows from its line", {"x..", "...", "..."}, 3, 2},
        {"four in a square do not", {"xx.", "xx.", "..."}, 3, 0},
        {"two squares with two cells between them: no line has one hidden cell, and yet they follow",
         {"xx....", "xxx...", "..x.xx", "....xx"},
         4,
         4},
    };
    static View view;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Breach breach = {0};
        plant(&view, CASES[i].rows, CASES[i].row_count);
        attack_equations(&view, &breach);
        if (breach.singles != CASES[i].singles)
            fail_msg("%s: %zu", CASES[i].story, breach.singles);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_attack_finds_what_is_there_to_be_found),
        cmocka_unit_test(nobody_finds_out_what_is_hidden),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
