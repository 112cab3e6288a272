#include "book/vocabulary.h"

#include <string.h>

const char *vocabulary_name(const Vocabulary *vocabulary, int value)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (vocabulary->words[i].value == value)
            return vocabulary->words[i].name;
    return NULL;
}

int vocabulary_value(const Vocabulary *vocabulary, const char *name)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (strcmp(vocabulary->words[i].name, name) == 0)
            return vocabulary->words[i].value;
    return 0;
}
