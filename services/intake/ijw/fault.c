#include "intake/ijw/fault.h"

void ijw_fault_add(IjwFaults *faults, IjwRule rule, const char *path, int32_t line, const char *detail)
{
    if (faults->count < IJW_FAULTS_MAX)
        faults->list[faults->count++] = (IjwFault){rule, path, line, detail};
}

bool ijw_faults_full(const IjwFaults *faults)
{
    return faults->count == IJW_FAULTS_MAX;
}

IjwLevel ijw_faults_level(const IjwFaults *faults)
{
    IjwLevel level = IJW_OUTSIDE;
    for (size_t i = 0; i < faults->count; i++)
        if (ijw_rule(faults->list[i].rule)->level < level)
            level = ijw_rule(faults->list[i].rule)->level;
    return level;
}

const char *ijw_fault_sentence(Arena *arena, const IjwFault *fault)
{
    const char *blank = *fault->detail ? " " : "";
    return arena_format(arena, "%s%s%s.", ijw_rule(fault->rule)->words, blank, fault->detail);
}
