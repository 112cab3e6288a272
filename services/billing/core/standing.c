#include "billing/core/standing.h"

#include "billing/core/table.h"
#include "billing/core/volume.h"

#include <string.h>

/* A table, and its values in the order in which they came. */
typedef struct Register {
    Table table;
    Met met;
    size_t room;
} Register;

struct Standing {
    Arena *arena;
    Register conversations;
    Register allocations;
    Register references;
    Register numbers;
    Register cares;
    Register months;
};

static Register register_new(Arena *arena, size_t expected)
{
    return (Register){.table = table_new(arena, expected)};
}

Standing *standing_new(Arena *arena, size_t lines)
{
    enum { FEW = 64 };
    Standing *standing = ARENA_NEW(arena, Standing);
    *standing = (Standing){
        .arena = arena,
        .conversations = register_new(arena, FEW),
        .allocations = register_new(arena, lines),
        .references = register_new(arena, lines),
        .numbers = register_new(arena, FEW),
        .cares = register_new(arena, FEW),
        .months = register_new(arena, lines),
    };
    return standing;
}

static void add(Register *all, uint64_t hash, void *value)
{
    if (all->met.count == all->room) {
        enum { ROOM_FIRST = 64 };
        all->room = all->room ? all->room * 2 : ROOM_FIRST;
        void **items = ARENA_MANY(all->table.arena, void *, all->room);
        if (all->met.count)
            memcpy(items, all->met.items, all->met.count * sizeof *items);
        all->met.items = items;
    }
    all->met.items[all->met.count++] = value;
    table_add(&all->table, hash, value);
}

static bool same_conversation(const void *value, const void *key)
{
    const Conversation *a = value;
    const Conversation *b = key;
    return a->partition == b->partition && strcmp(a->municipality, b->municipality) == 0 &&
           strcmp(a->provider, b->provider) == 0;
}

const Conversation *standing_conversation(Standing *standing, int16_t partition, const char *municipality,
                                          const char *provider)
{
    Conversation key = {partition, municipality, provider};
    uint64_t hash = hash_text(hash_text(hash_number(HASH_SEED, (uint16_t)partition), municipality), provider);
    Conversation *conversation = table_find(&standing->conversations.table, hash, same_conversation, &key);
    if (!conversation) {
        conversation = ARENA_NEW(standing->arena, Conversation);
        *conversation = key;
        add(&standing->conversations, hash, conversation);
    }
    return conversation;
}

/* Most things are named by a text within their conversation. */
typedef struct Named {
    const Conversation *conversation;
    const char *text;
} Named;

static uint64_t hash_named(Named named)
{
    return hash_text(hash_number(HASH_SEED, (uintptr_t)named.conversation), named.text);
}

static bool same_allocation(const void *value, const void *key)
{
    const Allocation *allocation = value;
    const Named *named = key;
    return allocation->conversation == named->conversation && strcmp(allocation->number, named->text) == 0;
}

Allocation *standing_allocation(Standing *standing, const Conversation *conversation, const char *number)
{
    Named named = {conversation, number};
    uint64_t hash = hash_named(named);
    Allocation *allocation = table_find(&standing->allocations.table, hash, same_allocation, &named);
    if (!allocation) {
        allocation = ARENA_NEW(standing->arena, Allocation);
        allocation->conversation = conversation;
        allocation->number = number;
        add(&standing->allocations, hash, allocation);
    }
    return allocation;
}

static bool same_reference(const void *value, const void *key)
{
    const Reference *reference = value;
    const Named *named = key;
    return reference->conversation == named->conversation && strcmp(reference->text, named->text) == 0;
}

Reference *standing_reference(Standing *standing, const Conversation *conversation, const char *text)
{
    Named named = {conversation, text};
    uint64_t hash = hash_named(named);
    Reference *reference = table_find(&standing->references.table, hash, same_reference, &named);
    if (!reference) {
        reference = ARENA_NEW(standing->arena, Reference);
        reference->conversation = conversation;
        reference->text = text;
        add(&standing->references, hash, reference);
    }
    return reference;
}

static bool same_number(const void *value, const void *key)
{
    const DeclarationNumber *number = value;
    const Named *named = key;
    return number->conversation == named->conversation && strcmp(number->text, named->text) == 0;
}

DeclarationNumber *standing_number(Standing *standing, const Conversation *conversation, const char *text)
{
    Named named = {conversation, text};
    uint64_t hash = hash_named(named);
    DeclarationNumber *number = table_find(&standing->numbers.table, hash, same_number, &named);
    if (!number) {
        number = ARENA_NEW(standing->arena, DeclarationNumber);
        number->conversation = conversation;
        number->text = text;
        add(&standing->numbers, hash, number);
    }
    return number;
}

static bool same_care(const void *value, const void *key)
{
    const CareOfClient *care = value;
    const Named *named = key;
    return care->conversation == named->conversation && strcmp(care->client, named->text) == 0;
}

CareOfClient *standing_care(Standing *standing, const Conversation *conversation, const char *client)
{
    Named named = {conversation, client};
    uint64_t hash = hash_named(named);
    CareOfClient *care = table_find(&standing->cares.table, hash, same_care, &named);
    if (!care) {
        care = ARENA_NEW(standing->arena, CareOfClient);
        care->conversation = conversation;
        care->client = client;
        add(&standing->cares, hash, care);
    }
    return care;
}

static bool same_month(const void *value, const void *key)
{
    const ProductMonth *a = value;
    const ProductMonth *b = key;
    return a->allocation == b->allocation && a->first.number == b->first.number && strcmp(a->code, b->code) == 0 &&
           strcmp(a->category, b->category) == 0;
}

ProductMonth *standing_month(Standing *standing, Allocation *allocation, const char *category, const char *code,
                             Day first)
{
    ProductMonth key = {.allocation = allocation, .category = category, .code = code, .first = first};
    uint64_t hash = hash_number(HASH_SEED, (uintptr_t)allocation);
    hash = hash_text(hash_number(hash, (uint32_t)first.number), code);
    ProductMonth *month = table_find(&standing->months.table, hash, same_month, &key);
    if (!month) {
        month = ARENA_NEW(standing->arena, ProductMonth);
        *month = key;
        add(&standing->months, hash, month);
    }
    return month;
}

Met standing_allocations(const Standing *standing)
{
    return standing->allocations.met;
}

Met standing_references(const Standing *standing)
{
    return standing->references.met;
}

Met standing_numbers(const Standing *standing)
{
    return standing->numbers.met;
}

Met standing_cares(const Standing *standing)
{
    return standing->cares.met;
}

Met standing_months(const Standing *standing)
{
    return standing->months.met;
}

void standing_grant(Standing *standing, Allocation *allocation, const Allocated *granted)
{
    allocation->known = true;
    allocation->granted = *granted;
    if (granted->funding != FUNDING_PIC || allocation->care)
        return;
    allocation->care = standing_care(standing, allocation->conversation, granted->client);
    allocation->next_of_client = allocation->care->allocations;
    allocation->care->allocations = allocation;
}

void standing_start(Allocation *allocation, Day day)
{
    if (!allocation->started)
        allocation->start = day;
    allocation->started = true;
    allocation->stopped = false;
}

void standing_stop(Allocation *allocation, Day day, StopReason reason)
{
    if (reason == STOP_TEMPORARY)
        return;
    allocation->stopped = true;
    allocation->stop = day;
    allocation->stop_reason = reason;
}

int64_t standing_counted(const JudgedLine *judged)
{
    const Line *line = judged->line;
    int64_t counted = 0;
    return volume_counted(&line->allocation->granted, judged->inputs.volume, line->unit, &counted) ? counted : 0;
}

static bool pays_start(BillingFormula formula)
{
    return formula == BILLING_FORMULA_START_PART || formula == BILLING_FORMULA_WHOLE;
}

static bool pays_end(BillingFormula formula)
{
    return formula == BILLING_FORMULA_END_PART || formula == BILLING_FORMULA_WHOLE;
}

/* A credit takes away what its debet added. */
void standing_approve(const JudgedLine *judged)
{
    const JudgedLine *debet = judged->debet ? judged->debet : judged;
    int sign = judged->debet ? -1 : 1;
    Allocation *allocation = debet->line->allocation;
    allocation->volume_open += sign * standing_counted(debet);
    allocation->amount_open.cents += sign * debet->amount.cents;
    allocation->starts_open += sign * pays_start(debet->inputs.formula);
    allocation->ends_open += sign * pays_end(debet->inputs.formula);
    debet->line->month->debets_open += sign;

    Reference *reference = judged->line->reference;
    reference->line = judged;
    if (judged->debet)
        judged->line->credits->credited = true;
}
