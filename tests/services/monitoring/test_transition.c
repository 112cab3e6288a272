/* The tables of the transition and of what waits, made from what billing says: as known on a day, each client once. */
#include "monitoring/core/moving.h"
#include "monitoring/core/paths.h"
#include "monitoring/core/plans.h"
#include "monitoring/core/uncovered.h"
#include "monitoring/core/waiting.h"
#include "monitoring/web/operations.h"
#include "monitoring/web/transition.h"

#include "services/monitoring/core/told.h"
#include "services/monitoring/observatory.h"

enum { PXQ = 1, PIC = 2 };

static RegionBooks *region;

static int open_books(void **state)
{
    (void)state;
    region = haaglanden_open();
    return 0;
}

static int close_books(void **state)
{
    (void)state;
    region_books_close(region);
    return 0;
}

static Table table_of(Observatory *here, const TableCard *card, TableMaker *make, Question question)
{
    const Desk desk = {
        .arena = here->arena, .database = here->database, .books = &region->books, .question = &question};
    Table table = table_new(here->arena, card);
    must(database_begin(here->database));
    must(make(&desk, &table));
    for (size_t i = 0; i < table.row_count * card->column_count; i++)
        if (table.values[i].text)
            table.values[i].text = arena_text(here->arena, table.values[i].text);
    database_rollback(here->database);
    return table;
}

static Question asked(int32_t year, const char *known_on)
{
    return (Question){"", "", "", "", year, day_at(known_on), true};
}

#define CARE(number, client, segment, profile, funding, first, last) \
    (&(SaidAllocation){number, client, segment, profile, funding, first, last})

/* One of Delft who moves on 15 May, one who is new in June with two providers, one of The Hague. */
static void say_care(Says *says)
{
    says->cohort = COHORT_NEW;
    says_granted(says, 1, "2019-12-02", "0503",
                 CARE("640001", "client-1", "SPECIALIST", "", PXQ, "2019-12-01", "2020-12-31"));
    says_granted(says, 2, "2020-01-10", "0518",
                 CARE("640002", "client-2", "SPECIALIST", "PROFIEL1", PXQ, "2020-01-15", "2020-12-31"));
    says_converted(says, 1, "2020-05-10", "0503",
                   CARE("640001", "client-1", "SPECIALIST", "", PXQ, "2019-12-01", "2020-05-14"),
                   CARE("640065", "client-1", "SPECIALIST", "PROFIEL1", PIC, "2020-05-15", "2021-05-14"));
    says_granted(says, 1, "2020-05-28", "0503",
                 CARE("640129", "client-3", "SPECIALIST", "PROFIEL1", PIC, "2020-06-01", "2020-11-30"));
    says_granted(says, 3, "2020-05-29", "0503",
                 CARE("640003", "client-4", "SPECIALIST", "PROFIEL1", PIC, "2020-06-01", "2020-11-30"));
    says_joined(says, 3, "2020-09-01", "0503", "client-4", "client-3");
}

static void who_is_on_which_funding_is_told_as_it_was_known(void **state)
{
    static const struct {
        const char *story, *known_on, *place, *figures;
    } CASES[] = {
        {"before the conversion was known, one on PxQ in June", "2020-05-09", "0503 SPECIALIST 2020-06 PIC PIC",
         "1 0 0"},
        {"after it, one paid by PIC", "2020-05-10", "0503 SPECIALIST 2020-06 PIC PIC", "1 1 1"},
        {"two more were granted", "2020-06-30", "0503 SPECIALIST 2020-06 PIC PIC", "3 3 3"},
        {"who turned out to be one", "2020-09-01", "0503 SPECIALIST 2020-06 PIC PIC", "2 2 2"},
        {"The Hague has a PIC and pays by product", "2020-09-01", "0518 SPECIALIST 2020-06 PIC PXQ", "1 1 0"},
        {"the region", "2020-09-01", "- - 2020-06 - -", "3 3 2"},
    };
    Observatory *here = *state;
    say_care(&here->says);
    observatory_hear(here, 7);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table =
            table_of(here, &funding_paths_card, transition_make_funding_paths, asked(2020, CASES[i].known_on));
        assert_told(&table, "clients", CASES[i].story, CASES[i].place, CASES[i].figures);
    }
    /* the same by a question of the test's own */
    assert_int_equal(observatory_number(here, "SELECT count(DISTINCT client) FROM running WHERE municipality = '0503'"
                                              " AND replaced_day IS NULL AND first_day <= '2020-06-30'"
                                              " AND last_day >= '2020-06-01'"),
                     3);
}

static void who_has_to_move_and_who_has_is_told_as_it_was_known(void **state)
{
    static const struct {
        const char *story, *known_on, *place, *figures;
    } CASES[] = {
        {"in March one of Delft has to move", "2020-03-31", "0503 SPECIALIST", "1 1 0"},
        {"in June it has moved", "2020-06-30", "0503 SPECIALIST", "0 0 1"},
        {"nobody of The Hague has to", "2020-06-30", "0518 SPECIALIST", "0 0 0"},
    };
    Observatory *here = *state;
    say_care(&here->says);
    observatory_hear(here, 7);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table = table_of(here, &to_move_card, transition_make_to_move, asked(2020, CASES[i].known_on));
        assert_told(&table, "clients", CASES[i].story, CASES[i].place, CASES[i].figures);
    }
}

static void plans_and_care_without_a_contract_are_told(void **state)
{
    Observatory *here = *state;
    say_care(&here->says);
    observatory_hear(here, 7);
    Table plans = table_of(here, &plans_card, transition_make_plans, asked(2021, "2021-03-31"));
    assert_told(&plans, "clients", "the plan of 2019 for January 2021",
                "2 phased-introduction 2019-04-23 0503 SPECIALIST 2021-01", "1 100.00% 100.00%");
    assert_told(&plans, "clients", "the plan of 2020 lets it run",
                "4 two-development-years 2020-07-07 0503 SPECIALIST 2021-01", "1 100.00% 100.00%");

    Question question = asked(2020, "2019-12-19");
    Table bare = table_of(here, &uncovered_card, transition_make_uncovered, question);
    assert_told(&bare, "clients", "before the bridging contracts", "0503 90000001 SPECIALIST",
                "1 1 2020-01-01 2020-12-31");
    question.provider = "90000002";
    bare = table_of(here, &uncovered_card, transition_make_uncovered, question);
    assert_told(&bare, "clients", "of another provider", "- 90000002 -", "0 0 - -");
    bare = table_of(here, &uncovered_card, transition_make_uncovered, asked(2020, "2020-01-15"));
    assert_told(&bare, "clients", "after them", "- - -", "0 0 - -");
}

static void requests_wait_until_a_person_judges_them(void **state)
{
    Observatory *here = *state;
    Says *says = &here->says;
    says_referred(says, 1, "2020-06-01", "0503", "R-1", "2020-06-08");
    says_referred(says, 2, "2020-06-02", "0503", "R-2", "2020-06-09");
    says_referred(says, 3, "2020-06-02", "0518", "R-3", "2020-06-09");
    says_judged_by_person(says, 1, "2020-06-05", "0503", "R-1");
    observatory_hear(here, 3);
    static const struct {
        const char *story, *known_on, *municipality, *figures;
    } CASES[] = {
        {"two wait in Delft", "2020-06-04", "0503", "2 0 2020-06-08"},
        {"one was judged", "2020-06-05", "0503", "1 0 2020-06-09"},
        {"one is late", "2020-06-10", "0503", "1 1 -"},
        {"the region", "2020-06-05", "-", "2 0 2020-06-09"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table = table_of(here, &deadlines_card, operations_make_deadlines, asked(2020, CASES[i].known_on));
        assert_told(&table, "open_requests", CASES[i].story, CASES[i].municipality, CASES[i].figures);
    }
    Table open = table_of(here, &open_requests_card, operations_make_open_requests, asked(2020, "2020-06-04"));
    assert_int_equal(open.row_count, 3);
    assert_told(&open, "requests", "due on Monday", "0503 2020-06-08", "1 no");
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, observatory_setup, observatory_teardown)
    const struct CMUnitTest tests[] = {
        STORY(who_is_on_which_funding_is_told_as_it_was_known),
        STORY(who_has_to_move_and_who_has_is_told_as_it_was_known),
        STORY(plans_and_care_without_a_contract_are_told),
        STORY(requests_wait_until_a_person_judges_them),
    };
    return cmocka_run_group_tests(tests, open_books, close_books);
}
