#include "picq/reconcile/reconcile.h"

#include "support/unit.h"

static int arena_open(void **state)
{
    *state = arena_new();
    return 0;
}

static int arena_shut(void **state)
{
    arena_free(*state);
    return 0;
}

static void a_file_is_read_whichever_way_it_was_saved(void **state)
{
    static const struct {
        const char *story, *text;
        size_t count;
        const char *reference; /* of its last line */
        int64_t cents;
    } CASES[] = {
        {"as a spreadsheet here saves it", "referentie;bedrag\r\nR-1;1.234,56\r\n", 1, "R-1", 123456},
        {"with commas and points", "reference,amount\nR-1,\"1,234.56\"\n", 1, "R-1", 123456},
        {"other columns around it", "Maand;Referentie;Client;Bedrag\n2020-01;R-1;x;10,5\n", 1, "R-1", 1050},
        {"whole euros", "referentie;bedrag\nR-1;72\n", 1, "R-1", 7200},
        {"a credit", "referentie;bedrag\nR-1;72,00\nK-1;-72,00\n", 2, "K-1", -7200},
        {"thousands without decimals", "referentie;bedrag\nR-1;1.234.567\n", 1, "R-1", 123456700},
        {"a mark before it, and empty lines", "\xef\xbb\xbfreferentie;bedrag\n\nR-1;0,01\n\n", 1, "R-1", 1},
        {"quotes in a cell", "referentie;bedrag\n\"R-\"\"1\";1,00\n", 1, "R-\"1", 100},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Stated stated;
        StatedFault fault;
        if (!stated_read(*state, CASES[i].text, &stated, &fault))
            fail_msg("%s: line %d: %s", CASES[i].story, fault.line, fault.words);
        assert_int_equal(stated.count, CASES[i].count);
        assert_string_equal(stated.list[stated.count - 1].reference, CASES[i].reference);
        if (stated.list[stated.count - 1].amount.cents != CASES[i].cents)
            fail_msg("%s: %lld cents", CASES[i].story, (long long)stated.list[stated.count - 1].amount.cents);
    }
}

static void what_cannot_be_read_is_told_with_its_line(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *words; /* begin so */
    } CASES[] = {
        {"", 0, "the file is empty"},
        {"nummer;bedrag\nR-1;1\n", 1, "no column is called \"referentie\""},
        {"referentie;euro\nR-1;1\n", 1, "no column is called \"bedrag\""},
        {"referentie;bedrag\nR-1\n", 2, "the line has fewer cells"},
        {"referentie;bedrag\n;1,00\n", 2, "the line has no reference"},
        {"referentie;bedrag\n\nR-1;een\n", 3, "the amount is not one"},
        {"referentie;bedrag\nR-1;12,34,56\n", 2, "the amount is not one"},
        {"referentie;bedrag\nR-1;99999999999999999999\n", 2, "the amount is not one"},
        {"referentie;bedrag\nR-1;-\n", 2, "the amount is not one"},
        {"referentie;bedrag\n\"R-1;1\n", 2, "the line has fewer cells"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Stated stated;
        StatedFault fault = {0};
        assert_false(stated_read(*state, CASES[i].text, &stated, &fault));
        if (fault.line != CASES[i].line || strncmp(fault.words, CASES[i].words, strlen(CASES[i].words)) != 0)
            fail_msg("%s: line %d: %s", CASES[i].text, fault.line, fault.words);
    }
}

static void each_difference_is_explained(void **state)
{
    static const OurLine OURS[] = {
        {.reference = "R-1", .amount = {7200}, .year = 2020, .booked_year = 2020, .known_day = "2020-02-03"},
        {.reference = "R-2",
         .amount = {7200},
         .corrected = {300},
         .year = 2020,
         .booked_year = 2020,
         .known_day = "2020-02-03"},
        {.reference = "R-3", .amount = {7200}, .year = 2020, .booked_year = 2021, .known_day = "2021-04-15"},
        {.reference = "R-4",
         .year = 2020,
         .booked_year = 2020,
         .known_day = "2020-02-03",
         .reason = "VOLUME_EXCEEDED",
         .return_code = "9321"},
        {.reference = "R-5",
         .amount = {7200},
         .year = 2020,
         .booked_year = 2020,
         .known_day = "2020-02-03",
         .credited_by = "K-5"},
        {.reference = "K-5",
         .amount = {-7200},
         .year = 2020,
         .booked_year = 2020,
         .known_day = "2020-03-03",
         .credits = "R-5"},
        {.reference = "R-6", .amount = {7200}, .year = 2019, .booked_year = 2020, .known_day = "2020-05-01"},
    };
    OurLine ours[COUNT(OURS)];
    for (size_t i = 0; i < COUNT(OURS); i++) {
        ours[i] = OURS[i];
        ours[i].credits = ours[i].credits ? ours[i].credits : "";
        ours[i].credited_by = ours[i].credited_by ? ours[i].credited_by : "";
        ours[i].reason = ours[i].reason ? ours[i].reason : "";
        ours[i].return_code = ours[i].return_code ? ours[i].return_code : "";
    }
    static const struct {
        const char *story, *reference;
        int64_t cents;
        DifferenceKind kind;
        const char *says; /* somewhere in the sentence */
    } CASES[] = {
        {"the same", "R-1", 7200, DIFFERENCE_NONE, ""},
        {"as a book corrected it", "R-2", 7500, DIFFERENCE_NONE, ""},
        {"as first approved", "R-2", 7200, DIFFERENCE_CORRECTED, "kwam er € 3,00 bij"},
        {"neither", "R-2", 7201, DIFFERENCE_AMOUNT, "U noemt € 72,01; toegekend is € 75,00"},
        {"after the close", "R-3", 7200, DIFFERENCE_LATE,
         "na de afsluiting van 2020, en is voor € 72,00 geboekt in 2021"},
        {"rejected", "R-4", 7200, DIFFERENCE_REJECTED, "afgekeurd (retourcode 9321)"},
        {"rejected, and stated as nothing", "R-4", 0, DIFFERENCE_NONE, ""},
        {"credited, and left out", "R-5", 0, DIFFERENCE_AMOUNT, "gecrediteerd met K-5"},
        {"a credit", "K-5", -7200, DIFFERENCE_NONE, ""},
        {"nobody has it", "R-9", 100, DIFFERENCE_UNKNOWN, "geen prestatie met deze referentie"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const StatedLine line = {2, CASES[i].reference, {CASES[i].cents}};
        Reconciliation found;
        assert_true(reconcile(*state, (Stated){&line, 1}, ours, COUNT(ours), 2020, &found));
        const Difference *difference = NULL;
        for (size_t j = 0; j < found.count; j++)
            if (strcmp(found.list[j].reference, CASES[i].reference) == 0)
                difference = &found.list[j];
        DifferenceKind kind = difference ? difference->kind : DIFFERENCE_NONE;
        if (kind != CASES[i].kind || (difference && !strstr(difference->sentence, CASES[i].says)))
            fail_msg("%s: kind %d, \"%s\"", CASES[i].story, kind, difference ? difference->sentence : "");
        assert_int_equal(found.ours.cents, 7200 + 7500 + 0 + 7200 - 7200 + 7200);
    }
}

static void what_is_left_out_or_stated_twice_is_told(void **state)
{
    static const StatedLine LINES[] = {{2, "R-1", {7200}}, {3, "R-1", {7200}}};
    const OurLine ours[] = {
        {.reference = "R-0",
         .amount = {100},
         .credits = "",
         .credited_by = "",
         .reason = "",
         .return_code = "",
         .year = 2019,
         .booked_year = 2020,
         .known_day = "2020-05-01"},
        {.reference = "R-1",
         .amount = {7200},
         .credits = "",
         .credited_by = "",
         .reason = "",
         .return_code = "",
         .year = 2020,
         .booked_year = 2020,
         .known_day = "2020-05-01"},
        {.reference = "R-2",
         .amount = {100},
         .credits = "",
         .credited_by = "",
         .reason = "",
         .return_code = "",
         .year = 2020,
         .booked_year = 2021,
         .known_day = "2021-05-01"},
    };
    Reconciliation found;
    assert_true(reconcile(*state, (Stated){LINES, COUNT(LINES)}, ours, COUNT(ours), 2020, &found));
    assert_int_equal(found.agreeing, 1);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.list[0].kind, DIFFERENCE_UNSTATED);
    assert_non_null(strstr(found.list[0].sentence, "zorg van een eerder jaar"));
    assert_int_equal(found.list[1].kind, DIFFERENCE_TWICE);
    assert_non_null(strstr(found.list[1].sentence, "regel 3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_read_whichever_way_it_was_saved, arena_open, arena_shut),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told_with_its_line, arena_open, arena_shut),
        cmocka_unit_test_setup_teardown(each_difference_is_explained, arena_open, arena_shut),
        cmocka_unit_test_setup_teardown(what_is_left_out_or_stated_twice_is_told, arena_open, arena_shut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
