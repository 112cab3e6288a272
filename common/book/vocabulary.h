/*
 * Vocabulary: a short list of values and their names, the same in files, feeds and letters.
 */
#pragma once

#include <stddef.h>

typedef struct NamedValue {
    int value; /* never 0: that is "none of these" */
    const char *name;
} NamedValue;

typedef struct Vocabulary {
    const NamedValue *words;
    size_t count;
} Vocabulary;

#define VOCABULARY(...)                                                         \
    {                                                                           \
        .words = (const NamedValue[]){__VA_ARGS__},                             \
        .count = sizeof((const NamedValue[]){__VA_ARGS__}) / sizeof(NamedValue) \
    }

/* NULL when the value is none of the list; 0 when the name is. */
const char *vocabulary_name(const Vocabulary *vocabulary, int value);
int vocabulary_value(const Vocabulary *vocabulary, const char *name);
