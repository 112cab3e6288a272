#include "billing/web/verify.h"

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

static const char *verified(Office *office, int32_t year, int16_t first, int16_t last, int32_t piece)
{
    const VerifyQuestion question = {year, first, last, piece};
    char *json = NULL;
    must(verify_write(office->story->arena, office->billing->database, &question, &json));
    return json;
}

static const char ALL_AGREE[] =
    "{\"year\":2020,\"partitions\":[0,63],\"lines\":{\"all\":21,\"agree\":21},\"adjustments\":{\"all\":8,\"agree\":8},"
    "\"disagree\":[]}";

static void a_year_comes_out_again_in_pieces_of_any_size(void **state)
{
    static const int32_t PIECES[] = {1, 2, 3, 2000};
    for (size_t i = 0; i < COUNT(PIECES); i++)
        assert_string_equal(verified(*state, 2020, 0, 63, PIECES[i]), ALL_AGREE);
}

static void partitions_are_asked_one_by_one_or_together(void **state)
{
    Office *office = *state;
    int16_t partition = partition_of("0503", "90000001");
    static const char COUNTED[] = "\"lines\":{\"all\":11,\"agree\":11},\"adjustments\":{\"all\":0,\"agree\":0}";
    assert_non_null(strstr(verified(office, 2020, partition, partition, 2000), COUNTED));
    assert_non_null(strstr(verified(office, 2021, 0, 63, 2000), "\"lines\":{\"all\":0,\"agree\":0}"));
}

/* What somebody might change by hand, in one line or adjustment. */
static void what_was_changed_by_hand_is_found(void **state)
{
    static const struct {
        const char *story, *change, *undo, *found;
    } CASES[] = {
        {"an amount",
         "UPDATE line SET amount_cents = amount_cents + 1 WHERE reference = 'R-19' AND conversation = 50390000001",
         "UPDATE line SET amount_cents = amount_cents - 1 WHERE reference = 'R-19' AND conversation = 50390000001",
         "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"reference\":\"R-19\",\"stored_cents\":11686,"
         "\"recomputed_cents\":11685,\"amount_agrees\":false,\"digest_agrees\":false}]"},
        {"a volume, with the amount that follows",
         "UPDATE line SET rated_volume = 3, amount_cents = 75000 WHERE reference = 'R-17' AND conversation = "
         "50390000002",
         "UPDATE line SET rated_volume = 2, amount_cents = 50000 WHERE reference = 'R-17' AND conversation = "
         "50390000002",
         "\"reference\":\"R-17\",\"stored_cents\":75000,\"recomputed_cents\":75000,\"amount_agrees\":true,"
         "\"digest_agrees\":false}"},
        {"the place of the tariff", "UPDATE line SET price_line = price_line + 1 WHERE reference = 'R-17~2'",
         "UPDATE line SET price_line = price_line - 1 WHERE reference = 'R-17~2'",
         "\"reference\":\"R-17~2\",\"stored_cents\":52000,\"recomputed_cents\":52000,\"amount_agrees\":true,"
         "\"digest_agrees\":false}]"},
        {"the digest itself",
         "UPDATE line SET digest = set_byte(digest, 0, get_byte(digest, 0) # 1) WHERE reference = 'K-18' AND "
         "conversation = 50390000001",
         "UPDATE line SET digest = set_byte(digest, 0, get_byte(digest, 0) # 1) WHERE reference = 'K-18' AND "
         "conversation = 50390000001",
         "\"reference\":\"K-18\",\"stored_cents\":26000,\"recomputed_cents\":26000,\"amount_agrees\":true,"
         "\"digest_agrees\":false}]"},
        {"the sign of a credit",
         "UPDATE line SET amount_cents = -amount_cents WHERE reference = 'K-18' AND conversation = 50390000001",
         "UPDATE line SET amount_cents = -amount_cents WHERE reference = 'K-18' AND conversation = 50390000001",
         "\"reference\":\"K-18\",\"stored_cents\":-26000,\"recomputed_cents\":26000,\"amount_agrees\":false,"},
        {"a contract",
         "UPDATE allocation SET contract = 'c2/90000001' WHERE number = 'P1' AND conversation = 50390000001",
         "UPDATE allocation SET contract = 'c1/90000001' WHERE number = 'P1' AND conversation = 50390000001",
         "\"reference\":\"R-21\",\"stored_cents\":350001,\"recomputed_cents\":350001,\"amount_agrees\":true,"
         "\"digest_agrees\":false}]"},
        {"a correction that is expected",
         "UPDATE adjustment SET amount_cents = 2001 WHERE reference = 'R-17' AND way = 2",
         "UPDATE adjustment SET amount_cents = 2000 WHERE reference = 'R-17' AND way = 2",
         "\"reference\":\"R-17\",\"document\":\"verzoek~2\",\"stored_cents\":52001,\"recomputed_cents\":52000,"
         "\"amount_agrees\":false,\"digest_agrees\":false}]"},
        {"a correction that is taken back",
         "UPDATE adjustment SET amount_cents = -999 WHERE reference = 'R-18' AND way = 3 AND formula IS NULL",
         "UPDATE adjustment SET amount_cents = -1000 WHERE reference = 'R-18' AND way = 3 AND formula IS NULL",
         "\"reference\":\"R-18\",\"document\":\"verrekening~2~2020\","},
    };
    Office *office = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        office_run(office, CASES[i].change);
        const char *json = verified(office, 2020, 0, 63, 2);
        if (!strstr(json, CASES[i].found))
            fail_msg("%s: %s", CASES[i].story, json);
        office_run(office, CASES[i].undo);
        assert_string_equal(verified(office, 2020, 0, 63, 2), ALL_AGREE);
    }
}

static void a_hundred_are_named_and_all_are_counted(void **state)
{
    Office *office = *state;
    office_run(
        office,
        "INSERT INTO line (partition, conversation, reference, position, declaration, allocation, client, category,"
        " code, first_day, last_day, volume, unit, tariff_cents, amount_cents, counted, parts, credits, reason,"
        " return_code, formula, rated_volume, price_cents, month, share_numerator, share_denominator,"
        " part_numerator, part_denominator, rated_book, price_source, price_book, price_line, terms_source,"
        " terms_book, terms_line, digest, known_day, booked_year, declared_cents) SELECT partition, conversation, "
        "reference || '-' || n, position, declaration,"
        " allocation, client, category, code, first_day, last_day, volume, unit, tariff_cents,"
        " amount_cents, counted, parts, credits, reason, return_code, formula, rated_volume, price_cents,"
        " month, share_numerator, share_denominator, part_numerator, part_denominator, rated_book,"
        " price_source, price_book, price_line, terms_source, terms_book, terms_line, digest, known_day,"
        " booked_year, declared_cents"
        "  FROM line, generate_series(1, 150) AS n"
        " WHERE reference = 'R-19' AND conversation = 50390000001");
    json_t *answer = json_loads(verified(office, 2020, 0, 63, 7), 0, NULL);
    const json_t *lines = json_object_get(answer, "lines");
    assert_int_equal(json_integer_value(json_object_get(lines, "all")), 171);
    assert_int_equal(json_integer_value(json_object_get(lines, "agree")), 21);
    assert_int_equal(json_array_size(json_object_get(answer, "disagree")), VERIFY_NAMED_MAX);
    json_decref(answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_comes_out_again_in_pieces_of_any_size),
        cmocka_unit_test(partitions_are_asked_one_by_one_or_together),
        cmocka_unit_test(what_was_changed_by_hand_is_found),
        cmocka_unit_test(a_hundred_are_named_and_all_are_counted),
    };
    return cmocka_run_group_tests(tests, open_office, close_office);
}
