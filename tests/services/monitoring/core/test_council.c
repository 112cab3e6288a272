/*
 * The letter to a council, from tables as monitoring makes them for a wide audience.
 *
 * With the name of a folder as its argument it writes each letter there, to be printed.
 */
#include "monitoring/core/council.h"

#include "monitoring/core/chart.h"

#include "support/books.h"
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- tables, by the columns that the letter reads ---- */

#define MUNICIPALITY                       \
    {                                      \
        "municipality", HOLDS_TEXT, "", "" \
    }
#define SEGMENT                       \
    {                                 \
        "segment", HOLDS_TEXT, "", "" \
    }
#define MONTH                        \
    {                                \
        "month", HOLDS_MONTH, "", "" \
    }

static const Column SPENDING[] = {
    MUNICIPALITY, SEGMENT, MONTH, {"clients", HOLDS_COUNT, "", ""}, {"cents", HOLDS_CENTS, "", ""}};
static const Column FORECAST[] = {MUNICIPALITY,
                                  MONTH,
                                  {"expected_cents", HOLDS_CENTS, "", ""},
                                  {"low_cents", HOLDS_CENTS, "", ""},
                                  {"high_cents", HOLDS_CENTS, "", ""}};
static const Column PATHS[] = {MUNICIPALITY,
                               SEGMENT,
                               MONTH,
                               {"clients", HOLDS_COUNT, "", ""},
                               {"clients_pic_content", HOLDS_COUNT, "", ""},
                               {"clients_pic_funding", HOLDS_COUNT, "", ""}};
static const Column TO_MOVE[] = {
    MUNICIPALITY, SEGMENT, {"clients", HOLDS_COUNT, "", ""}, {"moved_clients", HOLDS_COUNT, "", ""}};
static const Column RESULTS[] = {MUNICIPALITY,
                                 {"ended", HOLDS_COUNT, "", ""},
                                 {"goal_reached", HOLDS_COUNT, "", ""},
                                 {"goal_not_reached", HOLDS_COUNT, "", ""},
                                 {"goal_missing", HOLDS_COUNT, "", ""},
                                 {"dropped_out", HOLDS_COUNT, "", ""},
                                 {"satisfaction", HOLDS_MARK, "", ""},
                                 {"satisfaction_answers", HOLDS_COUNT, "", ""}};

#define CARD(list)                                                                                            \
    {                                                                                                         \
        .name = #list, .dutch = "", .english = "", .wide = true, .columns = list, .column_count = COUNT(list) \
    }
static const TableCard CARDS[] = {CARD(SPENDING), CARD(FORECAST), CARD(PATHS), CARD(TO_MOVE), CARD(RESULTS)};
enum { OF_SPENDING, OF_FORECAST, OF_PATHS, OF_TO_MOVE, OF_RESULTS };

typedef struct World {
    Arena *arena;
    RegionBooks *region;
} World;

static int setup(void **state)
{
    World *world = calloc(1, sizeof *world);
    world->arena = arena_new();
    world->region = haaglanden_open();
    *state = world;
    return 0;
}

static int teardown(void **state)
{
    World *world = *state;
    region_books_close(world->region);
    arena_free(world->arena);
    free(world);
    return 0;
}

static Table *table(World *world, int card)
{
    Table *made = ARENA_NEW(world->arena, Table);
    *made = table_new(world->arena, &CARDS[card]);
    return made;
}

/* A row with a municipality, a month or 0 for the year, and its figures in the order of the card; -1 is hidden. */
static void row(Table *into, const char *municipality, int32_t year, int month, const int64_t *figures)
{
    Value *value = table_add(into);
    for (size_t i = 0; i < into->card->column_count; i++) {
        const Column *column = &into->card->columns[i];
        if (strcmp(column->name, "municipality") == 0)
            value[i] = value_text(municipality);
        else if (strcmp(column->name, "month") == 0)
            value[i] = month ? value_day(day_of(year, month, 1)) : VALUE_NOBODY_KNOWS;
        else if (strcmp(column->name, "segment") != 0) {
            value[i] = *figures < 0 ? VALUE_NOT_FOR_YOU : value_number(*figures);
            figures++;
        }
    }
}

#define FIGURES(...) ((const int64_t[]){__VA_ARGS__})

/* A year of The Hague: as it is known at its end, late declarations still to come. */
static CouncilFound the_hague(World *world)
{
    CouncilFound found = {
        .municipality = "0518", .year = 2020, .known_on = day_at("2020-12-31"), .books = &world->region->books};
    Table *spending = table(world, OF_SPENDING), *before = table(world, OF_SPENDING);
    Table *forecast = table(world, OF_FORECAST), *paths = table(world, OF_PATHS);
    int64_t all = 0, expected_all = 0;
    for (int month = 1; month <= 12; month++) {
        int64_t expected = 1195000000 + 6000000 * (month * 7 % 12), late = month == 12   ? 100
                                                                           : month == 11 ? 31
                                                                           : month > 7   ? 3
                                                                                         : 0;
        int64_t approved = expected * (100 - late) / 100;
        all += approved;
        expected_all += expected;
        row(spending, "0518", 2020, month, FIGURES(month == 12 ? 0 : 4385 + month * 15, approved));
        row(before, "0518", 2019, month, FIGURES(4290 + month * 5, 1100000000 + 5000000 * (month * 5 % 12)));
        row(forecast, "0518", 2020, month, FIGURES(expected, expected * 97 / 100, expected * 103 / 100));
        row(paths, "0518", 2020, month, FIGURES(4480 + 10 * month, 120 * month, 40 * month));
    }
    row(spending, "0518", 2020, 0, FIGURES(6235, all));
    row(before, "0518", 2019, 0, FIGURES(6050, 13530000000));
    row(forecast, "0518", 2020, 0, FIGURES(expected_all, expected_all - 190000000, expected_all + 210000000));
    Table *to_move = table(world, OF_TO_MOVE), *results = table(world, OF_RESULTS);
    row(to_move, "0518", 2020, 0, FIGURES(1840, 1440));
    row(results, "0518", 2020, 0, FIGURES(1185, 640, 230, 315, 145, 74, 610));
    row(results, NULL, 2020, 0, FIGURES(2490, 1400, 480, 610, 290, 75, 1320));
    found.spending = spending;
    found.spending_before = before;
    found.forecast = forecast;
    found.paths = paths;
    found.to_move = to_move;
    found.results = results;
    return found;
}

/* Four clients in Wassenaar: nothing may be said of them. */
static CouncilFound wassenaar(World *world)
{
    CouncilFound found = {
        .municipality = "0629", .year = 2020, .known_on = day_at("2020-06-30"), .books = &world->region->books};
    Table *spending = table(world, OF_SPENDING), *results = table(world, OF_RESULTS), *paths = table(world, OF_PATHS);
    for (int month = 0; month <= 12; month++) {
        row(spending, "0629", 2020, month, FIGURES(-1, -1));
        row(paths, "0629", 2020, month, FIGURES(-1, -1, -1));
    }
    row(results, "0629", 2020, 0, FIGURES(-1, -1, -1, -1, -1, -1, -1));
    found.spending = spending;
    found.results = results;
    found.paths = paths;
    return found;
}

static const char *letter(World *world, const CouncilFound *found)
{
    Bytes written = council_write(world->arena, found);
    return arena_text_sized(world->arena, (const char *)written.data, written.size);
}

static void assert_says(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("the letter does not say \"%s\"", words);
}

/* ---- what must hold ---- */

/* "€&nbsp;1.234.000" behind some words: thousands. */
static int64_t thousands_after(const char *text, const char *words)
{
    const char *at = strstr(text, words);
    assert_non_null(at);
    at = strstr(at, "€&nbsp;");
    assert_non_null(at);
    int64_t number = 0;
    for (at += strlen("€&nbsp;"); (*at >= '0' && *at <= '9') || *at == '.'; at++)
        number = *at == '.' ? number : 10 * number + *at - '0';
    assert_int_equal(number % 1000, 0);
    return number / 1000;
}

static void the_amounts_of_the_letter_add_up(void **state)
{
    World *world = *state;
    CouncilFound found = the_hague(world);
    const char *text = letter(world, &found);
    int64_t approved = thousands_after(text, "Goedgekeurd tot nu toe"), more = thousands_after(text, "nog bij</td>"),
            expected = thousands_after(text, "Verwacht over heel 2020"),
            budget = thousands_after(text, "Begroting 2020");
    assert_int_equal(approved + more, expected);
    const char *difference = expected > budget ? "Verwacht tekort" : "Verwacht overschot";
    assert_int_equal(thousands_after(text, difference), expected > budget ? expected - budget : budget - expected);
    assert_int_equal(thousands_after(text, "over het hele jaar"), expected);

    int64_t now = thousands_after(text, "kostte de hulp €"), before = thousands_after(text, "In dezelfde maanden");
    int64_t clients = thousands_after(text, "Aantal jongeren"), price = thousands_after(text, "Prijs en soort hulp");
    assert_int_equal(before + clients + price, now);
}

static void each_figure_says_as_of_when(void **state)
{
    World *world = *state;
    CouncilFound found = the_hague(world);
    const char *text = letter(world, &found);
    size_t figures = 0;
    for (const char *at = text; (at = strstr(at, "<figure>")); at++) {
        const char *end = strstr(at, "</figure>");
        const char *known = strstr(at, "zoals bekend op 31 december 2020.</figcaption>");
        assert_true(known && known < end);
        figures++;
    }
    assert_int_equal(figures, 4); /* a table and three drawings */
    assert_says(text, "Geachte leden van de raad");
    assert_says(text, "het college van burgemeester en wethouders van 's-Gravenhage");
    assert_says(text, "Voorbeeldbrief.");
}

static void a_drawing_has_its_figures_in_place(void **state)
{
    World *world = *state;
    CouncilFound found = the_hague(world);
    const char *text = letter(world, &found);
    assert_says(text, "640 (54%)");   /* of 1,185 whose goal was reached */
    assert_says(text, "1.400 (56%)"); /* in the region, of 2,490 */
    assert_says(text, ">begroting per maand</text>");
    size_t bars = 0;
    for (const char *at = text; (at = strstr(at, "<rect ")); at++)
        bars++;
    assert_true(bars > 12 * 2 + 12 * 3);
}

static void nothing_is_said_of_a_few(void **state)
{
    World *world = *state;
    CouncilFound found = wassenaar(world);
    const char *text = letter(world, &found);
    assert_says(text, "Wat de hulp kost noemen wij niet");
    assert_says(text, "Hoeveel jongeren per maand hulp krijgen noemen wij niet");
    assert_says(text, "te weinig trajecten");
    assert_says(text, "Een vergelijking met 2019 is niet te maken");
    assert_null(strstr(text, "<svg"));
    assert_null(strstr(text, "€&nbsp;"));
}

static void a_letter_without_a_forecast_tells_what_is_approved(void **state)
{
    World *world = *state;
    CouncilFound found = the_hague(world);
    found.forecast = NULL;
    const char *text = letter(world, &found);
    assert_null(strstr(text, "naar verwachting nog"));
    assert_says(text, "Nog over van de begroting");
    assert_says(text, "Goedgekeurd is nu");
}

static void steps_along_a_side_are_round(void **state)
{
    (void)state;
    static const struct {
        int64_t most, step;
    } CASES[] = {{1, 1},   {4, 1},   {5, 2},   {8, 2},       {9, 5},       {20, 5},
                 {21, 10}, {79, 20}, {81, 50}, {4600, 2000}, {12960, 5000}};
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (chart_step(CASES[i].most) != CASES[i].step)
            fail_msg("%lld: %lld", (long long)CASES[i].most, (long long)chart_step(CASES[i].most));
}

/* ---- to be printed ---- */

static void write_letter(World *world, const char *folder, const char *name, const CouncilFound *found)
{
    FILE *file = fopen(arena_format(world->arena, "%s/%s.html", folder, name), "we");
    assert_non_null(file);
    fputs(letter(world, found), file);
    fclose(file);
}

static int write_letters(const char *folder)
{
    void *state;
    setup(&state);
    World *world = state;
    CouncilFound big = the_hague(world), small = wassenaar(world), early = the_hague(world);
    early.known_on = day_at("2020-08-31");
    early.forecast = NULL;
    write_letter(world, folder, "full", &big);
    write_letter(world, folder, "few", &small);
    write_letter(world, folder, "early", &early);
    teardown(&state);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return write_letters(argv[1]);
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(the_amounts_of_the_letter_add_up),
        STORY(each_figure_says_as_of_when),
        STORY(a_drawing_has_its_figures_in_place),
        STORY(nothing_is_said_of_a_few),
        STORY(a_letter_without_a_forecast_tells_what_is_approved),
        STORY(steps_along_a_side_are_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
