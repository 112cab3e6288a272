/*
 * Leaf: a page of text that grows in an arena.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

typedef struct Leaf {
    Arena *arena;
    char *text; /* ends with a NUL */
    size_t size;
    size_t room;
} Leaf;

Leaf leaf_new(Arena *arena);

[[gnu::format(printf, 2, 3)]] void leaf_add(Leaf *leaf, const char *format, ...);

/* The text as HTML shows it: < as &lt; and so on. */
const char *leaf_escaped(Arena *arena, const char *text);
