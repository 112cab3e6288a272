#include "intake/core/word.h"

#include "support/unit.h"

#define LETTERS_64 "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-."

static void a_text_has_the_form_of_its_kind(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        WordKind kind;
        const char *text;
        IntakeReason reason;
    } CASES[] = {
        {"a reference", WORD_REFERENCE, "2020/123-a#4", INTAKE_ADMITTED},
        {"a reference of 64", WORD_REFERENCE, LETTERS_64, INTAKE_ADMITTED},
        {"a reference of 65", WORD_REFERENCE, LETTERS_64 "x", INTAKE_TEXT_WRONG},
        {"a reference as billing makes them", WORD_REFERENCE, "R-17~6", INTAKE_TEXT_WRONG},
        {"what is paid", WORD_INVOICE, "2020/123-a#4", INTAKE_ADMITTED},
        {"a note of billing that is paid", WORD_INVOICE, "verrekening~6~2020", INTAKE_ADMITTED},
        {"a citizen number as what is paid", WORD_INVOICE, "nota~999900006", INTAKE_TEXT_HIDES_BSN},
        {"a reference with a space", WORD_REFERENCE, "request 4", INTAKE_TEXT_WRONG},
        {"a reference with an accent", WORD_REFERENCE, "crèche", INTAKE_TEXT_WRONG},
        {"a citizen number as a reference", WORD_REFERENCE, "R-999900006", INTAKE_TEXT_HIDES_BSN},
        {"an id", WORD_ID, "REQ-2020:17.a_b", INTAKE_ADMITTED},
        {"an id with the mark of history", WORD_ID, "REQ/17", INTAKE_TEXT_WRONG},
        {"an id with the mark of partition", WORD_ID, "REQ@17", INTAKE_TEXT_WRONG},
        {"an owner", WORD_OWNER, "synthetic-care", INTAKE_ADMITTED},
        {"an owner with the mark of an id", WORD_OWNER, "synthetic:care", INTAKE_TEXT_WRONG},
        {"a municipality", WORD_MUNICIPALITY, "0518", INTAKE_ADMITTED},
        {"a municipality of three digits", WORD_MUNICIPALITY, "518", INTAKE_TEXT_WRONG},
        {"all municipalities", WORD_MUNICIPALITY_OR_ALL, "*", INTAKE_ADMITTED},
        {"more than all", WORD_MUNICIPALITY_OR_ALL, "****", INTAKE_TEXT_WRONG},
        {"one of all", WORD_MUNICIPALITY_OR_ALL, "0518", INTAKE_ADMITTED},
        {"one digit of all", WORD_MUNICIPALITY_OR_ALL, "5", INTAKE_TEXT_WRONG},
        {"a provider", WORD_PROVIDER, "90000001", INTAKE_ADMITTED},
        {"a provider with a letter", WORD_PROVIDER, "9000000A", INTAKE_TEXT_WRONG},
        {"a key", WORD_KEY, "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", INTAKE_ADMITTED},
        {"a key with a quote", WORD_KEY, "\"q:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", INTAKE_TEXT_WRONG},
        {"a key of 39", WORD_KEY, "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf", INTAKE_TEXT_WRONG},
        {"any number may stand for a BSN", WORD_BSN, "12345", INTAKE_ADMITTED},
        {"a name with an accent", WORD_PERSON_NAME, "Test Cliënt", INTAKE_ADMITTED},
        {"a name with a tab", WORD_PERSON_NAME, "Test\tClient", INTAKE_TEXT_WRONG},
        {"a sentence", WORD_SENTENCE, "Gaat weer naar school, elke dag.", INTAKE_ADMITTED},
        {"a sentence with a citizen number", WORD_SENTENCE, "Zie 999900006.", INTAKE_TEXT_HIDES_BSN},
        {"a document of two lines", WORD_DOCUMENT, "book:\n  number: 1\n", INTAKE_ADMITTED},
        {"a document with a bell", WORD_DOCUMENT, "book:\a", INTAKE_TEXT_WRONG},
    };
    int of_kind[WORD_KIND_COUNT] = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        of_kind[CASES[i].kind]++;
        if (word_check(CASES[i].kind, CASES[i].text, strlen(CASES[i].text)) != CASES[i].reason)
            fail_msg("%s: %s", CASES[i].story, CASES[i].text);
    }
    for (int kind = 0; kind < WORD_KIND_COUNT; kind++) {
        assert_int_not_equal(of_kind[kind], 0);
        assert_non_null(word_expected((WordKind)kind));
    }
}

static void no_text_of_a_kind_is_empty(void **state)
{
    (void)state;
    for (int kind = 0; kind < WORD_KIND_COUNT; kind++)
        assert_int_equal(word_check((WordKind)kind, "", 0), INTAKE_TEXT_WRONG);
}

static void a_reason_is_found_by_its_name(void **state)
{
    (void)state;
    for (int reason = 0; reason < INTAKE_REASON_COUNT; reason++) {
        IntakeReason found = INTAKE_REASON_COUNT;
        assert_true(intake_reason_read(intake_reason_name((IntakeReason)reason), &found));
        assert_int_equal(found, reason);
        assert_true(strlen(intake_reason_english((IntakeReason)reason)) > 5);
        assert_true(strlen(intake_reason_dutch((IntakeReason)reason)) > 5);
    }
    IntakeReason untouched = INTAKE_ADMITTED;
    assert_false(intake_reason_read("NO_SUCH_REASON", &untouched));
    assert_int_equal(untouched, INTAKE_ADMITTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_has_the_form_of_its_kind),
        cmocka_unit_test(no_text_of_a_kind_is_empty),
        cmocka_unit_test(a_reason_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
