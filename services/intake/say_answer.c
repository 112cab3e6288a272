#include "intake/say_answer.h"

#include "proto/allocation.pb-c.h"
#include "proto/billing.pb-c.h"
#include "proto/letter.pb-c.h"
#include "proto/street.pb-c.h"

#include <string.h>

static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

/* The answers of a batch, as they grow. */
typedef struct Pile {
    Arena *arena;
    Letter *letters;
    size_t count;
    Allocated *allocated;
    size_t allocated_count;
    size_t allocated_room;
} Pile;

enum { LETTERS_OF_ONE_MAX = 2 }; /* to the conversation, and to the operator who said it */

static Pile new_pile(Arena *arena, Batch batch)
{
    return (Pile){.arena = arena, .letters = ARENA_MANY(arena, Letter, LETTERS_OF_ONE_MAX * batch.count)};
}

static Answers answers_of(const Pile *pile)
{
    return (Answers){pile->letters, pile->count, pile->allocated, pile->allocated_count};
}

/* whose allocation is whose */

static void note_allocation(Pile *pile, const Heard *heard, const Allocation__Allocation *allocation)
{
    if (pile->allocated_count == pile->allocated_room) {
        size_t room = 2 * pile->allocated_room + 64;
        Allocated *wider = ARENA_MANY(pile->arena, Allocated, room);
        if (pile->allocated_count)
            memcpy(wider, pile->allocated, pile->allocated_count * sizeof *wider);
        pile->allocated = wider;
        pile->allocated_room = room;
    }
    Person *person = ARENA_NEW(pile->arena, Person);
    person->reference = allocation->client;
    pile->allocated[pile->allocated_count++] =
        (Allocated){.conversation = heard->subject, .number = allocation->number, .person = person, .is_new = true};
}

static void note_allocations(Pile *pile, const Heard *heard, Allocation__Allocation **allocations, size_t count)
{
    for (size_t i = 0; i < count; i++)
        note_allocation(pile, heard, allocations[i]);
}

/* letters */

static bool is_said_by_operator(const Intake__Fact *fact)
{
    static const Intake__Fact__FactCase OF_OPERATORS[] = {
        INTAKE__FACT__FACT_CARE_TAKEN_OVER, INTAKE__FACT__FACT_REQUEST_GRANTED, INTAKE__FACT__FACT_REQUEST_REFUSED,
        INTAKE__FACT__FACT_CONVERSION,      INTAKE__FACT__FACT_PAYMENT_MADE,
    };
    for (size_t i = 0; i < sizeof OF_OPERATORS / sizeof OF_OPERATORS[0]; i++)
        if (fact->fact_case == OF_OPERATORS[i])
            return true;
    return fact->fact_case == INTAKE__FACT__FACT_ALLOCATION_REQUEST && *fact->allocation_request->granted_by;
}

/* The letter itself stands ready; its envelope is written here. */
static void post(Pile *pile, const Heard *heard, const Intake__Fact *fact, Letter__Message *letter)
{
    letter->id = text(heard->id);
    letter->about = fact->sent_id;
    letter->sender = fact->sender;
    letter->municipality = fact->municipality;
    letter->provider = fact->provider;
    letter->known_day = heard->known.number;
    Bytes content = message_pack(pile->arena, &letter->base);
    if (*heard->subject)
        pile->letters[pile->count++] = (Letter){.address = heard->subject, .content = content};
    if (is_said_by_operator(fact))
        pile->letters[pile->count++] =
            (Letter){.address = mail_address_of_sender(pile->arena, fact->sender), .content = content};
}

static void answer_of_allocation(Pile *pile, const Heard *heard, const Allocation__Judged *judged)
{
    Letter__Message letter = LETTER__MESSAGE__INIT;
    if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_GRANTED) {
        note_allocations(pile, heard, judged->granted->allocations, judged->granted->n_allocations);
        letter.fact_case = LETTER__MESSAGE__FACT_GRANTED;
        letter.granted = judged->granted;
    } else if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_REFUSED) {
        letter.fact_case = LETTER__MESSAGE__FACT_REQUEST_REFUSED;
        letter.request_refused = judged->refused;
    } else if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_REFERRED) {
        letter.fact_case = LETTER__MESSAGE__FACT_REFERRED;
        letter.referred = judged->referred;
    } else if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_CHANGED) {
        letter.fact_case = LETTER__MESSAGE__FACT_CHANGED;
        letter.changed = judged->changed;
    } else if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_CONVERTED) {
        note_allocations(pile, heard, judged->converted->begun, judged->converted->n_begun);
        letter.fact_case = LETTER__MESSAGE__FACT_CONVERTED;
        letter.converted = judged->converted;
    } else if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_NOTED) {
        letter.fact_case = LETTER__MESSAGE__FACT_NOTED;
        letter.noted = judged->noted;
    } else {
        return;
    }
    post(pile, heard, judged->fact, &letter);
}

/* Only rejected lines go back. */
static void keep_rejected(Billing__DeclarationAnswered *answered)
{
    size_t rejected = 0;
    for (size_t i = 0; i < answered->n_lines; i++)
        if (!answered->lines[i]->approved)
            answered->lines[rejected++] = answered->lines[i];
    answered->n_lines = rejected;
}

static void answer_of_billing(Pile *pile, const Heard *heard, const Billing__Judged *judged)
{
    Letter__Message letter = LETTER__MESSAGE__INIT;
    if (judged->judgement_case == BILLING__JUDGED__JUDGEMENT_DECLARATION_ANSWERED) {
        keep_rejected(judged->declaration_answered);
        letter.fact_case = LETTER__MESSAGE__FACT_DECLARATION_ANSWERED;
        letter.declaration_answered = judged->declaration_answered;
    } else if (judged->judgement_case == BILLING__JUDGED__JUDGEMENT_PAYMENT_BOOKED) {
        letter.fact_case = LETTER__MESSAGE__FACT_PAYMENT_BOOKED;
        letter.payment_booked = judged->payment_booked;
    } else {
        return;
    }
    post(pile, heard, judged->heard->fact, &letter);
}

static Status answer(Pile *pile, const Heard *heard)
{
    if (strcmp(heard->type, "allocation.Judged") == 0) {
        const Allocation__Judged *judged = message_unpack(pile->arena, &allocation__judged__descriptor, heard->data);
        if (!judged || !judged->fact)
            return FAULT(STATUS_SET_ASIDE, "%s does not parse", heard->type);
        answer_of_allocation(pile, heard, judged);
    } else if (strcmp(heard->type, "billing.Judged") == 0) {
        const Billing__Judged *judged = message_unpack(pile->arena, &billing__judged__descriptor, heard->data);
        if (!judged || !judged->heard || !judged->heard->fact)
            return FAULT(STATUS_SET_ASIDE, "%s does not parse", heard->type);
        answer_of_billing(pile, heard, judged);
    }
    return STATUS_OK;
}

Status intake_say_answers(Turn *turn, Batch batch, Answers *answers_out)
{
    Pile pile = new_pile(turn->arena, batch);
    for (size_t i = 0; i < batch.count; i++)
        TRY(answer(&pile, &batch.messages[i]));
    *answers_out = answers_of(&pile);
    return STATUS_OK;
}

/* messages that were put aside */

/* The fact in what a house heard; NULL when it cannot be read. */
static const Intake__Fact *fact_of_heard(Arena *arena, const char *type, Bytes data)
{
    if (strcmp(type, "intake.Fact") == 0)
        return message_unpack(arena, &intake__fact__descriptor, data);
    if (strcmp(type, "allocation.Judged") == 0) {
        const Allocation__Judged *judged = message_unpack(arena, &allocation__judged__descriptor, data);
        return judged ? judged->fact : NULL;
    }
    return NULL;
}

Status intake_say_aside(Turn *turn, Batch batch, Answers *answers_out)
{
    Pile pile = new_pile(turn->arena, batch);
    for (size_t i = 0; i < batch.count; i++) {
        const Heard *heard = &batch.messages[i];
        const Street__SetAside *word = message_unpack(turn->arena, &street__set_aside__descriptor, heard->data);
        bool is_its_own = word && strcmp(word->house, heard->source) == 0;
        const Intake__Fact *fact =
            is_its_own ? fact_of_heard(turn->arena, word->type, (Bytes){word->heard.data, word->heard.len}) : NULL;
        if (!fact)
            continue;

        Letter__SetAside set_aside = LETTER__SET_ASIDE__INIT;
        set_aside.house = word->house;
        set_aside.sentence =
            text("dit bericht kon niet worden verwerkt en wordt door een mens bekeken; u hoort ervan.");
        Letter__Message letter = LETTER__MESSAGE__INIT;
        letter.fact_case = LETTER__MESSAGE__FACT_SET_ASIDE;
        letter.set_aside = &set_aside;
        post(&pile, heard, fact, &letter);
    }
    *answers_out = answers_of(&pile);
    return STATUS_OK;
}
