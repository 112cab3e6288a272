#include "intake/core/word.h"

#include "intake/core/bsn.h"

#include <stdint.h>

/* Classes of bytes. A byte of 128 or more is part of a letter. */
enum {
    DIGIT = 1 << 0,
    LETTER = 1 << 1,
    ID_MARK = 1 << 2,        /* . _ : - */
    OWNER_MARK = 1 << 3,     /* . _ - */
    REFERENCE_MARK = 1 << 4, /* and / + # */
    Z85 = 1 << 5,
    PRINTED = 1 << 6, /* and what is beyond ASCII */
    STAR = 1 << 7,
    LINE = 1 << 8, /* line end and tab */
    TILDE = 1 << 9,
};

static const uint16_t CLASSES[256] = {
    ['\t'] = LINE,
    ['\n'] = LINE,
    ['\r'] = LINE,
    [' '] = PRINTED,
    ['!'] = PRINTED | Z85,
    ['"'] = PRINTED,
    ['#'] = PRINTED | Z85 | REFERENCE_MARK,
    ['$'] = PRINTED | Z85,
    ['%'] = PRINTED | Z85,
    ['&'] = PRINTED | Z85,
    ['\''] = PRINTED,
    ['('] = PRINTED | Z85,
    [')'] = PRINTED | Z85,
    ['*'] = PRINTED | Z85 | STAR,
    ['+'] = PRINTED | Z85 | REFERENCE_MARK,
    [','] = PRINTED,
    ['-'] = PRINTED | Z85 | ID_MARK | OWNER_MARK,
    ['.'] = PRINTED | Z85 | ID_MARK | OWNER_MARK,
    ['/'] = PRINTED | Z85 | REFERENCE_MARK,
    ['0' ... '9'] = PRINTED | Z85 | DIGIT,
    [':'] = PRINTED | Z85 | ID_MARK,
    [';'] = PRINTED,
    ['<'] = PRINTED | Z85,
    ['='] = PRINTED | Z85,
    ['>'] = PRINTED | Z85,
    ['?'] = PRINTED | Z85,
    ['@'] = PRINTED | Z85,
    ['A' ... 'Z'] = PRINTED | Z85 | LETTER,
    ['['] = PRINTED | Z85,
    ['\\'] = PRINTED,
    [']'] = PRINTED | Z85,
    ['^'] = PRINTED | Z85,
    ['_'] = PRINTED | ID_MARK | OWNER_MARK,
    ['`'] = PRINTED,
    ['a' ... 'z'] = PRINTED | Z85 | LETTER,
    ['{'] = PRINTED | Z85,
    ['|'] = PRINTED,
    ['}'] = PRINTED | Z85,
    ['~'] = PRINTED | TILDE,
    [128 ... 255] = PRINTED,
};

enum {
    IN_REFERENCE = DIGIT | LETTER | ID_MARK | REFERENCE_MARK,
    IN_INVOICE = IN_REFERENCE | TILDE,
    IN_ID = DIGIT | LETTER | ID_MARK,
    IN_OWNER = DIGIT | LETTER | OWNER_MARK,
    MEBIBYTE = 1 << 20,
};

#define NO_BSN false
#define ANY_RUN true

static const struct {
    uint16_t classes;
    bool may_hide_bsn;
    size_t size_min;
    size_t size_max;
    const char *expected;
} WORDS[] = {
    [WORD_REFERENCE] = {IN_REFERENCE, NO_BSN, 1, 64, "hoogstens 64 letters, cijfers en . _ : - / + #"},
    [WORD_INVOICE] = {IN_INVOICE, NO_BSN, 1, 64, "hoogstens 64 letters, cijfers en . _ : - / + # ~"},
    [WORD_ID] = {IN_ID, NO_BSN, 1, 64, "hoogstens 64 letters, cijfers en . _ : -"},
    [WORD_OWNER] = {IN_OWNER, NO_BSN, 1, 32, "hoogstens 32 letters, cijfers en . _ -"},
    [WORD_MUNICIPALITY] = {DIGIT, NO_BSN, 4, 4, "de vier cijfers van de gemeentecode"},
    [WORD_MUNICIPALITY_OR_ALL] = {DIGIT | STAR, NO_BSN, 1, 4, "de vier cijfers van de gemeentecode, of * voor alle"},
    [WORD_PROVIDER] = {DIGIT, NO_BSN, 8, 8, "de acht cijfers van de AGB-code"},
    [WORD_KEY] = {Z85, ANY_RUN, 40, 40, "de veertig tekens van een publieke sleutel"},
    [WORD_BSN] = {PRINTED, ANY_RUN, 1, 20, "een BSN van negen cijfers"},
    [WORD_PERSON_NAME] = {PRINTED, ANY_RUN, 1, 200, "hoogstens 200 leesbare tekens"},
    [WORD_SENTENCE] = {PRINTED, NO_BSN, 1, 500, "hoogstens 500 leesbare tekens"},
    [WORD_DOCUMENT] = {PRINTED | LINE, ANY_RUN, 1, MEBIBYTE, "hoogstens 1 MiB leesbare tekst"},
};

static bool only(uint16_t classes, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!(CLASSES[(unsigned char)text[i]] & classes))
            return false;
    return true;
}

static bool all_or_one_municipality(const char *text, size_t size)
{
    return size == 1 ? text[0] == '*' : size == 4 && only(DIGIT, text, size);
}

IntakeReason word_check(WordKind kind, const char *text, size_t size)
{
    if (size < WORDS[kind].size_min || size > WORDS[kind].size_max || !only(WORDS[kind].classes, text, size))
        return INTAKE_TEXT_WRONG;
    if (kind == WORD_MUNICIPALITY_OR_ALL && !all_or_one_municipality(text, size))
        return INTAKE_TEXT_WRONG;
    if (!WORDS[kind].may_hide_bsn && text_hides_bsn(text, size))
        return INTAKE_TEXT_HIDES_BSN;
    return INTAKE_ADMITTED;
}

const char *word_expected(WordKind kind)
{
    return WORDS[kind].expected;
}
