#include "http/vitals.h"

#include "caller.h"

typedef struct House {
    const char *trouble;
    Metric metrics[1];
} House;

static const char *trouble_of(void *house, Arena *arena)
{
    const char *trouble = ((House *)house)->trouble;
    return trouble ? arena_format(arena, "the house is in trouble: %s", trouble) : NULL;
}

static void count_a_visit(void *house)
{
    metric_add(&((House *)house)->metrics[0], 1);
}

static House house;
static const MetricTable TABLES[] = {{house.metrics, COUNT(house.metrics)}};
static Vitals vitals = {
    .owner = &house,
    .unready = trouble_of,
    .measure = count_a_visit,
    .tables = TABLES,
    .table_count = COUNT(TABLES),
};
static const HttpRoute ROUTES[] = {
    {.path = "/healthz", .handle = vitals_health, .owner = &vitals},
    {.path = "/readyz", .handle = vitals_readiness, .owner = &vitals},
    {.path = "/metrics", .handle = vitals_metrics, .owner = &vitals},
};

static Heard heard;

static int open_http(void **state)
{
    house = (House){.metrics = {METRIC(METRIC_COUNTER, "picq_visits_total", NULL, "Visits.")}};
    const HttpSettings settings = {.routes = ROUTES, .route_count = COUNT(ROUTES), .threads = 2};
    return http_open(&settings, (Http **)state) == STATUS_OK ? 0 : -1;
}

static int close_http(void **state)
{
    http_free(*state);
    return 0;
}

static int get(const Http *http, const char *path)
{
    char words[256];
    snprintf(words, sizeof words, "GET %s HTTP/1.0\r\n\r\n", path);
    converse(connect_to_port(http_port(http)), words, &heard);
    return heard.status;
}

static void a_house_that_is_well_says_so(void **state)
{
    assert_int_equal(get(*state, "/healthz"), 200);
    assert_int_equal(get(*state, "/readyz"), 200);
    assert_string_equal(body_of(&heard), "ok\n");
}

static void a_house_that_is_not_ready_says_why(void **state)
{
    house.trouble = "no database";
    assert_int_equal(get(*state, "/healthz"), 200);
    assert_int_equal(get(*state, "/readyz"), 503);
    assert_string_equal(body_of(&heard), "the house is in trouble: no database\n");
}

static void metrics_are_brought_up_to_date_before_they_are_written(void **state)
{
    assert_int_equal(get(*state, "/metrics"), 200);
    assert_non_null(strstr(heard.text, "Content-Type: text/plain; version=0.0.4"));
    assert_non_null(strstr(body_of(&heard), "\npicq_visits_total 1\n"));
    assert_int_equal(get(*state, "/metrics"), 200);
    assert_non_null(strstr(body_of(&heard), "\npicq_visits_total 2\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_house_that_is_well_says_so, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_house_that_is_not_ready_says_why, open_http, close_http),
        cmocka_unit_test_setup_teardown(metrics_are_brought_up_to_date_before_they_are_written, open_http, close_http),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
