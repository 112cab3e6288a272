/*
 * Word: the forms that a text of a sender may have.
 *
 * What travels on beyond intake is short, plain, and never looks like a citizen number.
 */
#pragma once

#include "intake/core/reason.h"

#include <stddef.h>

typedef enum WordKind {
    WORD_REFERENCE,           /* a name that a sender gave to something; the kind of every field without another */
    WORD_INVOICE,             /* of what is paid or judged: a sender's, or one that a house gave and that has a ~ */
    WORD_ID,                  /* of a message: part of the ids of all that follows from it */
    WORD_OWNER,               /* of a key: the first part of those ids */
    WORD_MUNICIPALITY,        /* four digits */
    WORD_MUNICIPALITY_OR_ALL, /* or "*" */
    WORD_PROVIDER,            /* eight digits */
    WORD_KEY,                 /* a public key as forty characters of Z85 */
    WORD_BSN,                 /* whatever stands where a citizen number should; judged by who needs it */
    WORD_PERSON_NAME,
    WORD_SENTENCE,
    WORD_DOCUMENT, /* a file of a book: many lines */
    WORD_KIND_COUNT
} WordKind;

/* INTAKE_ADMITTED, INTAKE_TEXT_WRONG or INTAKE_TEXT_HIDES_BSN. The text is valid UTF-8 and not empty. */
IntakeReason word_check(WordKind kind, const char *text, size_t size);

/* What is expected, in Dutch. */
const char *word_expected(WordKind kind);
