#include "simulator/simulator.h"

#include "simulator/world.h"

const char *plant_words(Plant plant)
{
    static const char *const WORDS[] = {
#define PLANT(name, words) words,
        PLANTS(PLANT)
#undef PLANT
    };
    return WORDS[plant];
}

const char *simulator_fault_words(SimulatorFault fault)
{
    static const char *const WORDS[] = {
#define FAULT_NAME(name, words) words,
        SIMULATOR_FAULTS(FAULT_NAME)
#undef FAULT_NAME
    };
    return WORDS[fault];
}

SimulatorReport simulate(const SimulatorSettings *settings)
{
    SimulatorReport report = {0};
    world_run(settings, &report);
    return report;
}
