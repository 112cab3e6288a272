#include "billing/web/whatif.h"

#include "services/billing/web/office.h"

static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};

/* In every partition, as intake says it. */
static void publish(Office *office, int32_t number, const char *sections)
{
    office->story->municipality = office->story->provider = "";
    for (int16_t partition = 0; partition < PARTITIONS; partition++) {
        office->story->partition = partition;
        story_book(office->story, number, sections);
    }
    office->story->municipality = "0503";
}

/* Lines of three providers in three months, one of them credited, some corrected before by a second book. */
static int open_office(void **state)
{
    Office *office = office_new();
    publish(office, 1, OFFICE_BOOK);
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        for (int allocation = 1; allocation <= 4; allocation++)
            office_grant(office, arena_format(office->story->arena, "A%d", allocation), "45A53", UNIT_PIECE);
        for (int line = 1; line <= 4; line++) {
            const char *allocation = arena_format(office->story->arena, "A%d", line);
            const Asked asked =
                office_pieces(arena_format(office->story->arena, "R-%d", line), allocation, line + (int)i);
            office_declare(office, arena_format(office->story->arena, "D-%d", line), &asked);
        }
        const Asked third = office_pieces("R-3", "A3", 3 + (int)i);
        office_credit(office, "D-9", "K-3", &third);
    }
    publish(office, 2, OFFICE_SECOND_BOOK);
    office_hear(office);
    *state = office;
    return 0;
}

static int close_office(void **state)
{
    office_free(*state);
    return 0;
}

/* As story_book writes it. */
static Bytes enclosed(Office *office, int32_t number, const char *sections)
{
    Arena *arena = office->story->arena;
    const char *text = arena_format(arena,
                                    "decision: {number: %d, slug: test-%d, name: Decision %d, decided: 2019-01-01, "
                                    "source: nobody}\nsynthetic: true\n%s",
                                    number, number, number, sections);
    json_t *json = json_pack("{s:[{s:s, s:s}]}", "files", "name", "book.yaml", "text", text);
    char *dumped = json_dumps(json, 0);
    Bytes bytes = {(const uint8_t *)arena_text(arena, dumped), strlen(dumped)};
    free(dumped);
    json_decref(json);
    return bytes;
}

static WhatifQuestion question_of(Office *office, int32_t number, const char *sections)
{
    return (WhatifQuestion){
        .municipality = "",
        .partition_first = 0,
        .partition_last = PARTITIONS - 1,
        .service = {DAY_FIRST, DAY_LAST},
        .enclosed = enclosed(office, number, sections),
        .piece = 2,
    };
}

/* NULL, with the faults told, when the book may not follow. */
static json_t *whatif(Office *office, const WhatifQuestion *question, const char **faults_out)
{
    char *json = NULL;
    *faults_out = NULL;
    must(whatif_write(office->story->arena, office->billing->database, office->library, question, &json, faults_out));
    return json ? json_loads(json, 0, NULL) : NULL;
}

static int64_t figure(const json_t *row, const char *name)
{
    return json_integer_value(json_object_get(row, name));
}

/* What the answer says of one provider, over its rows. */
static int64_t sum_of(const json_t *answer, const char *provider, const char *name)
{
    int64_t sum = 0;
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(answer, "rows"), i, row)
    {
        if (strcmp(json_string_value(json_object_get(row, "provider")), provider) == 0)
            sum += figure(row, name);
    }
    return sum;
}

static int64_t cost_of(Office *office, const char *provider)
{
    return test_database_number(
        office->billing->database,
        arena_format(office->story->arena,
                     "SELECT coalesce(sum(amount_cents), 0)::bigint FROM posting WHERE account = 'COST'"
                     " AND conversation = 503%s",
                     provider));
}

static int64_t lines_corrected(Office *office, const char *provider, int32_t book)
{
    return test_database_number(
        office->billing->database,
        arena_format(office->story->arena,
                     "SELECT coalesce(sum(lines), 0)::bigint FROM correction WHERE conversation = 503%s AND book = %d",
                     provider, book));
}

static const char *const BOOKS[] = {
    "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 27000, from: 2020-01-01}]\n",
    "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 25000, from: 2020-01-01}]\n",
    "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 24000, from: 2020-01-01, providers: '90000002'}]\n",
    "contracts:\n"
    "  - {id: c2, providers: ['90000001', '90000002', '90000003'], segment: S, municipalities: '0503', from: "
    "2020-01-01,\n"
    "     until: 2021-12-31, kind: bridging, products: all, pics: all, corrections: self_billed}\n"
    "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 28000, from: 2020-01-01}]\n",
    "pxq_tariffs: [{product: 45A04, unit: HOUR, cents: 7500, from: 2020-01-01}]\n",
};

static void publishing_makes_the_same_cents(void **state)
{
    Office *office = *state;
    for (size_t book = 0; book < COUNT(BOOKS); book++) {
        int32_t number = (int32_t)book + 3;
        WhatifQuestion question = question_of(office, number, BOOKS[book]);
        const char *faults;
        json_t *answer = whatif(office, &question, &faults);
        if (!answer)
            fail_msg("book %d: %s", number, faults);
        int64_t before[COUNT(PROVIDERS)];
        for (size_t i = 0; i < COUNT(PROVIDERS); i++)
            before[i] = cost_of(office, PROVIDERS[i]);

        publish(office, number, BOOKS[book]);
        office_hear(office);
        for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
            int64_t made = cost_of(office, PROVIDERS[i]) - before[i];
            int64_t foretold = sum_of(answer, PROVIDERS[i], "then_cents") - sum_of(answer, PROVIDERS[i], "now_cents");
            if (made != foretold)
                fail_msg("book %d, provider %s: %lld cents, and %lld foretold", number, PROVIDERS[i], (long long)made,
                         (long long)foretold);
            assert_int_equal(lines_corrected(office, PROVIDERS[i], number), sum_of(answer, PROVIDERS[i], "lines"));
            assert_int_equal(sum_of(answer, PROVIDERS[i], "lines"), sum_of(answer, PROVIDERS[i], "allocations"));
        }
        json_decref(answer);
    }
}

static void asking_writes_nothing(void **state)
{
    Office *office = *state;
    static const char ROWS[] =
        "SELECT (SELECT count(*) FROM line) + (SELECT count(*) FROM adjustment) + (SELECT count(*)"
        " FROM posting) + (SELECT count(*) FROM correction) + (SELECT count(*) FROM heard_book)";
    int64_t before = test_database_number(office->billing->database, ROWS);
    WhatifQuestion question = question_of(office, 3, BOOKS[0]);
    const char *faults;
    json_t *first = whatif(office, &question, &faults);
    json_t *second = whatif(office, &question, &faults);
    assert_true(json_equal(first, second));
    assert_int_equal(sum_of(first, "90000001", "lines"), 3);
    assert_int_equal(sum_of(first, "90000001", "now_cents"), 7 * 26000);
    assert_int_equal(test_database_number(office->billing->database, ROWS), before);
    json_decref(first);
    json_decref(second);
}

static void a_question_can_be_narrower_than_the_book(void **state)
{
    Office *office = *state;
    WhatifQuestion question = question_of(office, 3, BOOKS[0]);
    const char *faults;
    question.municipality = "0518";
    json_t *elsewhere = whatif(office, &question, &faults);
    assert_int_equal(json_array_size(json_object_get(elsewhere, "rows")), 0);
    json_decref(elsewhere);

    question.municipality = "0503";
    question.service = (Period){day_of(2020, 4, 1), DAY_LAST};
    json_t *later = whatif(office, &question, &faults);
    assert_int_equal(json_array_size(json_object_get(later, "rows")), 0);
    json_decref(later);
}

static void a_book_that_may_not_follow_is_told_with_all_its_faults(void **state)
{
    Office *office = *state;
    const char *faults;
    WhatifQuestion question = question_of(office, 7, "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: soon}]\n");
    assert_null(whatif(office, &question, &faults));
    assert_non_null(strstr(faults, "book.yaml:3"));
    assert_non_null(strstr(faults, "book.yaml:1"));

    question.enclosed = (Bytes){(const uint8_t *)"nothing", 7};
    assert_null(whatif(office, &question, &faults));
    assert_non_null(strstr(faults, "no JSON"));
}

/* Halfway through a book no lines stand as they will when it is done. */
static void a_book_that_is_being_worked_on_comes_first(void **state)
{
    Office *office = *state;
    office_run(office, "INSERT INTO inbox(source, partition, position, cursor) VALUES ('allocation', 7, 12, '\\x01')");
    WhatifQuestion question = question_of(office, 3, BOOKS[0]);
    const char *faults;
    assert_null(whatif(office, &question, &faults));
    assert_non_null(strstr(faults, "being worked on"));

    office_run(office, "UPDATE inbox SET cursor = '', position = 13");
    json_t *answer = whatif(office, &question, &faults);
    assert_int_equal(figure(json_object_get(answer, "positions"), "7"), 13);
    json_decref(answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(publishing_makes_the_same_cents, open_office, close_office),
        cmocka_unit_test_setup_teardown(asking_writes_nothing, open_office, close_office),
        cmocka_unit_test_setup_teardown(a_question_can_be_narrower_than_the_book, open_office, close_office),
        cmocka_unit_test_setup_teardown(a_book_that_is_being_worked_on_comes_first, open_office, close_office),
        cmocka_unit_test_setup_teardown(a_book_that_may_not_follow_is_told_with_all_its_faults, open_office,
                                        close_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
