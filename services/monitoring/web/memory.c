#include "monitoring/web/memory.h"

#include <stdlib.h>
#include <string.h>
#include <threads.h>

enum { ANSWERS_MAX = 512 };

typedef struct Answer {
    char *key; /* NULL: an empty place */
    uint8_t *data;
    size_t size;
    uint64_t asked; /* when last: a count of questions */
} Answer;

struct Memory {
    mtx_t lock;
    Answer answers[ANSWERS_MAX];
    size_t bytes;
    size_t bytes_max;
    uint64_t questions;
};

Memory *memory_new(size_t bytes_max)
{
    Memory *memory = calloc(1, sizeof *memory);
    if (!memory)
        abort();
    memory->bytes_max = bytes_max;
    mtx_init(&memory->lock, mtx_plain);
    return memory;
}

static void forget(Memory *memory, Answer *answer)
{
    if (!answer->key)
        return;
    memory->bytes -= answer->size + strlen(answer->key);
    free(answer->key);
    free(answer->data);
    *answer = (Answer){0};
}

void memory_free(Memory *memory)
{
    if (!memory)
        return;
    for (size_t i = 0; i < ANSWERS_MAX; i++)
        forget(memory, &memory->answers[i]);
    mtx_destroy(&memory->lock);
    free(memory);
}

static Answer *find(Memory *memory, const char *key)
{
    for (size_t i = 0; i < ANSWERS_MAX; i++)
        if (memory->answers[i].key && strcmp(memory->answers[i].key, key) == 0)
            return &memory->answers[i];
    return NULL;
}

bool memory_find(Memory *memory, const char *key, Arena *arena, Bytes *answer_out)
{
    mtx_lock(&memory->lock);
    Answer *answer = find(memory, key);
    if (answer) {
        uint8_t *copy = arena_take(arena, answer->size + 1);
        memcpy(copy, answer->data, answer->size);
        *answer_out = (Bytes){copy, answer->size};
        answer->asked = ++memory->questions;
    }
    mtx_unlock(&memory->lock);
    return answer;
}

/* An empty place, or that of the answer that was asked longest ago. */
static Answer *oldest(Memory *memory, bool taken)
{
    Answer *oldest = NULL;
    for (size_t i = 0; i < ANSWERS_MAX; i++) {
        Answer *answer = &memory->answers[i];
        if ((!taken || answer->key) && (!oldest || answer->asked < oldest->asked))
            oldest = answer;
    }
    return oldest;
}

static void put(Memory *memory, Answer *place, const char *key, Bytes answer)
{
    place->key = strdup(key);
    place->data = malloc(answer.size + 1);
    if (!place->key || !place->data)
        abort();
    memcpy(place->data, answer.data, answer.size);
    place->size = answer.size;
    place->asked = ++memory->questions;
    memory->bytes += answer.size + strlen(key);
}

void memory_keep(Memory *memory, const char *key, Bytes answer)
{
    size_t size = answer.size + strlen(key);
    if (size > memory->bytes_max)
        return;
    mtx_lock(&memory->lock);
    if (!find(memory, key)) {
        while (memory->bytes + size > memory->bytes_max)
            forget(memory, oldest(memory, true));
        Answer *place = oldest(memory, false);
        forget(memory, place);
        put(memory, place, key, answer);
    }
    mtx_unlock(&memory->lock);
}
