/*
 * Fault: what is wrong with a message, and where. All that can be found are collected, up to a bound.
 */
#pragma once

#include "base/arena.h"
#include "intake/ijw/rule.h"

#include <stdint.h>

enum { IJW_FAULTS_MAX = 100 };

typedef struct IjwFault {
    IjwRule rule;
    const char *path; /* of elements, such as Bericht/Client/Bsn; "" for the file as a whole */
    int32_t line;
    const char *detail; /* what is expected there, in Dutch; "" when the rule says it all. Never what was written */
} IjwFault;

typedef struct IjwFaults {
    IjwFault list[IJW_FAULTS_MAX];
    size_t count;
} IjwFaults;

/* Borrows its texts. What comes after the last that fits is not told. */
void ijw_fault_add(IjwFaults *faults, IjwRule rule, const char *path, int32_t line, const char *detail);

bool ijw_faults_full(const IjwFaults *faults);

/* The highest level of control that was not reached: that of the first faults in order. */
IjwLevel ijw_faults_level(const IjwFaults *faults);

/* One Dutch sentence: what is wrong, and what to do. */
const char *ijw_fault_sentence(Arena *arena, const IjwFault *fault);
