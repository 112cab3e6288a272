#include "monitoring/core/leaf.h"

#include <string.h>

enum { ROOM_FIRST = 4096 };

Leaf leaf_new(Arena *arena)
{
    return (Leaf){.arena = arena, .text = arena_take(arena, ROOM_FIRST), .room = ROOM_FIRST};
}

void leaf_add(Leaf *leaf, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const char *added = arena_format_list(leaf->arena, format, values);
    va_end(values);
    size_t size = strlen(added);
    if (leaf->size + size + 1 > leaf->room) {
        leaf->room = 2 * (leaf->size + size + 1);
        char *more = arena_take(leaf->arena, leaf->room);
        memcpy(more, leaf->text, leaf->size);
        leaf->text = more;
    }
    memcpy(leaf->text + leaf->size, added, size + 1);
    leaf->size += size;
}

const char *leaf_escaped(Arena *arena, const char *text)
{
    static const struct {
        char letter;
        const char *written;
    } WRITTEN[] = {{'<', "&lt;"}, {'>', "&gt;"}, {'&', "&amp;"}, {'"', "&quot;"}};
    Leaf leaf = leaf_new(arena);
    for (const char *at = text; *at; at++) {
        const char *instead = NULL;
        for (size_t i = 0; i < sizeof WRITTEN / sizeof *WRITTEN; i++)
            if (WRITTEN[i].letter == *at)
                instead = WRITTEN[i].written;
        if (instead)
            leaf_add(&leaf, "%s", instead);
        else
            leaf_add(&leaf, "%c", *at);
    }
    return leaf.text;
}
