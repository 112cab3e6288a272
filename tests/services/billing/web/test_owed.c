#include "billing/web/owed.h"

#include "services/billing/web/office.h"

/* What was declared for March before 8 June: three lines with each provider. */
static int open_office(void **state)
{
    Office *office = office_new();
    office_publish(office, 1, OFFICE_BOOK);
    static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        office_grant(office, "A1", "45A53", UNIT_PIECE);
        office_grant(office, "A2", "45A53", UNIT_PIECE);
        office_grant(office, "A3", "45A53", UNIT_PIECE);
    }
    office_begin(office, "2020-04-08");
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        const Asked first = office_pieces("R-17", "A1", 2);
        const Asked second = office_pieces("R-18", "A2", 1);
        office_declare(office, "D-1", &first);
        office_declare(office, "D-2", &second);
    }
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

/* After 8 June: a line that is late, a credit, and a book that raises the price back to January. */
static void let_more_become_known(Office *office)
{
    static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        const Asked late = office_pieces("R-19", "A3", 3);
        const Asked second = office_pieces("R-18", "A2", 1);
        office_declare(office, "D-3", &late);
        office_credit(office, "D-4", "K-18", &second);
    }
    office_begin(office, "2020-07-07");
    office_publish(office, 2, OFFICE_SECOND_BOOK);
    office_begin(office, "2020-07-08");
    office_hear(office);
}

static const char *owed(Office *office, const char *provider, const char *from, const char *on)
{
    OwedQuestion question = {.municipality = "0503", .provider = provider, .month = MARCH, .known_on = day_at(on)};
    question.differs = *from != '\0';
    if (question.differs)
        question.known_from = day_at(from);
    char *json = NULL;
    must(database_begin(office->billing->database));
    must(owed_write(office->story->arena, office->billing->database, office->library, &question, &json));
    must(database_commit(office->billing->database));
    return json;
}

static void assert_says(const char *json, const char *words)
{
    if (!strstr(json, words))
        fail_msg("no %s in %s", words, json);
}

static void a_month_is_told_line_by_line(void **state)
{
    Office *office = *state;
    assert_string_equal(
        owed(office, "90000001", "", "2020-06-08"),
        "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"month\":\"2020-03\",\"known_on\":\"2020-06-08\","
        "\"open\":false,\"lines\":["
        "{\"reference\":\"R-17\",\"allocation\":\"A1\",\"client\":\"c-1\",\"category\":\"45\",\"code\":\"45A53\","
        "\"first_day\":\"2020-03-01\",\"last_day\":\"2020-03-31\",\"debet_cents\":50000,\"credit_cents\":0,"
        "\"corrected_cents\":0,\"settled_cents\":0,\"expected_cents\":0,\"net_cents\":50000},"
        "{\"reference\":\"R-18\",\"allocation\":\"A2\",\"client\":\"c-1\",\"category\":\"45\",\"code\":\"45A53\","
        "\"first_day\":\"2020-03-01\",\"last_day\":\"2020-03-31\",\"debet_cents\":25000,\"credit_cents\":0,"
        "\"corrected_cents\":0,\"settled_cents\":0,\"expected_cents\":0,\"net_cents\":25000}],"
        "\"total\":{\"lines\":2,\"debet_cents\":75000,\"credit_cents\":0,\"corrected_cents\":0,\"settled_cents\":0,"
        "\"expected_cents\":0,\"net_cents\":75000}}");
}

static void nothing_was_owed_before_it_was_known(void **state)
{
    assert_says(owed(*state, "90000001", "", "2020-04-07"), "\"open\":false,\"lines\":[],\"total\":{\"lines\":0,");
    assert_says(owed(*state, "", "", "2020-04-07"), "\"providers\":[],\"total\":{\"lines\":0,");
}

static void a_day_that_has_not_ended_is_open(void **state)
{
    assert_says(owed(*state, "90000001", "", "2020-06-08"), "\"open\":false");
    assert_says(owed(*state, "90000001", "", "2020-06-09"), "\"open\":true");
    assert_says(owed(*state, "90000001", "", "2020-12-31"), "\"open\":true");
}

/* Of a municipality the day ends where it ends last. */
static void a_day_is_open_for_a_municipality_until_it_has_ended_everywhere(void **state)
{
    Office *office = *state;
    assert_says(owed(office, "", "", "2020-06-08"), "\"open\":true");
    for (int16_t partition = 0; partition < PARTITIONS; partition++) {
        office->story->partition = partition;
        office->story->municipality = office->story->provider = "";
        story_new_day(office->story, day_at("2020-06-09"));
    }
    office_hear(office);
    assert_says(owed(office, "", "", "2020-06-08"), "\"open\":false");
}

static void the_same_question_has_the_same_answer_after_later_books_and_lines(void **state)
{
    Office *office = *state;
    static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};
    const char *before[COUNT(PROVIDERS)];
    for (size_t i = 0; i < COUNT(PROVIDERS); i++)
        before[i] = owed(office, PROVIDERS[i], "", "2020-06-08");
    const char *changed = owed(office, "90000001", "2020-04-07", "2020-06-08");
    let_more_become_known(office);
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        assert_string_equal(owed(office, PROVIDERS[i], "", "2020-06-08"), before[i]);
        assert_string_not_equal(owed(office, PROVIDERS[i], "", "2020-07-07"), before[i]);
    }
    assert_string_equal(owed(office, "90000001", "2020-04-07", "2020-06-08"), changed);
}

static void a_difference_is_told_by_the_facts_that_made_it(void **state)
{
    Office *office = *state;
    const Asked second = office_pieces("R-18", "A2", 1);
    const Asked late = office_pieces("R-19", "A3", 3);
    office_turn_to(office, "90000001");
    office_declare(office, "D-3", &late);
    office_credit(office, "D-4", "K-18", &second);
    office_begin(office, "2020-06-10");
    office_hear(office);
    assert_string_equal(
        owed(office, "90000001", "2020-06-08", "2020-06-09"),
        "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"month\":\"2020-03\",\"known_from\":\"2020-06-08\","
        "\"known_on\":\"2020-06-09\",\"open\":false,\"lines\":["
        "{\"reference\":\"R-18\",\"allocation\":\"A2\",\"client\":\"c-1\",\"category\":\"45\",\"code\":\"45A53\","
        "\"first_day\":\"2020-03-01\",\"last_day\":\"2020-03-31\",\"before_cents\":25000,\"after_cents\":0,"
        "\"difference_cents\":-25000,\"facts\":[{\"fact\":\"CREDITED\",\"known_day\":\"2020-06-09\","
        "\"reference\":\"K-18\",\"document\":\"D-4\",\"cents\":-25000}]},"
        "{\"reference\":\"R-19\",\"allocation\":\"A3\",\"client\":\"c-1\",\"category\":\"45\",\"code\":\"45A53\","
        "\"first_day\":\"2020-03-01\",\"last_day\":\"2020-03-31\",\"before_cents\":0,\"after_cents\":75000,"
        "\"difference_cents\":75000,\"facts\":[{\"fact\":\"DECLARED\",\"known_day\":\"2020-06-09\","
        "\"reference\":\"R-19\",\"document\":\"D-3\",\"cents\":75000}]}],"
        "\"total\":{\"lines\":3,\"before_cents\":75000,\"after_cents\":125000,\"difference_cents\":50000},"
        "\"causes\":[{\"fact\":\"DECLARED\",\"facts\":1,\"difference_cents\":75000},"
        "{\"fact\":\"CREDITED\",\"facts\":1,\"difference_cents\":-25000}]}");
}

/* The facts of a line: "EXPECTED R-17 verzoek~2 2000 book 2". */
static const char *facts_of(Office *office, const char *json, const char *reference)
{
    Arena *arena = office->story->arena;
    const char *told = "";
    json_t *answer = json_loads(json, 0, NULL);
    size_t i, j;
    json_t *line, *fact;
    json_array_foreach(json_object_get(answer, "lines"), i, line)
    {
        if (strcmp(json_string_value(json_object_get(line, "reference")), reference) != 0)
            continue;
        json_array_foreach(json_object_get(line, "facts"), j, fact)
        {
            const char *back = json_string_value(json_object_get(fact, "taken_back_by"));
            int book = (int)json_integer_value(json_object_get(fact, "book"));
            told = arena_format(
                arena, "%s%s%s %s %s %lld%s%s%s", told, j ? "; " : "", json_string_value(json_object_get(fact, "fact")),
                json_string_value(json_object_get(fact, "reference")),
                json_string_value(json_object_get(fact, "document")),
                (long long)json_integer_value(json_object_get(fact, "cents")),
                book ? arena_format(arena, " book %d", book) : "", back ? " by " : "", back ? back : "");
        }
    }
    json_decref(answer);
    return told;
}

static const struct {
    const char *story, *provider, *corrected, *credited;
    const char *total_after_correction;
} WAYS[] = {
    {"self-billed", "90000001", "CORRECTED R-17~2c nota~2 -50000 book 2; CORRECTED R-17~2 nota~2 52000 book 2",
     "CREDITED K-17 D-5 -52000",
     "\"total\":{\"lines\":3,\"debet_cents\":150000,\"credit_cents\":-25000,\"corrected_cents\":5000,"
     "\"settled_cents\":0,\"expected_cents\":0,\"net_cents\":130000}"},
    {"asked of the provider", "90000002", "EXPECTED R-17 verzoek~2 2000 book 2",
     "CREDITED K-17 D-5 -50000; EXPECTED R-17 verzoek~2 -2000 by K-17",
     "\"total\":{\"lines\":3,\"debet_cents\":150000,\"credit_cents\":-25000,\"corrected_cents\":0,"
     "\"settled_cents\":0,\"expected_cents\":5000,\"net_cents\":130000}"},
    {"settled for the year", "90000003", "SETTLED R-17 verrekening~2~2020 2000 book 2",
     "CREDITED K-17 D-5 -50000; SETTLED R-17 verrekening~2~2020 -2000 by K-17",
     "\"total\":{\"lines\":3,\"debet_cents\":150000,\"credit_cents\":-25000,\"corrected_cents\":0,"
     "\"settled_cents\":5000,\"expected_cents\":0,\"net_cents\":130000}"},
};

static void a_book_corrects_in_the_way_of_the_contract(void **state)
{
    Office *office = *state;
    let_more_become_known(office);
    for (size_t i = 0; i < COUNT(WAYS); i++) {
        const char *changed = owed(office, WAYS[i].provider, "2020-06-09", "2020-07-07");
        assert_string_equal(facts_of(office, changed, "R-17"), WAYS[i].corrected);
        assert_string_equal(facts_of(office, changed, "R-18"), "");
        assert_says(changed, "\"slug\":\"test-2\"");
        assert_says(owed(office, WAYS[i].provider, "", "2020-07-07"), WAYS[i].total_after_correction);
    }
    assert_says(owed(office, "", "2020-06-09", "2020-07-07"),
                "\"total\":{\"lines\":9,\"before_cents\":375000,\"after_cents\":390000,\"difference_cents\":15000},"
                "\"causes\":[{\"fact\":\"CORRECTED\",\"book\":2,\"slug\":\"test-2\",\"facts\":4,"
                "\"difference_cents\":5000},{\"fact\":\"SETTLED\",\"book\":2,\"slug\":\"test-2\",\"facts\":2,"
                "\"difference_cents\":5000},{\"fact\":\"EXPECTED\",\"book\":2,\"slug\":\"test-2\",\"facts\":2,"
                "\"difference_cents\":5000}]");
}

static void a_credit_takes_a_line_and_its_correction_back(void **state)
{
    Office *office = *state;
    let_more_become_known(office);
    const Asked first = office_pieces("R-17", "A1", 2);
    for (size_t i = 0; i < COUNT(WAYS); i++) {
        office_turn_to(office, WAYS[i].provider);
        office_credit(office, "D-5", "K-17", &first);
    }
    office_begin(office, "2020-07-09");
    office_hear(office);
    for (size_t i = 0; i < COUNT(WAYS); i++) {
        const char *changed = owed(office, WAYS[i].provider, "2020-07-07", "2020-07-08");
        assert_string_equal(facts_of(office, changed, "R-17"), WAYS[i].credited);
        assert_says(changed, "\"before_cents\":52000,\"after_cents\":0,\"difference_cents\":-52000");
    }
}

#define test_of_office(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_office(a_month_is_told_line_by_line),
        test_of_office(nothing_was_owed_before_it_was_known),
        test_of_office(a_day_that_has_not_ended_is_open),
        test_of_office(a_day_is_open_for_a_municipality_until_it_has_ended_everywhere),
        test_of_office(the_same_question_has_the_same_answer_after_later_books_and_lines),
        test_of_office(a_book_corrects_in_the_way_of_the_contract),
        test_of_office(a_credit_takes_a_line_and_its_correction_back),
        test_of_office(a_difference_is_told_by_the_facts_that_made_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
