#include "billing/core/standing.h"

#include "billing/core/table.h"
#include "billing/core/volume.h"

#include <string.h>

/* A list that grows in an arena. */
typedef struct List {
    Arena *arena;
    Met met;
    size_t room;
} List;

static void append(List *list, void *item)
{
    if (list->met.count == list->room) {
        enum { ROOM_FIRST = 64 };
        list->room = list->room ? list->room * 2 : ROOM_FIRST;
        void **items = ARENA_MANY(list->arena, void *, list->room);
        if (list->met.count)
            memcpy(items, list->met.items, list->met.count * sizeof *items);
        list->met.items = items;
    }
    list->met.items[list->met.count++] = item;
}

struct Memory {
    Arena *arena;
    uint64_t turn; /* counts the standings that it served */
    Table conversations;
    Table allocations;
    Table months;
    Table cares;
};

struct Standing {
    Arena *arena;
    Memory *memories[PARTITIONS];
    Table references;
    Table numbers;
    List met_references;
    List met_numbers;
    List unread_allocations;
    List unread_cares;
};

Memory *memory_new(Arena *arena)
{
    enum { FEW = 8 };
    Memory *memory = ARENA_NEW(arena, Memory);
    *memory = (Memory){
        .arena = arena,
        .turn = 1,
        .conversations = table_new(arena, FEW),
        .allocations = table_new(arena, FEW),
        .months = table_new(arena, FEW),
        .cares = table_new(arena, FEW),
    };
    return memory;
}

Standing *standing_new(Arena *arena, Memory *const memories[PARTITIONS], size_t lines)
{
    enum { FEW = 64 };
    Standing *standing = ARENA_NEW(arena, Standing);
    *standing = (Standing){
        .arena = arena,
        .references = table_new(arena, lines),
        .numbers = table_new(arena, FEW),
        .met_references = {.arena = arena},
        .met_numbers = {.arena = arena},
        .unread_allocations = {.arena = arena},
        .unread_cares = {.arena = arena},
    };
    for (int partition = 0; memories && partition < PARTITIONS; partition++) {
        standing->memories[partition] = memories[partition];
        if (memories[partition])
            memories[partition]->turn++;
    }
    return standing;
}

static Memory *memory_of(Standing *standing, int16_t partition)
{
    if (!standing->memories[partition])
        standing->memories[partition] = memory_new(standing->arena);
    return standing->memories[partition];
}

static bool digits(const char *text, size_t count, int64_t *number)
{
    if (strlen(text) != count)
        return false;
    for (const char *c = text; *c; c++) {
        if (*c < '0' || *c > '9')
            return false;
        *number = *number * 10 + (*c - '0');
    }
    return true;
}

enum { MUNICIPALITY_DIGITS = MUNICIPALITY_SIZE - 1, PROVIDER_DIGITS = PROVIDER_SIZE - 1 };

bool conversation_number(const char *municipality, const char *provider, int64_t *number_out)
{
    int64_t number = 0;
    bool everyone = municipality[0] == '\0' && provider[0] == '\0';
    if (!everyone &&
        !(digits(municipality, MUNICIPALITY_DIGITS, &number) && digits(provider, PROVIDER_DIGITS, &number)))
        return false;
    *number_out = number;
    return true;
}

/* The last digits of the number; what is left of it stays. */
static void take_digits(int64_t *number, char *text, size_t count)
{
    text[count] = '\0';
    for (size_t i = count; i > 0; i--, *number /= 10)
        text[i - 1] = (char)('0' + *number % 10);
}

void conversation_codes(int64_t number, char municipality[MUNICIPALITY_SIZE], char provider[PROVIDER_SIZE])
{
    take_digits(&number, provider, PROVIDER_DIGITS);
    take_digits(&number, municipality, MUNICIPALITY_DIGITS);
}

static bool same_conversation(const void *value, const void *key)
{
    return ((const Conversation *)value)->number == *(const int64_t *)key;
}

const Conversation *standing_conversation(Standing *standing, int16_t partition, int64_t number,
                                          const char *municipality, const char *provider)
{
    Memory *memory = memory_of(standing, partition);
    uint64_t hash = hash_number(HASH_SEED, (uint64_t)number);
    Conversation *conversation = table_find(&memory->conversations, hash, same_conversation, &number);
    if (!conversation) {
        conversation = ARENA_NEW(memory->arena, Conversation);
        *conversation = (Conversation){
            .partition = partition,
            .number = number,
            .municipality = arena_text(memory->arena, municipality),
            .provider = arena_text(memory->arena, provider),
        };
        table_add(&memory->conversations, hash, conversation);
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
    Memory *memory = memory_of(standing, conversation->partition);
    Named named = {conversation, number};
    uint64_t hash = hash_named(named);
    Allocation *allocation = table_find(&memory->allocations, hash, same_allocation, &named);
    if (!allocation) {
        allocation = ARENA_NEW(memory->arena, Allocation);
        allocation->conversation = conversation;
        allocation->number = arena_text(memory->arena, number);
        table_add(&memory->allocations, hash, allocation);
    }
    if (!allocation->read && allocation->met_in != memory->turn) {
        allocation->met_in = memory->turn;
        append(&standing->unread_allocations, allocation);
    }
    return allocation;
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
    Memory *memory = memory_of(standing, allocation->conversation->partition);
    ProductMonth key = {.allocation = allocation, .category = category, .code = code, .first = first};
    uint64_t hash = hash_number(HASH_SEED, (uintptr_t)allocation);
    hash = hash_text(hash_number(hash, (uint32_t)first.number), code);
    ProductMonth *month = table_find(&memory->months, hash, same_month, &key);
    if (!month) {
        month = ARENA_NEW(memory->arena, ProductMonth);
        *month = (ProductMonth){
            .allocation = allocation,
            .category = arena_text(memory->arena, category),
            .code = arena_text(memory->arena, code),
            .first = first,
        };
        table_add(&memory->months, hash, month);
    }
    return month;
}

static bool same_care(const void *value, const void *key)
{
    const CareOfClient *care = value;
    const Named *named = key;
    return care->conversation == named->conversation && strcmp(care->client, named->text) == 0;
}

static CareOfClient *care_named(Standing *standing, const Conversation *conversation, const char *client)
{
    Memory *memory = memory_of(standing, conversation->partition);
    Named named = {conversation, client};
    uint64_t hash = hash_named(named);
    CareOfClient *care = table_find(&memory->cares, hash, same_care, &named);
    if (!care) {
        care = ARENA_NEW(memory->arena, CareOfClient);
        care->conversation = conversation;
        care->client = arena_text(memory->arena, client);
        table_add(&memory->cares, hash, care);
    }
    return care;
}

CareOfClient *standing_care(Standing *standing, const Conversation *conversation, const char *client)
{
    uint64_t turn = memory_of(standing, conversation->partition)->turn;
    CareOfClient *care = care_named(standing, conversation, client);
    if (!care->read && care->met_in != turn) {
        care->met_in = turn;
        append(&standing->unread_cares, care);
    }
    return care;
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
    Reference *reference = table_find(&standing->references, hash, same_reference, &named);
    if (!reference) {
        reference = ARENA_NEW(standing->arena, Reference);
        reference->conversation = conversation;
        reference->text = text;
        table_add(&standing->references, hash, reference);
        append(&standing->met_references, reference);
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
    DeclarationNumber *number = table_find(&standing->numbers, hash, same_number, &named);
    if (!number) {
        number = ARENA_NEW(standing->arena, DeclarationNumber);
        number->conversation = conversation;
        number->text = text;
        table_add(&standing->numbers, hash, number);
        append(&standing->met_numbers, number);
    }
    return number;
}

Met standing_unread_allocations(const Standing *standing)
{
    return standing->unread_allocations.met;
}

Met standing_unread_cares(const Standing *standing)
{
    return standing->unread_cares.met;
}

Met standing_references(const Standing *standing)
{
    return standing->met_references.met;
}

Met standing_numbers(const Standing *standing)
{
    return standing->met_numbers.met;
}

static Allocated remembered(Arena *arena, const Allocated *granted)
{
    Allocated copy = *granted;
    copy.trajectory = arena_text(arena, granted->trajectory);
    copy.client = arena_text(arena, granted->client);
    copy.segment = arena_text(arena, granted->segment);
    copy.contract = arena_text(arena, granted->contract);
    copy.pic.profile = arena_text(arena, granted->pic.profile);
    copy.pic.intensity = arena_text(arena, granted->pic.intensity);
    copy.category = arena_text(arena, granted->category);
    copy.code = arena_text(arena, granted->code);
    return copy;
}

/* Out of the care of whoever had it. */
static void take_out(Allocation *allocation)
{
    for (Allocation **at = &allocation->care->allocations; *at; at = &(*at)->next_of_client)
        if (*at == allocation) {
            *at = allocation->next_of_client;
            break;
        }
    allocation->care = NULL;
}

void standing_grant(Standing *standing, Allocation *allocation, const Allocated *granted)
{
    Memory *memory = memory_of(standing, allocation->conversation->partition);
    allocation->known = true;
    allocation->granted = remembered(memory->arena, granted);
    if (allocation->care && strcmp(allocation->care->client, granted->client) != 0)
        take_out(allocation);
    if (granted->funding != FUNDING_PIC || allocation->care)
        return;
    allocation->care = care_named(standing, allocation->conversation, granted->client);
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
    return formula == BILLING_FORMULA_START_PART || formula == BILLING_FORMULA_WHOLE ||
           formula == BILLING_FORMULA_PRO_RATA_WHOLE;
}

static bool pays_end(BillingFormula formula)
{
    return formula == BILLING_FORMULA_END_PART || formula == BILLING_FORMULA_WHOLE ||
           formula == BILLING_FORMULA_PRO_RATA_END || formula == BILLING_FORMULA_PRO_RATA_WHOLE;
}

/* A credit takes away what its debet and the debet's adjustments added. */
void standing_approve(const JudgedLine *judged)
{
    const JudgedLine *debet = judged->debet ? judged->debet : judged;
    int sign = judged->debet ? -1 : 1;
    Allocation *allocation = debet->line->allocation;
    allocation->volume_open += sign * standing_counted(debet);
    allocation->amount_open.cents += sign * debet->amount.cents;
    for (size_t i = 0; i < debet->adjusted_count; i++) {
        allocation->volume_open += sign * debet->adjusted[i].counted;
        allocation->amount_open.cents += sign * debet->adjusted[i].amount.cents;
    }
    allocation->starts_open += sign * pays_start(debet->inputs.formula);
    allocation->ends_open += sign * pays_end(debet->inputs.formula);
    debet->line->month->debets_open += sign;

    Reference *reference = judged->line->reference;
    reference->line = judged;
    if (judged->debet)
        judged->line->credits->credited = true;
}
