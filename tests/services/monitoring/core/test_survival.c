#include "monitoring/core/survival.h"

#include "support/unit.h"

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

enum { LEFT = 0, ENDED = 1, MOST = 12 };

static const struct {
    const char *story;
    size_t count;
    Watched watched[MOST]; /* in care for days before, until, ended */
    int32_t median;        /* 0: nobody knows */
} DURATIONS[] = {
    {"all have ended: the middle one",
     10,
     {{0, 10, ENDED},
      {0, 20, ENDED},
      {0, 30, ENDED},
      {0, 40, ENDED},
      {0, 50, ENDED},
      {0, 60, ENDED},
      {0, 70, ENDED},
      {0, 80, ENDED},
      {0, 90, ENDED},
      {0, 100, ENDED}},
     50},
    /*
     * Ten, of whom three are cut off after 15 days. 10: 9/10. 20: six at risk, 9/10 × 5/6 = 0.75; 30: five at risk,
     * 0.75 × 4/5 = 0.6. 40: four at risk are too few to say more.
     */
    {"too few are left at risk before half have ended",
     10,
     {{0, 10, ENDED},
      {0, 15, LEFT},
      {0, 15, LEFT},
      {0, 15, LEFT},
      {0, 20, ENDED},
      {0, 30, ENDED},
      {0, 40, ENDED},
      {0, 50, ENDED},
      {0, 60, ENDED},
      {0, 70, ENDED}},
     0},
    /*
     * Twelve, of whom three are cut off after 15 days. 10: 11/12. 20: eight at risk, of whom three end: 11/12 × 5/8 =
     * 0.573. 30: five at risk: 0.573 × 4/5 = 0.458. The middle of the eight that ended, taken alone, is 20.
     */
    {"who is cut off is not short",
     12,
     {{0, 10, ENDED},
      {0, 15, LEFT},
      {0, 15, LEFT},
      {0, 15, LEFT},
      {0, 20, ENDED},
      {0, 20, ENDED},
      {0, 20, ENDED},
      {0, 30, ENDED},
      {0, 35, LEFT},
      {0, 40, ENDED},
      {0, 50, ENDED},
      {0, 60, ENDED}},
     30},
    {"four have ended",
     6,
     {{0, 10, ENDED}, {0, 10, ENDED}, {0, 10, ENDED}, {0, 10, ENDED}, {0, 20, LEFT}, {0, 20, LEFT}},
     0},
    {"nobody", 0, {{0}}, 0},
    /*
     * Five began in the year, and six had 100 days of care behind them when it began. At 50 five are at risk: 4/5; at
     * 120 ten: 4/5 × 8/10 = 0.64; at 130 eight: 0.64 × 6/8 = 0.48. If the six were at risk from the first day on it
     * would be 10/11 at 50, and 0.545 at 130.
     */
    {"who was in care before counts from the days behind it",
     11,
     {{0, 50, ENDED},
      {0, 140, LEFT},
      {0, 140, LEFT},
      {0, 140, LEFT},
      {0, 140, LEFT},
      {100, 120, ENDED},
      {100, 120, ENDED},
      {100, 130, ENDED},
      {100, 130, ENDED},
      {100, 150, ENDED},
      {100, 150, ENDED}},
     130},
};

static void half_have_ended_after_the_median(void **state)
{
    for (size_t i = 0; i < COUNT(DURATIONS); i++) {
        int32_t median = 0;
        bool told = survival_median(*state, DURATIONS[i].watched, DURATIONS[i].count, &median);
        if (told != (DURATIONS[i].median > 0) || median != DURATIONS[i].median)
            fail_msg("%s: %d", DURATIONS[i].story, median);
    }
}

static const struct {
    const char *story;
    size_t count;
    Watched watched[MOST];
    double weights[MOST];
} WEIGHTS[] = {
    {"all have ended: each counts for itself", 3, {{0, 10, ENDED}, {0, 30, ENDED}, {0, 20, ENDED}}, {1, 1, 1}},
    /* At 20 one of three is cut off: two thirds are watched longer, and each of them counts for one and a half. */
    {"those watched on count for who was cut off",
     4,
     {{0, 10, ENDED}, {0, 20, LEFT}, {0, 30, ENDED}, {0, 40, ENDED}},
     {1, 0, 1.5, 1.5}},
    /* Who ended on the day that another was cut off could not be cut off: one of two is, and one counts for two. */
    {"an end comes before being cut off on the same day",
     3,
     {{0, 20, ENDED}, {0, 20, LEFT}, {0, 30, ENDED}},
     {1, 0, 2}},
    /* 2/3 after 20, 2/3 × 1/2 after 35. */
    {"cut off twice over",
     5,
     {{0, 10, ENDED}, {0, 20, LEFT}, {0, 30, ENDED}, {0, 35, LEFT}, {0, 40, ENDED}},
     {1, 0, 4.0 / 3, 0, 8.0 / 3}},
    {"nobody has ended", 2, {{0, 10, LEFT}, {0, 20, LEFT}}, {0, 0}},
};

static void who_ended_counts_for_who_might_have_been_seen_to_the_end(void **state)
{
    for (size_t i = 0; i < COUNT(WEIGHTS); i++) {
        const double *weights = survival_weights(*state, WEIGHTS[i].watched, WEIGHTS[i].count);
        for (size_t j = 0; j < WEIGHTS[i].count; j++) {
            double off = weights[j] - WEIGHTS[i].weights[j];
            if (off > 1e-9 || off < -1e-9)
                fail_msg("%s: %zu counts for %g", WEIGHTS[i].story, j, weights[j]);
        }
    }
}

/* Numbers that look drawn at random, the same every time. */
static uint32_t draw(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

/*
 * Two thousand courses of 30 to 329 days that cost 100 a day and a tenth more a day when they are dear, begun
 * evenly over a year before the day on which all are looked at.
 */
static void the_weighted_mean_is_that_of_all_and_the_plain_one_is_not(void **state)
{
    enum { COURSES = 2000 };
    Watched *watched = ARENA_MANY(*state, Watched, COURSES);
    double *costs = ARENA_MANY(*state, double, COURSES);
    double of_all = 0, plain = 0, plain_count = 0, weighted = 0, weight = 0, as_if_short = 0;
    uint64_t seed = 1;
    for (int i = 0; i < COURSES; i++) {
        int32_t days = 30 + (int32_t)(draw(&seed) % 300), until = 1 + (int32_t)(draw(&seed) % 400);
        double a_day = draw(&seed) % 2 ? 100 : 110;
        watched[i] = (Watched){.exit = days < until ? days : until, .ended = days <= until};
        costs[i] = a_day * watched[i].exit;
        of_all += a_day * days / COURSES;
    }
    const double *weights = survival_weights(*state, watched, COURSES);
    for (int i = 0; i < COURSES; i++) {
        weighted += weights[i] * costs[i];
        weight += weights[i];
        as_if_short += costs[i] / COURSES;
        if (watched[i].ended)
            plain += costs[i], plain_count++;
    }
    assert_true(weight > 0.97 * COURSES && weight < 1.03 * COURSES);
    double mean = weighted / weight;
    if (mean < 0.97 * of_all || mean > 1.03 * of_all)
        fail_msg("weighted %g, of all %g", mean, of_all);
    assert_true(plain / plain_count < 0.9 * of_all);
    assert_true(as_if_short < 0.8 * of_all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(half_have_ended_after_the_median, setup, teardown),
        cmocka_unit_test_setup_teardown(who_ended_counts_for_who_might_have_been_seen_to_the_end, setup, teardown),
        cmocka_unit_test_setup_teardown(the_weighted_mean_is_that_of_all_and_the_plain_one_is_not, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
