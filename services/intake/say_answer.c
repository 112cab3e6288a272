#include "intake/say_answer.h"

#include "proto/letter.pb-c.h"

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
} Pile;

enum { LETTERS_OF_ONE_MAX = 2 }; /* to the conversation, and to the operator who said it */

/* letters */

/* The letter itself stands ready; its envelope is written here. */
static void post(Pile *pile, const HeardAnswer *answer, Letter__Message *letter)
{
    const Heard *heard = answer->heard;
    const Intake__Fact *fact = answer->fact;
    letter->id = text(heard->id);
    letter->about = fact->sent_id;
    letter->sender = fact->sender;
    letter->municipality = fact->municipality;
    letter->provider = fact->provider;
    letter->known_day = heard->known.number;
    Bytes content = message_pack(pile->arena, &letter->base);
    const char *address = answer_conversation(pile->arena, answer);
    if (*address)
        pile->letters[pile->count++] = (Letter){.address = address, .content = content};
    if (answer->is_by_operator)
        pile->letters[pile->count++] =
            (Letter){.address = mail_address_of_sender(pile->arena, fact->sender), .content = content};
}

static void answer_of_allocation(Pile *pile, const HeardAnswer *answer)
{
    const Allocation__Judged *judged = answer->allocation;
    Letter__Message letter = LETTER__MESSAGE__INIT;
    if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_GRANTED) {
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
    } else if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER &&
               judged->changed_together->n_allocations > 0) {
        letter.fact_case = LETTER__MESSAGE__FACT_CHANGED_TOGETHER;
        letter.changed_together = judged->changed_together;
    } else if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_CONVERTED) {
        letter.fact_case = LETTER__MESSAGE__FACT_CONVERTED;
        letter.converted = judged->converted;
    } else if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_NOTED) {
        letter.fact_case = LETTER__MESSAGE__FACT_NOTED;
        letter.noted = judged->noted;
    } else if (judged->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_REPRICED) {
        letter.fact_case = LETTER__MESSAGE__FACT_REPRICED;
        letter.repriced = judged->repriced;
    } else {
        return;
    }
    post(pile, answer, &letter);
}

static void answer_of_billing(Pile *pile, const HeardAnswer *answer)
{
    Letter__Message letter = LETTER__MESSAGE__INIT;
    if (answer->declaration) {
        letter.fact_case = LETTER__MESSAGE__FACT_DECLARATION_ANSWERED;
        letter.declaration_answered = (Billing__DeclarationAnswered *)(uintptr_t)answer->declaration;
    } else if (answer->payment) {
        letter.fact_case = LETTER__MESSAGE__FACT_PAYMENT_BOOKED;
        letter.payment_booked = (Billing__PaymentBooked *)(uintptr_t)answer->payment;
    } else {
        letter.fact_case = LETTER__MESSAGE__FACT_CORRECTED;
        letter.corrected = (Billing__Corrected *)(uintptr_t)answer->corrected;
        letter.corrected->n_sums = 0;
    }
    post(pile, answer, &letter);
}

static void answer_of_person(Pile *pile, const HeardAnswer *answer)
{
    Letter__SetAside set_aside = LETTER__SET_ASIDE__INIT;
    set_aside.house = text(answer->set_aside_by);
    set_aside.sentence = text("dit bericht kon niet worden verwerkt en wordt door een mens bekeken; u hoort ervan.");
    Letter__Message letter = LETTER__MESSAGE__INIT;
    letter.fact_case = LETTER__MESSAGE__FACT_SET_ASIDE;
    letter.set_aside = &set_aside;
    post(pile, answer, &letter);
}

Answers intake_say_answers(Arena *arena, const HeardAnswers *heard)
{
    Pile pile = {.arena = arena, .letters = ARENA_MANY(arena, Letter, LETTERS_OF_ONE_MAX * heard->count)};
    for (size_t i = 0; i < heard->count; i++) {
        const HeardAnswer *answer = &heard->list[i];
        if (answer->allocation)
            answer_of_allocation(&pile, answer);
        else if (answer->declaration || answer->payment || answer->corrected)
            answer_of_billing(&pile, answer);
        else if (answer->fact && answer->set_aside_by)
            answer_of_person(&pile, answer);
    }
    return (Answers){pile.letters, pile.count};
}
