/*
 * Billing: the nouns of what is declared and what is owed.
 *
 * A declaration is what a provider asks for one calendar month. Its lines stand in the order
 * of the message. Texts are borrowed from the turn's arena and never NULL: absent is "".
 */
#pragma once

#include "base/day.h"
#include "base/money.h"
#include "book/book.h"
#include "book/care.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Why a line, a declaration or a payment is answered as it is: name, national return code,
 * and a sentence in English (for the log and the tests) and in Dutch (for the provider).
 */
#define BILLING_REASONS(X)                                                                                             \
    X(APPROVED, "0200", "the line is owed as declared", "De prestatie is toegekend.")                                  \
                                                                                                                       \
    /* the declaration as a whole: nothing is judged, and it counts as never sent */                                   \
    X(MONTH_NOT_WHOLE, "0001", "a declaration covers exactly one calendar month",                                      \
      "De declaratieperiode is niet precies één kalendermaand.")                                                       \
    X(QUANTITY_NEGATIVE, "0001", "a volume, tariff or amount is negative",                                             \
      "Een volume, tarief of bedrag is negatief.")                                                                     \
    X(REFERENCE_TWICE_IN_MESSAGE, "0001", "two lines of the message have the same reference",                          \
      "Een referentienummer komt in dit bericht meer dan één keer voor.")                                              \
    X(CREDITED_TWICE_IN_MESSAGE, "0001", "two lines of the message credit the same line",                              \
      "Een prestatie wordt in dit bericht meer dan één keer gecrediteerd.")                                            \
    X(CREDITED_IN_SAME_MESSAGE, "0001", "a debet line is credited in the message that declares it",                    \
      "Een debetprestatie wordt in hetzelfde bericht gecrediteerd.")                                                   \
    X(DEBET_TWICE_IN_MESSAGE, "0001",                                                                                  \
      "two debet lines of the message have the same allocation, product and product period",                           \
      "Twee debetprestaties in dit bericht hebben dezelfde toewijzing, hetzelfde product en dezelfde productperiode.") \
    X(TOTAL_DIFFERS, "0001", "the total is not the sum of the lines",                                                  \
      "Het totaalbedrag is niet gelijk aan de som van de prestaties.")                                                 \
    X(TOTAL_TOO_LARGE, "0001", "the sum of the lines does not fit in an amount",                                       \
      "De som van de prestaties is te groot om te verwerken.")                                                         \
    X(NUMBER_NOT_UNIQUE, "9333", "the provider used this declaration number before",                                   \
      "Het declaratienummer is al eerder gebruikt.")                                                                   \
                                                                                                                       \
    /* a line, debet or credit */                                                                                      \
    X(CLIENT_UNKNOWN, "0233", "the client is nobody of ours, so its lines are not judged",                             \
      "De cliënt is niet bekend; de prestatie is niet beoordeeld.")                                                    \
    X(REFERENCE_NOT_UNIQUE, "8021", "the provider used this reference before",                                         \
      "Het referentienummer is al eerder aangeleverd.")                                                                \
                                                                                                                       \
    /* a credit line */                                                                                                \
    X(DEBET_UNKNOWN, "8017", "no approved debet line has the reference that is credited",                              \
      "Er is geen toegekende debetprestatie met het vorige referentienummer.")                                         \
    X(CREDIT_DIFFERS, "8017", "the credit does not copy its debet line",                                               \
      "De creditprestatie is niet gelijk aan de debetprestatie die zij crediteert.")                                   \
    X(CREDITED_BEFORE, "9390", "the debet line was credited before", "De debetprestatie is al eerder gecrediteerd.")   \
                                                                                                                       \
    /* a debet line */                                                                                                 \
    X(MISMATCHED, "", "allocation found that the line does not fit; its own code, reason and sentence go along",       \
      "De prestatie past niet bij de toewijzing.")                                                                     \
    X(ALLOCATION_UNKNOWN, "9338", "no allocation has this number", "Er is geen toewijzing met dit toewijzingnummer.")  \
    X(UNIT_DIFFERS, "9341", "the unit does not fit the unit allocated",                                                \
      "De eenheid past niet bij de eenheid van de toewijzing.")                                                        \
    X(MONTH_TOO_LATE, "9319", "the product period lies after the month declared",                                      \
      "De productperiode ligt na de declaratieperiode.")                                                               \
    X(DEBET_STANDS, "9389", "an earlier debet line for this product period was not credited",                          \
      "Voor deze productperiode is al een debetprestatie toegekend die niet is gecrediteerd.")                         \
    X(VOLUME_EXCEEDED, "9321", "the volume is more than is allocated for the product period",                          \
      "Het volume is groter dan voor deze productperiode is toegewezen.")                                              \
    X(TOTAL_EXCEEDED, "9322", "with what was approved before, the volume is more than is allocated in all",            \
      "Het volume is samen met eerdere prestaties groter dan in totaal is toegewezen.")                                \
    X(BUDGET_EXCEEDED, "9369", "with what was approved before, the amount is more than the budget",                    \
      "Het bedrag is samen met eerdere prestaties groter dan het toegewezen budget.")                                  \
    X(TARIFF_ABSENT, "0611", "no tariff is contracted for the product on the first day of the product period",         \
      "Voor dit product is op de eerste dag van de productperiode geen tarief afgesproken.")                           \
    X(TARIFF_DIFFERS, "0611", "the tariff is not the contracted one",                                                  \
      "Het tarief is niet gelijk aan het afgesproken tarief.")                                                         \
    X(TARIFF_NOT_ASKED, "0611", "a volume in euros has no tariff", "Bij de eenheid euro's hoort geen tarief.")         \
    X(AMOUNT_DIFFERS, "9346", "the amount is not volume × tariff",                                                     \
      "Het bedrag is niet gelijk aan volume maal tarief.")                                                             \
    X(AMOUNT_TOO_LARGE, "9346", "volume × tariff does not fit in an amount",                                           \
      "Volume maal tarief is te groot om te verwerken.")                                                               \
                                                                                                                       \
    /* a debet line of a trajectory that is paid as a PIC */                                                           \
    X(TERMS_ABSENT, "0611", "no payment terms are contracted for the PIC",                                             \
      "Voor dit profiel en deze intensiteit zijn geen betaalafspraken vastgelegd.")                                    \
    X(CARE_NOT_STARTED, "9321", "the part falls due when care starts, and no start was heard",                         \
      "Dit deel wordt betaald bij de start van de hulp, en er is geen startbericht ontvangen.")                        \
    X(CARE_NOT_STOPPED, "9321", "the part falls due when care ends, and no stop was heard",                            \
      "Dit deel wordt betaald bij het einde van de hulp, en er is geen stopbericht ontvangen.")                        \
    X(CARE_RESUMED, "9321", "care that resumes within the relapse period is not paid anew",                            \
      "De hulp is hervat binnen de terugvaltermijn en wordt niet opnieuw betaald.")                                    \
    X(CHANGE_PAYS_NO_START, "9321", "after a change of PIC the terms pay no new start",                                \
      "Na een wisseling van profiel of intensiteit wordt volgens de afspraken geen nieuw startdeel betaald.")          \
    X(EARLY_END_PAYS_NO_PART, "9321", "the terms pay nothing more after such an early end",                            \
      "Na deze voortijdige beëindiging wordt volgens de afspraken niets meer betaald.")                                \
    X(PART_NOT_DUE, "9321", "no part of the trajectory falls due in this product period",                              \
      "In deze productperiode is geen deel van het trajectbedrag verschuldigd.")                                       \
    X(PART_EXCEEDED, "9321", "the amount is more than the part that falls due",                                        \
      "Het bedrag is hoger dan het deel van het trajectbedrag dat verschuldigd is.")                                   \
    X(PART_DIFFERS, "9346", "the amount is less than the part that falls due",                                         \
      "Het bedrag is lager dan het deel van het trajectbedrag dat verschuldigd is.")                                   \
    X(CAP_EXCEEDED, "9322", "with what was approved before, the amount is more than the terms pay for a trajectory",   \
      "Het bedrag is samen met eerdere prestaties hoger dan wat volgens de afspraken voor één traject wordt betaald.") \
                                                                                                                       \
    /* a payment */                                                                                                    \
    X(PAYMENT_BOOKED, "", "the payment settles what was payable", "De betaling is geboekt.")                           \
    X(DECLARATION_UNKNOWN, "", "no declaration with this number was judged",                                           \
      "Er is geen beoordeelde declaratie met dit nummer.")                                                             \
    X(NOTHING_PAYABLE, "", "the payment is more than what is payable, or goes the other way",                          \
      "De betaling is hoger dan het bedrag dat nog betaalbaar is.")

typedef enum BillingReason {
#define BILLING_REASON_VALUE(name, code, english, dutch) BILLING_##name,
    BILLING_REASONS(BILLING_REASON_VALUE)
#undef BILLING_REASON_VALUE
        BILLING_REASON_COUNT,
} BillingReason;

const char *billing_reason_name(BillingReason reason); /* "VOLUME_EXCEEDED" */
const char *billing_reason_code(BillingReason reason); /* "9321"; "" where there is none */
const char *billing_reason_english(BillingReason reason);
const char *billing_reason_dutch(BillingReason reason);

/* The BillingReason of the name; BILLING_REASON_COUNT when it is none. */
BillingReason billing_reason_named(const char *name);

/* National return codes of a declaration as a whole. */
#define BILLING_CODE_NO_REMARK "0200"
#define BILLING_CODE_ALL_APPROVED "8001"

/* How an amount follows from its inputs. Lines are stored with its number: a new one comes last. */
#define BILLING_FORMULAS(X)                                                                \
    X(NONE, "nothing is owed")                                                             \
    X(VOLUME_TIMES_TARIFF, "volume × tariff")                                              \
    X(MINUTES_AT_HOUR_TARIFF, "hour tariff × minutes / 60, rounded half up once")          \
    X(VOLUME_IN_CENTS, "the volume is the amount")                                         \
    X(START_PART, "price × start share, rounded half up")                                  \
    X(END_PART, "(price − start part) × part of the end, rounded half up")                 \
    X(WHOLE, "start part + end part")                                                      \
    X(MONTH_PART, "the month's twelfth of the price × part of the month, rounded half up") \
    X(CREDIT, "the amount of the debet line")                                              \
    X(PRO_RATA_END, "price × part of the trajectory, rounded half up, − start part")       \
    X(PRO_RATA_WHOLE, "price × part of the trajectory, rounded half up, at least the start part")

typedef enum BillingFormula {
#define BILLING_FORMULA_VALUE(name, english) BILLING_FORMULA_##name,
    BILLING_FORMULAS(BILLING_FORMULA_VALUE)
#undef BILLING_FORMULA_VALUE
        BILLING_FORMULA_COUNT,
} BillingFormula;

const char *billing_formula_name(BillingFormula formula);
const char *billing_formula_english(BillingFormula formula);
BillingFormula billing_formula_named(const char *name); /* BILLING_FORMULA_COUNT when it is none */

/* A part of a whole, as a fraction: shares and early ends. 1/1 is all. */
typedef struct Fraction {
    int64_t numerator;
    int64_t denominator;
} Fraction;

#define FRACTION_ALL ((Fraction){1, 1})
#define FRACTION_NOTHING ((Fraction){0, 1})

/* All that an amount follows from. What a formula does not use is 0. */
typedef struct RatingInputs {
    BillingFormula formula;
    Money price;    /* contracted: the tariff, or the price of the trajectory or year */
    int64_t volume; /* as declared */
    int32_t month;  /* MONTH_PART: 1 to 12 */
    Fraction share; /* of the price, paid at the start */
    Fraction part;  /* of the end, month or whole that is paid: less than all after an early end */
} RatingInputs;

typedef enum LineState {
    LINE_UNKNOWN = 0, /* never heard */
    LINE_APPROVED,
    LINE_REJECTED,
} LineState;

/* Whoever declares and whoever pays. */
typedef struct Conversation {
    int16_t partition;
    int64_t number; /* both codes as one: 0503 and 90000001 are 50390000001 */
    const char *municipality;
    const char *provider;
} Conversation;

/* What allocation granted, as it is now. */
typedef struct Allocated {
    const char *trajectory;
    const char *client;
    const char *segment;
    const char *contract;
    Pic pic; /* of the trajectory; profile "" when it has none */
    Funding funding;
    const char *category; /* "" when any will do */
    const char *code;     /* "" when any of the category will do: a volume in euros is then a budget */
    int64_t volume;       /* in `unit`, for each `frequency`; for UNIT_EURO in cents; 0: no limit */
    Unit unit;
    Frequency frequency;
    Period period; /* ends on DAY_LAST when no end was granted */
    int32_t book;  /* that it was decided under */
    bool removed;
    Funding goes_on_by; /* of the numbers that take over by a conversion the day after its last; 0: by none */
} Allocated;

typedef struct Allocation Allocation;
typedef struct CareOfClient CareOfClient;
typedef struct JudgedLine JudgedLine;

/* What billing knows of one allocation: granted, delivered, and approved so far. */
struct Allocation {
    const Conversation *conversation;
    const char *number;
    bool read;       /* from the tables: what is absent there does not exist */
    uint64_t met_in; /* the turn that last met it unread */
    bool known;
    Allocated granted;

    bool started;
    Day start;
    bool stopped; /* for good: a temporary stop is none */
    Day stop;
    StopReason stop_reason;

    /* of the lines approved and not credited */
    int64_t volume_open; /* minutes where hours are allocated */
    Money amount_open;
    int32_t starts_open; /* start parts */
    int32_t ends_open;   /* end parts */

    CareOfClient *care; /* NULL unless it is paid as a PIC */
    Allocation *next_of_client;
};

/* The allocations of a client in a conversation that are paid as a PIC. */
struct CareOfClient {
    const Conversation *conversation;
    const char *client;
    bool read;
    uint64_t met_in;
    Allocation *allocations;
};

/* One product of an allocation in one month: at most one debet line stands. */
typedef struct ProductMonth {
    Allocation *allocation;
    const char *category;
    const char *code;
    Day first; /* of the product period */
    int32_t debets_open;
} ProductMonth;

/* The reference that a provider gave a line, and what became of that line. */
typedef struct Reference {
    const Conversation *conversation;
    const char *text;
    LineState state;
    bool declared_asked; /* a line of the batch goes by it */
    bool credit_asked;   /* a line of the batch credits it */
    bool credited;
    const JudgedLine *line; /* when it was approved and is asked for */
    const void *named_in;   /* the declaration that last used it for a line of its own */
    const void *credited_in;
} Reference;

typedef struct Line {
    Reference *reference;
    Allocation *allocation;
    ProductMonth *month;
    Reference *credits; /* NULL for a debet line */
    const char *client; /* "": nobody of ours */
    const char *category;
    const char *code;
    Period period;
    int64_t volume;
    Unit unit;
    bool tariff_given; /* not given: left to the region */
    bool amount_given;
    Money tariff;
    Money amount;
    const char *match_code; /* allocation's verdict; "" when it fits */
    const char *match_reason;
    const char *match_sentence;
    const char *origin;   /* of a line that billing made itself: the provider's own reference; else NULL */
    const char *replaces; /* of a debet line that billing made itself: in whose place it stands; else NULL */
} Line;

/* What was added to an approved line without another line: expected of the provider, or settled. */
typedef struct Adjusted {
    Corrections way;      /* DECLARED or SETTLED */
    const char *document; /* under which it is posted */
    Money amount;
    int64_t counted; /* of the allocation's volume */
} Adjusted;

/* What is payable of a declaration, for one year of service. */
typedef struct Payable {
    int32_t service_year;
    Money amount;
} Payable;

/* The number that a provider gave a declaration, and what is still to be paid of it. */
typedef struct DeclarationNumber {
    const Conversation *conversation;
    const char *text;
    bool used;
    bool payable_asked; /* a payment names it */
    Payable *payables;  /* in order of year */
    size_t payable_count;
} DeclarationNumber;

typedef struct Declaration {
    const Conversation *conversation;
    DeclarationNumber *number;
    Day month; /* its first day */
    bool total_given;
    Money total;
    const Line *lines;
    size_t line_count;
} Declaration;

/* A line with its verdict and all that its amount was made from. */
struct JudgedLine {
    const Line *line;
    BillingReason reason;
    bool kept;    /* its reference was new, so that the line is remembered under it */
    Money amount; /* positive for debet and credit alike; 0 when rejected */
    RatingInputs inputs;
    const Entry *price; /* the tariff; NULL when none was used */
    const Entry *terms;
    int32_t book;            /* the newest known when it was rated */
    const char *contract;    /* of its allocation when it was judged, and */
    int32_t granted_book;    /* the book that was granted under: a later fact of the turn may change both */
    const JudgedLine *debet; /* that a credit takes back */

    /* of a debet line that is credited */
    const JudgedLine *declared; /* the line of the provider in whose place it stands; NULL when it is that line */
    const Adjusted *adjusted;
    size_t adjusted_count;
};

typedef enum Account {
    ACCOUNT_COST = 1,
    ACCOUNT_PAYABLE,
    ACCOUNT_PAID,
    ACCOUNT_EXPECTED_CORRECTION,
    ACCOUNT_WORK_IN_PROGRESS, /* delivered and not payable yet, */
    ACCOUNT_ACCRUED,          /* and against it */
    ACCOUNT_OBLIGATION,       /* what is still to be paid of what began, beside the balance, */
    ACCOUNT_COMMITTED,        /* and against it */
} Account;

const char *account_name(Account account); /* "COST" */

/* Debet is positive. All postings of one fact sum to zero, for each document and year of service. */
typedef struct Posting {
    Account account;
    int32_t service_year; /* that the care belongs to */
    int32_t booked_year;  /* that it was booked in */
    Money amount;
    const char *document; /* of a correction; NULL: the declaration that the fact is about */
} Posting;

typedef struct Postings {
    Posting *postings;
    size_t count;
} Postings;

/* The years that are closed in a partition at some point of its stream. */
typedef struct ClosedYears {
    const int32_t *years;
    size_t count;
} ClosedYears;

typedef struct Judgement {
    const Declaration *declaration;
    BillingReason reason; /* APPROVED: judged line by line; else why nothing was judged */
    const char *code;     /* 0200, 8001, or that of the reason */
    Money submitted;      /* debet less credit, as given; as rated where it was left to the region */
    Money approved;
    JudgedLine *lines; /* in the declaration's order; none when nothing was judged */
    size_t line_count;
    Postings postings;
    Postings taken_back; /* of corrections, with the lines that were credited */
} Judgement;

/* What a house hears, as far as billing minds. */
typedef enum FactKind {
    FACT_PASSED_ON, /* nothing to decide */
    FACT_ALLOCATED, /* granted, changed, ended or begun */
    FACT_STARTED,
    FACT_STOPPED,
    FACT_DECLARED,
    FACT_PAID,
} FactKind;

typedef struct AllocatedRow {
    Allocation *allocation;
    Allocated granted;
} AllocatedRow;

typedef struct Allocatings {
    AllocatedRow *rows;
    size_t count;
    bool by_death; /* all of them changed because the client died */
    Day died;
} Allocatings;

typedef struct Notice {
    Allocation *allocation;
    Day day;
    StopReason reason; /* of a stop */
} Notice;

typedef struct Payment {
    DeclarationNumber *number;
    Money amount;
    Day day;
} Payment;

typedef struct Fact {
    FactKind kind;
    const Conversation *conversation;
    Day known;
    ClosedYears closed; /* in its partition */
    union {
        Allocatings allocated;
        Notice notice;
        Declaration declaration;
        Payment payment;
    };
} Fact;

typedef struct BillingDecision {
    const Fact *fact;
    const Allocation **stopped; /* PICs whose care a death stopped */
    size_t stopped_count;
    Judgement judgement;   /* of what was declared */
    BillingReason payment; /* what became of a payment */
    Postings postings;     /* of either */
} BillingDecision;
