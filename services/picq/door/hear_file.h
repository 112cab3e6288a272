/*
 * Hear file: what the reader of national messages, which runs apart, makes of a file.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/status.h"

#include <stdint.h>

typedef struct ReadFault {
    const char *rule;
    const char *level;
    const char *path; /* "" for the file as a whole */
    int32_t line;     /* 0 for the file as a whole */
    const char *return_code;
    const char *sentence; /* Dutch */
} ReadFault;

typedef struct ReadFile {
    bool broke; /* reading took more than a reader has */
    const char *message;
    const char *id;
    const ReadFault *faults;
    size_t fault_count;
    const Bytes *lines; /* its facts, as lines of the neutral feed */
    size_t line_count;
} ReadFile;

typedef struct ReadRule {
    const char *name;
    const char *level;
    const char *messages; /* with blanks between */
    const char *return_code;
    const char *house;
    const char *words;
} ReadRule;

typedef struct ReadRules {
    const ReadRule *list;
    size_t count;
} ReadRules;

typedef struct FileReader FileReader;

/* The program beside this one; it gets the settings that are named PICQ_IJW_… */
FileReader *file_reader_open(Arena *arena);
void file_reader_free(FileReader *reader);

/* In the arena. RETRY when there is no reader. */
Status file_reader_read(FileReader *reader, Arena *arena, Bytes file, ReadFile *read_out);
Status file_reader_rules(FileReader *reader, Arena *arena, ReadRules *rules_out);
