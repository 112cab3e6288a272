/*
 * Any bytes as a national message: faults with a rule and words, or one that is written and read as the same, and facts that the
 * neutral feed can write; alone, and in the middle of a message that is in order.
 */
#include "intake/feed/feed.h"
#include "intake/ijw/check.h"
#include "intake/ijw/write.h"
#include "intake/reader/facts.h"
#include "services/intake/ijw/sample.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_faults(Arena *arena, const IjwFaults *faults)
{
    if (faults->count > IJW_FAULTS_MAX)
        abort();
    for (size_t i = 0; i < faults->count; i++)
        if (!*ijw_fault_sentence(arena, &faults->list[i]) || faults->list[i].line < 0)
            abort();
}

static Bytes written(Arena *arena, IjwRead read)
{
    return read.is_return ? ijw_write_return(arena, read.message, read.root)
                          : ijw_write(arena, read.message, read.root);
}

static void write_and_read(Arena *arena, IjwRead read)
{
    IjwFaults *faults = ARENA_NEW(arena, IjwFaults);
    Bytes once = written(arena, read);
    IjwRead again = ijw_read(arena, once, faults);
    if (once.size <= IJW_SIZE_MAX && (faults->count > 0 || !bytes_equal(written(arena, again), once)))
        abort();
}

static void read_and_judge(Arena *arena, Bytes file)
{
    IjwFaults *faults = ARENA_NEW(arena, IjwFaults);
    IjwRead read = ijw_read(arena, file, faults);
    if (!read.message && faults->count == 0)
        abort();
    if (faults->count == 0) {
        write_and_read(arena, read);
        ijw_check(arena, read, faults);
    }
    if (faults->count == 0 && !read.is_return && read.message->is_received) {
        Facts facts = facts_of(arena, read, faults);
        for (size_t i = 0; i < facts.count && faults->count == 0; i++)
            if (feed_write(arena, &facts.list[i].message->base).size == 0)
                abort();
    }
    check_faults(arena, faults);
}

/* Five bytes say which message, where in it and how much of it the others take the place of. */
static void read_within(Arena *arena, const uint8_t *data, size_t size)
{
    static const unsigned MESSAGES[] = {IJW_305, IJW_307, IJW_315, IJW_317, IJW_323, IJW_301, IJW_319, IJW_325};
    const char *text = sample(MESSAGES[data[0] % 8]);
    size_t length = strlen(text);
    size_t from = (size_t)(data[1] << 8 | data[2]) % length;
    size_t taken = (size_t)(data[3] << 8 | data[4]) % (length - from);
    size_t put = size - 5;
    uint8_t *file = arena_take(arena, length - taken + put);
    memcpy(file, text, from);
    memcpy(file + from, data + 5, put);
    memcpy(file + from + put, text + from + taken, length - from - taken);
    read_and_judge(arena, (Bytes){file, length - taken + put});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    read_and_judge(arena, (Bytes){data, size});
    if (size >= 5)
        read_within(arena, data, size);
    arena_free(arena);
    return 0;
}
