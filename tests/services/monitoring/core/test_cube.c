#include "monitoring/core/cube.h"

#include "support/unit.h"

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

/* One municipality and some labels in four months; the last row and column of `shown` are the totals. */
enum { LABELS = 3, MONTHS_HERE = 4, X = -1 };

static void what_is_shown_never_tells_what_is_hidden(void **state)
{
    static const struct {
        const char *story;
        int count[LABELS][MONTHS_HERE];
        int shown[LABELS + 1][MONTHS_HERE + 1]; /* X is hidden */
    } CASES[] = {
        {"all cells are large enough: counts are rounded to five",
         {{12, 13, 20, 40}, {18, 22, 30, 10}, {11, 11, 11, 11}},
         {{10, 15, 20, 40, 85}, {20, 20, 30, 10, 80}, {10, 10, 10, 10, 45}, {40, 45, 60, 60, 210}}},
        {"nobody is nothing to hide",
         {{0, 0, 0, 0}, {20, 20, 20, 20}, {30, 30, 30, 30}},
         {{0, 0, 0, 0, 0}, {20, 20, 20, 20, 80}, {30, 30, 30, 30, 120}, {50, 50, 50, 50, 200}}},
        {"one small cell takes the smallest beside it along, in its row, its column, and theirs",
         {{3, 20, 30, 40}, {20, 15, 20, 20}, {30, 30, 30, 30}},
         {{X, X, 30, 40, 95}, {X, X, 20, 20, 75}, {30, 30, 30, 30, 120}, {55, 65, 80, 90, 290}}},
        {"a row that has too few takes its total along, and another row hides it there",
         {{3, 0, 0, 0}, {20, 15, 20, 20}, {30, 30, 30, 30}},
         {{X, 0, 0, 0, X}, {X, 15, 20, 20, X}, {30, 30, 30, 30, 120}, {55, 45, 50, 50, 200}}},
        {"two small cells that are too few together take a third along",
         {{2, 3, 12, 40}, {2, 3, 14, 40}, {30, 30, 30, 30}},
         {{X, X, X, 40, 55}, {X, X, X, 40, 60}, {X, X, 30, 30, 120}, {35, 35, 55, 110, 235}}},
        {"nothing can be shown of one small row alone",
         {{9, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}},
         {{X, 0, 0, 0, X}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {X, 0, 0, 0, X}}},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Cube cube = cube_new(*state, 1, LABELS, MONTHS_HERE);
        for (size_t label = 0; label < LABELS; label++)
            for (size_t month = 0; month < MONTHS_HERE; month++)
                cube_at(&cube, 0, label, month)->count = CASES[i].count[label][month];
        assert_true(cube_add_up(&cube, true));
        cube_widen(*state, &cube);
        for (size_t label = 0; label <= LABELS; label++)
            for (size_t month = 0; month <= MONTHS_HERE; month++) {
                const Cell *cell = cube_at(&cube, 0, label, month);
                int shown = cell->hidden ? X : (int)cell->count;
                if (shown != CASES[i].shown[label][month])
                    fail_msg("%s: row %zu, column %zu shows %d, not %d", CASES[i].story, label, month, shown,
                             CASES[i].shown[label][month]);
            }
    }
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* The law of every line: not one hidden cell alone, and never fewer than ten people behind a difference. */
static void assert_line_is_safe(const Cube *before, const Cube *after, const size_t at[CUBE_AXES], size_t axis)
{
    size_t hidden = 0;
    int64_t people = 0;
    size_t place[CUBE_AXES] = {at[0], at[1], at[2]};
    for (place[axis] = 0; place[axis] < before->size[axis]; place[axis]++)
        if (cube_at(after, place[0], place[1], place[2])->hidden) {
            hidden++;
            people += cube_at(before, place[0], place[1], place[2])->count;
        }
    bool total_hidden = cube_at(after, place[0], place[1], place[2])->hidden;
    assert_true(hidden + total_hidden != 1);
    assert_true(total_hidden || hidden == 0 || people >= CELL_COUNT_LEAST);
}

static void no_line_of_any_cube_gives_a_small_cell_away(void **state)
{
    uint64_t seed = 20200608;
    for (int round = 0; round < 300; round++) {
        arena_reset(*state);
        Cube before = cube_new(*state, 1 + next_random(&seed) % 5, 1 + next_random(&seed) % 4, 12);
        Cube after = cube_new(*state, before.size[0], before.size[1], before.size[2]);
        size_t cells = (before.size[0] + 1) * (before.size[1] + 1) * (before.size[2] + 1);
        uint64_t most = 1 + next_random(&seed) % 60;
        for (size_t i = 0; i < before.size[0]; i++)
            for (size_t j = 0; j < before.size[1]; j++)
                for (size_t k = 0; k < before.size[2]; k++)
                    cube_at(&before, i, j, k)->count =
                        next_random(&seed) % 3 ? (int64_t)(next_random(&seed) % most) : 0;
        assert_true(cube_add_up(&before, true));
        memcpy(after.cells, before.cells, cells * sizeof *after.cells);
        cube_widen(*state, &after);

        size_t at[CUBE_AXES];
        for (at[0] = 0; at[0] <= before.size[0]; at[0]++)
            for (at[1] = 0; at[1] <= before.size[1]; at[1]++)
                for (at[2] = 0; at[2] <= before.size[2]; at[2]++) {
                    int64_t count = cube_at(&before, at[0], at[1], at[2])->count;
                    assert_true(cube_at(&after, at[0], at[1], at[2])->hidden || count == 0 ||
                                count >= CELL_COUNT_LEAST);
                    for (size_t axis = 0; axis < CUBE_AXES; axis++)
                        assert_line_is_safe(&before, &after, at, axis);
                }
    }
}

static void money_of_a_hidden_cell_is_gone(void **state)
{
    Cube cube = cube_new(*state, 1, 2, 1);
    *cube_at(&cube, 0, 0, 0) = (Cell){.count = 9, .lines = 40, .cents = 123456};
    *cube_at(&cube, 0, 1, 0) =
        (Cell){.count = 0, .lines = 1, .cents = -500}; /* a credit of what was approved elsewhere */
    assert_true(cube_add_up(&cube, false));
    cube_widen(*state, &cube);
    for (size_t label = 0; label < 2; label++) {
        assert_true(cube_at(&cube, 0, label, 0)->hidden);
        assert_int_equal(cube_at(&cube, 0, label, 0)->cents, 0);
        assert_int_equal(cube_at(&cube, 0, label, 0)->lines, 0);
    }
}

static void a_total_that_does_not_fit_is_refused(void **state)
{
    Cube cube = cube_new(*state, 1, 1, 2);
    cube_at(&cube, 0, 0, 0)->cents = INT64_MAX;
    cube_at(&cube, 0, 0, 1)->cents = 1;
    assert_false(cube_add_up(&cube, false));
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(what_is_shown_never_tells_what_is_hidden),
        STORY(no_line_of_any_cube_gives_a_small_cell_away),
        STORY(money_of_a_hidden_cell_is_gone),
        STORY(a_total_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
