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

/* Marks the places where one client is: a cube of its own, with its totals. */
static void mark(const Cube *cube, const Seen *seen)
{
    const size_t municipalities[] = {seen->municipality, cube->size[0]};
    const size_t labels[] = {seen->label, cube->size[1]};
    const size_t months[] = {seen->month, cube->size[2]};
    for (int i = 0; i < 8; i++)
        cube_at(cube, municipalities[i & 1], labels[i >> 1 & 1], months[i >> 2])->count = 1;
}

static void add_marks(Cube *cube, Cube *marks, size_t cells)
{
    for (size_t i = 0; i < cells; i++) {
        cube->cells[i].count += marks->cells[i].count;
        marks->cells[i].count = 0;
    }
}

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

void people_count(Arena *arena, Cube *cube, Seen *seen, size_t count)
{
    if (count == 0)
        return;
    qsort(seen, count, sizeof *seen, by_client_and_place);
    size_t cells = (cube->size[0] + 1) * (cube->size[1] + 1) * (cube->size[2] + 1);
    Cube marks = cube_new(arena, cube->size[0], cube->size[1], cube->size[2]);
    for (size_t i = 0, next; i < count; i = next) {
        int64_t lines = 0;
        for (next = i; next < count && is_same_place(&seen[i], &seen[next]); next++)
            lines += seen[next].lines;
        if (lines > 0)
            mark(&marks, &seen[i]);
        if (next == count || seen[next].client != seen[i].client)
            add_marks(cube, &marks, cells);
    }
}
