#include "allocation/say.h"

#include "proto/allocation.pb-c.h"
#include "service/message.h"

#include <string.h>

/* protobuf-c borrows what it packs, and has no word for const. */
static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

static Care__Pic *pic(Arena *arena, Pic from)
{
    if (from.profile[0] == '\0')
        return NULL;
    Care__Pic *said = ARENA_NEW(arena, Care__Pic);
    care__pic__init(said);
    said->profile = text(from.profile);
    said->intensity = text(from.intensity);
    return said;
}

static Care__Period *period(Arena *arena, Period from)
{
    Care__Period *said = ARENA_NEW(arena, Care__Period);
    care__period__init(said);
    said->first_day = from.first.number;
    said->last_day = from.last.number;
    return said;
}

static Care__Product *product(Arena *arena, AllocatedProduct from)
{
    Care__Product *said = ARENA_NEW(arena, Care__Product);
    care__product__init(said);
    said->category = text(from.category);
    said->code = text(from.code);
    said->volume = from.volume;
    said->unit = (Care__Unit__Value)from.unit;
    said->frequency = (Care__Frequency__Value)from.frequency;
    return said;
}

static Allocation__Allocation *allocation(Arena *arena, const Allocation *from)
{
    Allocation__Allocation *said = ARENA_NEW(arena, Allocation__Allocation);
    allocation__allocation__init(said);
    said->number = text(from->number);
    said->trajectory = text(from->trajectory);
    said->client = text(from->client);
    said->segment = text(from->segment);
    said->pic = pic(arena, from->pic);
    said->funding = (Care__Funding__Value)from->funding;
    said->product = product(arena, from->product);
    said->period = period(arena, from->period);
    said->contract = text(from->contract);
    said->book = from->book;
    said->cohort = (Care__Cohort__Value)from->cohort;
    said->removed = from->removed;
    said->reason = (Care__ChangeReason__Value)from->change;
    said->referrer = (Care__Referrer__Value)from->referrer;
    said->known_day = from->known.number;
    said->version = from->version;
    return said;
}

static Allocation__Allocation **allocations(Arena *arena, Allocations from)
{
    Allocation__Allocation **said = ARENA_MANY(arena, Allocation__Allocation *, from.count);
    for (size_t i = 0; i < from.count; i++)
        said[i] = allocation(arena, &from.list[i]);
    return said;
}

static Period whole_period(Allocations begun)
{
    Period whole = begun.list[0].period;
    for (size_t i = 1; i < begun.count; i++)
        whole = (Period){day_earliest(whole.first, begun.list[i].period.first),
                         day_latest(whole.last, begun.list[i].period.last)};
    return whole;
}

/* judgements */

static void say_granted(Arena *arena, const AllocationDecision *decision, Allocation__Judged *judged)
{
    const Trajectory *trajectory = decision->trajectory;
    Allocation__Granted *said = ARENA_NEW(arena, Allocation__Granted);
    allocation__granted__init(said);
    said->reference = text(decision->reference);
    said->trajectory = text(trajectory->id);
    said->client = text(trajectory->client);
    said->segment = text(trajectory->segment);
    said->content = (Care__Content__Value)trajectory->content;
    said->pic = pic(arena, trajectory->pic);
    said->n_results = trajectory->results.count;
    said->results = (char **)(uintptr_t)trajectory->results.list;
    said->period = period(arena, whole_period(decision->begun));
    said->n_allocations = decision->begun.count;
    said->allocations = allocations(arena, decision->begun);
    said->reason = text(allocation_reason_name(decision->reason));
    judged->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_GRANTED;
    judged->granted = said;
}

static void say_refused(Arena *arena, const AllocationDecision *decision, Allocation__Judged *judged)
{
    Allocation__Refused *said = ARENA_NEW(arena, Allocation__Refused);
    allocation__refused__init(said);
    said->reference = text(decision->reference);
    said->reason = text(allocation_reason_name(decision->reason));
    said->sentence = text(allocation_reason_dutch(decision->reason));
    said->code = text(allocation_reason_code(decision->reason));
    judged->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REFUSED;
    judged->refused = said;
}

static void say_referred(Arena *arena, const AllocationDecision *decision, Allocation__Judged *judged)
{
    Allocation__Referred *said = ARENA_NEW(arena, Allocation__Referred);
    allocation__referred__init(said);
    said->reference = text(decision->reference);
    said->reason = text(allocation_reason_name(decision->reason));
    said->sentence = text(allocation_reason_dutch(decision->reason));
    said->due_day = decision->due.number;
    judged->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REFERRED;
    judged->referred = said;
}

static void say_changed(Arena *arena, const AllocationDecision *decision, Allocation__Judged *judged)
{
    Allocation__Changed *said = ARENA_NEW(arena, Allocation__Changed);
    allocation__changed__init(said);
    said->allocation = allocation(arena, &decision->ended.list[0]);
    judged->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_CHANGED;
    judged->changed = said;
}

static void say_changed_together(Arena *arena, const AllocationDecision *decision, Allocation__Judged *judged)
{
    Allocation__ChangedTogether *said = ARENA_NEW(arena, Allocation__ChangedTogether);
    allocation__changed_together__init(said);
    said->n_allocations = decision->ended.count;
    said->allocations = allocations(arena, decision->ended);
    judged->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER;
    judged->changed_together = said;
}

static void say_converted(Arena *arena, const AllocationDecision *decision, Allocation__Judged *judged)
{
    Allocation__Converted *said = ARENA_NEW(arena, Allocation__Converted);
    allocation__converted__init(said);
    said->n_ended = decision->ended.count;
    said->ended = allocations(arena, decision->ended);
    said->n_begun = decision->begun.count;
    said->begun = allocations(arena, decision->begun);
    if (decision->trajectory) {
        said->n_results = decision->trajectory->results.count;
        said->results = (char **)(uintptr_t)decision->trajectory->results.list;
    }
    judged->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_CONVERTED;
    judged->converted = said;
}

static void say_noted(Arena *arena, const AllocationDecision *decision, Allocation__Judged *judged)
{
    Allocation__Noted *said = ARENA_NEW(arena, Allocation__Noted);
    allocation__noted__init(said);
    said->reason = text(allocation_reason_name(decision->reason));
    said->sentence = text(allocation_reason_dutch(decision->reason));
    said->code = text(allocation_reason_code(decision->reason));
    said->trajectory = text(decision->noted ? decision->noted->trajectory : "");
    judged->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_NOTED;
    judged->noted = said;
}

static void say_matched(Arena *arena, const AllocationDecision *decision, Allocation__Judged *judged)
{
    Allocation__Matched *said = ARENA_NEW(arena, Allocation__Matched);
    allocation__matched__init(said);
    said->n_lines = decision->line_count;
    said->lines = ARENA_MANY(arena, Allocation__Matched__Line *, decision->line_count);
    Allocation__Matched__Line *lines = ARENA_MANY(arena, Allocation__Matched__Line, decision->line_count);
    for (size_t i = 0; i < decision->line_count; i++) {
        const LineMatch *match = &decision->lines[i];
        allocation__matched__line__init(&lines[i]);
        lines[i].code = text(allocation_reason_code(match->reason));
        lines[i].reason = text(allocation_reason_name(match->reason));
        lines[i].sentence = text(allocation_reason_dutch(match->reason));
        if (match->allocation) {
            lines[i].trajectory = text(match->allocation->trajectory);
            lines[i].funding = (Care__Funding__Value)match->allocation->funding;
        }
        said->lines[i] = &lines[i];
    }
    judged->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_MATCHED;
    judged->matched = said;
}

static Bytes judgement_of(Arena *arena, const AllocationDecision *decision)
{
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.asked = text(decision->asked);
    judged.n_unchanged = decision->unchanged.count;
    judged.unchanged = allocations(arena, decision->unchanged);
    switch (decision->judgement) {
    case JUDGEMENT_NONE:
        break;
    case JUDGEMENT_GRANTED:
        say_granted(arena, decision, &judged);
        break;
    case JUDGEMENT_REFUSED:
        say_refused(arena, decision, &judged);
        break;
    case JUDGEMENT_REFERRED:
        say_referred(arena, decision, &judged);
        break;
    case JUDGEMENT_CHANGED:
        if (decision->ended.count == 1)
            say_changed(arena, decision, &judged);
        else
            say_changed_together(arena, decision, &judged);
        break;
    case JUDGEMENT_CONVERTED:
        say_converted(arena, decision, &judged);
        break;
    case JUDGEMENT_NOTED:
        say_noted(arena, decision, &judged);
        break;
    case JUDGEMENT_MATCHED:
        say_matched(arena, decision, &judged);
        break;
    case JUDGEMENT_REPRICED: /* said in each conversation */
        break;
    }
    return message_pack(arena, &judged.base);
}

/*
 * Judged.fact is field 1 of the message: its tag, its length and the bytes as they were heard,
 * with what a newer house put into them. The judgement follows.
 */
static Bytes judged(Arena *arena, Bytes heard, Bytes judgement)
{
    enum { TAG_OF_FIELD_1 = 1 << 3 | 2, LENGTH_SIZE_MAX = 10 };
    uint8_t *data = arena_take(arena, 1 + LENGTH_SIZE_MAX + heard.size + judgement.size);
    uint8_t *at = data;
    *at++ = TAG_OF_FIELD_1;
    size_t rest = heard.size;
    for (; rest >= 0x80; rest >>= 7)
        *at++ = (uint8_t)(rest | 0x80);
    *at++ = (uint8_t)rest;
    if (heard.size)
        memcpy(at, heard.data, heard.size);
    at += heard.size;
    if (judgement.size)
        memcpy(at, judgement.data, judgement.size);
    at += judgement.size;
    return (Bytes){data, (size_t)(at - data)};
}

void allocation_say(Turn *turn, const HeardFacts *facts, const AllocationDecision *decisions)
{
    for (size_t i = 0; i < facts->count; i++) {
        const Heard *heard = facts->list[i].heard;
        turn_say_bytes(turn, heard, "allocation.Judged",
                       judged(turn->arena, heard->data, judgement_of(turn->arena, &decisions[i])));
    }
}

/* books */

static bool same_conversation(const Allocation *a, const Allocation *b)
{
    return strcmp(a->municipality, b->municipality) == 0 && strcmp(a->provider, b->provider) == 0;
}

static bool is_first_here(Allocations all, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (same_conversation(&all.list[i], &all.list[number]))
            return false;
    return true;
}

/* The ones of a conversation. */
static Allocations those_of(Arena *arena, Allocations all, const Allocation *one)
{
    Allocation *here = ARENA_MANY(arena, Allocation, all.count);
    size_t count = 0;
    for (size_t i = 0; i < all.count; i++)
        if (same_conversation(&all.list[i], one))
            here[count++] = all.list[i];
    return (Allocations){here, count};
}

static void say_repriced(Turn *turn, const HeardFact *book, const Allocation *first, Allocations repriced,
                         Allocations unchanged)
{
    Intake__BookPublished published = INTAKE__BOOK_PUBLISHED__INIT;
    published.number = book->said.book->number;
    published.slug = book->said.book->slug;
    published.digest = book->said.book->digest;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.id = text(book->heard->id);
    fact.municipality = text(first->municipality);
    fact.provider = text(first->provider);
    fact.fact_case = INTAKE__FACT__FACT_BOOK_PUBLISHED;
    fact.book_published = &published;
    Allocation__Repriced said = ALLOCATION__REPRICED__INIT;
    said.n_allocations = repriced.count;
    said.allocations = allocations(turn->arena, repriced);
    Allocation__Judged judged_book = ALLOCATION__JUDGED__INIT;
    judged_book.fact = &fact;
    judged_book.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REPRICED;
    judged_book.repriced = &said;
    judged_book.n_unchanged = unchanged.count;
    judged_book.unchanged = allocations(turn->arena, unchanged);
    turn_say(turn, book->heard, "allocation.Judged", &judged_book.base);
}

void allocation_say_book(Turn *turn, const HeardFact *book, const AllocationDecision *decision)
{
    if (!turn->cursor.size)
        turn_say_bytes(turn, book->heard, "allocation.Judged", judged(turn->arena, book->heard->data, (Bytes){0}));

    Allocations all = decision->ended;
    for (size_t i = 0; i < all.count; i++)
        if (is_first_here(all, i))
            say_repriced(turn, book, &all.list[i], those_of(turn->arena, all, &all.list[i]),
                         those_of(turn->arena, decision->unchanged, &all.list[i]));
}
