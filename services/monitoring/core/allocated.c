#include "monitoring/core/allocated.h"

#include <stdlib.h>
#include <string.h>

typedef struct Place {
    int64_t client;
    size_t from;
} Place;

static int by_client(const void *a, const void *b)
{
    const Place *left = a, *right = b;
    if (left->client != right->client)
        return left->client < right->client ? -1 : 1;
    return (left->from > right->from) - (left->from < right->from);
}

AllocatedList allocated_in_order(Arena *arena, const Allocated *found, size_t count)
{
    Place *places = ARENA_MANY(arena, Place, count);
    for (size_t i = 0; i < count; i++)
        places[i] = (Place){found[i].client, i};
    if (count > 1)
        qsort(places, count, sizeof *places, by_client);
    Allocated *list = ARENA_MANY(arena, Allocated, count);
    for (size_t i = 0; i < count; i++)
        list[i] = found[places[i].from];
    return (AllocatedList){list, count};
}

AllocatedAxes allocated_axes(Arena *arena, const Question *question, AllocatedList allocated)
{
    AllocatedAxes axes = {0};
    axis_add(arena, &axes.municipalities, question->municipality);
    for (size_t i = 0; i < allocated.count; i++) {
        axis_add(arena, &axes.municipalities, allocated.list[i].municipality);
        axis_add(arena, &axes.segments, allocated.list[i].segment);
    }
    axis_close(&axes.municipalities);
    axis_close(&axes.segments);
    return axes;
}

Period question_year(const Question *question)
{
    return (Period){day_of(question->year, 1, 1), day_of(question->year, 12, 31)};
}
