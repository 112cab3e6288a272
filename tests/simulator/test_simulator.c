#include "simulator/simulator.h"

#include "support/unit.h"

#include <inttypes.h>

enum { SEEDS = 8, STEPS = 5000, PLANT_SEEDS = 60, PLANT_STEPS = 4000 };

static SimulatorReport run(uint64_t seed, int64_t steps, Plant plant)
{
    const SimulatorSettings settings = {.seed = seed, .steps = steps, .plant = plant};
    return simulate(&settings);
}

static void nothing_is_lost_and_nothing_counts_twice_whatever_strikes(void **state)
{
    (void)state;
    SimulatorReport sum = {0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        SimulatorReport report = run(seed, STEPS, PLANT_NOTHING);
        if (report.found)
            fail_msg("simulator --seed %" PRIu64 " --steps %d finds at step %" PRId64 ": %s", seed, STEPS,
                     report.found_at, report.words);
        sum.facts += report.facts;
        sum.turns += report.turns;
        sum.cuts += report.cuts;
        sum.aside += report.aside;
        sum.retries += report.retries;
        sum.dropped += report.dropped;
        for (int i = 0; i < SIMULATOR_FAULTS_COUNT; i++)
            sum.faults[i] += report.faults[i];
    }

    /* All that it is about has happened. */
    assert_true(sum.facts > 500 && sum.turns > 500 && sum.cuts > 10 && sum.aside > 10 && sum.retries > 10);
    assert_true(sum.dropped > 10);
    for (int i = 0; i < SIMULATOR_FAULTS_COUNT; i++)
        if (sum.faults[i] == 0)
            fail_msg("no %s", simulator_fault_words((SimulatorFault)i));
}

static void each_fault_planted_on_purpose_is_found(void **state)
{
    (void)state;
    for (int plant = PLANT_NOTHING + 1; plant < PLANTS_COUNT; plant++) {
        uint64_t seed = 1;
        SimulatorReport report = {0};
        while (!report.found && seed <= PLANT_SEEDS)
            report = run(seed++, PLANT_STEPS, (Plant)plant);
        if (!report.found)
            fail_msg("%s, and %d seeds find nothing", plant_words((Plant)plant), PLANT_SEEDS);
        print_message("%s: found with seed %" PRIu64 " at step %" PRId64 ", %s\n", plant_words((Plant)plant), seed - 1,
                      report.found_at, report.words);
    }
}

static void a_seed_tells_the_same_story_every_time(void **state)
{
    (void)state;
    SimulatorReport once = run(3, PLANT_STEPS, PLANT_NOTHING), again = run(3, PLANT_STEPS, PLANT_NOTHING);
    assert_memory_equal(&once, &again, sizeof once);
    assert_true(once.digest != run(4, PLANT_STEPS, PLANT_NOTHING).digest);

    once = run(1, PLANT_STEPS, PLANT_OFFSET_ALONE);
    again = run(1, PLANT_STEPS, PLANT_OFFSET_ALONE);
    assert_true(once.found);
    assert_memory_equal(&once, &again, sizeof once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost_and_nothing_counts_twice_whatever_strikes),
        cmocka_unit_test(each_fault_planted_on_purpose_is_found),
        cmocka_unit_test(a_seed_tells_the_same_story_every_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
