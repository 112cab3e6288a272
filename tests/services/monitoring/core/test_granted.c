#include "monitoring/core/granted.h"

#include "support/unit.h"

#include <limits.h>
#include <stdlib.h>

enum { MOST = 8, MONTHS_MAX = 40 };

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

static Day day(const char *text)
{
    Day read = {0};
    assert_true(day_read(text, &read));
    return read;
}

/* A version of an allocation as a person would note it. */
typedef struct Version {
    const char *number;
    const char *known;
    const char *first, *last;
    int64_t cents;
    int32_t days; /* over which that much is spread; 0: its own */
    bool removed;
    const char *replaced; /* of one kept; NULL: it is the last */
} Version;

static size_t put(const Version *versions, RunningRow *rows)
{
    size_t count = 0;
    for (const Version *version = versions; version < versions + MOST && version->number; version++) {
        Period period = {day(version->first), day(version->last)};
        rows[count++] = (RunningRow){
            .place = {3, "0503", "90000001", day(version->known)},
            .running = {.number = version->number,
                        .period = period,
                        .removed = version->removed,
                        .worth = {version->cents},
                        .worth_days = version->days ? version->days : period_days(period)},
            .replaced = version->replaced != NULL,
            .replaced_day = version->replaced ? day(version->replaced) : (Day){0},
        };
    }
    return count;
}

/* "2020-03 known 2020-01 3100, …", what is zero left out. */
static const char *words_of(Arena *arena, const Regranted *made)
{
    const char *words = "";
    for (const GrantedRow *row = made->granted; row < made->granted + made->granted_count; row++)
        for (int month = 0; month < 12; month++) {
            DayParts known = day_parts(row->place.known);
            assert_int_equal(known.day, 1);
            if (row->months[month].cents != 0)
                words = arena_format(arena, "%s%d-%02d known %d-%02d %lld, ", words, row->year, month + 1, known.year,
                                     known.month, (long long)row->months[month].cents);
        }
    for (const ReplacedRow *row = made->replaced; row < made->replaced + made->replaced_count; row++) {
        char known[DAY_TEXT_SIZE], replaced[DAY_TEXT_SIZE];
        words = arena_format(arena, "%s%s of %s replaced %s, ", words, row->number, day_write(row->place.known, known),
                             day_write(row->replaced_day, replaced));
    }
    return words;
}

#define JANUARY_TO_MARCH "2020-01-01", "2020-03-31"
#define JANUARY "2020-01-01", "2020-01-31"

static void versions_add_what_they_are_worth_more_than_those_before(void **state)
{
    static const struct {
        const char *story;
        Version kept[MOST];
        Version heard[MOST];
        const char *expected;
    } CASES[] = {
        {"91 euros over three months",
         {{0}},
         {{"7", "2020-01-02", JANUARY_TO_MARCH, 9100, 0, false, NULL}},
         "2020-01 known 2020-01 3100, 2020-02 known 2020-01 2900, 2020-03 known 2020-01 3100, "},
        {"a cent over three months lies where its half is passed",
         {{0}},
         {{"7", "2020-01-02", JANUARY_TO_MARCH, 1, 0, false, NULL}},
         "2020-02 known 2020-01 1, "},
        {"two allocations of one month stand in one row",
         {{0}},
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, NULL}, {"8", "2020-01-09", JANUARY, 50, 0, false, NULL}},
         "2020-01 known 2020-01 3150, "},
        {"a price by the month goes on for as long as there is care",
         {{0}},
         {{"7", "2020-01-02", JANUARY_TO_MARCH, 3100, 31, false, NULL}},
         "2020-01 known 2020-01 3100, 2020-02 known 2020-01 2900, 2020-03 known 2020-01 3100, "},
        {"care over the turn of a year stands in two rows",
         {{0}},
         {{"7", "2020-01-02", "2019-12-01", "2020-01-31", 6200, 0, false, NULL}},
         "2019-12 known 2020-01 3100, 2020-01 known 2020-01 3100, "},
        {"one that is worth nothing", {{0}}, {{"7", "2020-01-02", JANUARY, 0, 0, false, NULL}}, ""},
        {"one that is removed before it was known", {{0}}, {{"7", "2020-01-02", JANUARY, 3100, 0, true, NULL}}, ""},
        {"it ends earlier, which becomes known in another month",
         {{"7", "2020-01-02", JANUARY_TO_MARCH, 9100, 0, false, NULL}},
         {{"7", "2020-02-08", "2020-01-01", "2020-02-29", 6000, 0, false, NULL}},
         "2020-03 known 2020-02 -3100, 7 of 2020-01-02 replaced 2020-02-08, "},
        {"it is removed, which becomes known in another month",
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, NULL}},
         {{"7", "2020-02-08", JANUARY, 3100, 0, true, NULL}},
         "2020-01 known 2020-02 -3100, 7 of 2020-01-02 replaced 2020-02-08, "},
        {"it is removed within the month",
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, NULL}},
         {{"7", "2020-01-08", JANUARY, 3100, 0, true, NULL}},
         "2020-01 known 2020-01 -3100, 7 of 2020-01-02 replaced 2020-01-08, "},
        {"one heard takes the place of one kept of the same day",
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, NULL}},
         {{"7", "2020-01-02", JANUARY, 3000, 0, false, NULL}},
         "2020-01 known 2020-01 -100, "},
        {"the same once more",
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, NULL}},
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, NULL}},
         ""},
        {"two versions at once, in two months",
         {{0}},
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, NULL}, {"7", "2020-03-02", JANUARY, 3000, 0, false, NULL}},
         "2020-01 known 2020-01 3100, 2020-01 known 2020-03 -100, "},
        {"two versions at once, in one month",
         {{0}},
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, NULL}, {"7", "2020-01-22", JANUARY, 3000, 0, false, NULL}},
         "2020-01 known 2020-01 3000, "},
        {"the newest of several",
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, "2020-02-02"},
          {"7", "2020-02-02", JANUARY, 3000, 0, false, NULL}},
         {{"7", "2020-03-02", JANUARY, 2900, 0, false, NULL}},
         "2020-01 known 2020-03 -100, 7 of 2020-02-02 replaced 2020-03-02, "},
        {"one that comes late stands between those before and behind it",
         {{"7", "2020-01-02", JANUARY, 3100, 0, false, "2020-03-02"},
          {"7", "2020-03-02", JANUARY, 2900, 0, false, NULL}},
         {{"7", "2020-02-02", JANUARY, 3000, 0, false, NULL}},
         "2020-01 known 2020-02 -100, 2020-01 known 2020-03 100, 7 of 2020-01-02 replaced 2020-02-02, "},
        {"one that comes late and was the first",
         {{"7", "2020-03-02", JANUARY, 2900, 0, false, NULL}},
         {{"7", "2020-02-02", JANUARY, 3000, 0, false, NULL}},
         "2020-01 known 2020-02 3000, 2020-01 known 2020-03 -3000, "},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        RunningRow heard[MOST], kept[MOST];
        size_t heard_count = put(CASES[i].heard, heard);
        Versions before = {kept, put(CASES[i].kept, kept)};
        Regranted made;
        assert_true(granted_fold(*state, heard, heard_count, &before, &made));
        const char *words = words_of(*state, &made);
        if (strcmp(words, CASES[i].expected) != 0)
            fail_msg("%s: %s", CASES[i].story, words);
    }
}

static void versions_heard_know_which_day_the_next_one_became_known(void **state)
{
    static const Version HEARD[MOST] = {{"7", "2020-02-02", JANUARY, 1, 0, false, NULL},
                                        {"7", "2020-02-05", JANUARY, 2, 0, false, NULL},
                                        {"8", "2020-01-02", JANUARY, 3, 0, false, NULL}};
    static const Version KEPT[MOST] = {{"7", "2020-03-02", JANUARY, 4, 0, false, NULL}};
    RunningRow heard[MOST], kept[MOST];
    size_t count = put(HEARD, heard);
    Versions before = {kept, put(KEPT, kept)};
    Regranted made;
    assert_true(granted_fold(*state, heard, count, &before, &made));
    assert_int_equal(made.replaced_count, 0);
    assert_int_equal(heard[0].replaced_day.number, day("2020-02-05").number);
    assert_int_equal(heard[1].replaced_day.number, day("2020-03-02").number);
    assert_true(heard[0].replaced && heard[1].replaced && !heard[2].replaced);
}

static void care_without_an_end_counts_for_ten_years(void **state)
{
    static const Version HEARD[MOST] = {{"7", "2020-02-29", "2020-01-01", "2189-12-31", 3100, 31, false, NULL}};
    RunningRow heard[MOST];
    size_t count = put(HEARD, heard);
    Regranted made;
    assert_true(granted_fold(*state, heard, count, &(Versions){0}, &made));
    assert_int_equal(made.granted_count, 11);
    assert_int_equal(made.granted[10].year, 2030);
    assert_int_equal(made.granted[10].months[1].cents, 2800);
    assert_int_equal(made.granted[10].months[2].cents, 0);
}

static void a_worth_that_does_not_fit_is_refused(void **state)
{
    static const Version HEARD[MOST] = {{"7", "2020-01-02", JANUARY_TO_MARCH, INT64_MAX, 31, false, NULL}};
    RunningRow heard[MOST];
    size_t count = put(HEARD, heard);
    Regranted made = {.granted_count = 99};
    assert_false(granted_fold(*state, heard, count, &(Versions){0}, &made));
    assert_int_equal(made.granted_count, 99);
}

/* ---- any versions, dealt over any batches ---- */

/* What is granted for a month as known in a month, looked up and not added up. */
static int64_t looked_up(const RunningRow *versions, size_t count, Day month, Day known_month)
{
    int64_t cents = 0;
    for (size_t i = 0; i < count; i++) {
        const RunningRow *version = &versions[i];
        bool known = day_compare(version->place.known, period_month(known_month).last) <= 0;
        bool last = i + 1 == count || strcmp(versions[i + 1].running.number, version->running.number) != 0 ||
                    day_compare(versions[i + 1].place.known, period_month(known_month).last) > 0;
        if (!known || !last || version->running.removed)
            continue;
        const Running *running = &version->running;
        int32_t before = period_days((Period){running->period.first, day_plus(month, -1)});
        int32_t until =
            period_days((Period){running->period.first, day_earliest(period_month(month).last, running->period.last)});
        before = before < period_days(running->period) ? before : period_days(running->period);
        int64_t twice = 2 * (int64_t)running->worth_days;
        cents += (2 * running->worth.cents * until + running->worth_days) / twice -
                 (2 * running->worth.cents * before + running->worth_days) / twice;
    }
    return cents;
}

typedef struct Kept {
    RunningRow rows[100];
    size_t count;
    int64_t cents[MONTHS_MAX][MONTHS_MAX]; /* by month of care and known month, from January 2020 */
} Kept;

static int month_number(int32_t year, int32_t month)
{
    return (year - 2020) * 12 + month - 1;
}

static int by_version(const void *a, const void *b)
{
    return granted_order(a, b);
}

/* Keeps as the tables do: what is heard of a day takes the place of what was kept of it. */
static void keep(Kept *kept, const RunningRow *heard, size_t count, const Regranted *made)
{
    for (size_t i = 0; i < count; i++) {
        size_t place = 0;
        while (place < kept->count && granted_order(&kept->rows[place], &heard[i]) != 0)
            place++;
        kept->count += place == kept->count;
        kept->rows[place] = heard[i];
    }
    qsort(kept->rows, kept->count, sizeof *kept->rows, by_version);
    for (const ReplacedRow *row = made->replaced; row < made->replaced + made->replaced_count; row++)
        for (size_t i = 0; i < kept->count; i++)
            if (strcmp(kept->rows[i].running.number, row->number) == 0 &&
                day_compare(kept->rows[i].place.known, row->place.known) == 0) {
                kept->rows[i].replaced = true;
                kept->rows[i].replaced_day = row->replaced_day;
            }
    for (const GrantedRow *row = made->granted; row < made->granted + made->granted_count; row++)
        for (int month = 0; month < 12; month++) {
            DayParts known = day_parts(row->place.known);
            int of = month_number(row->year, month + 1);
            if (row->months[month].cents != 0)
                kept->cents[of][month_number(known.year, known.month)] += row->months[month].cents;
        }
}

static Versions of_allocations(Arena *arena, const Kept *kept, const RunningRow *heard, size_t count)
{
    RunningRow *list = ARENA_MANY(arena, RunningRow, kept->count);
    size_t found = 0;
    for (size_t i = 0; i < kept->count; i++)
        for (size_t j = 0; j < count; j++)
            if (strcmp(kept->rows[i].running.number, heard[j].running.number) == 0) {
                list[found++] = kept->rows[i];
                break;
            }
    return (Versions){list, found};
}

/* The last of a day stands for it. */
static size_t in_order(RunningRow *rows, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t place = 0;
        while (place < kept && granted_order(&rows[place], &rows[i]) != 0)
            place++;
        rows[place] = rows[i];
        kept += place == kept;
    }
    qsort(rows, kept, sizeof *rows, by_version);
    return kept;
}

static uint32_t roll(uint32_t *seed, uint32_t sides)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % sides;
}

static void any_versions_come_to_what_the_newest_of_each_month_is_worth(void **state)
{
    static const char *const NUMBERS[] = {"7", "8", "9"};
    for (uint32_t seed = 1; seed <= 300; seed++) {
        uint32_t dice = seed;
        Arena *arena = *state;
        Kept *kept = ARENA_NEW(arena, Kept);
        for (int batch = 0; batch < 6; batch++) {
            RunningRow heard[5];
            size_t count = 1 + roll(&dice, 5);
            for (size_t i = 0; i < count; i++) {
                Day first = day_plus(day("2020-01-01"), (int32_t)roll(&dice, 300));
                Period period = {first, day_plus(first, (int32_t)roll(&dice, 400))};
                bool whole = roll(&dice, 2);
                heard[i] = (RunningRow){
                    .place = {3, "0503", "90000001", day_plus(day("2020-01-01"), (int32_t)roll(&dice, 120))},
                    .running = {.number = NUMBERS[roll(&dice, 3)],
                                .period = period,
                                .removed = roll(&dice, 5) == 0,
                                .worth = {(int64_t)roll(&dice, 100000)},
                                .worth_days = whole ? period_days(period) : 31},
                };
            }
            count = in_order(heard, count);
            Versions before = of_allocations(arena, kept, heard, count);
            Regranted made;
            assert_true(granted_fold(arena, heard, count, &before, &made));
            keep(kept, heard, count, &made);
        }
        for (int month = 0; month < 24; month++) {
            int64_t cents = 0;
            for (int known = 0; known < 6; known++) {
                cents += kept->cents[month][known];
                Day of = day_of(2020 + month / 12, 1 + month % 12, 1), as_known = day_of(2020, 1 + known, 1);
                int64_t expected = looked_up(kept->rows, kept->count, of, as_known);
                if (cents != expected)
                    fail_msg("seed %u, month %d as known in month %d: %lld and not %lld", seed, month, known,
                             (long long)cents, (long long)expected);
            }
        }
        for (size_t i = 0; i < kept->count; i++) {
            bool has_next =
                i + 1 < kept->count && strcmp(kept->rows[i + 1].running.number, kept->rows[i].running.number) == 0;
            assert_int_equal(kept->rows[i].replaced, has_next);
            if (has_next)
                assert_int_equal(kept->rows[i].replaced_day.number, kept->rows[i + 1].place.known.number);
        }
        arena_reset(arena);
    }
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(versions_add_what_they_are_worth_more_than_those_before),
        STORY(versions_heard_know_which_day_the_next_one_became_known),
        STORY(care_without_an_end_counts_for_ten_years),
        STORY(a_worth_that_does_not_fit_is_refused),
        STORY(any_versions_come_to_what_the_newest_of_each_month_is_worth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
