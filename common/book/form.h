/*
 * Form: typed questions to one file of a book; every wrong answer is a fault with its line.
 *
 * Only common/book includes this. What a question gives after a fault is a harmless nothing,
 * so that the reader goes on and finds the other faults too.
 */
#pragma once

#include "book/book.h"

#include <yaml.h>

/* One file. Its texts are copied into `keep`, so that it can be closed. */
typedef struct FormFile {
    const char *name;
    Arena *keep;
    BookFaults *faults;
    yaml_document_t document;
} FormFile;

/* False, with the fault told, when it is no single YAML mapping of plain values, or has an anchor, alias or tag. */
[[nodiscard]] bool form_file_open(const BookFile *text, Arena *keep, BookFaults *faults, FormFile *file_out);
void form_file_close(FormFile *file);

enum { FORM_KEYS_MAX = 32 };

/* A mapping that is being asked. `about` is what the fault calls it: "a contract". */
typedef struct Form {
    FormFile *file;
    yaml_node_t *node; /* NULL: nothing there, every answer is absent and nothing is a fault */
    const char *about;
    int line;
    const char *asked[FORM_KEYS_MAX];
    size_t asked_count;
} Form;

Form form_top(FormFile *file);
Form form_of(FormFile *file, yaml_node_t *node, const char *about);

/* Tells the keys that nobody asked for, and those that stand there twice. */
void form_done(Form *form);

bool form_has(Form *form, const char *key);
bool form_is_mapping(Form *form, const char *key);

/* Whether the value is exactly this word. */
bool form_says(Form *form, const char *key, const char *word);

/* The line of the key's value, or of the form. */
int form_line(Form *form, const char *key);

typedef enum FormNeed { FORM_MAY, FORM_MUST } FormNeed;

/* What a code looks like. */
typedef enum FormCode {
    FORM_WORDS,        /* any sentence */
    FORM_NAME,         /* capitals, digits and _ */
    FORM_SLUG,         /* small letters, digits and - */
    FORM_MUNICIPALITY, /* four digits */
    FORM_PROVIDER,     /* eight digits */
    FORM_CATEGORY,     /* two digits */
    FORM_PRODUCT,      /* five letters and digits */
} FormCode;

typedef struct Texts {
    const char **texts;
    size_t count;
} Texts;

const char *form_text(Form *form, const char *key, FormCode code, FormNeed need);

/* One text or a list of them, none twice. */
Texts form_texts(Form *form, const char *key, FormCode code, FormNeed need);

int64_t form_number(Form *form, const char *key, int64_t least, int64_t most, int64_t otherwise, FormNeed need);
Day form_day(Form *form, const char *key, Day otherwise, FormNeed need);
bool form_yes(Form *form, const char *key, bool otherwise, FormNeed need);
int form_word(Form *form, const char *key, const Vocabulary *vocabulary, FormNeed need);

/* 0.7 or 7/10, exactly; from 0 to 1. */
typedef struct Share {
    int64_t numerator;
    int64_t denominator;
} Share;

Share form_share(Form *form, const char *key, FormNeed need);

/* What hangs under a key: a mapping, or each mapping of a list. */
Form form_under(Form *form, const char *key, const char *about, FormNeed need);
typedef void FormEach(Form *item, void *context);
void form_each(Form *form, const char *key, const char *about, FormEach *each, void *context);

/* Each pair of a mapping whose keys are free. The value stays a question: `form` asked for `key`. */
typedef void FormPair(Form *form, const char *key, void *context);
void form_pairs(Form *form, FormPair *pair, void *context);

bool form_code_fits(FormCode code, const char *text);
