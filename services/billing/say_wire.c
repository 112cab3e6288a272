#include "billing/say_wire.h"

#include <string.h>

/* The structs of the wire have no const; what they point to is only read. */
char *wire_text(const char *text)
{
    return (char *)(uintptr_t)text;
}

Care__Money *wire_money(Arena *arena, Money amount)
{
    Care__Money *wire = ARENA_NEW(arena, Care__Money);
    care__money__init(wire);
    wire->cents = amount.cents;
    return wire;
}

Care__Period *wire_period(Arena *arena, Period days)
{
    Care__Period *wire = ARENA_NEW(arena, Care__Period);
    care__period__init(wire);
    wire->first_day = days.first.number;
    wire->last_day = days.last.number;
    return wire;
}

Care__Pic *wire_pic(Arena *arena, Pic of)
{
    if (!of.profile[0])
        return NULL;
    Care__Pic *wire = ARENA_NEW(arena, Care__Pic);
    care__pic__init(wire);
    wire->profile = wire_text(of.profile);
    wire->intensity = wire_text(of.intensity);
    return wire;
}

static Billing__Posting *posting(Arena *arena, const Posting *of)
{
    Billing__Posting *wire = ARENA_NEW(arena, Billing__Posting);
    billing__posting__init(wire);
    wire->account = wire_text(account_name(of->account));
    wire->year = of->service_year;
    wire->booked_year = of->booked_year;
    wire->amount = wire_money(arena, of->amount);
    return wire;
}

/* Field number 1, a message: its tag, its length, its bytes. What was heard goes on without being packed anew. */
static size_t put_heard(uint8_t *bytes, Bytes heard)
{
    enum { TAG = 1 << 3 | 2, SEVEN_BITS = 0x7f, MORE_FOLLOWS = 0x80 };
    size_t size = 0;
    bytes[size++] = TAG;
    size_t length = heard.size;
    for (; length > SEVEN_BITS; length >>= 7)
        bytes[size++] = (uint8_t)(length | MORE_FOLLOWS);
    bytes[size++] = (uint8_t)length;
    if (heard.size)
        memcpy(bytes + size, heard.data, heard.size);
    return size + heard.size;
}

void wire_postings(Arena *arena, const Postings *postings, Billing__Judged *judged)
{
    judged->n_postings = postings->count;
    judged->postings = ARENA_MANY(arena, Billing__Posting *, postings->count);
    for (size_t i = 0; i < postings->count; i++)
        judged->postings[i] = posting(arena, &postings->postings[i]);
}

Bytes wire_packed(Arena *arena, const Billing__Judged *added, Bytes heard)
{
    enum { TAG_AND_LENGTH_MAX = 12 };
    size_t added_size = protobuf_c_message_get_packed_size(&added->base);
    uint8_t *bytes = arena_take(arena, TAG_AND_LENGTH_MAX + heard.size + added_size);
    size_t size = put_heard(bytes, heard);
    size += protobuf_c_message_pack(&added->base, bytes + size);
    return (Bytes){bytes, size};
}
