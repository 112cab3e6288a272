#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_TELLS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_TELLS_ASAN 1
#endif
#endif

#ifdef ARENA_TELLS_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

enum {
    BLOCK_SIZE = 256 * 1024,
    BLOCKS_KEPT = 16,
    ALIGNMENT = alignof(max_align_t),
};

typedef struct Block Block;
struct Block {
    Block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct Arena {
    Block *current; /* the newest block first */
    Block *spare;   /* empty blocks of BLOCK_SIZE */
    size_t spares;
    size_t used;
};

static Block *block_new(size_t size)
{
    Block *block = malloc(sizeof(Block) + size);
    if (!block)
        abort();
    block->next = NULL;
    block->size = size;
    block->used = 0;
    ASAN_POISON_MEMORY_REGION(block->bytes, size);
    return block;
}

static void block_free(Block *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
    free(block);
}

static void blocks_free(Block *block)
{
    while (block) {
        Block *next = block->next;
        block_free(block);
        block = next;
    }
}

Arena *arena_new(void)
{
    Arena *arena = calloc(1, sizeof(Arena));
    if (!arena)
        abort();
    return arena;
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    blocks_free(arena->current);
    blocks_free(arena->spare);
    free(arena);
}

void arena_freep(Arena **arena)
{
    arena_free(*arena);
    *arena = NULL;
}

void arena_reset(Arena *arena)
{
    Block *block = arena->current;
    while (block) {
        Block *next = block->next;
        if (block->size == BLOCK_SIZE && arena->spares < BLOCKS_KEPT) {
            ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
            block->used = 0;
            block->next = arena->spare;
            arena->spare = block;
            arena->spares++;
        } else {
            block_free(block);
        }
        block = next;
    }
    arena->current = NULL;
    arena->used = 0;
}

size_t arena_used(const Arena *arena)
{
    return arena->used;
}

static Block *block_for(Arena *arena, size_t size)
{
    if (size <= BLOCK_SIZE && arena->spare) {
        Block *block = arena->spare;
        arena->spare = block->next;
        arena->spares--;
        return block;
    }
    return block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE);
}

void *arena_take(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        abort();

    size_t room = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (room == 0)
        room = ALIGNMENT;

    if (!arena->current || arena->current->size - arena->current->used < room) {
        Block *block = block_for(arena, room);
        block->next = arena->current;
        arena->current = block;
    }

    void *taken = arena->current->bytes + arena->current->used;
    arena->current->used += room;
    arena->used += room;
    ASAN_UNPOISON_MEMORY_REGION(taken, size);
    return memset(taken, 0, size);
}

void *arena_take_many(Arena *arena, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        abort();
    return arena_take(arena, total);
}

void *arena_copy(Arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_take(arena, size);
    return size ? memcpy(copy, bytes, size) : copy;
}

char *arena_text(Arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text) + 1) : NULL;
}

char *arena_text_sized(Arena *arena, const char *text, size_t size)
{
    char *copy = arena_take(arena, size + 1);
    return size ? memcpy(copy, text, size) : copy;
}

char *arena_format_list(Arena *arena, const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        abort();

    char *text = arena_take(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, values);
    return text;
}

char *arena_format(Arena *arena, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *text = arena_format_list(arena, format, values);
    va_end(values);
    return text;
}
