#include "monitoring/core/told.h"

uint32_t told_allocation(const char *number)
{
    return (uint32_t)client_number(number);
}

/* ---- bytes, the highest first ---- */

typedef struct Writer {
    uint8_t *bytes;
    size_t size;
} Writer;

static void put(Writer *writer, uint64_t value, int size)
{
    for (int i = size; i-- > 0;)
        writer->bytes[writer->size++] = (uint8_t)(value >> 8 * i);
}

static void put_day(Writer *writer, Day day)
{
    put(writer, (uint32_t)day.number, 4);
}

static uint64_t take(Bytes *rest, int size)
{
    uint64_t value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | *rest->data++;
    rest->size -= (size_t)size;
    return value;
}

static Day take_day(Bytes *rest)
{
    return (Day){(int32_t)(uint32_t)take(rest, 4)};
}

/* ---- what each is ---- */

enum { HEAD_BYTES = 5, REMOVED_BIT = 1, FUNDING_SHIFT = 1, COHORT_SHIFT = 3, TWO_BITS = 3 };

/* After the head; 0: there is no such thing. */
static size_t body_bytes(ToldWhat what)
{
    switch (what) {
    case TOLD_ALLOCATED:
        return TOLD_BYTES_MAX - HEAD_BYTES;
    case TOLD_STARTED:
        return 8;
    case TOLD_STOPPED:
        return 9;
    case TOLD_OUTCOME:
        return 3;
    case TOLD_COST:
        return 12;
    }
    return 0;
}

size_t told_pack(uint8_t *bytes, const Told *told)
{
    Writer writer = {bytes, 0};
    put(&writer, told->what, 1);
    put_day(&writer, told->known);
    if (told->what == TOLD_ALLOCATED || told->what == TOLD_STARTED || told->what == TOLD_STOPPED)
        put(&writer, told->allocation, 4);
    if (told->what != TOLD_OUTCOME)
        put_day(&writer, told->first);
    if (told->what == TOLD_ALLOCATED) {
        put_day(&writer, told->last);
        put(&writer, (uint64_t)told->client, 8);
        put(&writer,
            (uint64_t)told->removed | (uint64_t)told->funding << FUNDING_SHIFT | (uint64_t)told->cohort << COHORT_SHIFT,
            1);
    }
    if (told->what == TOLD_STOPPED)
        put(&writer, told->reason, 1);
    if (told->what == TOLD_OUTCOME) {
        put(&writer, (uint64_t)told->outcome.goal_reached, 1);
        put(&writer, (uint64_t)told->outcome.dropped_out, 1);
        put(&writer, (uint64_t)told->outcome.satisfaction, 1);
    }
    if (told->what == TOLD_COST)
        put(&writer, (uint64_t)told->amount.cents, 8);
    return writer.size;
}

bool told_next(Bytes *rest, Told *told_out)
{
    if (rest->size < HEAD_BYTES)
        return false;
    Told told = {.what = (ToldWhat)take(rest, 1)};
    told.known = take_day(rest);
    size_t size = body_bytes(told.what);
    if (size == 0 || rest->size < size)
        return false;
    if (told.what == TOLD_ALLOCATED || told.what == TOLD_STARTED || told.what == TOLD_STOPPED)
        told.allocation = (uint32_t)take(rest, 4);
    if (told.what != TOLD_OUTCOME)
        told.first = take_day(rest);
    if (told.what == TOLD_ALLOCATED) {
        told.last = take_day(rest);
        told.client = (int64_t)take(rest, 8);
        uint64_t bits = take(rest, 1);
        told.removed = bits & REMOVED_BIT;
        told.funding = (Funding)(bits >> FUNDING_SHIFT & TWO_BITS);
        told.cohort = (Cohort)(bits >> COHORT_SHIFT & TWO_BITS);
    }
    if (told.what == TOLD_STOPPED)
        told.reason = (StopReason)take(rest, 1);
    if (told.what == TOLD_OUTCOME) {
        told.outcome.goal_reached = (int32_t)take(rest, 1);
        told.outcome.dropped_out = (int32_t)take(rest, 1);
        told.outcome.satisfaction = (int32_t)take(rest, 1);
    }
    if (told.what == TOLD_COST)
        told.amount.cents = (int64_t)take(rest, 8);
    *told_out = told;
    return true;
}
