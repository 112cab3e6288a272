#include "http/metrics.h"

#include "support/unit.h"

#include <pthread.h>

enum { TURNS, DENIED_STREET, DENIED_DOOR };

static Metric metrics[] = {
    [TURNS] = METRIC(METRIC_COUNTER, "picq_turns_total", NULL, "Turns committed."),
    [DENIED_STREET] = METRIC(METRIC_COUNTER, "picq_denied_total", "domain=\"street\"", "Connections refused."),
    [DENIED_DOOR] = METRIC(METRIC_COUNTER, "picq_denied_total", "domain=\"door\"", "Connections refused."),
};

static Metric others[] = {
    METRIC(METRIC_GAUGE, "picq_lag_messages", NULL, "Messages not yet heard."),
};

static const MetricTable TABLES[] = {{metrics, COUNT(metrics)}, {others, COUNT(others)}};

static int start_at_zero(void **state)
{
    for (size_t i = 0; i < COUNT(metrics); i++)
        metric_set(&metrics[i], 0);
    metric_set(&others[0], 0);
    *state = arena_new();
    return 0;
}

static int give_back(void **state)
{
    arena_free(*state);
    return 0;
}

static void tables_are_written_as_prometheus_reads_them(void **state)
{
    metric_add(&metrics[TURNS], 41);
    metric_add(&metrics[TURNS], 1);
    metric_add(&metrics[DENIED_DOOR], 7);
    metric_set(&others[0], -3);
    assert_string_equal(metrics_write(*state, TABLES, COUNT(TABLES)),
                        "# HELP picq_turns_total Turns committed.\n"
                        "# TYPE picq_turns_total counter\n"
                        "picq_turns_total 42\n"
                        "# HELP picq_denied_total Connections refused.\n"
                        "# TYPE picq_denied_total counter\n"
                        "picq_denied_total{domain=\"street\"} 0\n"
                        "picq_denied_total{domain=\"door\"} 7\n"
                        "# HELP picq_lag_messages Messages not yet heard.\n"
                        "# TYPE picq_lag_messages gauge\n"
                        "picq_lag_messages -3\n");
}

static void *count_a_thousand_turns(void *unused)
{
    (void)unused;
    for (int i = 0; i < 1000; i++)
        metric_add(&metrics[TURNS], 1);
    return NULL;
}

static void threads_lose_no_count(void **state)
{
    (void)state;
    pthread_t threads[4];
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, count_a_thousand_turns, NULL), 0);
    for (size_t i = 0; i < COUNT(threads); i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(metric_value(&metrics[TURNS]), 4000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tables_are_written_as_prometheus_reads_them, start_at_zero, give_back),
        cmocka_unit_test_setup_teardown(threads_lose_no_count, start_at_zero, give_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
