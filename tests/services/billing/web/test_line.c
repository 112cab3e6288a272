#include "billing/web/line.h"

#include "base/digest.h"
#include "billing/core/billing.h"
#include "services/billing/web/office.h"

static int open_office(void **state)
{
    Office *office = office_new();
    office_play_a_year(office);
    *state = office;
    return 0;
}

static int close_office(void **state)
{
    office_free(*state);
    return 0;
}

static const char *told(Office *office, const char *provider, const char *reference)
{
    const LineQuestion question = {"0503", provider, reference};
    char *json = NULL;
    must(database_begin(office->billing->database));
    must(line_write(office->story->arena, office->billing->database, office->library, &question, &json));
    must(database_commit(office->billing->database));
    return json;
}

/* "R-18 25000; K-18 -25000": lines or adjustments, in the order in which they are told. */
static const char *list_of(Office *office, const json_t *answer, const char *name)
{
    Arena *arena = office->story->arena;
    const char *list = "";
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(answer, name), i, row)
    {
        const char *document = json_string_value(json_object_get(row, "document"));
        list = arena_format(arena, "%s%s%s %s %lld", list, i ? "; " : "",
                            json_string_value(json_object_get(row, "reference")), document,
                            (long long)json_integer_value(json_object_get(row, "cents")));
    }
    return list;
}

static void a_line_tells_all_that_became_of_it(void **state)
{
    static const struct {
        const char *story, *provider, *reference, *lines, *adjustments;
        int64_t net_cents;
    } CASES[] = {
        {"self-billed", "90000001", "R-17", "R-17 D-1 50000; R-17~2c nota~2 -50000; R-17~2 nota~2 52000", "", 52000},
        {"asked by a line that billing made", "90000001", "R-17~2",
         "R-17 D-1 50000; R-17~2c nota~2 -50000; R-17~2 nota~2 52000", "", 52000},
        {"self-billed, then credited by the provider", "90000001", "R-18",
         "R-18 D-2 25000; R-18~2c nota~2 -25000; R-18~2 nota~2 26000; K-18 D-6 -26000", "", 0},
        {"asked by the credit", "90000001", "K-18",
         "R-18 D-2 25000; R-18~2c nota~2 -25000; R-18~2 nota~2 26000; K-18 D-6 -26000", "", 0},
        {"expected", "90000002", "R-17", "R-17 D-1 50000", "R-17 verzoek~2 2000", 52000},
        {"expected, then credited", "90000002", "R-18", "R-18 D-2 25000; K-18 D-6 -25000",
         "R-18 verzoek~2 1000; R-18 verzoek~2 -1000", 0},
        {"settled", "90000003", "R-19", "R-19 D-3 11685", "R-19 verrekening~2~2020 95", 11780},
        {"a start part that no book changed", "90000003", "R-21", "R-21 D-5 350001", "", 350001},
        {"rejected", "90000003", "R-20", "R-20 D-4 0", "", 0},
    };
    Office *office = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        json_t *answer = json_loads(told(office, CASES[i].provider, CASES[i].reference), 0, NULL);
        if (strcmp(list_of(office, answer, "lines"), CASES[i].lines) != 0 ||
            strcmp(list_of(office, answer, "adjustments"), CASES[i].adjustments) != 0)
            fail_msg("%s: %s and %s", CASES[i].story, list_of(office, answer, "lines"),
                     list_of(office, answer, "adjustments"));
        assert_int_equal(json_integer_value(json_object_get(answer, "net_cents")), CASES[i].net_cents);
        assert_true(json_is_true(json_object_get(answer, "agrees")));
        json_decref(answer);
    }
}

static void a_line_that_nobody_declared_is_none(void **state)
{
    assert_null(told(*state, "90000001", "R-99"));
    assert_null(told(*state, "90000009", "R-17"));
}

static const json_t *at(const json_t *json, const char *list, size_t place)
{
    return json_array_get(json_object_get(json, list), place);
}

/* What the amount rests on, with the decision behind it. */
static void a_new_price_is_cited(void **state)
{
    json_t *answer = json_loads(told(*state, "90000001", "R-17"), 0, NULL);
    const json_t *replaced = at(answer, "lines", 2);
    const json_t *rating = json_object_get(replaced, "rating");
    json_t *expected =
        json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:b, s:s}", "book", 2, "slug", "test-2", "decision",
                  "Decision 2", "decided", "2019-01-01", "source", "nobody", "known_day", "2020-07-07", "file",
                  "book.yaml", "line", 5, "rests_on", "Decision 2", "synthetic", 1, "first_day", "2020-01-01");
    char *said = json_dumps(json_object_get(rating, "price"), 0);
    if (!json_equal(json_object_get(rating, "price"), expected))
        fail_msg("%s", said);
    free(said);
    json_decref(expected);
    assert_string_equal(json_string_value(json_object_get(replaced, "made_by")), "BILLING");
    assert_string_equal(json_string_value(json_object_get(replaced, "replaces")), "R-17");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(replaced, "cause"), "book")), 2);
    assert_int_equal(json_integer_value(json_object_get(rating, "recomputed_cents")), 52000);
    assert_int_equal(strlen(json_string_value(json_object_get(rating, "digest"))), DIGEST_TEXT_SIZE - 1);
    json_decref(answer);
}

static void a_start_part_is_told_with_price_terms_and_share(void **state)
{
    json_t *answer = json_loads(told(*state, "90000001", "R-21"), 0, NULL);
    const json_t *rating = json_object_get(at(answer, "lines", 0), "rating");
    const json_t *allocation = json_object_get(at(answer, "lines", 0), "allocation");
    assert_string_equal(json_string_value(json_object_get(rating, "formula")), "START_PART");
    assert_int_equal(json_integer_value(json_object_get(rating, "price_cents")), 500001);
    assert_int_equal(json_integer_value(at(rating, "share", 0)), 7);
    assert_int_equal(json_integer_value(at(rating, "share", 1)), 10);
    assert_int_equal(json_integer_value(json_object_get(rating, "start_cents")), 350001);
    assert_non_null(json_object_get(json_object_get(rating, "terms"), "decision"));
    assert_string_equal(json_string_value(json_object_get(allocation, "profile_name")), "Herstel");
    assert_string_equal(json_string_value(json_object_get(allocation, "contract")), "c1/90000001");
    assert_non_null(json_object_get(json_object_get(allocation, "contract_entry"), "decision"));
    json_decref(answer);
}

static void a_line_that_allocation_refuses_says_so(void **state)
{
    Office *office = *state;
    Asked misfit = office_pieces("R-30", "A1", 1);
    misfit.match_code = "9340";
    office_turn_to(office, "90000001");
    office_declare(office, "D-30", &misfit);
    office_hear(office);
    json_t *answer = json_loads(told(office, "90000001", "R-30"), 0, NULL);
    const json_t *line = at(answer, "lines", 0);
    assert_string_equal(json_string_value(json_object_get(line, "return_code")), "9340");
    assert_string_equal(json_string_value(json_object_get(line, "reason")), "LINE_MISFIT");
    assert_string_equal(json_string_value(json_object_get(line, "sentence_en")),
                        "the line does not fit the allocation");
    json_decref(answer);
}

static void a_rejected_line_tells_why(void **state)
{
    json_t *answer = json_loads(told(*state, "90000001", "R-20"), 0, NULL);
    const json_t *line = at(answer, "lines", 0);
    assert_true(json_is_false(json_object_get(line, "approved")));
    assert_string_equal(json_string_value(json_object_get(line, "return_code")), "9389");
    assert_string_equal(json_string_value(json_object_get(line, "reason")), "DEBET_STANDS");
    assert_string_equal(json_string_value(json_object_get(line, "sentence_nl")),
                        billing_reason_dutch(BILLING_DEBET_STANDS));
    assert_null(json_object_get(line, "rating"));
    json_decref(answer);
}

/* The planted fault. */
static void a_line_that_was_changed_by_hand_does_not_agree(void **state)
{
    Office *office = *state;
    office_run(office, "UPDATE line SET price_cents = price_cents + 1 WHERE reference = 'R-17~2'");
    json_t *answer = json_loads(told(office, "90000001", "R-17"), 0, NULL);
    assert_true(json_is_false(json_object_get(answer, "agrees")));
    assert_true(json_is_true(json_object_get(json_object_get(at(answer, "lines", 1), "rating"), "agrees")));
    assert_true(json_is_false(json_object_get(json_object_get(at(answer, "lines", 2), "rating"), "agrees")));
    json_decref(answer);
    office_run(office, "UPDATE line SET price_cents = price_cents - 1 WHERE reference = 'R-17~2'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_tells_all_that_became_of_it),
        cmocka_unit_test(a_line_that_nobody_declared_is_none),
        cmocka_unit_test(a_new_price_is_cited),
        cmocka_unit_test(a_start_part_is_told_with_price_terms_and_share),
        cmocka_unit_test(a_line_that_allocation_refuses_says_so),
        cmocka_unit_test(a_rejected_line_tells_why),
        cmocka_unit_test(a_line_that_was_changed_by_hand_does_not_agree),
    };
    return cmocka_run_group_tests(tests, open_office, close_office);
}
