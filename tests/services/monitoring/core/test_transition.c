/* The transition as it is told: on the real books of Haaglanden, known on the days on which the demonstration publishes them. */
#include "monitoring/core/moving.h"
#include "monitoring/core/paths.h"
#include "monitoring/core/plans.h"
#include "monitoring/core/uncovered.h"

#include "services/monitoring/core/told.h"

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

/* An allocation in a line. */
typedef struct Care {
    int64_t client;
    const char *municipality, *segment;
    Cohort cohort;
    Content content;
    Funding funding;
    const char *first, *last;
    const char *provider; /* NULL: one of the twelve large ones */
} Care;

static AllocatedList granted(Arena *arena, const Care *care, size_t count)
{
    Allocated *list = ARENA_MANY(arena, Allocated, count);
    for (size_t i = 0; i < count; i++)
        list[i] = (Allocated){
            .municipality = care[i].municipality,
            .provider = care[i].provider ? care[i].provider : "90000001",
            .segment = care[i].segment,
            .client = care[i].client,
            .content = care[i].content,
            .funding = care[i].funding,
            .cohort = care[i].cohort,
            .pic = {care[i].content == CONTENT_PIC ? "PROFIEL1" : "",
                    care[i].content == CONTENT_PIC ? "PERSPECTIEF" : ""},
            .period = {day_at(care[i].first), day_at(care[i].last)},
        };
    return allocated_in_order(arena, list, count);
}

static Question asked(int32_t year, const char *known_on, bool exact)
{
    return (Question){"", "", "", "", year, day_at(known_on), exact};
}

#define NEW COHORT_NEW
#define OLD COHORT_EXISTING
#define NONE CONTENT_NONE
#define PIC CONTENT_PIC
#define BY_PXQ FUNDING_PXQ
#define BY_PIC FUNDING_PIC

/* Five clients of 2020. */
static const Care FIVE[] = {
    {1, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-06-01", "2020-12-31", NULL}, /* Delft, in care before 2020 */
    {2, "0503", "SPECIALIST", NEW, PIC, BY_PIC, "2020-03-10", "2020-08-31", NULL},  /* Delft, new */
    {3, "0518", "SPECIALIST", NEW, PIC, BY_PXQ, "2020-02-01", "2020-12-31", NULL},  /* The Hague, new: two products */
    {3, "0518", "SPECIALIST", NEW, PIC, BY_PXQ, "2020-02-01", "2020-12-31", NULL},
    {4, "0518", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-01-01", "2020-06-30", NULL}, /* The Hague, in care before 2020 */
    /* Delft, moved by hand on 15 May: from then on it counts as new */
    {5, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-09-01", "2020-05-14", NULL},
    {5, "0503", "SPECIALIST", NEW, PIC, BY_PIC, "2020-05-15", "2021-05-14", NULL},
};

static void two_speeds_follow_from_the_books_and_from_who_is_paid_how(void **state)
{
    static const struct {
        const char *story, *place, *figures; /* planned content and funding, clients, with a PIC, paid by PIC */
    } CASES[] = {
        {"in January nobody is new in Delft yet", "0503 SPECIALIST 2020-01", "PIC PIC 2 0 0"},
        {"in March a new client is paid by PIC", "0503 SPECIALIST 2020-03", "PIC PIC 3 1 1"},
        {"in May one moves: it has both, and counts once", "0503 SPECIALIST 2020-05", "PIC PIC 3 2 2"},
        {"in September the new one has left", "0503 SPECIALIST 2020-09", "PIC PIC 2 1 1"},
        {"The Hague plans a PIC for new clients, and pays by product", "0518 SPECIALIST 2020-03", "PIC PXQ 2 1 0"},
        {"in July the existing client of The Hague has left", "0518 SPECIALIST 2020-07", "PIC PXQ 1 1 0"},
        {"over the year each client counts once", "0503 SPECIALIST -", "PIC PIC 3 2 2"},
        {"of the region all have a PIC to come, but are not paid alike", "- SPECIALIST 2020-03", "- - 5 2 1"},
        {"all there is", "- - -", "- - 5 3 2"},
    };
    Table table = table_new(*state, &funding_paths_card);
    Question question = asked(2020, "2020-12-31", true);
    funding_paths_tell(&question, &region->books, granted(*state, FIVE, COUNT(FIVE)), &table);
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_told(&table, "planned_content", CASES[i].story, CASES[i].place, CASES[i].figures);
}

static void a_controller_sees_the_rows_of_the_municipality_asked(void **state)
{
    Table table = table_new(*state, &funding_paths_card);
    Question question = asked(2020, "2020-12-31", true);
    question.municipality = "0518";
    funding_paths_tell(&question, &region->books, granted(*state, FIVE, COUNT(FIVE)), &table);
    assert_told(&table, "planned_content", "its own", "0518 - -", "PIC PXQ 2 1 0");
    assert_told(&table, "planned_content", "no other", "0503 - -", NULL);
    assert_told(&table, "planned_content", "no total", "- - -", NULL);
}

/* Forty of Delft on PxQ and a few by PIC; thirty of Rijswijk on PxQ and twenty by PIC. */
static AllocatedList many(Arena *arena, int64_t by_pic_in_delft)
{
    Care care[200];
    size_t count = 0;
    for (int64_t i = 0; i < 40 + by_pic_in_delft; i++)
        care[count++] =
            (Care){1000 + i,     "0503",       "SPECIALIST", NEW, i < 40 ? NONE : PIC, i < 40 ? BY_PXQ : BY_PIC,
                   "2020-03-01", "2020-03-31", NULL};
    for (int64_t i = 0; i < 50; i++)
        care[count++] =
            (Care){2000 + i,     "0603",       "SPECIALIST", NEW, i < 30 ? NONE : PIC, i < 30 ? BY_PXQ : BY_PIC,
                   "2020-03-01", "2020-03-31", NULL};
    return granted(arena, care, count);
}

static void a_wide_audience_cannot_tell_the_few_who_are_paid_by_pic(void **state)
{
    static const struct {
        const char *story;
        int64_t by_pic_in_delft;
        const char *delft, *rijswijk, *whole; /* clients, with a PIC, paid by PIC, in March */
    } CASES[] = {
        {"twelve are enough: counts are rounded to five", 12, "50 10 10", "50 20 20", "100 30 30"},
        {"four are hidden, and so is all that would tell them", 4, "hidden hidden hidden", "hidden hidden hidden",
         "95 25 25"},
        {"nobody is nothing to hide", 0, "40 0 0", "50 20 20", "90 20 20"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table = table_new(*state, &funding_paths_card);
        Question question = asked(2020, "2020-12-31", false);
        funding_paths_tell(&question, &region->books, many(*state, CASES[i].by_pic_in_delft), &table);
        assert_told(&table, "clients", CASES[i].story, "0503 SPECIALIST 2020-03 PIC PIC", CASES[i].delft);
        assert_told(&table, "clients", CASES[i].story, "0603 SPECIALIST 2020-03 PIC PIC", CASES[i].rijswijk);
        assert_told(&table, "clients", CASES[i].story, "- SPECIALIST 2020-03 PIC PIC", CASES[i].whole);
    }
}

/* ---- who has to move ---- */

static void who_has_to_move_is_told_by_the_books_known_then(void **state)
{
    static const struct {
        const char *story;
        Care care;
        int32_t year;
        const char *known_on;
        const char *figures; /* clients, allocations, moved */
    } CASES[] = {
        {"an existing client of Delft is moved by a person in the course of 2020",
         {1, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-06-01", "2020-12-31", NULL},
         2020,
         "2020-03-01",
         "1 1 0"},
        {"an existing client of The Hague stays in 2020",
         {1, "0518", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-06-01", "2020-12-31", NULL},
         2020,
         "2020-03-01",
         "0 0 0"},
        {"and so does highly specialist care, everywhere",
         {1, "0503", "HIGHLY_SPECIALIST", NEW, NONE, BY_PXQ, "2019-06-01", "2020-12-31", NULL},
         2020,
         "2020-03-01",
         "0 0 0"},
        {"a new client of Delft is paid by PIC already",
         {1, "0503", "SPECIALIST", NEW, PIC, BY_PIC, "2020-02-01", "2020-12-31", NULL},
         2020,
         "2020-03-01",
         "0 0 0"},
        {"by the plan of 2019 all move on 1 January 2021, The Hague too",
         {1, "0518", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-06-01", "2021-06-30", NULL},
         2021,
         "2020-03-01",
         "1 1 0"},
        {"the letter of 2020 withdrew that",
         {1, "0518", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-06-01", "2021-06-30", NULL},
         2021,
         "2020-07-07",
         "0 0 0"},
        {"and lets a trajectory that is paid by PIC run to its end",
         {1, "0503", "SPECIALIST", NEW, PIC, BY_PIC, "2020-02-01", "2021-06-30", NULL},
         2021,
         "2021-02-01",
         "0 0 0"},
        {"care that ends in 2020 does not meet 2021",
         {1, "0518", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-06-01", "2020-12-31", NULL},
         2021,
         "2020-03-01",
         "0 0 0"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table = table_new(*state, &to_move_card);
        Question question = asked(CASES[i].year, CASES[i].known_on, true);
        to_move_tell(&question, &region->books, granted(*state, &CASES[i].care, 1), &table);
        assert_told(&table, "clients", CASES[i].story, "- -", CASES[i].figures);
    }
}

static void who_has_moved_is_told_beside_who_has_to(void **state)
{
    static const struct {
        const char *story, *known_on, *figures;
    } CASES[] = {
        {"in April both of Delft have to move", "2020-04-01", "2 2 0"},
        {"in June one of them has moved", "2020-06-01", "1 1 1"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table = table_new(*state, &to_move_card);
        Question question = asked(2020, CASES[i].known_on, true);
        to_move_tell(&question, &region->books, granted(*state, FIVE, COUNT(FIVE)), &table);
        assert_told(&table, "clients", CASES[i].story, "0503 SPECIALIST", CASES[i].figures);
        assert_told(&table, "clients", "nobody in The Hague", "0518 -", "0 0 0");
    }
}

static void a_wide_audience_sees_no_few_who_move(void **state)
{
    Care care[40];
    for (size_t i = 0; i < COUNT(care); i++)
        care[i] = (Care){(int64_t)i,   i < 3 ? "0503" : i < 16 ? "0603" : "1926",
                         "SPECIALIST", NEW,
                         NONE,         BY_PXQ,
                         "2019-06-01", "2020-12-31",
                         NULL};
    Table table = table_new(*state, &to_move_card);
    Question question = asked(2020, "2020-03-31", false);
    to_move_tell(&question, &region->books, granted(*state, care, COUNT(care)), &table);
    assert_told(&table, "clients", "three are hidden", "0503 SPECIALIST", "hidden hidden 0");
    assert_told(&table, "clients", "and thirteen, by which they could be told", "0603 SPECIALIST", "hidden hidden 0");
    assert_told(&table, "clients", "the rest is rounded", "1926 SPECIALIST", "25 25 0");
    assert_told(&table, "clients", "and so is the whole", "- SPECIALIST", "40 40 0");
}

/* ---- each book's plan ---- */

static void the_plan_that_was_withdrawn_stands_beside_the_one_that_came_and_what_was(void **state)
{
    static const struct {
        const char *story;
        int32_t year;
        const char *place, *figures; /* clients, planned, real */
    } CASES[] = {
        {"the plan of 2019: Delft pays its new and its moved client of May by PIC", 2020,
         "2 phased-introduction 2019-04-23 0503 SPECIALIST 2020-05", "3 66.67% 66.67%"},
        {"and The Hague nobody", 2020, "2 phased-introduction 2019-04-23 0518 SPECIALIST 2020-05", "2 0.00% 0.00%"},
        {"the bridging contracts say nothing of funding, so the plan stands", 2020,
         "3 bridging-contracts-2020 2019-12-20 0503 SPECIALIST 2020-05", "3 66.67% 66.67%"},
        {"the old contracts say nothing of 2020", 2020, "1 pxq-contracts-to-2019 2018-12-31 0503 SPECIALIST 2020-05",
         NULL},
        {"a book tells of no month before it was known", 2020,
         "4 two-development-years 2020-07-07 0503 SPECIALIST 2020-06", NULL},
        {"it tells of the month in which it became known", 2020,
         "4 two-development-years 2020-07-07 0503 SPECIALIST 2020-07", "3 66.67% 66.67%"},
        {"by the plan of 2019 all are paid by PIC in 2021", 2021,
         "2 phased-introduction 2019-04-23 0503 SPECIALIST 2021-02", "2 100.00% 50.00%"},
        {"in The Hague too, where nobody is", 2021, "2 phased-introduction 2019-04-23 0518 SPECIALIST 2021-02",
         "1 100.00% 0.00%"},
        {"the letter of 2020 lets who is paid by PIC stay so, and no other", 2021,
         "4 two-development-years 2020-07-07 0503 SPECIALIST 2021-02", "2 50.00% 50.00%"},
        {"and in The Hague nobody", 2021, "4 two-development-years 2020-07-07 0518 SPECIALIST 2021-02",
         "1 0.00% 0.00%"},
        {"the region as it was planned", 2021, "2 phased-introduction 2019-04-23 - - 2021-02", "3 100.00% 33.33%"},
        {"and as it was decided", 2021, "4 two-development-years 2020-07-07 - - 2021-02", "3 33.33% 33.33%"},
        {"of a month to come nobody knows what it will really be", 2021,
         "2 phased-introduction 2019-04-23 0503 SPECIALIST 2021-04", "2 100.00% -"},
    };
    static const Care MORE[] = {
        {6, "0503", "SPECIALIST", OLD, NONE, BY_PXQ, "2020-12-01", "2021-12-31", NULL},
        {7, "0518", "SPECIALIST", NEW, PIC, BY_PXQ, "2021-01-01", "2021-12-31", NULL},
    };
    Care all[COUNT(FIVE) + COUNT(MORE)];
    memcpy(all, FIVE, sizeof FIVE);
    memcpy(all + COUNT(FIVE), MORE, sizeof MORE);
    AllocatedList allocated = granted(*state, all, COUNT(all));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table = table_new(*state, &plans_card);
        Question question = asked(CASES[i].year, CASES[i].year == 2020 ? "2020-12-31" : "2021-03-31", true);
        plans_tell(&question, &region->books, allocated, &table);
        assert_told(&table, "clients", CASES[i].story, CASES[i].place, CASES[i].figures);
    }
}

static void no_plan_is_told_before_its_book_was_known(void **state)
{
    Table table = table_new(*state, &plans_card);
    Question question = asked(2021, "2020-07-06", true);
    plans_tell(&question, &region->books, granted(*state, FIVE, COUNT(FIVE)), &table);
    assert_told(&table, "clients", "known", "2 phased-introduction 2019-04-23 0503 SPECIALIST 2021-01", "1 100.00% -");
    assert_told(&table, "clients", "not known yet", "4 two-development-years 2020-07-07 0503 SPECIALIST 2021-01", NULL);
}

static void books_that_became_known_on_one_day_have_plans_of_their_own(void **state)
{
    Books books = {0};
    for (size_t i = 0; i < 4; i++)
        assert_true(books_add(&books, region->held[i], day_at("2019-04-23")));
    static const Care THE_HAGUE[] = {
        {7, "0518", "SPECIALIST", NEW, PIC, BY_PXQ, "2021-01-01", "2021-12-31", NULL},
    };
    Table table = table_new(*state, &plans_card);
    Question question = asked(2021, "2021-03-31", true);
    plans_tell(&question, &books, granted(*state, THE_HAGUE, 1), &table);
    assert_told(&table, "clients", "the plan of 2019", "2 phased-introduction 2019-04-23 0518 SPECIALIST 2021-02",
                "1 100.00% 0.00%");
    assert_told(&table, "clients", "the next of that day", "4 two-development-years 2019-04-23 0518 SPECIALIST 2021-02",
                "1 0.00% 0.00%");
}

static void shares_of_few_clients_are_hidden_from_a_wide_audience(void **state)
{
    Table table = table_new(*state, &plans_card);
    Question question = asked(2020, "2020-12-31", false);
    plans_tell(&question, &region->books, many(*state, 4), &table);
    const char *delft = "2 phased-introduction 2019-04-23 0503 SPECIALIST 2020-03";
    const char *region_of_march = "2 phased-introduction 2019-04-23 - SPECIALIST 2020-03";
    assert_told(&table, "clients", "four by PIC are not told", delft, "hidden 100.00% hidden");
    assert_told(&table, "clients", "24 of 94 are, by rounded counts", region_of_march, "95 100.00% 26.32%");
}

/* ---- care without a contract ---- */

static void care_without_a_contract_is_told_with_its_days(void **state)
{
    static const struct {
        const char *story;
        Care care;
        int32_t year;
        const char *known_on;
        const char *figures; /* clients, allocations, first and last day */
    } CASES[] = {
        {"before the bridging contracts were known, nothing covered 2020",
         {1, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-06-01", "2020-10-31", NULL},
         2020,
         "2019-12-19",
         "1 1 2020-01-01 2020-10-31"},
        {"they cover it all",
         {1, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2019-06-01", "2020-10-31", NULL},
         2020,
         "2019-12-20",
         "0 0 - -"},
        {"a provider that has none",
         {1, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2020-06-01", "2020-10-31", "99999999"},
         2020,
         "2020-07-01",
         "1 1 2020-07-01 2020-10-31"},
        {"a small provider has none for highly specialist care",
         {1, "0503", "HIGHLY_SPECIALIST", NEW, PIC, BY_PXQ, "2020-06-01", "2020-10-31", "90000014"},
         2020,
         "2020-07-01",
         "1 1 2020-07-01 2020-10-31"},
        {"what ended before the day asked is past",
         {1, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2020-01-01", "2020-06-30", "99999999"},
         2020,
         "2020-07-01",
         "0 0 - -"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table = table_new(*state, &uncovered_card);
        Question question = asked(CASES[i].year, CASES[i].known_on, true);
        uncovered_tell(&question, &region->books, granted(*state, &CASES[i].care, 1), &table);
        assert_told(&table, "clients", CASES[i].story, "- - -", CASES[i].figures);
    }
}

static void care_without_a_contract_counts_a_client_once_in_every_total(void **state)
{
    static const Care CARE[] = {
        {1, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2020-01-01", "2020-03-31", "99999998"},
        {1, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2020-02-01", "2020-06-30", "99999999"},
        {2, "0503", "SPECIALIST", NEW, NONE, BY_PXQ, "2020-01-01", "2020-12-31", "90000001"},
        {3, "0518", "SPECIALIST", NEW, NONE, BY_PXQ, "2020-05-01", "2020-05-31", "99999999"},
    };
    Table table = table_new(*state, &uncovered_card);
    Question question = asked(2020, "2020-01-01", true);
    uncovered_tell(&question, &region->books, granted(*state, CARE, COUNT(CARE)), &table);
    assert_told(&table, "clients", "one provider", "0503 99999998 SPECIALIST", "1 1 2020-01-01 2020-03-31");
    assert_told(&table, "clients", "one client of two", "0503 - SPECIALIST", "1 2 2020-01-01 2020-06-30");
    assert_told(&table, "clients", "one provider everywhere", "- 99999999 -", "2 2 2020-02-01 2020-06-30");
    assert_told(&table, "clients", "all", "- - -", "2 3 2020-01-01 2020-06-30");
    assert_told(&table, "clients", "who is covered has no row", "0503 90000001 SPECIALIST", NULL);
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(two_speeds_follow_from_the_books_and_from_who_is_paid_how),
        STORY(a_controller_sees_the_rows_of_the_municipality_asked),
        STORY(a_wide_audience_cannot_tell_the_few_who_are_paid_by_pic),
        STORY(who_has_to_move_is_told_by_the_books_known_then),
        STORY(who_has_moved_is_told_beside_who_has_to),
        STORY(a_wide_audience_sees_no_few_who_move),
        STORY(the_plan_that_was_withdrawn_stands_beside_the_one_that_came_and_what_was),
        STORY(no_plan_is_told_before_its_book_was_known),
        STORY(books_that_became_known_on_one_day_have_plans_of_their_own),
        STORY(shares_of_few_clients_are_hidden_from_a_wide_audience),
        STORY(care_without_a_contract_is_told_with_its_days),
        STORY(care_without_a_contract_counts_a_client_once_in_every_total),
    };
    return cmocka_run_group_tests(tests, open_books, close_books);
}
