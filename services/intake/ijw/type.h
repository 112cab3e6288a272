/*
 * Type: what an element without elements may hold.
 *
 * A text keeps its blanks; a number and a day may have blanks around them, as XML Schema says.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "intake/ijw/rule.h"

typedef enum IjwKind {
    IJW_TEXT,  /* const char *; NULL when absent */
    IJW_WHOLE, /* IjwWhole */
    IJW_DAY,   /* Day; 0 when absent */
} IjwKind;

/* A number that may be absent. */
typedef struct IjwWhole {
    int64_t number;
    bool given;
} IjwWhole;

/* What a text is made of. */
typedef enum IjwForm {
    IJW_ANYTHING,
    IJW_SAYS_SOMETHING,     /* one line, and not blanks only */
    IJW_SAYS_SOMEWHERE,     /* lines, and not blanks only */
    IJW_DIGITS,             /* all of them, as many as may stand there */
    IJW_LETTERS_AND_DIGITS, /* ASCII */
    IJW_INITIALS,           /* letters */
    IJW_VERSION,            /* three numbers with points between */
    IJW_TIME,               /* 09:30:00 */
    IJW_CODE,               /* one of a list */
    IJW_CODE_IN_BLANKS,     /* one of a list, and blanks around it */
} IjwForm;

typedef struct IjwType {
    const char *name;
    IjwKind kind;
    int64_t most; /* characters of a text, or the highest number; 0 is the lowest */
    IjwForm form;
    IjwRule too_long; /* what is broken by a text or number that is too long, too short or too high */
    IjwRule ill_formed;
    const char *codes;    /* with blanks between */
    const char *expected; /* in Dutch */
} IjwType;

#define IJW_RETURN_CODES                                                                                        \
    "0001 0200 0233 0611 8001 8017 8021 8187 8214 8848 9019 9056 9063 9069 9071 9074 9307 9308 9319 9321 9322 " \
    "9326 9332 9333 9338 9339 9340 9341 9346 9347 9349 9350 9351 9355 9357 9359 9360 9361 9365 9366 9367 9369 " \
    "9373 9374 9375 9379 9384 9385 9387 9388 9389 9390 9411 9412 9413 9414 9415 S300 S329"

/* name, kind, most, form, rules of size and form, codes, what is expected */
#define IJW_TYPES(X)                                                                                                  \
    X(AGB, TEXT, 8, DIGITS, RS014, RS036, NULL, "de acht cijfers van de AGB-code")                                    \
    X(MUNICIPALITY, TEXT, 4, DIGITS, RS035, RS035, NULL, "de vier cijfers van de gemeentecode")                       \
    X(BSN, TEXT, 9, DIGITS, RS015, RS037, NULL, "de negen cijfers van het BSN")                                       \
    X(MESSAGE_CODE, TEXT, 3, ANYTHING, RS010, RS047, NULL, "de code van de berichtsoort")                             \
    X(RELEASE, TEXT, 2, CODE_IN_BLANKS, CS025, CS025, "3", "3")                                                       \
    X(SUBRELEASE, TEXT, 2, CODE_IN_BLANKS, CS015, CS015, "2", "2")                                                    \
    X(MESSAGE_ID, TEXT, 12, SAYS_SOMETHING, RS017, RS033, NULL, "1 tot 12 tekens")                                    \
    X(DECLARATION_ID, TEXT, 12, LETTERS_AND_DIGITS, RS017, CS319, NULL, "1 tot 12 letters en cijfers")                \
    X(VERSION, TEXT, 0, VERSION, RS048, RS048, NULL, "drie gehele getallen met punten ertussen, zoals 1.0.2")         \
    X(DAY, DAY, 0, ANYTHING, RS032, RS032, NULL, "een bestaande datum zonder tijdzone, jjjj-mm-dd, vanaf 1900")       \
    X(DAY_USE, TEXT, 1, CODE, RS008, XSD, "1 2 3", "1, 2 of 3")                                                       \
    X(SEX, TEXT, 1, CODE, RS008, XSD, "0 1 2", "0, 1 of 2")                                                           \
    X(YES_NO, TEXT, 1, CODE, RS008, XSD, "1 2", "1 (ja) of 2 (nee)")                                                  \
    X(NAME, TEXT, 200, SAYS_SOMETHING, RS028, RS033, NULL, "1 tot 200 tekens op één regel")                           \
    X(NAME_PREFIX, TEXT, 10, SAYS_SOMETHING, RS016, RS033, NULL, "1 tot 10 tekens op één regel")                      \
    X(INITIALS, TEXT, 6, INITIALS, RS013, RS045, NULL, "1 tot 6 letters, zonder punten of spaties")                   \
    X(NUMBER, WHOLE, 999999999, ANYTHING, RS006, RS006, NULL, "een geheel getal van 0 tot en met 999999999")          \
    X(REFERENCE, TEXT, 36, SAYS_SOMETHING, RS024, RS033, NULL, "1 tot 36 tekens op één regel")                        \
    X(LINE_REFERENCE, TEXT, 20, ANYTHING, RS019, RS019, NULL, "1 tot 20 tekens")                                      \
    X(CATEGORY, TEXT, 2, CODE, RS009, XSD, "31 32 33 34 35 36 37 38 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55", \
      "een landelijke productcategorie")                                                                              \
    X(PRODUCT_CODE, TEXT, 5, SAYS_SOMETHING, RS012, RS033, NULL, "1 tot 5 tekens")                                    \
    X(VOLUME, WHOLE, 99999999, ANYTHING, RS005, RS005, NULL, "een geheel getal van 0 tot en met 99999999")            \
    X(UNIT, TEXT, 2, CODE, RS009, XSD, "01 04 14 16 82 83 84", "01, 04, 14, 16, 82, 83 of 84")                        \
    X(FREQUENCY, TEXT, 1, CODE, RS008, XSD, "1 2 4 6", "1, 2, 4 of 6")                                                \
    X(AMOUNT, WHOLE, 99999999, ANYTHING, RS005, RS005, NULL, "een geheel aantal eurocenten tot en met 99999999")      \
    X(TOTAL, WHOLE, 999999999999, ANYTHING, RS040, RS040, NULL,                                                       \
      "een geheel aantal eurocenten tot en met 999999999999")                                                         \
    X(SIGN, TEXT, 1, CODE, RS008, XSD, "D C", "D (debet) of C (credit)")                                              \
    X(STATUS, TEXT, 1, CODE, RS008, XSD, "1 2 3 9", "1 (eerste aanlevering) of 3 (verwijderen)")                      \
    X(STOP_REASON, TEXT, 2, CODE, RS009, XSD, "02 20 31 32 33 34 35 36 37 38 39",                                     \
      "een landelijke reden van beëindiging")                                                                         \
    X(REQUEST_REASON, TEXT, 1, CODE, RS008, XSD, "1 2", "1 of 2")                                                     \
    X(REFERRER, TEXT, 2, CODE, RS009, XSD, "01 02 03 04 05 06 08", "01, 02, 03, 04, 05, 06 of 08")                    \
    X(REFERRER_NAME, TEXT, 64, SAYS_SOMETHING, RS025, RS033, NULL, "1 tot 64 tekens op één regel")                    \
    X(NAME_USE, TEXT, 1, CODE, RS008, XSD, "1 2 3 4 5 6", "1, 2, 3, 4, 5 of 6")                                       \
    X(ADDRESS_KIND, TEXT, 2, CODE, RS009, XSD, "01 02 03 04", "01, 02, 03 of 04")                                     \
    X(HOUSE_NUMBER, WHOLE, 99999, ANYTHING, XSD, XSD, NULL, "een geheel getal van 0 tot en met 99999")                \
    X(HOUSE_LETTER, TEXT, 1, SAYS_SOMETHING, XSD, RS033, NULL, "één teken")                                           \
    X(HOUSE_ADDITION, TEXT, 4, SAYS_SOMETHING, XSD, RS033, NULL, "1 tot 4 tekens")                                    \
    X(POSTCODE, TEXT, 8, SAYS_SOMETHING, XSD, RS033, NULL, "1 tot 8 tekens")                                          \
    X(STREET, TEXT, 24, SAYS_SOMETHING, XSD, RS033, NULL, "1 tot 24 tekens op één regel")                             \
    X(PLACE, TEXT, 80, SAYS_SOMETHING, XSD, RS033, NULL, "1 tot 80 tekens op één regel")                              \
    X(TIME, TEXT, 8, TIME, XSD, XSD, NULL, "een tijd zonder tijdzone, uu:mm:ss")                                      \
    X(CHANGE_REASON, TEXT, 2, CODE, RS009, XSD, "01 02 03 04 05 06 07 08 09 10 11 12 13 14",                          \
      "een landelijke reden van wijziging")                                                                           \
    X(REQUEST_ANSWER, TEXT, 1, CODE, RS008, XSD, "1 2", "1 (afgewezen) of 2 (in onderzoek)")                          \
    X(REFUSAL_REASON, TEXT, 2, CODE, RS009, XSD, "1 2 3 4 5 6 7 8 9", "1 tot en met 9")                               \
    X(RETURN_CODE, TEXT, 4, CODE, XSD, XSD, IJW_RETURN_CODES, "een landelijke retourcode")                            \
    X(COMMENT, TEXT, 0, SAYS_SOMEWHERE, RS031, RS031, NULL, "een tekst die niet leeg is")

typedef enum IjwTypeName {
#define X(NAME, ...) IJW_TYPE_##NAME,
    IJW_TYPES(X)
#undef X
        IJW_TYPE_COUNT
} IjwTypeName;

const IjwType *ijw_type(IjwTypeName name);

/* Puts the value at `to`, a text in the arena; false, with what is broken, when it is none. */
bool ijw_type_read(const IjwType *type, Arena *arena, Bytes text, void *to, IjwRule *broken_out);
