/*
 * Simulator: the loop of turns against a database, a bus and a clock that one seed drives.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Faults planted on purpose, in the stand-ins and in the turn of the simulation's own house. */
#define PLANTS(X)                                                       \
    X(NOTHING, "nothing is planted")                                    \
    X(OFFSET_ALONE, "offsets move outside the transaction")             \
    X(ANSWER_EARLY, "answers are said before the commit")               \
    X(OFFSET_UNTAKEN, "a turn does not take its offset rows first")     \
    X(NEIGHBOUR_READ, "a decision reads the rows of another partition") \
    X(HEADS_UNTAKEN, "positions are given out without taking the heads of the log")

typedef enum Plant {
#define PLANT(name, words) PLANT_##name,
    PLANTS(PLANT)
#undef PLANT
        PLANTS_COUNT
} Plant;

const char *plant_words(Plant plant);

typedef struct SimulatorSettings {
    uint64_t seed;
    int64_t steps; /* with faults; what was begun then comes to its end without */
    Plant plant;
    bool tells; /* every step on standard output */
} SimulatorSettings;

#define SIMULATOR_FAULTS(X)                   \
    X(KILLED, "processes killed")             \
    X(ROLLED, "processes asked to stop")      \
    X(SLEPT, "processes stopped and woken")   \
    X(CUT, "connections cut")                 \
    X(FELL, "databases fallen")               \
    X(REFUSED, "questions refused")           \
    X(LOST, "messages lost")                  \
    X(DOUBLED, "messages doubled")            \
    X(PARTED, "processes parted for a while") \
    X(JUMPED, "clocks jumped")                \
    X(SHARED, "claims given to two")

typedef enum SimulatorFault {
#define FAULT_NAME(name, words) SIMULATOR_##name,
    SIMULATOR_FAULTS(FAULT_NAME)
#undef FAULT_NAME
        SIMULATOR_FAULTS_COUNT
} SimulatorFault;

const char *simulator_fault_words(SimulatorFault fault);

typedef struct SimulatorReport {
    int64_t steps; /* in all */
    int64_t facts; /* that the door said */
    int64_t turns;
    int64_t cuts;    /* of long work */
    int64_t aside;   /* messages put aside */
    int64_t retries; /* turns rolled back */
    int64_t dropped; /* messages that somebody else had taken */
    int64_t faults[SIMULATOR_FAULTS_COUNT];
    uint64_t digest; /* of all that happened, in order */
    bool found;
    int64_t found_at; /* the step */
    char words[300];
} SimulatorReport;

/* The same settings: the same report, always. */
SimulatorReport simulate(const SimulatorSettings *settings);
