#include "picq/door/hear_file.h"

#include "process/child.h"
#include "proto/ijw.pb-c.h"

#include <stdlib.h>

enum { ANSWER_SIZE_MAX = 64 * 1024 * 1024, TIMEOUT_MS = 60 * 1000 };

struct FileReader {
    Child *child;
};

static const char *const SETTINGS[] = {"PICQ_IJW_XSD_DIR", "PICQ_IJW_SECONDS"};

FileReader *file_reader_open(Arena *arena)
{
    const char **environment = ARENA_MANY(arena, const char *, sizeof SETTINGS / sizeof SETTINGS[0] + 1);
    size_t count = 0;
    for (size_t i = 0; i < sizeof SETTINGS / sizeof SETTINGS[0]; i++) {
        const char *value = getenv(SETTINGS[i]);
        if (value && *value)
            environment[count++] = arena_format(arena, "%s=%s", SETTINGS[i], value);
    }
    const char *program = getenv("PICQ_IJW_READER");
    FileReader *reader = calloc(1, sizeof *reader);
    if (!reader)
        abort();
    reader->child = child_new(program && *program ? program : child_beside(arena, "picq-reader"), environment);
    return reader;
}

void file_reader_free(FileReader *reader)
{
    if (!reader)
        return;
    child_free(reader->child);
    free(reader);
}

static void *take(void *arena, size_t size)
{
    return arena_take(arena, size);
}

static void leave(void *arena, void *taken)
{
    (void)arena, (void)taken;
}

static Status ask(FileReader *reader, Arena *arena, const Ijw__Asked *asked, const Ijw__Told **told_out)
{
    uint8_t *question = arena_take(arena, ijw__asked__get_packed_size(asked) + 1);
    Bytes answer;
    TRY(child_ask(reader->child, arena, (Bytes){question, ijw__asked__pack(asked, question)}, ANSWER_SIZE_MAX,
                  TIMEOUT_MS, &answer));
    ProtobufCAllocator allocator = {take, leave, arena};
    *told_out = ijw__told__unpack(&allocator, answer.size, answer.data);
    return *told_out ? STATUS_OK : FAULT(STATUS_RETRY, "the reader's answer cannot be understood");
}

static void hear_faults(Arena *arena, ReadFile *read, const Ijw__Told *told)
{
    ReadFault *faults = ARENA_MANY(arena, ReadFault, told->n_faults);
    for (size_t i = 0; i < told->n_faults; i++) {
        const Ijw__Fault *fault = told->faults[i];
        faults[i] =
            (ReadFault){fault->rule, fault->level, fault->path, fault->line, fault->return_code, fault->sentence};
    }
    read->faults = faults;
    read->fault_count = told->n_faults;
}

static void hear_lines(Arena *arena, ReadFile *read, const Ijw__Told *told)
{
    Bytes *lines = ARENA_MANY(arena, Bytes, told->n_facts);
    for (size_t i = 0; i < told->n_facts; i++)
        lines[i] = (Bytes){told->facts[i]->line.data, told->facts[i]->line.len};
    read->lines = lines;
    read->line_count = told->n_facts;
}

Status file_reader_read(FileReader *reader, Arena *arena, Bytes file, ReadFile *read_out)
{
    Ijw__Asked asked;
    const Ijw__Told *told;
    ijw__asked__init(&asked);
    asked.what_case = IJW__ASKED__WHAT_FILE;
    asked.file = (ProtobufCBinaryData){file.size, (uint8_t *)(uintptr_t)file.data};
    asked.as_lines = true;
    TRY(ask(reader, arena, &asked, &told));
    *read_out = (ReadFile){.broke = told->broke, .message = told->message, .id = told->id};
    hear_faults(arena, read_out, told);
    hear_lines(arena, read_out, told);
    return STATUS_OK;
}

Status file_reader_rules(FileReader *reader, Arena *arena, ReadRules *rules_out)
{
    Ijw__Asked asked;
    const Ijw__Told *told;
    ijw__asked__init(&asked);
    asked.what_case = IJW__ASKED__WHAT_RULES;
    asked.rules = true;
    TRY(ask(reader, arena, &asked, &told));
    ReadRule *rules = ARENA_MANY(arena, ReadRule, told->n_rules);
    for (size_t i = 0; i < told->n_rules; i++) {
        const Ijw__Rule *rule = told->rules[i];
        const char *messages = "";
        for (size_t j = 0; j < rule->n_messages; j++)
            messages = arena_format(arena, "%s%s%s", messages, j ? " " : "", rule->messages[j]);
        rules[i] = (ReadRule){rule->name, rule->level, messages, rule->return_code, rule->house, rule->words};
    }
    *rules_out = (ReadRules){rules, told->n_rules};
    return STATUS_OK;
}
