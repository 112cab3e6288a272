/*
 * Intake: the nouns of admission.
 *
 * What a batch names stands in its docket once (core/docket.h): two messages that name the same
 * client, id or book point to the same thing, so that the second sees what was decided of the
 * first.
 */
#pragma once

#include "base/bytes.h"
#include "base/day.h"
#include "base/digest.h"
#include "intake/core/case.h"
#include "intake/core/care.h"
#include "intake/core/fact.h"
#include "intake/core/forget.h"
#include "intake/core/reason.h"

/* For whom a key may speak: a provider's has its code, a gateway's those of several, an operator's has municipalities. */
typedef struct Right {
    const char *provider;
    Period period;
} Right;

typedef struct Sender {
    const char *key;   /* as the connection showed it */
    const char *owner; /* NULL: the key is not known, or revoked */
    bool is_operator;
    bool for_all; /* of an operator: every municipality */
    const char *const *municipalities;
    size_t municipality_count;
    const Right *rights;
    size_t right_count;
} Sender;

/* What a sender's id was used for. */
typedef struct SentId {
    const char *owner;
    const char *id;
    bool is_known;
    bool is_kept; /* by an earlier batch */
    Digest content;
    bool admitted;
    const char *code; /* the receipt as it was given; of a refusal */
    const char *sentence;
} SentId;

enum { BSN_HASH_SIZE = 32 };

typedef struct Person {
    const uint8_t *bsn_hash;
    const char *reference; /* NULL: not known */
    Day birth;
    bool needs_record;           /* its birth day and care are asked for */
    Bytes sealed;                /* its record, as long as nobody opened it */
    const char *fresh_reference; /* the one to be had by who comes into being */

    Day named;          /* when care was last asked */
    bool is_named_anew; /* care is asked for one who was known */

    /* who came into being in this batch */
    bool is_born;
    const char *bsn;
    const char *name; /* also of one whose number is corrected */

    ClientFate fate; /* when needs_record */

    CareSaid *care; /* in the order it was said */
    size_t care_count;
    size_t care_room;
} Person;

/* An allocation of a conversation. */
typedef struct Allocated {
    const char *conversation;
    const char *number;
    bool is_asked;     /* somebody asks whose it is */
    Person *person;    /* NULL: not known */
    bool is_new;       /* known by this batch */
    AnsweredCare care; /* when it is to go somewhere else */
    bool goes;
} Allocated;

typedef struct Proposal {
    int32_t number;
    const char *digest;
    const char *slug;
    const char *proposed_by; /* NULL: not proposed */
    Bytes contents;          /* as proposed, for who keeps and says it */
} Proposal;

/* What one operator proposes and another approves: that a year is closed or opened again, or a payment. */
typedef struct Matter {
    const char *subject;
    bool is_closed;          /* of a year, as it was decided last */
    const char *proposed_by; /* NULL: nothing waits for an approval */
    Bytes contents;          /* as proposed */
} Matter;

/* A book that holds from a day on. */
typedef struct Published {
    Bytes contents;
    Day known;
} Published;

typedef struct PublishedBooks {
    const Published *list;
    size_t count;
} PublishedBooks;

/* What stands beside the messages: the calendar and the newest book. */
typedef struct Standing {
    bool calendar_begun;
    Day today;
    bool days_by_clock;
    int32_t book_number; /* the highest published; 0 before the first */
} Standing;

/* One client as a message names it. */
typedef struct SaidClient {
    const char *bsn;
    const char *name; /* of a newcomer */
    Day birth;        /* of a newcomer */
    Person *person;   /* NULL: the BSN fails the eleven-test */
} SaidClient;

/* What a national message breaks. */
typedef struct NationalFault {
    const char *rule;
    const char *path;
    int32_t line;
    const char *return_code;
    const char *sentence;
} NationalFault;

/* What a message that came in national clothes says besides its facts. */
typedef struct National {
    const char *message; /* JW305; "" when it is none */
    const char *id;      /* under which its sender knows it; "" when it does not say */
    Bytes file;          /* as it came */
    Day dated;
    bool to_nobody; /* its receiver is no municipality that the books know */
    const NationalFault *faults;
    size_t fault_count;
} National;

/* One message, as heard. Everything borrowed lives in the turn's arena. */
typedef struct Submission {
    Sender *sender;
    Refusal unreadable; /* INTAKE_ADMITTED: it could be read, and all below holds */
    Digest content;
    SentId *sent;
    const char *id;

    const National *national; /* NULL: a line */
    const char *path;         /* what of a national message this fact is */
    bool product_unknown;     /* of a national message, which says no segment */
    SentId *sent_bytes;       /* a refused national message is known by its bytes: its id may be used again */
    struct Submission *next;  /* the next fact of the same message, which is admitted whole or not at all */

    FactKind kind;
    const char *municipality; /* "" when not said */
    const char *provider;     /* "" when not said */
    const char *conversation; /* where its letters go; under the provider's code of old when it was renamed */
    int16_t partition;
    const void *message; /* as read, for who says it on */

    SaidClient *clients;
    size_t client_count;
    Period asked;    /* the days that the fact asks care for; a day that is not said is 0 */
    bool names_care; /* a PIC or a product */
    const Period *earlier_care;
    size_t earlier_care_count;
    const char *allocation;
    Allocated *allocated;

    Place to; /* of care that moves */
    const char *consent;
    Person *correct; /* whose number is the right one; NULL when it fails the eleven-test */
    const char *correct_bsn;
    bool is_withdrawn;
    const Place *places; /* the conversations that a client's fact goes to */
    size_t place_count;
    const char *case_id;
    LinkedCase *closes; /* NULL when no such case is open */
    int32_t kept_years; /* that persons are known after their care; 0: no book says */
    const Remembered *remembered;
    size_t remembered_count;
    const char *why_asked; /* the reason that an operator gave; NULL when none is asked */

    Day day;
    bool after_gap;
    bool is_from_clock; /* the new day as the house itself says it */

    Proposal *proposal;
    const char *book_faults; /* NULL: none */

    Matter *matter;
    Bytes contents; /* of the payment that is proposed or approved, or of what is proposed of a year */
    int32_t year;
    bool reopened;
    const char *reason;

    Sender *given; /* the key that is given or revoked; its new rights below */
    Sender given_rights;
} Submission;

/* A client as the houses beyond intake know one. */
typedef struct Stamp {
    const char *reference; /* "" for nobody of ours */
    int32_t age_first;
    int32_t age_last;
    CarePeriods care;
} Stamp;

typedef struct Admission {
    const Submission *said;
    struct Admission *next; /* of the next fact of the same message; NULL when it is refused */
    const SentId *before;   /* when it was heard before */
    Refusal refusal;        /* INTAKE_ADMITTED: none */
    bool heard_before;
    bool in_conversation; /* its sender may speak there */
    Day known;            /* the calendar day; of a new day the last one that began */
    Period begun;         /* of a new day: the days that begin, in order */
    Stamp *stamps;        /* one for each client said */
    size_t stamp_count;
    LinkedCase *cases; /* that it opens */
    size_t case_count;
    const Forgotten *forgotten;
    size_t forgotten_count;
    CareSaid *care; /* what it says of the client's care, to be kept */
    size_t care_count;
    Matter approved; /* as it was proposed; of what two people decide */
} Admission;

static inline bool is_admitted(const Admission *admission)
{
    return admission->refusal.reason == INTAKE_ADMITTED;
}
