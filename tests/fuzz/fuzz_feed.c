/*
 * Any bytes as a line of the feed: refused with a sentence, or read, and then written and read as the same.
 */
#include "intake/feed/feed.h"

#include "operator.pb-c.h"
#include "provider.pb-c.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_and_write(Arena *arena, const ProtobufCMessageDescriptor *type, Bytes line)
{
    Refusal refusal;
    ProtobufCMessage *message = feed_read(arena, type, line, &refusal);
    if (!message) {
        if (refusal.reason == INTAKE_ADMITTED || !*refusal_sentence(arena, &refusal))
            abort();
        return;
    }
    Bytes written = feed_write(arena, message);
    ProtobufCMessage *again = feed_read(arena, type, written, &refusal);
    if (!again || !bytes_equal(feed_write(arena, again), written))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    read_and_write(arena, &provider__message__descriptor, (Bytes){data, size});
    read_and_write(arena, &operator__message__descriptor, (Bytes){data, size});
    arena_free(arena);
    return 0;
}
