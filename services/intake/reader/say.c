#include "intake/reader/say.h"

#include "ijw.pb-c.h"
#include "intake/feed/feed.h"
#include "intake/ijw/check.h"
#include "intake/ijw/return.h"
#include "intake/reader/facts.h"

static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

static void *take(void *arena, size_t size)
{
    return arena_take(arena, size);
}

static void leave(void *arena, void *taken)
{
    (void)arena, (void)taken;
}

static Bytes pack(Arena *arena, const Ijw__Told *told)
{
    uint8_t *room = arena_take(arena, ijw__told__get_packed_size(told) + 1);
    return (Bytes){room, ijw__told__pack(told, room)};
}

/* rules */

static void say_messages(Arena *arena, Ijw__Rule *rule, unsigned messages)
{
    rule->messages = ARENA_MANY(arena, char *, IJW_MESSAGES);
    for (size_t i = 0; i < IJW_MESSAGES; i++)
        if (ijw_message(i)->bit & messages)
            rule->messages[rule->n_messages++] = text(ijw_message(i)->name);
}

static void say_rules(Arena *arena, Ijw__Told *told)
{
    told->rules = ARENA_MANY(arena, Ijw__Rule *, IJW_RULE_COUNT);
    for (int i = 0; i < IJW_RULE_COUNT; i++) {
        const IjwRuleRow *row = ijw_rule((IjwRule)i);
        Ijw__Rule *rule = ARENA_NEW(arena, Ijw__Rule);
        ijw__rule__init(rule);
        rule->name = text(row->name);
        rule->level = text(ijw_level_name(row->level));
        say_messages(arena, rule, row->messages);
        rule->return_code = text(row->return_code);
        rule->house = text(ijw_house_name(row->house));
        rule->words = text(row->words);
        told->rules[told->n_rules++] = rule;
    }
}

/* messages */

static void say_faults(Arena *arena, Ijw__Told *told, const IjwFaults *faults)
{
    told->faults = ARENA_MANY(arena, Ijw__Fault *, faults->count);
    for (size_t i = 0; i < faults->count; i++) {
        const IjwFault *found = &faults->list[i];
        const IjwRuleRow *row = ijw_rule(found->rule);
        Ijw__Fault *fault = ARENA_NEW(arena, Ijw__Fault);
        ijw__fault__init(fault);
        fault->rule = text(row->name);
        fault->level = text(ijw_level_name(row->level));
        fault->path = text(found->path);
        fault->line = found->line;
        fault->return_code = text(row->return_code);
        fault->sentence = text(ijw_fault_sentence(arena, found));
        told->faults[told->n_faults++] = fault;
    }
}

static void say_facts(Arena *arena, Ijw__Told *told, Facts facts, bool as_lines)
{
    told->facts = ARENA_MANY(arena, Ijw__Fact *, facts.count);
    for (size_t i = 0; i < facts.count; i++) {
        Ijw__Fact *fact = ARENA_NEW(arena, Ijw__Fact);
        ijw__fact__init(fact);
        fact->path = text(facts.list[i].path);
        if (as_lines) {
            Bytes line = feed_write(arena, &facts.list[i].message->base);
            fact->line = (ProtobufCBinaryData){line.size, (uint8_t *)(uintptr_t)line.data};
        } else {
            fact->message = facts.list[i].message;
        }
        told->facts[told->n_facts++] = fact;
    }
}

/* Who says it, as far as the header could be read. */
static void say_header(Arena *arena, Ijw__Told *told, IjwRead read)
{
    const IjwHeader *header = &read.root->header;
    told->message = text(read.is_return ? read.message->return_name : read.message->name);
    told->provider = text(header->sender ? header->sender : "");
    told->municipality = text(header->receiver ? header->receiver : "");
    told->dated_day = header->identification.dated.number;
    if (header->sender && header->identification.name)
        told->id = text(facts_id(arena, read));
}

/* Whatever its faults: where the form is right, it can be answered. */
static void say_answer(Arena *arena, Ijw__Told *told, IjwRead read, const Ijw__Answer *asked)
{
    const IjwVerdict verdict = {asked->code, asked->path, asked->name, {asked->day}};
    Bytes answer = ijw_return(arena, read, &verdict);
    told->answer = (ProtobufCBinaryData){answer.size, (uint8_t *)(uintptr_t)answer.data};
}

/* A code in the header that belongs to another message. */
static void check_code(IjwRead read, IjwFaults *faults)
{
    const IjwHeader *header = &read.root->header;
    const char *code = read.is_return ? read.message->return_code : read.message->code;
    if (header->code && strcmp(header->code, code) != 0)
        ijw_fault_add(faults, IJW_RULE_RS047, "Bericht/Header/BerichtCode", header->line, "");
}

/* Whoever looks into a file may have been sent it. */
static bool is_taken(IjwRead read, const Ijw__Asked *asked, IjwFaults *faults)
{
    bool is_sent = read.is_return || !read.message->is_received;
    if (is_sent && !asked->as_lines)
        ijw_fault_add(faults, IJW_RULE_REGION, "Bericht", read.root->line, "(dit bericht stuurt een gemeente zelf)");
    return !is_sent;
}

static void say_message(Arena *arena, Ijw__Told *told, const IjwSchemas *schemas, const Ijw__Asked *asked)
{
    Bytes file = {asked->file.data, asked->file.len};
    IjwFaults *faults = ARENA_NEW(arena, IjwFaults);
    IjwRead read = ijw_read(arena, file, faults);
    if (read.message) {
        check_code(read, faults);
        say_header(arena, told, read);
    }
    if (faults->count == 0 && schemas)
        ijw_schemas_check(schemas, read.message, read.is_return, file, faults);
    if (faults->count == 0 && asked->answer && read.message->return_root && !read.is_return) {
        say_answer(arena, told, read, asked->answer);
        return;
    }
    if (faults->count == 0)
        ijw_check(arena, read, faults);
    if (faults->count == 0 && is_taken(read, asked, faults)) {
        Facts facts = facts_of(arena, read, faults);
        if (faults->count == 0)
            say_facts(arena, told, facts, asked->as_lines);
    }
    say_faults(arena, told, faults);
}

Bytes reader_answer(Arena *arena, const IjwSchemas *schemas, Bytes asked)
{
    ProtobufCAllocator allocator = {.alloc = take, .free = leave, .allocator_data = arena};
    const Ijw__Asked *question = ijw__asked__unpack(&allocator, asked.size, asked.data);
    Ijw__Told told = IJW__TOLD__INIT;
    if (question && question->what_case == IJW__ASKED__WHAT_FILE)
        say_message(arena, &told, schemas, question);
    else if (question && question->what_case == IJW__ASKED__WHAT_RULES)
        say_rules(arena, &told);
    return pack(arena, &told);
}

Bytes reader_broke(Arena *arena)
{
    Ijw__Told told = IJW__TOLD__INIT;
    told.broke = true;
    return pack(arena, &told);
}
