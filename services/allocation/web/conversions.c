#include "allocation/web/conversions.h"

#include "allocation/core/convert.h"
#include "allocation/sql.h"
#include "http/json.h"

#include <string.h>

typedef struct Listing {
    Arena *arena;
    json_t *plan;
    Index waiting; /* municipality, number: the name under which its conversion waits */
} Listing;

/* As a person would say it, with nothing filled in. The client's age is intake's to know; here nobody is too old. */
static CareFact conversion_of(const SurveyPiece *piece, const Planned *planned)
{
    return (CareFact){
        .kind = FACT_CONVERSION,
        .conversation = conversation_of(planned->allocation, piece->partition),
        .known = piece->today,
        .conversion =
            {
                .client = {.reference = planned->allocation->client},
                .allocation = planned->allocation->number,
                .day = planned->transition.day,
                .pic = {"", ""},
                .consent = "",
            },
    };
}

static bool ends(const AllocationDecision *decision, const Allocation *allocation)
{
    for (size_t i = 0; i < decision->ended.count; i++)
        if (strcmp(decision->ended.list[i].number, allocation->number) == 0 &&
            strcmp(decision->ended.list[i].municipality, allocation->municipality) == 0)
            return true;
    return false;
}

/* An earlier one of the same client takes it along, or is to: they wait for the same person. */
static const Planned *taken_along_by(const Planned *list, size_t count, const Planned *planned)
{
    for (size_t i = count; i-- > 0;) {
        const Planned *other = &list[i];
        if (strcmp(other->allocation->client, planned->allocation->client) != 0)
            return NULL;
        if (other->with || other->transition.way == TRANSITION_AS_IT_ENDS)
            continue;
        bool same_care = strcmp(other->allocation->trajectory, planned->allocation->trajectory) == 0 &&
                         other->allocation->funding == planned->allocation->funding;
        if (ends(&other->decision, planned->allocation) || same_care)
            return other;
    }
    return NULL;
}

size_t conversions_plan(const SurveyPiece *piece, Standing *standing, Planned *planned_out)
{
    size_t count = 0;
    for (size_t i = 0; i < piece->count; i++) {
        Planned planned = {.allocation = piece->list[i]};
        Conversation conversation = conversation_of(planned.allocation, piece->partition);
        planned.transition = transition_of(piece->arena, planned.allocation, piece->today, standing, conversation);
        if (!planned.transition.way)
            continue;
        if (planned.transition.way != TRANSITION_AS_IT_ENDS) {
            const Planned *first = taken_along_by(planned_out, count, &planned);
            CareFact fact = conversion_of(piece, &planned);
            if (first)
                planned.with = first->allocation;
            else
                planned.decision =
                    convert_allocation(piece->arena, arena_copy(piece->arena, &fact, sizeof fact), NULL, standing);
        }
        planned_out[count++] = planned;
    }
    return count;
}

/* writing */

static Content content_now(const SurveyPiece *piece, const Allocation *allocation)
{
    const Trajectory *trajectory =
        standing_trajectory(piece->standing, conversation_of(allocation, piece->partition), allocation->trajectory);
    return trajectory ? trajectory->content : CONTENT_NONE;
}

static const char *outcome_name(const AllocationDecision *decision)
{
    return decision->judgement == JUDGEMENT_CONVERTED  ? "converted"
           : decision->judgement == JUDGEMENT_REFERRED ? "referred"
                                                       : "refused";
}

static void put_planned(Listing *listing, const SurveyPiece *piece, const Planned *planned)
{
    const Allocation *allocation = planned->allocation;
    const FundingRule *rule = planned->transition.rule;
    json_t *row = json_object();
    json_put_text(row, "municipality", allocation->municipality);
    json_put_text(row, "provider", allocation->provider);
    json_put_text(row, "allocation", allocation->number);
    json_put_text(row, "client", allocation->client);
    json_put_text(row, "segment", allocation->segment);
    json_put_period(row, allocation->period);
    json_put_text(row, "funding", funding_name(allocation->funding));
    json_put_text(row, "content", content_name(content_now(piece, allocation)));
    json_put_text(row, "to_funding", funding_name(rule->funding));
    json_put_text(row, "to_content", content_name(rule->content));
    json_put_day(row, "since", planned->transition.since);
    json_put_day(row, "day", planned->transition.day);
    json_put_text(row, "way", transition_way_name(planned->transition.way));
    if (planned->with)
        json_put_text(row, "with", planned->with->number);
    if (planned->transition.way != TRANSITION_AS_IT_ENDS && !planned->with) {
        json_put_text(row, "outcome", outcome_name(&planned->decision));
        json_put_text(row, "reason", allocation_reason_name(planned->decision.reason));
        json_put_text(row, "sentence", allocation_reason_english(planned->decision.reason));
    }
    json_put_text(
        row, "waits",
        index_find(&listing->waiting, (IndexKey){piece->partition, {allocation->municipality, allocation->number}}));
    json_array_append_new(listing->plan, row);
}

/* "omzetting~1000064~2021-01-01": whatever the day, it is one conversion to a person. */
static Status read_waiting(Listing *listing, const SurveyPiece *piece)
{
    Params *params = params_new(listing->arena);
    params_int2(params, piece->partition);
    Rows *rows;
    TRY(database_ask(piece->database, ALLOCATION_LIST_CONVERSIONS, params, &rows));
    int municipality = rows_column(rows, "municipality"), reference = rows_column(rows, "reference");
    for (size_t row = 0; row < rows_count(rows); row++) {
        char *name = arena_text(listing->arena, rows_text(rows, row, reference));
        const char *number = name + strcspn(name, "~");
        const char *end = strrchr(name, '~');
        if (!*number || end <= number)
            continue;
        const char *its = arena_text_sized(listing->arena, number + 1, (size_t)(end - number - 1));
        index_put(&listing->waiting, listing->arena,
                  (IndexKey){piece->partition, {arena_text(listing->arena, rows_text(rows, row, municipality)), its}},
                  name);
    }
    return STATUS_OK;
}

static Status list_piece(void *owner, const SurveyPiece *piece)
{
    Listing *listing = owner;
    if (piece->is_first)
        TRY(read_waiting(listing, piece));
    Planned *planned = ARENA_MANY(piece->arena, Planned, piece->count);
    size_t count = conversions_plan(piece, piece->standing, planned);
    for (size_t i = 0; i < count; i++)
        put_planned(listing, piece, &planned[i]);
    return STATUS_OK;
}

Status conversions_write(Arena *arena, Database *database, Library *library, const SurveyQuestion *question,
                         char **json_out, const char **fault_out)
{
    Listing listing = {.arena = arena, .plan = json_array()};
    json_t *positions = json_object();
    Status status = survey_walk(arena, database, library, question, list_piece, &listing, positions, fault_out);
    *json_out = json_finish(arena, json_pack("{s:o, s:o}", "positions", positions, "plan", listing.plan));
    return status;
}
