#include "allocation/web/whatif.h"

#include "allocation/core/reprice.h"
#include "allocation/core/worth.h"
#include "allocation/web/conversions.h"
#include "http/json.h"

#include <string.h>

/* One municipality × segment × funding now → funding then, and how its money was worked out. */
typedef struct Change {
    const char *municipality;
    const char *segment;
    Funding from;
    Funding to;
    const char *method;
    bool estimate;
    int64_t allocations;
    int64_t clients;
    Money now;
    Money then;
    const char *client; /* counted last, with its conversation: allocations of a client come together */
    const char *provider;
    struct Change *next;
} Change;

typedef struct Reckoning {
    Arena *arena;
    Change *changes;
    bool too_much; /* a sum does not fit */
} Reckoning;

static const char BY_VOLUME[] = "a PIC by its amount; products by their allocated volume over its days, "
                                "at the tariff of the first of them";
static const char BY_AMOUNTS[] = "the allocated amounts";
static const char REPRICED[] = "the allocated amounts, repriced";
static const char AS_IT_IS[] = "stays as it is until a person has filled in what it lacks";
static const char REFUSED[] = "stays as it is: a conversion would be refused";
static const char BY_HAND[] = "as if a person converted all of it: ";

static Change *change_of(Reckoning *reckoning, const Allocation *allocation, Funding to, const char *method,
                         bool estimate)
{
    Change **place = &reckoning->changes;
    for (; *place; place = &(*place)->next) {
        Change *change = *place;
        if (strcmp(change->municipality, allocation->municipality) == 0 &&
            strcmp(change->segment, allocation->segment) == 0 && change->from == allocation->funding &&
            change->to == to && change->estimate == estimate && strcmp(change->method, method) == 0)
            return change;
    }
    *place = ARENA_NEW(reckoning->arena, Change);
    **place = (Change){
        .municipality = arena_text(reckoning->arena, allocation->municipality),
        .segment = arena_text(reckoning->arena, allocation->segment),
        .from = allocation->funding,
        .to = to,
        .method = arena_text(reckoning->arena, method),
        .estimate = estimate,
        .client = "",
        .provider = "",
    };
    return *place;
}

static void add(Reckoning *reckoning, Change *change, const Allocation *allocation, int64_t allocations, Money now,
                Money then)
{
    if (strcmp(change->client, allocation->client) != 0 || strcmp(change->provider, allocation->provider) != 0) {
        change->client = arena_text(reckoning->arena, allocation->client);
        change->provider = arena_text(reckoning->arena, allocation->provider);
        change->clients++;
    }
    change->allocations += allocations;
    if (!money_add(change->now, now, &change->now) || !money_add(change->then, then, &change->then))
        reckoning->too_much = true;
}

/* conversions */

typedef struct Sum {
    Money amount;
    bool estimate;
} Sum;

static void add_worth(Reckoning *reckoning, Sum *sum, Worth worth)
{
    sum->estimate = sum->estimate || worth.estimate;
    if (!money_add(sum->amount, worth.amount, &sum->amount))
        reckoning->too_much = true;
}

/* Care that the plan names, or that a conversion would end. */
typedef struct Touched {
    const Allocation **list;
    size_t count;
} Touched;

/* All that goes along with the first: what its conversion ends, or what waits with it. */
static Touched touched_by(const SurveyPiece *piece, const Planned *first, const Planned *planned, size_t count)
{
    const AllocationDecision *decision = &first->decision;
    Touched touched = {.list = ARENA_MANY(piece->arena, const Allocation *, decision->ended.count + count + 1)};
    for (size_t i = 0; i < decision->ended.count; i++) {
        const Allocation *ended = &decision->ended.list[i];
        touched.list[touched.count++] =
            standing_allocation(piece->standing, conversation_of(ended, piece->partition), ended->number)->now;
    }
    if (touched.count)
        return touched;
    touched.list[touched.count++] = first->allocation;
    for (size_t i = 0; i < count; i++)
        if (planned[i].with == first->allocation)
            touched.list[touched.count++] = planned[i].allocation;
    return touched;
}

/* What the days from the conversion on are worth as they are. */
static Sum worth_now(Reckoning *reckoning, const SurveyPiece *piece, const Touched *touched, Day day)
{
    Sum sum = {0};
    const Books *books = piece->before->partitions[piece->partition].books;
    for (size_t i = 0; i < touched->count; i++) {
        const Grant now = grant_of(touched->list[i]);
        Period rest = {day_latest(day, now.period.first), now.period.last};
        add_worth(reckoning, &sum, worth_of(&now, rest, books, piece->today));
    }
    return sum;
}

static Sum worth_then(Reckoning *reckoning, const SurveyPiece *piece, const Planned *first)
{
    Sum sum = {0};
    for (size_t i = 0; i < first->decision.begun.count; i++) {
        const Grant begun = grant_of(&first->decision.begun.list[i]);
        add_worth(reckoning, &sum,
                  worth_of(&begun, begun.period, piece->standing->partitions[piece->partition].books, piece->today));
    }
    return sum;
}

static void reckon_conversion(Reckoning *reckoning, const SurveyPiece *piece, const Planned *first,
                              const Touched *touched)
{
    Sum now = worth_now(reckoning, piece, touched, first->transition.day);
    bool converted = first->decision.judgement == JUDGEMENT_CONVERTED;
    Sum then = converted ? worth_then(reckoning, piece, first) : now;
    bool estimate = now.estimate || then.estimate || !converted;
    const char *method = estimate ? BY_VOLUME : BY_AMOUNTS;
    if (!converted)
        method = first->decision.judgement == JUDGEMENT_REFERRED ? AS_IT_IS : REFUSED;
    if (first->transition.way == TRANSITION_BY_HAND)
        method = arena_format(piece->arena, "%s%s", BY_HAND, method);
    Change *change = change_of(reckoning, first->allocation, first->transition.rule->funding, method, estimate);
    add(reckoning, change, first->allocation, (int64_t)touched->count, now.amount, then.amount);
}

/* Whether the books without this one ask for the same already. */
static bool asked_before(const Planned *planned, const Planned *before, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (before[i].allocation == planned->allocation)
            return before[i].transition.way == planned->transition.way &&
                   before[i].transition.day.number == planned->transition.day.number &&
                   before[i].transition.rule->funding == planned->transition.rule->funding &&
                   before[i].transition.rule->content == planned->transition.rule->content;
    return false;
}

static void reckon_conversions(Reckoning *reckoning, const SurveyPiece *piece)
{
    Planned *then = ARENA_MANY(piece->arena, Planned, piece->count);
    Planned *before = ARENA_MANY(piece->arena, Planned, piece->count);
    size_t then_count = conversions_plan(piece, piece->standing, then);
    size_t before_count = conversions_plan(piece, piece->before, before);
    for (size_t i = 0; i < then_count; i++) {
        bool acts = !then[i].with && then[i].transition.way != TRANSITION_AS_IT_ENDS;
        if (!acts || asked_before(&then[i], before, before_count))
            continue;
        Touched touched = touched_by(piece, &then[i], then, then_count);
        reckon_conversion(reckoning, piece, &then[i], &touched);
    }
}

/* amounts */

static void reckon_amounts(Reckoning *reckoning, const SurveyPiece *piece)
{
    Allocation *list = ARENA_MANY(piece->arena, Allocation, piece->count);
    for (size_t i = 0; i < piece->count; i++)
        list[i] = *piece->list[i];
    AllocationDecision decision =
        reprice_allocations(piece->arena, (Allocations){list, piece->count}, (Conversation){piece->partition, "", ""},
                            piece->today, piece->standing);
    for (size_t i = 0; i < decision.ended.count; i++) {
        const Allocation *then = &decision.ended.list[i];
        const Allocation *now =
            standing_allocation(piece->standing, conversation_of(then, piece->partition), then->number)->now;
        Change *change = change_of(reckoning, now, FUNDING_PIC, REPRICED, false);
        add(reckoning, change, now, 1, (Money){now->product.volume}, (Money){then->product.volume});
    }
}

static Status reckon_piece(void *owner, const SurveyPiece *piece)
{
    Reckoning *reckoning = owner;
    reckon_conversions(reckoning, piece);
    reckon_amounts(reckoning, piece);
    return reckoning->too_much ? FAULT(STATUS_STOP, "a sum of money does not fit") : STATUS_OK;
}

static json_t *changes_as_json(const Reckoning *reckoning)
{
    json_t *list = json_array();
    for (const Change *change = reckoning->changes; change; change = change->next)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:b, s:s}", "municipality",
                                              change->municipality, "segment", change->segment, "from",
                                              funding_name(change->from), "to", funding_name(change->to), "allocations",
                                              (json_int_t)change->allocations, "clients", (json_int_t)change->clients,
                                              "now_cents", (json_int_t)change->now.cents, "then_cents",
                                              (json_int_t)change->then.cents, "estimate", (int)change->estimate,
                                              "method", change->method));
    return list;
}

Status whatif_write(Arena *arena, Database *database, Library *library, const SurveyQuestion *question, char **json_out,
                    const char **fault_out)
{
    Reckoning reckoning = {.arena = arena};
    json_t *positions = json_object();
    Status status = survey_walk(arena, database, library, question, reckon_piece, &reckoning, positions, fault_out);
    *json_out =
        json_finish(arena, json_pack("{s:o, s:o}", "positions", positions, "changes", changes_as_json(&reckoning)));
    return status;
}
