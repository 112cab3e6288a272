/*
 * List: an array in an arena that grows by one.
 */
#pragma once

#include "base/arena.h"

#include <string.h>

/* The list with room for one more: it doubles whenever its count reaches a power of two. */
static inline void *list_room(Arena *arena, void *list, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0)
        return list;
    void *longer = arena_take_many(arena, count > 0 ? 2 * count : 1, size);
    if (count > 0)
        memcpy(longer, list, count * size);
    return longer;
}

#define LIST_ADD(arena, list, count, ...) \
    ((list) = list_room((arena), (list), (count), sizeof *(list)), (list)[(count)++] = (__VA_ARGS__))
