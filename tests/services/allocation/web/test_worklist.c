#include "allocation/web/worklist.h"

#include "allocation/core/reason.h"
#include "allocation/migrations.h"
#include "allocation/sql.h"
#include "proto/intake.pb-c.h"
#include "service/message.h"
#include "service/migrate.h"
#include "service/migrations.h"
#include "service/sql.h"
#include "support/database.h"
#include "support/unit.h"

#include <jansson.h>
#include <stdlib.h>

typedef struct Desk {
    Arena *arena;
    char *connection;
    Database *database;
    json_t *worklist; /* as read last */
} Desk;

static void must(Status status)
{
    if (status != STATUS_OK)
        fail_msg("%s at %s", fault_words(), fault_place());
}

static int open_desk(void **state)
{
    static const QueryList *const MIGRATIONS[] = {&service_migrations, &allocation_migrations};
    Desk *desk = calloc(1, sizeof *desk);
    desk->arena = arena_new();
    desk->connection = test_database_new();
    desk->database = test_database_open(desk->connection);
    must(migrate_all(desk->database, desk->arena, MIGRATIONS, COUNT(MIGRATIONS)));
    must(database_prepare(desk->database, &allocation_sql));
    *state = desk;
    return 0;
}

static int clear_desk(void **state)
{
    Desk *desk = *state;
    arena_reset(desk->arena);
    test_database_run(desk->database, "TRUNCATE request");
    return 0;
}

static int close_desk(void **state)
{
    Desk *desk = *state;
    json_decref(desk->worklist);
    database_close(desk->database);
    test_database_drop(desk->connection);
    arena_free(desk->arena);
    free(desk);
    return 0;
}

/* A version of a request, with what was heard where there is any. */
static void keep(Desk *desk, const char *municipality, const char *reference, int version, int state,
                 const char *due_day, const Intake__Fact *asked)
{
    Bytes bytes = asked ? message_pack(desk->arena, &asked->base) : (Bytes){0};
    char *hex = arena_take(desk->arena, 2 * bytes.size + 1);
    for (size_t i = 0; i < bytes.size; i++)
        sprintf(hex + 2 * i, "%02x", bytes.data[i]);
    test_database_run(
        desk->database,
        arena_format(desk->arena,
                     "INSERT INTO request VALUES (7, '%s', '90000001', '%s', %d, 'client-1', %d, 'PERSON_MUST_JUDGE',"
                     " %s, %s, '2020-03-02', 'm-1')",
                     municipality, reference, version, state,
                     due_day ? arena_format(desk->arena, "'%s'", due_day) : "NULL",
                     asked ? arena_format(desk->arena, "decode('%s', 'hex')", hex) : "NULL"));
}

static void ask_for_care(Desk *desk, const char *municipality, const char *reference, const char *due_day)
{
    Care__Product product = CARE__PRODUCT__INIT;
    product.category = (char *)"45";
    product.code = (char *)"45A48";
    product.volume = 3;
    product.unit = CARE__UNIT__VALUE__HOUR;
    product.frequency = CARE__FREQUENCY__VALUE__PER_WEEK;
    Care__Period period = CARE__PERIOD__INIT;
    period.first_day = day_of(2020, 4, 1).number;
    period.last_day = day_of(2020, 9, 30).number;
    Care__Pic pic = CARE__PIC__INIT;
    pic.profile = (char *)"3";
    pic.intensity = (char *)"INTENSIEF";
    Intake__Client client = INTAKE__CLIENT__INIT;
    client.reference = (char *)"client-1";
    client.age_first = 12;
    Intake__AllocationRequest request = INTAKE__ALLOCATION_REQUEST__INIT;
    request.reference = (char *)reference;
    request.client = &client;
    request.referrer = CARE__REFERRER__VALUE__GP;
    request.segment = (char *)"SPECIALIST";
    request.pic = &pic;
    request.period = &period;
    request.n_results = 1;
    request.results = (char *[]){(char *)"Gaat naar school"};
    request.n_products = 1;
    request.products = (Care__Product *[]){&product};
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.municipality = (char *)municipality;
    fact.provider = (char *)"90000001";
    fact.fact_case = INTAKE__FACT__FACT_ALLOCATION_REQUEST;
    fact.allocation_request = &request;
    keep(desk, municipality, reference, 1, 1, due_day, &fact);
}

/* The references of the worklist, with blanks between. */
static const char *worklist_of(Desk *desk, const char *municipality)
{
    char *json = NULL;
    must(database_begin(desk->database));
    must(worklist_write(desk->arena, desk->database, municipality, &json));
    must(database_commit(desk->database));
    json_decref(desk->worklist);
    desk->worklist = json_loads(json, 0, NULL);
    assert_non_null(desk->worklist);
    const char *references = "";
    size_t i;
    json_t *request;
    json_array_foreach(json_object_get(desk->worklist, "requests"), i, request) references = arena_format(
        desk->arena, "%s%s%s", references, i ? " " : "", json_string_value(json_object_get(request, "reference")));
    return references;
}

static void the_most_urgent_comes_first(void **state)
{
    Desk *desk = *state;
    ask_for_care(desk, "0503", "R-late", "2020-04-27");
    ask_for_care(desk, "0518", "R-soon", "2020-03-09");
    ask_for_care(desk, "0503", "R-next", "2020-03-10");
    assert_string_equal(worklist_of(desk, ""), "R-soon R-next R-late");
    assert_false(json_is_true(json_object_get(desk->worklist, "more")));
}

static void a_municipality_sees_its_own_requests(void **state)
{
    Desk *desk = *state;
    ask_for_care(desk, "0503", "R-1", "2020-03-09");
    ask_for_care(desk, "0518", "R-2", "2020-03-09");
    assert_string_equal(worklist_of(desk, "0518"), "R-2");
    assert_string_equal(worklist_of(desk, "0603"), "");
}

static void what_was_judged_waits_no_longer(void **state)
{
    Desk *desk = *state;
    ask_for_care(desk, "0503", "R-1", "2020-03-09");
    ask_for_care(desk, "0503", "R-2", "2020-03-09");
    keep(desk, "0503", "R-1", 2, 2, NULL, NULL);
    assert_string_equal(worklist_of(desk, ""), "R-2");
}

static void a_request_that_waits_longer_stands_there_with_its_new_day(void **state)
{
    Desk *desk = *state;
    ask_for_care(desk, "0503", "R-1", "2020-03-09");
    keep(desk, "0503", "R-1", 2, 1, "2020-04-27", NULL);
    assert_string_equal(worklist_of(desk, ""), "R-1");
    const json_t *request = json_array_get(json_object_get(desk->worklist, "requests"), 0);
    assert_string_equal(json_string_value(json_object_get(request, "due_day")), "2020-04-27");
}

static void a_person_is_shown_what_was_asked(void **state)
{
    Desk *desk = *state;
    ask_for_care(desk, "0503", "R-1", "2020-03-09");
    worklist_of(desk, "");
    json_t *expected = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:[s], s:[{s:s, s:s, s:i, s:s, s:s}]}",
        "municipality", "0503", "provider", "90000001", "reference", "R-1", "client", "client-1", "reason",
        "PERSON_MUST_JUDGE", "known_day", "2020-03-02", "due_day", "2020-03-09", "segment", "SPECIALIST", "referrer",
        "GP", "profile", "3", "intensity", "INTENSIEF", "first_day", "2020-04-01", "last_day", "2020-09-30", "age", 12,
        "results", "Gaat naar school", "products", "category", "45", "code", "45A48", "volume", 3, "unit", "HOUR",
        "frequency", "PER_WEEK");
    json_t *request = json_array_get(json_object_get(desk->worklist, "requests"), 0);
    json_object_set_new(expected, "sentence", json_string(allocation_reason_english(ALLOCATION_PERSON_MUST_JUDGE)));
    bool is_equal = json_equal(request, expected);
    json_decref(expected);
    if (!is_equal)
        fail_msg("%s", arena_text(desk->arena, json_dumps(request, 0)));
}

static void a_conversion_that_lacks_something_waits_there_too(void **state)
{
    Desk *desk = *state;
    Intake__Conversion conversion = INTAKE__CONVERSION__INIT;
    conversion.allocation = (char *)"1000064";
    conversion.day = day_of(2021, 1, 1).number;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.municipality = (char *)"0503";
    fact.provider = (char *)"90000001";
    fact.fact_case = INTAKE__FACT__FACT_CONVERSION;
    fact.conversion = &conversion;
    keep(desk, "0503", "omzetting~1000064~2021-01-01", 1, 1, "2020-03-09", &fact);
    assert_string_equal(worklist_of(desk, "0503"), "omzetting~1000064~2021-01-01");
    const json_t *request = json_array_get(json_object_get(desk->worklist, "requests"), 0);
    assert_string_equal(json_string_value(json_object_get(request, "allocation")), "1000064");
    assert_string_equal(json_string_value(json_object_get(request, "first_day")), "2021-01-01");
}

#define test_of_desk(test) cmocka_unit_test_setup(test, clear_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_desk(the_most_urgent_comes_first),
        test_of_desk(a_municipality_sees_its_own_requests),
        test_of_desk(what_was_judged_waits_no_longer),
        test_of_desk(a_request_that_waits_longer_stands_there_with_its_new_day),
        test_of_desk(a_person_is_shown_what_was_asked),
        test_of_desk(a_conversion_that_lacks_something_waits_there_too),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
