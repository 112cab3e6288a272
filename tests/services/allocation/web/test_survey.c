/* What allocation shows of care that a book touches, held against what then happens. */
#include "allocation/core/allocation.h"
#include "allocation/house.h"
#include "allocation/migrations.h"
#include "allocation/sql.h"
#include "allocation/turn.h"
#include "allocation/web/cohorts.h"
#include "allocation/web/conversions.h"
#include "allocation/web/gaps.h"
#include "allocation/web/whatif.h"
#include "base/partition.h"
#include "process/book_enclosed.h"
#include "support/books.h"
#include "support/database.h"
#include "support/turns.h"
#include "support/unit.h"

#include "proto/intake.pb-c.h"
#include "service/message.h"

#include <stdlib.h>

#define DELFT "0503"
#define THE_HAGUE "0518"
#define PROVIDER "90000001"

typedef struct Desk {
    Arena *arena;
    TestTurns *turns;
    AllocationHouse house;
    Library *library;
    int64_t positions[PARTITIONS];
    json_t *shown; /* as read last */
    const char *fault;
} Desk;

static int open_desk(void **state)
{
    Desk *desk = calloc(1, sizeof *desk);
    desk->arena = arena_new();
    desk->library = library_new();
    house_open(&desk->house);
    desk->turns = test_turns_new("allocation", &allocation_sql, &allocation_migrations, allocation_turn, &desk->house);
    desk->turns->committed = house_committed;
    *state = desk;
    return 0;
}

static int close_desk(void **state)
{
    Desk *desk = *state;
    json_decref(desk->shown);
    test_turns_free(desk->turns);
    house_close(&desk->house);
    library_free(desk->library);
    arena_free(desk->arena);
    free(desk);
    return 0;
}

/* what is said */

static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

/* Heard at once, and the offset of the partition moved as the loop would. */
static void say(Desk *desk, int16_t partition, const char *known, const Intake__Fact *fact)
{
    int64_t position = ++desk->positions[partition];
    Heard heard = {
        .id = arena_format(desk->arena, "m-%d-%lld", partition, (long long)position),
        .source = "intake",
        .type = "intake.Fact",
        .subject = arena_format(desk->arena, "%s/%s", fact->municipality, fact->provider),
        .known = day_at(known),
        .partition = partition,
        .position = position,
        .version = STREET_VERSION,
        .data = message_pack(desk->arena, &fact->base),
    };
    test_turns_hear(desk->turns, &heard, 1, 1);
    test_database_run(desk->turns->database,
                      arena_format(desk->arena,
                                   "INSERT INTO inbox (source, partition, position) VALUES ('intake', %d, %lld)"
                                   " ON CONFLICT (partition, source) DO UPDATE SET position = excluded.position",
                                   partition, (long long)position));
}

static Intake__Fact fact_in(const char *municipality)
{
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.municipality = text(municipality);
    fact.provider = text(PROVIDER);
    return fact;
}

static BookFile book_file(Desk *desk, int number)
{
    FILE *file = fopen(arena_format(desk->arena, "tests/services/allocation/core/books/%03d.yaml", number), "rb");
    assert_non_null(file);
    char *words = arena_take(desk->arena, 1 << 16);
    size_t size = fread(words, 1, (1 << 16) - 1, file);
    fclose(file);
    /* Those books let contracts run past what is funded, for tests of that; here they are in order. */
    for (char *day = words; (day = strstr(day, "2022-06-30"));)
        memcpy(day, "2022-03-31", strlen("2022-03-31"));
    return (BookFile){"book.yaml", {(const uint8_t *)words, size}};
}

static void publish(Desk *desk, int number, const char *known)
{
    const int16_t partitions[] = {partition_of(DELFT, PROVIDER), partition_of(THE_HAGUE, PROVIDER)};
    BookFile file = book_file(desk, number);
    Digest digest = book_files_digest(&file, 1);
    char digest_text[DIGEST_TEXT_SIZE];
    Intake__BookPublished__File said = INTAKE__BOOK_PUBLISHED__FILE__INIT;
    said.name = text(file.name);
    said.text = (char *)(uintptr_t)file.text.data;
    Intake__BookPublished__File *files[] = {&said};
    Intake__BookPublished published = INTAKE__BOOK_PUBLISHED__INIT;
    published.number = number;
    published.digest = digest_write(&digest, digest_text);
    published.n_files = 1;
    published.files = files;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_BOOK_PUBLISHED;
    fact.book_published = &published;
    for (size_t i = 0; i < COUNT(partitions); i++)
        say(desk, partitions[i], known, &fact);
}

static Care__Product hours(void)
{
    Care__Product product = CARE__PRODUCT__INIT;
    product.category = text("45");
    product.code = text("45A48");
    product.volume = 3;
    product.unit = CARE__UNIT__VALUE__HOUR;
    product.frequency = CARE__FREQUENCY__VALUE__PER_WEEK;
    return product;
}

static Care__Period period_of(const char *first, const char *last)
{
    Care__Period period = CARE__PERIOD__INIT;
    period.first_day = day_at(first).number;
    period.last_day = day_at(last).number;
    return period;
}

static void take_over_with(Desk *desk, const char *client_name, const char *number, const char *first, const char *last,
                           bool pic_known)
{
    Care__Pic pic = CARE__PIC__INIT;
    pic.profile = text("P1");
    pic.intensity = text("INTENSIEF");
    char *results[] = {text("R1")};
    Intake__Client client = INTAKE__CLIENT__INIT;
    client.reference = text(client_name);
    Care__Period period = period_of(first, last);
    Care__Product product = hours();
    Intake__CareTakenOver taken = INTAKE__CARE_TAKEN_OVER__INIT;
    taken.client = &client;
    taken.allocation = text(number);
    taken.segment = text("SPECIALIST");
    if (pic_known) {
        taken.pic = &pic;
        taken.n_results = 1;
        taken.results = results;
    }
    taken.period = &period;
    taken.product = &product;
    taken.referrer = CARE__REFERRER__VALUE__GP;
    Intake__Fact fact = fact_in(DELFT);
    fact.fact_case = INTAKE__FACT__FACT_CARE_TAKEN_OVER;
    fact.care_taken_over = &taken;
    say(desk, partition_of(DELFT, PROVIDER), "2019-06-03", &fact);
}

static void take_over(Desk *desk, const char *client_name, const char *number, const char *first, const char *last)
{
    take_over_with(desk, client_name, number, first, last, false);
}

static void ask_for(Desk *desk, const char *municipality, const char *client_name, const char *first, const char *last,
                    const char *known, bool in_care)
{
    Care__Period care = period_of("2019-07-01", "2020-01-31");
    Care__Period *cares[] = {&care};
    Intake__Client client = INTAKE__CLIENT__INIT;
    client.reference = text(client_name);
    client.age_first = client.age_last = 12;
    client.n_care_periods = in_care ? 1 : 0;
    client.care_periods = cares;
    Care__Pic pic = CARE__PIC__INIT;
    pic.profile = text("P1");
    pic.intensity = text("INTENSIEF");
    Care__Period period = period_of(first, last);
    Care__Product product = hours();
    Care__Product *products[] = {&product};
    char *results[] = {text("R1")};
    Intake__AllocationRequest request = INTAKE__ALLOCATION_REQUEST__INIT;
    request.reference = arena_format(desk->arena, "r-%s-%s", client_name, first);
    request.client = &client;
    request.referrer = CARE__REFERRER__VALUE__JUDGE;
    request.segment = text("SPECIALIST");
    request.pic = &pic;
    request.n_results = 1;
    request.results = results;
    request.period = &period;
    request.n_products = 1;
    request.products = products;
    Intake__Fact fact = fact_in(municipality);
    fact.fact_case = INTAKE__FACT__FACT_ALLOCATION_REQUEST;
    fact.allocation_request = &request;
    say(desk, partition_of(municipality, PROVIDER), known, &fact);
}

static void convert(Desk *desk, const char *municipality, const char *number, const char *client_name, const char *on,
                    const char *known)
{
    Intake__Client client = INTAKE__CLIENT__INIT;
    client.reference = text(client_name);
    Intake__Conversion conversion = INTAKE__CONVERSION__INIT;
    conversion.client = &client;
    conversion.allocation = text(number);
    conversion.day = day_at(on).number;
    Intake__Fact fact = fact_in(municipality);
    fact.fact_case = INTAKE__FACT__FACT_CONVERSION;
    fact.conversion = &conversion;
    say(desk, partition_of(municipality, PROVIDER), known, &fact);
}

/* what is shown */

typedef Status Shows(Arena *arena, Database *database, Library *library, const SurveyQuestion *question,
                     char **json_out, const char **fault_out);

/* With the book of that number enclosed, 0 for none; in pieces of one client. */
static const json_t *shown_of(Desk *desk, Shows *show, const char *municipality, int book, bool faulty)
{
    SurveyQuestion question = {.municipality = municipality, .partition_last = PARTITIONS - 1, .clients_max = 1};
    if (book) {
        BookFile file = book_file(desk, book);
        BookFiles files = {"", "", &file, 1};
        const char *enclosed = book_enclosed_write(desk->arena, &files);
        question.book = (Bytes){(const uint8_t *)enclosed, strlen(enclosed)};
    }
    char *json = NULL;
    desk->fault = NULL;
    if (database_begin(desk->turns->database) != STATUS_OK ||
        show(desk->arena, desk->turns->database, desk->library, &question, &json, &desk->fault) != STATUS_OK)
        fail_msg("%s", fault_words());
    database_rollback(desk->turns->database);
    json_decref(desk->shown);
    desk->shown = json_loads(json, 0, NULL);
    assert_non_null(desk->shown);
    if (desk->fault && !faulty)
        fail_msg("%s", desk->fault);
    return desk->shown;
}

static const json_t *shown(Desk *desk, Shows *show, const char *municipality, int book)
{
    return shown_of(desk, show, municipality, book, false);
}

/* "77 convert 2021-01-01 referred PIC_MISSING" */
static const char *plan_of(Desk *desk, const char *municipality, int book)
{
    const json_t *plan = json_object_get(shown(desk, conversions_write, municipality, book), "plan");
    const char *words = "";
    for (size_t i = 0; i < json_array_size(plan); i++) {
        const char *fields[] = {"allocation", "way", "day", "outcome", "reason", "with", "waits"};
        words = arena_format(desk->arena, "%s%s", words, i ? "; " : "");
        for (size_t j = 0; j < COUNT(fields); j++) {
            const char *word = json_string_value(json_object_get(json_array_get(plan, i), fields[j]));
            words = word ? arena_format(desk->arena, "%s%s%s", words, j ? " " : "", word) : words;
        }
    }
    return words;
}

static const char *numbered(Desk *desk, const char *municipality, int64_t count)
{
    return arena_format(desk->arena, "%lld",
                        (long long)(1000000 + PARTITIONS * count + partition_of(municipality, PROVIDER)));
}

static int64_t number_of(Desk *desk, const char *question)
{
    return test_database_number(desk->turns->database, question);
}

/* The Hague pays its PICs by product; a switch to PIC on 2021-01-01 asks them all to be converted. */
static void the_plan_says_what_a_conversion_then_does(void **state)
{
    Desk *desk = *state;
    publish(desk, 1, "2019-05-01");
    take_over(desk, "c-old", "77", "2019-03-04", "2021-06-25");
    publish(desk, 2, "2019-06-03");
    assert_string_equal(plan_of(desk, "", 0), "77 convert 2021-01-01 referred PIC_MISSING");
    assert_string_equal(plan_of(desk, THE_HAGUE, 0), "");

    /* It lacks a PIC, so that saying it lays it on the worklist; there it waits under its name. */
    convert(desk, DELFT, "77", "c-old", "2021-01-01", "2020-11-02");
    assert_string_equal(plan_of(desk, DELFT, 0), "77 convert 2021-01-01 referred PIC_MISSING omzetting~77~2021-01-01");

    /* Another, planned by PIC for 2021, goes by hand once the switch is withdrawn; so would the book say beforehand. */
    ask_for(desk, DELFT, "c-new", "2021-02-01", "2021-11-26", "2020-11-03", false);
    const char *number = numbered(desk, DELFT, 0);
    assert_null(strstr(plan_of(desk, DELFT, 0), number));
    const char *row = arena_format(desk->arena, "%s by_hand 2021-02-01 referred PRODUCTS_MISSING", number);
    assert_non_null(strstr(plan_of(desk, DELFT, 3), row));
    assert_null(strstr(plan_of(desk, DELFT, 3), "77 convert"));
    publish(desk, 3, "2020-11-03");
    assert_non_null(strstr(plan_of(desk, DELFT, 0), row));
}

/* Care taken over with a PIC lacks nothing when the switch comes: what the plan says is what is then decided. */
static void a_conversion_that_lacks_nothing_leaves_the_plan(void **state)
{
    Desk *desk = *state;
    publish(desk, 1, "2019-05-01");
    take_over_with(desk, "c-old", "77", "2019-03-04", "2021-06-25", true);
    publish(desk, 2, "2019-06-03");
    ask_for(desk, DELFT, "c-new", "2020-09-01", "2020-12-18", "2020-12-31", false);
    assert_string_equal(plan_of(desk, "", 0), "77 convert 2021-01-01 converted CONVERTED");
    const json_t *row = json_array_get(json_object_get(desk->shown, "plan"), 0);
    assert_string_equal(json_string_value(json_object_get(row, "funding")), "PXQ");
    assert_string_equal(json_string_value(json_object_get(row, "to_funding")), "PIC");
    assert_string_equal(json_string_value(json_object_get(row, "since")), "2021-01-01");

    convert(desk, DELFT, "77", "c-old", "2021-01-01", "2020-12-31");
    assert_string_equal(plan_of(desk, "", 0), "");
    assert_int_equal(number_of(desk, "SELECT count(*) FROM allocation WHERE version = 2 AND change = 10"), 1);
    assert_int_equal(number_of(desk, "SELECT count(*) FROM allocation WHERE funding = 2 AND first_day = '2021-01-01'"),
                     1);
}

/* The amounts of PICs that the fourth book changes: what is asked beforehand is what publishing does. */
static void whatif_equals_what_publishing_then_does(void **state)
{
    Desk *desk = *state;
    publish(desk, 1, "2019-05-01");
    publish(desk, 2, "2019-06-03");
    publish(desk, 3, "2020-07-01");
    ask_for(desk, DELFT, "c-1", "2020-08-03", "2020-11-27", "2020-07-02", false);
    ask_for(desk, DELFT, "c-2", "2020-08-03", "2020-11-27", "2020-07-02", false);
    ask_for(desk, THE_HAGUE, "c-3", "2020-08-03", "2020-11-27", "2020-07-02", false);
    int64_t rows = number_of(desk, "SELECT count(*) FROM allocation") + number_of(desk, "SELECT count(*) FROM outbox");

    const json_t *whatif = shown(desk, whatif_write, "", 4);
    char place[8];
    snprintf(place, sizeof place, "%d", partition_of(DELFT, PROVIDER));
    assert_int_equal(json_integer_value(json_object_get(json_object_get(whatif, "positions"), place)), 5);
    const json_t *changes = json_object_get(whatif, "changes");
    assert_int_equal(json_array_size(changes), 1);
    const json_t *change = json_array_get(changes, 0);
    assert_string_equal(json_string_value(json_object_get(change, "municipality")), DELFT);
    assert_string_equal(json_string_value(json_object_get(change, "from")), "PIC");
    assert_string_equal(json_string_value(json_object_get(change, "to")), "PIC");
    assert_int_equal(json_integer_value(json_object_get(change, "allocations")), 2);
    assert_int_equal(json_integer_value(json_object_get(change, "clients")), 2);
    assert_int_equal(json_integer_value(json_object_get(change, "now_cents")), 900000);
    assert_int_equal(json_integer_value(json_object_get(change, "then_cents")), 960000);
    assert_false(json_is_true(json_object_get(change, "estimate")));
    assert_int_equal(
        number_of(desk, "SELECT count(*) FROM allocation") + number_of(desk, "SELECT count(*) FROM outbox"), rows);

    publish(desk, 4, "2020-07-02");
    assert_int_equal(number_of(desk, "SELECT sum(volume)::bigint FROM allocation WHERE version = 2"), 960000);
    assert_int_equal(number_of(desk, "SELECT count(*) FROM allocation WHERE version = 2"), 2);
}

/* Withdrawing the switch asks PICs of 2021 to go by product: nobody knows the volumes, and that is said. */
static void what_nobody_knows_is_said_to_be_an_estimate(void **state)
{
    Desk *desk = *state;
    publish(desk, 1, "2019-05-01");
    publish(desk, 2, "2019-06-03");
    ask_for(desk, DELFT, "c-1", "2021-02-01", "2021-11-26", "2020-07-01", false);
    const json_t *changes = json_object_get(shown(desk, whatif_write, "", 3), "changes");
    assert_int_equal(json_array_size(changes), 1);
    const json_t *change = json_array_get(changes, 0);
    assert_string_equal(json_string_value(json_object_get(change, "to")), "PXQ");
    assert_int_equal(json_integer_value(json_object_get(change, "now_cents")), 450000);
    assert_int_equal(json_integer_value(json_object_get(change, "then_cents")), 450000);
    assert_true(json_is_true(json_object_get(change, "estimate")));
    assert_string_equal(
        json_string_value(json_object_get(change, "method")),
        "as if a person converted all of it: stays as it is until a person has filled in what it lacks");
}

/* A switch to PIC: 26 weeks of three hours at € 72 would become one PIC of € 4,500, and one would wait for its PIC. */
static void a_switch_is_worth_what_its_conversions_would_grant(void **state)
{
    Desk *desk = *state;
    publish(desk, 1, "2019-05-01");
    take_over_with(desk, "c-1", "77", "2019-03-04", "2021-06-25", true);
    take_over(desk, "c-2", "78", "2019-03-04", "2021-06-25");
    static const struct {
        int64_t now, then;
        const char *method;
    } EXPECTED[] = {
        {26 * 3 * 7200, 450000,
         "a PIC by its amount; products by their allocated volume over its days, at the tariff of the first of them"},
        {26 * 3 * 7200, 26 * 3 * 7200, "stays as it is until a person has filled in what it lacks"},
    };
    const json_t *changes = json_object_get(shown(desk, whatif_write, "", 2), "changes");
    assert_int_equal(json_array_size(changes), COUNT(EXPECTED));
    for (size_t i = 0; i < COUNT(EXPECTED); i++) {
        const json_t *change = json_array_get(changes, i);
        assert_string_equal(json_string_value(json_object_get(change, "from")), "PXQ");
        assert_string_equal(json_string_value(json_object_get(change, "to")), "PIC");
        assert_int_equal(json_integer_value(json_object_get(change, "allocations")), 1);
        assert_int_equal(json_integer_value(json_object_get(change, "now_cents")), EXPECTED[i].now);
        assert_int_equal(json_integer_value(json_object_get(change, "then_cents")), EXPECTED[i].then);
        assert_true(json_is_true(json_object_get(change, "estimate")));
        assert_string_equal(json_string_value(json_object_get(change, "method")), EXPECTED[i].method);
    }
    /* Once the book is known it changes nothing more. */
    publish(desk, 2, "2019-06-03");
    assert_int_equal(json_array_size(json_object_get(shown(desk, whatif_write, "", 3), "changes")), 0);
}

static void a_book_that_is_not_in_order_is_told_so(void **state)
{
    Desk *desk = *state;
    publish(desk, 1, "2019-05-01");
    shown_of(desk, whatif_write, "", 1, true);
    assert_non_null(desk->fault);
    assert_non_null(strstr(desk->fault, "book.yaml:"));
}

/* Halfway through a book no allocation stands as it will when it is done. */
static void a_book_that_is_being_worked_on_comes_first(void **state)
{
    Desk *desk = *state;
    publish(desk, 1, "2019-05-01");
    test_database_run(desk->turns->database, "UPDATE inbox SET cursor = '\\x01'");
    shown_of(desk, whatif_write, "", 2, true);
    assert_non_null(desk->fault);
    assert_non_null(strstr(desk->fault, "being worked on"));
    test_database_run(desk->turns->database, "UPDATE inbox SET cursor = ''");
    shown(desk, whatif_write, "", 2);
}

/* Care goes on after the contract of 2019, until the next book brings a bridging contract. */
static void a_gap_is_found_and_a_book_that_bridges_it_is_seen_to_do_so(void **state)
{
    Desk *desk = *state;
    publish(desk, 1, "2019-05-01");
    take_over(desk, "c-1", "77", "2019-03-04", "2020-06-26");
    take_over(desk, "c-2", "78", "2019-03-04", "2019-12-27");
    const json_t *gaps = json_object_get(shown(desk, gaps_write, "", 0), "gaps");
    assert_int_equal(json_array_size(gaps), 1);
    const json_t *gap = json_array_get(gaps, 0);
    assert_string_equal(json_string_value(json_object_get(gap, "allocation")), "77");
    assert_string_equal(json_string_value(json_object_get(gap, "client")), "c-1");
    assert_string_equal(json_string_value(json_object_get(gap, "first_day")), "2020-01-01");
    assert_string_equal(json_string_value(json_object_get(gap, "last_day")), "2020-06-26");

    assert_int_equal(json_array_size(json_object_get(shown(desk, gaps_write, "", 2), "gaps")), 0);
    assert_int_equal(json_array_size(json_object_get(shown(desk, gaps_write, THE_HAGUE, 0), "gaps")), 0);
    publish(desk, 2, "2019-06-03");
    assert_int_equal(json_array_size(json_object_get(shown(desk, gaps_write, "", 0), "gaps")), 0);
}

static void earlier_care_known_late_is_listed_with_the_cohort_that_it_would_give(void **state)
{
    Desk *desk = *state;
    publish(desk, 1, "2019-05-01");
    publish(desk, 2, "2019-06-03");
    ask_for(desk, DELFT, "c", "2020-02-03", "2020-05-29", "2020-01-06", false);
    ask_for(desk, DELFT, "c", "2020-06-01", "2020-11-27", "2020-05-11", true);
    char *json = NULL;
    assert_int_equal(database_begin(desk->turns->database), STATUS_OK);
    assert_int_equal(cohorts_write(desk->arena, desk->turns->database, DELFT, &json), STATUS_OK);
    database_rollback(desk->turns->database);
    json_decref(desk->shown);
    desk->shown = json_loads(json, 0, NULL);
    const json_t *cohorts = json_object_get(desk->shown, "cohorts");
    assert_int_equal(json_array_size(cohorts), 1);
    const json_t *row = json_array_get(cohorts, 0);
    assert_string_equal(json_string_value(json_object_get(row, "allocation")), numbered(desk, DELFT, 0));
    assert_string_equal(json_string_value(json_object_get(row, "cohort")), "NEW");
    assert_string_equal(json_string_value(json_object_get(row, "would_be")), "EXISTING");
    assert_string_equal(json_string_value(json_object_get(row, "known_day")), "2020-05-11");
}

int main(void)
{
#define AT_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        AT_DESK(the_plan_says_what_a_conversion_then_does),
        AT_DESK(a_conversion_that_lacks_nothing_leaves_the_plan),
        AT_DESK(whatif_equals_what_publishing_then_does),
        AT_DESK(what_nobody_knows_is_said_to_be_an_estimate),
        AT_DESK(a_switch_is_worth_what_its_conversions_would_grant),
        AT_DESK(a_book_that_is_not_in_order_is_told_so),
        AT_DESK(a_book_that_is_being_worked_on_comes_first),
        AT_DESK(a_gap_is_found_and_a_book_that_bridges_it_is_seen_to_do_so),
        AT_DESK(earlier_care_known_late_is_listed_with_the_cohort_that_it_would_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
