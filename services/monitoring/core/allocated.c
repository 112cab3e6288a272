#include "monitoring/core/allocated.h"

#include <stdlib.h>
#include <string.h>

static int by_client(const void *a, const void *b)
{
    int64_t left = ((const Allocated *)a)->client, right = ((const Allocated *)b)->client;
    return (left > right) - (left < right);
}

void allocated_sort(Allocated *list, size_t count)
{
    if (count > 1)
        qsort(list, count, sizeof *list, by_client);
}

AllocatedAxes allocated_axes(Arena *arena, const Question *question, AllocatedList allocated)
{
    AllocatedAxes axes = {0};
    if (*question->municipality)
        axis_add(arena, &axes.municipalities, question->municipality);
    for (size_t i = 0; i < allocated.count; i++) {
        axis_add(arena, &axes.municipalities, allocated.list[i].municipality);
        axis_add(arena, &axes.segments, allocated.list[i].segment);
    }
    return axes;
}

Period question_year(const Question *question)
{
    return (Period){day_of(question->year, 1, 1), day_of(question->year, 12, 31)};
}
