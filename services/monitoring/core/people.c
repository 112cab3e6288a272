#include "monitoring/core/people.h"

#include <stdlib.h>

static int order_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_client_and_place(const void *a, const void *b)
{
    const Seen *left = a, *right = b;
    int order = order_int(left->client, right->client);
    if (order == 0)
        order = order_int(left->municipality, right->municipality);
    if (order == 0)
        order = order_int(left->label, right->label);
    return order ? order : order_int(left->month, right->month);
}

static bool is_same_place(const Seen *a, const Seen *b)
{
    return by_client_and_place(a, b) == 0;
}

/* ---- bringing together ---- */

enum { BUCKET_SEEN = 8, BUCKETS_BITS_MAX = 20 };

static size_t bucket_of(const Seen *seen, int bits)
{
    return bits ? (size_t)((uint64_t)seen->client * 0x9E3779B97F4A7C15u >> (64 - bits)) : 0;
}

/* Each client into one bucket of few, in one pass: hundreds of thousands are not compared with each other. */
static Seen *into_buckets(Arena *arena, const Seen *seen, size_t count, int bits, const size_t **ends_out)
{
    size_t buckets = (size_t)1 << bits;
    size_t *ends = ARENA_MANY(arena, size_t, buckets + 1);
    Seen *sorted = ARENA_MANY(arena, Seen, count);
    for (size_t i = 0; i < count; i++)
        ends[bucket_of(&seen[i], bits) + 1]++;
    for (size_t i = 1; i <= buckets; i++)
        ends[i] += ends[i - 1];
    for (size_t i = 0; i < count; i++)
        sorted[ends[bucket_of(&seen[i], bits)]++] = seen[i];
    *ends_out = ends;
    return sorted;
}

static void sort_bucket(Seen *seen, size_t count)
{
    if (count > 4 * BUCKET_SEEN) {
        qsort(seen, count, sizeof *seen, by_client_and_place);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        Seen one = seen[i];
        size_t at = i;
        for (; at > 0 && by_client_and_place(&seen[at - 1], &one) > 0; at--)
            seen[at] = seen[at - 1];
        seen[at] = one;
    }
}

/* ---- counting ---- */

/* For each cell the client who was counted there last, so that nobody counts twice. */
typedef struct Counting {
    Cube *cube;
    uint32_t *last;
    uint32_t client;
} Counting;

static void count_at(Counting *counting, const Seen *seen)
{
    const Cube *cube = counting->cube;
    const size_t municipalities[] = {seen->municipality, cube->size[0]};
    const size_t labels[] = {seen->label, cube->size[1]};
    const size_t months[] = {seen->month, cube->size[2]};
    for (int i = 0; i < 8; i++) {
        Cell *cell = cube_at(cube, municipalities[i & 1], labels[i >> 1 & 1], months[i >> 2]);
        uint32_t *last = &counting->last[cell - cube->cells];
        cell->count += *last != counting->client;
        *last = counting->client;
    }
}

static void count_bucket(Counting *counting, const Seen *seen, size_t count)
{
    for (size_t i = 0, next; i < count; i = next) {
        int64_t lines = 0;
        if (i == 0 || seen[i].client != seen[i - 1].client)
            counting->client++;
        for (next = i; next < count && is_same_place(&seen[i], &seen[next]); next++)
            lines += seen[next].lines;
        if (lines > 0)
            count_at(counting, &seen[i]);
    }
}

/* ---- who is who ---- */

static int by_client(const void *key, const void *joined)
{
    return order_int(*(const int64_t *)key, ((const Joined *)joined)->client);
}

/* Each step leads to one who was found out later; as many steps as there are joins are enough. */
int64_t people_joined(JoinedClients joined, int64_t client)
{
    for (size_t i = 0; i < joined.count; i++) {
        const Joined *found = bsearch(&client, joined.list, joined.count, sizeof *joined.list, by_client);
        if (!found)
            break;
        client = found->into;
    }
    return client;
}

void people_count(Arena *arena, Cube *cube, const Seen *seen, size_t count)
{
    int bits = 0;
    while (bits < BUCKETS_BITS_MAX && (size_t)BUCKET_SEEN << bits < count)
        bits++;
    const size_t *ends;
    Seen *sorted = into_buckets(arena, seen, count, bits, &ends);
    size_t cells = (cube->size[0] + 1) * (cube->size[1] + 1) * (cube->size[2] + 1);
    Counting counting = {cube, ARENA_MANY(arena, uint32_t, cells), 0};
    for (size_t i = 0, first = 0; i < (size_t)1 << bits; first = ends[i++]) {
        sort_bucket(sorted + first, ends[i] - first);
        count_bucket(&counting, sorted + first, ends[i] - first);
    }
}
