/*
 * Arena: memory for one piece of work, given back all at once.
 *
 * What is taken is zeroed and never NULL: when the system has no memory the process
 * aborts, is started again, and hears its message again.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena);
void arena_freep(Arena **arena);

/* Gives back all that was taken; the arena keeps a few blocks for the next round. */
void arena_reset(Arena *arena);

/* Bytes taken since the last reset. */
size_t arena_used(const Arena *arena);

/* `size` zeroed bytes, aligned for any type. */
void *arena_take(Arena *arena, size_t size);

/* `count` zeroed elements; aborts when the product does not fit in a size_t. */
void *arena_take_many(Arena *arena, size_t count, size_t size);

/* A copy of what the caller owns; `arena_text` copies up to the NUL, and gives NULL for NULL. */
void *arena_copy(Arena *arena, const void *bytes, size_t size);
char *arena_text(Arena *arena, const char *text);
char *arena_text_sized(Arena *arena, const char *text, size_t size);

[[gnu::format(printf, 2, 3)]] char *arena_format(Arena *arena, const char *format, ...);
[[gnu::format(printf, 2, 0)]] char *arena_format_list(Arena *arena, const char *format, va_list values);

#define ARENA_NEW(arena, Type) ((Type *)arena_take((arena), sizeof(Type)))
#define ARENA_MANY(arena, Type, count) ((Type *)arena_take_many((arena), (count), sizeof(Type)))
