#include "billing/web/work.h"

#include "services/billing/web/office.h"

static const Pic SHORT = {"P1", "SHORT"};
static const Pic LASTING = {"P1", "LASTING"};

/* A trajectory of 200 days from 1 February, € 5.000,01, 70 % at the start: begun, and its start declared. */
static int open_office(void **state)
{
    Office *office = office_new();
    office_publish(office, 1, OFFICE_BOOK);
    office_turn_to(office, "90000001");
    const Grant grants[] = {
        {"T1", "c-1", "PA1P1", 500001, UNIT_EURO, FREQUENCY_IN_TOTAL, {day_of(2020, 2, 1), day_of(2020, 8, 18)}, SHORT},
        {"T2", "c-2", "PA1P1", 500001, UNIT_EURO, FREQUENCY_IN_TOTAL, {day_of(2020, 2, 1), day_of(2020, 8, 18)}, SHORT},
        {"H1",
         "c-3",
         "45A53",
         500,
         UNIT_PIECE,
         FREQUENCY_IN_TOTAL,
         {day_of(2020, 1, 1), day_of(2020, 12, 31)},
         {"", ""}},
    };
    story_grant(office->story, grants, COUNT(grants));
    story_start(office->story, "T1", day_at("2020-02-01"), "");
    office_turn_to(office, "90000002");
    const Grant lasting = {
        "T1",   "c-1", "PA1P2", 1000001, UNIT_EURO, FREQUENCY_IN_TOTAL, {day_of(2020, 1, 1), day_of(2020, 12, 31)},
        LASTING};
    story_grant(office->story, &lasting, 1);
    story_start(office->story, "T1", day_at("2020-01-01"), "");
    office_begin(office, "2020-03-02");
    office_turn_to(office, "90000001");
    const Asked start = {"c-1",  "S-1",      "T1", "PA1P1", {day_of(2020, 2, 1), day_of(2020, 2, 29)},
                         350001, UNIT_EURO,  LEFT, 350001,  "",
                         "",     FUNDING_PIC};
    office_declare(office, "D-1", &start);
    office_begin(office, "2020-06-09");
    office_hear(office);
    *state = office;
    return 0;
}

static int close_office(void **state)
{
    office_free(*state);
    return 0;
}

static const char *work(Office *office, const char *provider, const char *on, const char *known_on)
{
    WorkQuestion question = {"0503", provider, day_at(on), day_at(known_on)};
    char *json = NULL;
    must(database_begin(office->billing->database));
    must(work_write(office->story->arena, office->billing->database, office->library, &question, &json));
    must(database_commit(office->billing->database));
    return json;
}

static void assert_says(const char *json, const char *words)
{
    if (!strstr(json, words))
        fail_msg("no %s in %s", words, json);
}

/* 31 May is the 121st of 200 days: 500001 × 121 / 200 is 302501, and 350001 was paid. */
static void each_trajectory_is_told_with_its_method(void **state)
{
    assert_string_equal(
        work(*state, "90000001", "2020-05-31", "2020-06-08"),
        "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"on\":\"2020-05-31\",\"known_on\":\"2020-06-08\","
        "\"open\":false,\"trajectories\":["
        "{\"allocation\":\"T1\",\"trajectory\":\"t-T1\",\"client\":\"c-1\",\"profile\":\"P1\",\"intensity\":\"SHORT\","
        "\"first_day\":\"2020-02-01\",\"last_day\":\"2020-08-18\",\"method\":\"linear\",\"delivered_cents\":302501,"
        "\"paid_cents\":350001,\"in_progress_cents\":0,\"ahead_cents\":47500,\"obligation_cents\":150000}],"
        "\"total\":{\"trajectories\":1,\"delivered_cents\":302501,\"paid_cents\":350001,\"in_progress_cents\":0,"
        "\"ahead_cents\":47500,\"obligation_cents\":150000}}");
}

/* A lasting one as well, of another provider: 152 of 366 days of 1000001 are 415301. */
static void a_municipality_is_told_provider_by_provider(void **state)
{
    const char *json = work(*state, "", "2020-05-31", "2020-06-08");
    assert_says(json, "{\"provider\":\"90000001\",\"trajectories\":1,\"delivered_cents\":302501,");
    assert_says(json, "{\"provider\":\"90000002\",\"trajectories\":1,\"delivered_cents\":415301,\"paid_cents\":0,"
                      "\"in_progress_cents\":415301,");
    assert_says(json, "\"total\":{\"trajectories\":2,\"delivered_cents\":717802,");
}

static void the_start_counts_once_it_is_known(void **state)
{
    assert_says(work(*state, "90000001", "2020-02-29", "2020-03-01"),
                "\"paid_cents\":0,\"in_progress_cents\":72500,\"ahead_cents\":0,\"obligation_cents\":0}]");
    assert_says(work(*state, "90000001", "2020-02-29", "2020-03-02"),
                "\"paid_cents\":350001,\"in_progress_cents\":0,\"ahead_cents\":277501,\"obligation_cents\":150000}]");
}

static void what_begins_after_the_day_is_not_of_it(void **state)
{
    assert_says(work(*state, "90000001", "2020-01-31", "2020-06-08"),
                "\"trajectories\":[],\"total\":{\"trajectories\":0,");
}

/* The client leaves on 20 May, the 110th day: the end part is 150000 × 110 / 200; a conversion is known later still. */
static void the_same_question_has_the_same_answer_whatever_becomes_known(void **state)
{
    Office *office = *state;
    const char *before = work(office, "90000001", "2020-05-31", "2020-06-08");
    office_turn_to(office, "90000001");
    story_stop(office->story, "T1", day_at("2020-05-20"), STOP_EARLY_BY_CLIENT);
    const Asked end = {"c-1", "E-1", "T1", "PA1P1",    {day_of(2020, 5, 1), day_of(2020, 5, 31)}, 0, UNIT_EURO, LEFT,
                       LEFT,  "",    "",   FUNDING_PIC};
    story_declare(office->story, "D-2", day_at("2020-05-01"), LEFT, &end, 1);
    office_begin(office, "2020-06-10");
    office_hear(office);
    assert_string_equal(work(office, "90000001", "2020-05-31", "2020-06-08"), before);
    assert_says(work(office, "90000001", "2020-05-31", "2020-06-09"),
                "\"delivered_cents\":432501,\"paid_cents\":432501,\"in_progress_cents\":0,\"ahead_cents\":0,"
                "\"obligation_cents\":0}]");
    assert_says(work(office, "90000001", "2020-05-19", "2020-06-09"), "\"delivered_cents\":272501,"); /* it ran */
}

/* A dearer tariff adjusts the start that was paid: work in progress counts what the line comes to. */
static void what_was_paid_is_what_corrections_made_of_it(void **state)
{
    Office *office = *state;
    office_publish(office, 2, "pic_tariffs: [{segment: S, profile: P1, cents: {SHORT: 600000}, from: 2020-01-01}]\n");
    office_begin(office, "2020-06-10");
    office_hear(office);
    /* 600000 × 121 / 200, and 70 % of 600000 */
    assert_says(work(office, "90000001", "2020-05-31", "2020-06-09"),
                "\"delivered_cents\":363000,\"paid_cents\":420000,\"in_progress_cents\":0,\"ahead_cents\":57000,"
                "\"obligation_cents\":180000}]");
    assert_says(work(office, "90000001", "2020-05-31", "2020-06-08"), "\"paid_cents\":350001,");
}

#define test_of_office(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_office(each_trajectory_is_told_with_its_method),
        test_of_office(a_municipality_is_told_provider_by_provider),
        test_of_office(the_start_counts_once_it_is_known),
        test_of_office(what_begins_after_the_day_is_not_of_it),
        test_of_office(the_same_question_has_the_same_answer_whatever_becomes_known),
        test_of_office(what_was_paid_is_what_corrections_made_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
