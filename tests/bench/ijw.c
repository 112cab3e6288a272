/*
 * Ijw: how fast a declaration of so many lines is read, without a process, a pipe or a database around it.
 *
 *     ijw CLIENTS LINES-OF-EACH         prints one JSON object; seconds are those of the processor
 *     ijw CLIENTS LINES-OF-EACH print   prints the declaration
 */
#include "intake/ijw/check.h"
#include "intake/reader/facts.h"
#include "services/intake/ijw/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { ROUNDS = 5 };

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static double least(const double *times)
{
    double found = times[0];
    for (int i = 1; i < ROUNDS; i++)
        found = times[i] < found ? times[i] : found;
    return found;
}

static size_t read_once(Bytes file, double *read_out, double *check_out, double *facts_out)
{
    Arena *arena = arena_new();
    IjwFaults *faults = ARENA_NEW(arena, IjwFaults);
    double begin = seconds();
    IjwRead read = ijw_read(arena, file, faults);
    double is_read = seconds();
    if (faults->count == 0)
        ijw_check(arena, read, faults);
    double is_checked = seconds();
    if (faults->count == 0)
        facts_of(arena, read, faults);
    *read_out = is_read - begin;
    *check_out = is_checked - is_read;
    *facts_out = seconds() - is_checked;
    size_t count = faults->count;
    arena_free(arena);
    return count;
}

/* False when the declaration has faults. */
static bool measure(Bytes file, size_t lines)
{
    double read[ROUNDS], check[ROUNDS], facts[ROUNDS];
    for (int i = 0; i < ROUNDS; i++)
        if (read_once(file, &read[i], &check[i], &facts[i]) > 0)
            return false;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double levels = least(read) + least(check);
    printf("{\"megabytes\": %.1f, \"lines\": %zu, \"read_seconds\": %.3f, \"check_seconds\": %.3f, \"facts_seconds\": "
           "%.3f, "
           "\"megabytes_per_second\": %.0f, \"lines_per_second\": %.0f, \"peak_megabytes\": %ld}\n",
           (double)file.size / 1e6, lines, least(read), least(check), least(facts), (double)file.size / 1e6 / levels,
           (double)lines / levels, usage.ru_maxrss / 1024);
    return true;
}

int main(int argc, char **argv)
{
    size_t clients = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    size_t each = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    if (clients == 0 || each == 0) {
        fprintf(stderr, "usage: ijw CLIENTS LINES-OF-EACH\n");
        return 2;
    }
    Arena *arena = arena_new();
    Bytes file = sample_declaration(arena, clients, each);
    bool done = argc > 3 ? fwrite(file.data, 1, file.size, stdout) == file.size : measure(file, clients * each);
    arena_free(arena);
    return done ? 0 : 1;
}
