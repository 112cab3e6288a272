/*
 * Book: what one decision of the region agrees, read from its files.
 *
 * A region keeps a folder for each decision; each folder is one book. A book never changes
 * once it is read, owns all its memory, and may be read by any number of threads. What holds
 * on a day follows from all books together: see book/books.h.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/day.h"
#include "base/digest.h"
#include "base/money.h"
#include "book/care.h"
#include "book/fault.h"

#include <stddef.h>

enum {
    BOOK_FILES_MAX = 64,
    BOOK_FILE_BYTES_MAX = 1 << 20,
    BOOK_BYTES_MAX = 8 << 20,
    BOOK_DEPTH_MAX = 8,
    BOOK_ENTRIES_MAX = 1 << 18, /* after a list of municipalities or providers is written out */
};

typedef struct Book Book;

/* One file of a book's folder: its name without the folder, and its text. */
typedef struct BookFile {
    const char *name;
    Bytes text;
} BookFile;

/* Every entry begins with where it stands, so that an explanation can cite it. */
typedef struct Entry {
    const Book *book;
    const char *file;
    int line;
    const char *rests_on; /* the decision, by name */
    bool synthetic;       /* not public, so invented */
    Period holds;
} Entry;

typedef struct Decision {
    const char *name;
    Day decided; /* printed, never computed with */
    const char *source;
    const char *file;
    int line;
} Decision;

/* region */

typedef struct Municipality {
    Entry entry;
    const char *code; /* four-digit CBS code */
    const char *name;
} Municipality;

typedef enum Residence {
    RESIDENCE_GUARDIAN = 1,           /* where the guardian lives */
    RESIDENCE_REGISTERED_ADDRESS = 2, /* where the young person is registered */
} Residence;

typedef struct ResidenceRule {
    Entry entry;
    Residence residence;
} ResidenceRule;

/* How long a person is known by who pays for the care: that many years after the last day of the last care. */
typedef struct RetentionRule {
    Entry entry;
    int32_t years;
} RetentionRule;

typedef struct Region {
    Entry entry;
    const char *code;
    const char *name;
    int64_t number_floor;  /* above every allocation number that is taken over */
    int32_t age_by_rule;   /* a rule grants care to who is younger; 0: whatever the age */
    int32_t age_by_person; /* a person grants care to who is younger; 0: whatever the age */
    Money auditor_above;   /* a provider whose year costs the region more adds an auditor's report; 0: nobody does */
} Region;

/* Who counts as a client who was already in care. */
typedef struct CohortRule {
    Entry entry;
    Cohort everyone;   /* 0: the reference day tells */
    Day reference_day; /* in care on it: EXISTING */
    int32_t gap_days;  /* care that ended this many days before it still counts */
} CohortRule;

/* catalogue */

typedef struct Word {
    Entry entry;
    const char *code;
    const char *name;
} Word; /* a segment, a profile or an intensity */

enum { PRODUCT_UNITS_MAX = 4 };

typedef struct Product {
    Entry entry;
    const char *category; /* two digits */
    const char *code;     /* five characters */
    const char *name;
    const char *segment;
    bool own;                      /* the region's own code, not a national one */
    Pic pic;                       /* the PIC that an own code carries; profile NULL when none */
    Unit unit;                     /* the tariff is for one of these */
    Unit units[PRODUCT_UNITS_MAX]; /* what may be declared, `unit` first */
    size_t unit_count;
} Product;

/* providers and contracts */

typedef struct Provider {
    Entry entry;
    const char *agb; /* eight digits */
    const char *name;
} Provider;

typedef struct ProviderAlias {
    Entry entry;
    const char *agb;     /* the new code */
    const char *same_as; /* the code that the conversation keeps */
} ProviderAlias;

typedef enum ContractKind {
    CONTRACT_REGULAR = 1,
    CONTRACT_BRIDGING = 2,
    CONTRACT_ENDED =
        3, /* what an earlier book agreed does not hold in this period; lookups answer that there is none */
} ContractKind;

/* How a tariff that changes afterwards reaches lines already approved. */
typedef enum Corrections {
    CORRECTIONS_SELF_BILLED = 1, /* credit and new debet are made for the provider */
    CORRECTIONS_DECLARED = 2,    /* the provider is asked for them */
    CORRECTIONS_SETTLED = 3,     /* one amount, with its lines underneath */
} Corrections;

/* One provider × segment × municipality of what was signed. */
typedef struct Contract {
    Entry entry;
    const char *id; /* <framework>/<agb> */
    const char *provider;
    const char *segment;
    const char *municipality;
    ContractKind kind;
    Corrections corrections;
    int64_t new_allocations_max; /* in this municipality and the contract's period; -1: no ceiling */
    bool all_products;           /* of the segment */
    bool all_pics;
    const char *const *products; /* in alphabetical order */
    size_t product_count;
    const Pic *pics; /* intensity NULL: every intensity of the profile */
    size_t pic_count;
} Contract;

/* funding */

typedef enum RunningRule {
    RUNNING_KEEP = 1,    /* an allocation that runs under another funding keeps it to its end */
    RUNNING_CONVERT = 2, /* it is converted on `convert_on` */
    RUNNING_BY_HAND = 3, /* it is converted one by one, when a person says so */
} RunningRule;

/* One municipality × segment × cohort. */
typedef struct FundingRule {
    Entry entry;
    const char *municipality;
    const char *segment;
    Cohort cohort;
    Content content;
    Funding funding;
    RunningRule running;
    Day convert_on;
} FundingRule;

/* tariffs */

/* provider and municipality are NULL where it holds for all. */
typedef struct PxqTariff {
    Entry entry;
    const char *product;
    const char *municipality;
    const char *provider;
    Unit unit;
    bool none; /* from here on the wider tariff holds again */
    Money price;
} PxqTariff;

typedef struct PicTariff {
    Entry entry;
    const char *segment;
    Pic pic;
    const char *municipality;
    const char *provider;
    bool none;
    Money price; /* for a trajectory, or for a year where the terms pay by the month */
} PicTariff;

/* payment terms */

typedef enum PaymentShape {
    PAYMENT_START_END = 1, /* a share at the start, the rest at the end */
    PAYMENT_MONTHLY = 2,   /* twelve equal parts a year */
} PaymentShape;

typedef enum EarlyEnd {
    EARLY_END_PAYS_ALL = 1,
    EARLY_END_PAYS_PRO_RATA = 2, /* by days of care over expected_days */
    EARLY_END_PAYS_NOTHING = 3,  /* nothing more than what has fallen due */
} EarlyEnd;

/* What is paid in proportion to the care after an early end. */
typedef enum ProRataOf {
    PRO_RATA_OF_END_PART = 1,    /* what is left after the start; a month that is not whole */
    PRO_RATA_OF_WHOLE_PRICE = 2, /* all of it: the start counts, and is never asked back */
} ProRataOf;

typedef enum WorkInProgress {
    WORK_LINEAR = 1,
    WORK_BY_PART = 2,
    WORK_BY_EXPECTED_DURATION = 3,
} WorkInProgress;

/* The fact that makes a part fall due. */
typedef enum DueFact {
    DUE_BY_MESSAGE = 1,     /* the start or stop message */
    DUE_BY_DECLARATION = 2, /* the declaration itself */
} DueFact;

typedef struct PaymentTerms {
    Entry entry;
    const char *segment;
    const char *profile; /* NULL: every profile */
    const char *intensity;
    const char *provider; /* NULL: every provider */
    PaymentShape shape;
    int64_t start_share_numerator; /* of the price, paid at the start; 0/1 when paid by the month */
    int64_t start_share_denominator;
    EarlyEnd early_end[STOP_REASONS]; /* by StopReason; STOP_AS_PLANNED pays all, STOP_TEMPORARY is no end: 0 */
    EarlyEnd change_of_pic;           /* another PIC goes on from the next day; 0: only a stop ends the care */
    EarlyEnd change_of_funding;       /* its products go on from the next day; 0: only a stop ends the care */
    bool start_after_change_of_pic;   /* a PIC that goes on from another has a start share of its own */
    ProRataOf pro_rata_of;
    Money amount_cap;     /* what a trajectory pays at most over all its parts; 0: no cap */
    int32_t relapse_days; /* care resumed within these is no new trajectory */
    WorkInProgress work_in_progress;
    int32_t expected_days;
    DueFact start_due;
    DueFact end_due;
} PaymentTerms;

/* granting */

typedef enum Granting {
    GRANTING_BY_RULE = 1,
    GRANTING_BY_PERSON = 2,
    GRANTING_BINDING = 3, /* the referrer's word is law: granted, and a person is told */
} Granting;

typedef struct GrantingRule {
    Entry entry;
    Referrer referrer;
    const char *segment;
    Unit unit; /* 0: whatever the volume */
    Frequency frequency;
    int64_t volume_max; /* the band reaches up to and including this */
    Granting granting;
} GrantingRule;

/* What a conversion or a split takes for what it was not told. */
typedef struct Substitution {
    Entry entry;
    const char *segment;
    const char *product; /* NULL: every product of the segment that is priced by `unit` */
    bool by_person;      /* nobody guesses */
    int64_t volume;
    Unit unit;
    Frequency frequency;
} Substitution;

typedef struct Budget {
    Entry entry;
    const char *municipality;
    int32_t year;
    Money amount;
} Budget;

/* What is to be reached. Each is counted over what is known: an answer that is missing is no "no". */
typedef enum Measure {
    MEASURE_GOAL_REACHED = 1, /* percentage of the trajectories that ended */
    MEASURE_DROPPED_OUT = 2,  /* percentage of the trajectories that ended */
    MEASURE_SATISFACTION = 3, /* mean mark of the trajectories that ended, in tenths */
    MEASURE_RELAPSED = 4,     /* percentage of the trajectories whose relapse period is over */
    MEASURE_MOVED_TO_PIC = 5, /* percentage of the clients who were in care before and are in care in the year */
} Measure;

typedef struct Target {
    Entry entry;
    const char *code;
    const char *name;
    const char *segment; /* NULL: all */
    const char *const *municipalities;
    size_t municipality_count; /* 0: all */
    Measure measure;
    bool at_most; /* the aim is a ceiling, otherwise a floor */
    int64_t aim;
} Target;

/*
 * Reads a book from its files: YAML, in any order. Every fault of form is added to `faults`,
 * all at once; book_out is set only when there is no error among them. What is right in
 * itself may still be wrong beside earlier books: that is book_check's to say.
 */
[[nodiscard]] bool book_read(const BookFile *files, size_t count, Book **book_out, BookFaults *faults);

/* What can be read of the files, faults or not, so that book_check can tell all the rest at once. Never NULL. */
Book *book_draft(const BookFile *files, size_t count, BookFaults *faults);
void book_free(Book *book);
void book_freep(Book **book);

int32_t book_number(const Book *book);
const char *book_slug(const Book *book);
Decision book_decision(const Book *book);

/* Over the names and texts of its files in alphabetical order: the same for the same folder, whoever reads it. */
Digest book_digest(const Book *book);
Digest book_files_digest(const BookFile *files, size_t count);
