/*
 * simulator: the loop of turns against a world that one seed drives.
 *
 *     simulator [--seed S] [--steps N] [--seeds K] [--plant NAME] [--tell]
 *
 * K seeds from S on. Exit status: 0 nothing found, 1 something was, 2 wrong use.
 */
#include "simulator/simulator.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int usage(void)
{
    fprintf(stderr, "Usage: simulator [--seed S] [--steps N] [--seeds K] [--plant NAME] [--tell]\nPlants:");
#define PLANT(name, words) " " #name
    fprintf(stderr, "%s\n", PLANTS(PLANT));
#undef PLANT
    return 2;
}

static bool plant_named(const char *name, Plant *plant_out)
{
    static const char *const NAMES[] = {
#define PLANT(name, words) #name,
        PLANTS(PLANT)
#undef PLANT
    };
    for (int i = 0; i < PLANTS_COUNT; i++)
        if (strcmp(name, NAMES[i]) == 0) {
            *plant_out = (Plant)i;
            return true;
        }
    return false;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void add_up(SimulatorReport *sum, const SimulatorReport *one)
{
    sum->steps += one->steps;
    sum->facts += one->facts;
    sum->turns += one->turns;
    sum->cuts += one->cuts;
    sum->aside += one->aside;
    sum->retries += one->retries;
    sum->dropped += one->dropped;
    for (int i = 0; i < SIMULATOR_FAULTS_COUNT; i++)
        sum->faults[i] += one->faults[i];
}

static void print_sum(const SimulatorReport *sum, double took)
{
    printf("%" PRId64 " steps in %.1f s, %.1f million a minute: %" PRId64 " facts, %" PRId64 " turns, %" PRId64
           " of long work cut, %" PRId64 " messages put aside, %" PRId64 " turns rolled back, %" PRId64
           " messages dropped that another had taken\n",
           sum->steps, took, (double)sum->steps / took * 60 / 1e6, sum->facts, sum->turns, sum->cuts, sum->aside,
           sum->retries, sum->dropped);
    for (int i = 0; i < SIMULATOR_FAULTS_COUNT; i++)
        printf("  %8" PRId64 " %s\n", sum->faults[i], simulator_fault_words((SimulatorFault)i));
}

int main(int count, char **arguments)
{
    SimulatorSettings settings = {.seed = 1, .steps = 20000};
    uint64_t seeds = 1;
    for (int i = 1; i < count; i++) {
        const char *word = arguments[i];
        const char *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (strcmp(word, "--tell") == 0) {
            settings.tells = true;
            continue;
        }
        if (!value)
            return usage();
        if (strcmp(word, "--seed") == 0)
            settings.seed = strtoull(value, NULL, 10);
        else if (strcmp(word, "--steps") == 0)
            settings.steps = strtoll(value, NULL, 10);
        else if (strcmp(word, "--seeds") == 0)
            seeds = strtoull(value, NULL, 10);
        else if (strcmp(word, "--plant") != 0 || !plant_named(value, &settings.plant))
            return usage();
        i++;
    }

    SimulatorReport sum = {0};
    double began = seconds();
    uint64_t found = 0;
    for (uint64_t i = 0; i < seeds; i++, settings.seed++) {
        SimulatorReport report = simulate(&settings);
        add_up(&sum, &report);
        if (!report.found)
            continue;
        found++;
        printf("FOUND with --seed %" PRIu64 " --steps %" PRId64 " at step %" PRId64 ": %s\n", settings.seed,
               settings.steps, report.found_at, report.words);
    }
    print_sum(&sum, seconds() - began);
    printf("%" PRIu64 " of %" PRIu64 " seeds found something\n", found, seeds);
    return found > 0;
}
