#include "monitoring/core/runoff.h"

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

/* Taylor and Ashe (1983), as Mack (1993) cites it; accident years where we have months. */
enum { TAYLOR_ASHE_SIZE = 10 };

static const int64_t TAYLOR_ASHE[TAYLOR_ASHE_SIZE][TAYLOR_ASHE_SIZE] = {
    {357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463},
    {352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085},
    {290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315},
    {310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268},
    {443160, 1136350, 2128333, 2897821, 3402672, 3873311},
    {396132, 1333217, 2180715, 2985752, 3691712},
    {440832, 1288463, 2419861, 3483130},
    {359480, 1421128, 2864498},
    {376686, 1363294},
    {344014},
};

static Triangle triangle_of(Arena *arena, size_t size, const int64_t *cents, int64_t scale)
{
    Triangle triangle = triangle_new(arena, size);
    for (size_t i = 0; i < size * size; i++)
        triangle.cents[i] = cents[i] * scale;
    return triangle;
}

static void assert_near(const char *story, double got, double expected, double within)
{
    if (!(got >= expected - within && got <= expected + within))
        fail_msg("%s: %.6f, not %.6f", story, got, expected);
}

static double error_of(const RunOff *run_off, size_t first, size_t last)
{
    bool chosen[36] = {false};
    for (size_t month = first; month <= last; month++)
        chosen[month] = true;
    double squared;
    assert_true(run_off_error(run_off, chosen, &squared));
    return square_root(squared);
}

static double still_to_come(const RunOff *run_off, size_t month)
{
    double ultimate;
    assert_true(run_off_ultimate(run_off, month, &ultimate));
    return ultimate - (double)triangle_known(&run_off->triangle, month);
}

static void the_triangle_of_taylor_and_ashe_gives_the_figures_that_mack_published(void **state)
{
    RunOff taylor_ashe = run_off(*state, triangle_of(*state, TAYLOR_ASHE_SIZE, TAYLOR_ASHE[0], 1));
    static const double FACTORS[] = {3.4906, 1.7473, 1.4574, 1.1739, 1.1038, 1.0863, 1.0539, 1.0766, 1.0177};
    for (size_t i = 0; i < COUNT(FACTORS); i++)
        assert_near("factor", taylor_ashe.factors[i].factor, FACTORS[i], 0.00005);

    /* Reserve and standard error of each year, in thousands and in per cent of the reserve, as in table 1 there. */
    static const struct {
        double reserve, error;
    } YEARS[] = {
        {0, 0},
        {94634, 75535},
        {469511, 121699},
        {709638, 133549},
        {984889, 261406},
        {1419459, 411010},
        {2177641, 558317},
        {3920301, 875328},
        {4278972, 971258},
        {4625811, 1363155},
    };
    double reserve = 0;
    for (size_t month = 0; month < COUNT(YEARS); month++) {
        assert_near("reserve", still_to_come(&taylor_ashe, month), YEARS[month].reserve, 0.5);
        assert_near("error", error_of(&taylor_ashe, month, month), YEARS[month].error, 0.5);
        reserve += still_to_come(&taylor_ashe, month);
    }
    assert_near("reserve in all", reserve, 18680856, 0.5);
    assert_near("error in all", error_of(&taylor_ashe, 0, 9), 2447095, 0.5);
}

/*
 *        delay 0    1    2
 * Jan        100  150  165     factor 0: (150 + 330) / (100 + 200) = 1.6
 * Feb        200  330          factor 1: 165 / 150 = 1.1
 * Mar        300               Feb 330 × 1.1 = 363, Mar 300 × 1.6 × 1.1 = 528
 *
 * Variance 0: 100 (1.5 - 1.6)² + 200 (1.65 - 1.6)² = 1 + 0.5, over 2 - 1. One month alone tells
 * none of factor 1, and there are no two factors before it.
 */
static void a_small_triangle_is_worked_out_by_hand(void **state)
{
    static const int64_t CENTS[] = {100, 150, 165, 200, 330, 0, 300, 0, 0};
    RunOff small = run_off(*state, triangle_of(*state, 3, CENTS, 1));
    double ultimate, share, squared;
    assert_near("factor 0", small.factors[0].factor, 1.6, 1e-12);
    assert_near("factor 1", small.factors[1].factor, 1.1, 1e-12);
    assert_near("variance 0", small.factors[0].variance, 1.5, 1e-12);
    assert_int_equal(small.factors[0].months, 2);
    assert_true(run_off_ultimate(&small, 1, &ultimate));
    assert_near("February", ultimate, 363, 1e-9);
    assert_true(run_off_ultimate(&small, 2, &ultimate));
    assert_near("March", ultimate, 528, 1e-9);
    assert_true(run_off_share_known(&small, 0, &share));
    assert_near("known at once", share, 1 / 1.76, 1e-12);
    assert_false(small.factors[1].variance_known);
    const bool march[] = {false, false, true};
    assert_false(run_off_error(&small, march, &squared));
}

static void a_month_that_needs_a_factor_that_nobody_knows_has_no_estimate(void **state)
{
    /* Nothing is ever known at delay 0: what a month comes to can be said from delay 1 on. */
    static const int64_t CENTS[] = {0, 150, 165, 0, 330, 0, 0, 0, 0};
    RunOff late = run_off(*state, triangle_of(*state, 3, CENTS, 1));
    double ultimate, share;
    assert_false(late.factors[0].known);
    assert_true(run_off_ultimate(&late, 1, &ultimate));
    assert_near("February", ultimate, 363, 1e-9);
    assert_false(run_off_ultimate(&late, 2, &ultimate));
    assert_false(run_off_share_known(&late, 0, &share));

    RunOff alone = run_off(*state, triangle_of(*state, 1, (const int64_t[]){7}, 1));
    assert_true(run_off_ultimate(&alone, 0, &ultimate));
    assert_near("the only month there is", ultimate, 7, 0);
}

static void a_triangle_in_which_nothing_comes_late_forecasts_itself(void **state)
{
    enum { SIZE = 5 };
    Triangle triangle = triangle_new(*state, SIZE);
    for (size_t month = 0; month < SIZE; month++)
        for (size_t delay = 0; month + delay < SIZE; delay++)
            *triangle_at(&triangle, month, delay) = 1000 * (int64_t)(month + 1);
    RunOff full = run_off(*state, triangle);
    for (size_t month = 0; month < SIZE; month++)
        assert_near("still to come", still_to_come(&full, month), 0, 0);
    assert_near("error", error_of(&full, 0, SIZE - 1), 0, 0);
}

static void money_in_another_coin_has_the_same_factors_and_as_large_an_error(void **state)
{
    RunOff euros = run_off(*state, triangle_of(*state, TAYLOR_ASHE_SIZE, TAYLOR_ASHE[0], 1));
    RunOff cents = run_off(*state, triangle_of(*state, TAYLOR_ASHE_SIZE, TAYLOR_ASHE[0], 100));
    for (size_t delay = 0; delay + 1 < TAYLOR_ASHE_SIZE; delay++)
        assert_near("factor", cents.factors[delay].factor, euros.factors[delay].factor, 1e-12);
    assert_near("error", error_of(&cents, 0, 9), 100 * error_of(&euros, 0, 9), 0.01);
}

static void what_was_credited_makes_a_factor_below_one(void **state)
{
    static const int64_t CENTS[] = {100, 200, 190, 100, 200, 0, 100, 0, 0};
    RunOff credited = run_off(*state, triangle_of(*state, 3, CENTS, 1));
    assert_near("still to come in February", still_to_come(&credited, 1), -10, 1e-9);
}

static void roots_and_whole_numbers_are_rounded_as_said(void **state)
{
    (void)state;
    static const struct {
        double number, root;
    } ROOTS[] = {{0, 0}, {-1, 0}, {1, 1}, {4, 2}, {0.25, 0.5}, {2, 1.4142135623730951}, {1e22, 1e11}};
    for (size_t i = 0; i < COUNT(ROOTS); i++)
        assert_near("root", square_root(ROOTS[i].number), ROOTS[i].root, ROOTS[i].root * 1e-15);
    static const struct {
        double number;
        int64_t whole;
    } NUMBERS[] = {{0.49, 0}, {0.5, 1}, {-0.5, -1}, {-0.49, 0}, {2.5, 3}};
    for (size_t i = 0; i < COUNT(NUMBERS); i++)
        assert_int_equal(round_half_away(NUMBERS[i].number), NUMBERS[i].whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_triangle_of_taylor_and_ashe_gives_the_figures_that_mack_published),
        cmocka_unit_test(a_small_triangle_is_worked_out_by_hand),
        cmocka_unit_test(a_month_that_needs_a_factor_that_nobody_knows_has_no_estimate),
        cmocka_unit_test(a_triangle_in_which_nothing_comes_late_forecasts_itself),
        cmocka_unit_test(money_in_another_coin_has_the_same_factors_and_as_large_an_error),
        cmocka_unit_test(what_was_credited_makes_a_factor_below_one),
        cmocka_unit_test(roots_and_whole_numbers_are_rounded_as_said),
    };
    return cmocka_run_group_tests_name("run-off", tests, setup, teardown);
}
