#include "service/message.h"

static void *take(void *arena, size_t size)
{
    return arena_take(arena, size);
}

static void keep(void *arena, void *bytes)
{
    (void)arena;
    (void)bytes;
}

void *message_unpack(Arena *arena, const ProtobufCMessageDescriptor *descriptor, Bytes bytes)
{
    ProtobufCAllocator allocator = {take, keep, arena};
    return protobuf_c_message_unpack(descriptor, &allocator, bytes.size, bytes.data);
}

Bytes message_pack(Arena *arena, const ProtobufCMessage *message)
{
    size_t size = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_take(arena, size);
    protobuf_c_message_pack(message, bytes);
    return (Bytes){bytes, size};
}
