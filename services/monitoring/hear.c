#include "monitoring/hear.h"

#include "monitoring/house.h"
#include "service/message.h"

#include "proto/billing.pb-c.h"

#include <string.h>

/* What came out of a message: its words, or that they are not known here. */
typedef struct Hearing {
    Turn *turn;
    const Heard *heard;
    bool not_known; /* a value of a later version */
} Hearing;

static Money money_of(const Care__Money *money)
{
    return (Money){money ? money->cents : 0};
}

static Content content_of(const Care__Pic *pic)
{
    return pic && *pic->profile ? CONTENT_PIC : CONTENT_NONE;
}

static Status hear_funding(Hearing *hearing, Care__Funding__Value value, Funding *funding_out)
{
    if (value == CARE__FUNDING__VALUE__UNKNOWN)
        return FAULT(STATUS_SET_ASIDE, "care without funding");
    if (!vocabulary_name(&care_fundings, (int)value))
        hearing->not_known = true;
    *funding_out = (Funding)value;
    return STATUS_OK;
}

/* ---- declarations ---- */

static Status hear_line(Hearing *hearing, const Billing__DeclarationAnswered__Line *said, AnsweredLine *line)
{
    line->approved = said->approved;
    line->code = said->code;
    line->reason = said->reason;
    if (!said->approved)
        return STATUS_OK;
    if (!said->period)
        return FAULT(STATUS_SET_ASIDE, "an approved line without a period");
    line->client = client_number(said->client);
    line->kind = (Kind){.segment = said->segment, .content = content_of(said->pic)};
    line->first = (Day){said->period->first_day};
    line->credit = said->credit;
    line->amount = money_of(said->amount);
    line->taken_back = money_of(said->taken_back);
    return hear_funding(hearing, said->funding, &line->kind.funding);
}

static Status hear_answer(Hearing *hearing, const Billing__DeclarationAnswered *said, const Answer **answer_out)
{
    Answer *answer = ARENA_NEW(hearing->turn->arena, Answer);
    AnsweredLine *lines = ARENA_MANY(hearing->turn->arena, AnsweredLine, said->n_lines);
    for (size_t i = 0; i < said->n_lines; i++)
        TRY(hear_line(hearing, said->lines[i], &lines[i]));
    *answer = (Answer){said->code, money_of(said->submitted), lines, said->n_lines};
    *answer_out = answer;
    return STATUS_OK;
}

static Status hear_corrected(Hearing *hearing, const Billing__Corrected *said, Observed *observed)
{
    CorrectedSum *sums = ARENA_MANY(hearing->turn->arena, CorrectedSum, said->n_sums);
    for (size_t i = 0; i < said->n_sums; i++) {
        const Billing__Corrected__Sum *sum = said->sums[i];
        sums[i] = (CorrectedSum){
            .kind = {.segment = sum->segment, .content = content_of(sum->pic)},
            .month = {sum->month_day},
            .debet_lines = sum->debet_lines,
            .debet = money_of(sum->debet),
            .credit_lines = sum->credit_lines,
            .credit = money_of(sum->credit),
        };
        TRY(hear_funding(hearing, sum->funding, &sums[i].kind.funding));
    }
    observed->corrected = sums;
    observed->corrected_count = said->n_sums;
    return STATUS_OK;
}

/* ---- allocations ---- */

static Status hear_running(Hearing *hearing, const Allocation__Allocation *said, Running *running)
{
    if (!said->period)
        return FAULT(STATUS_SET_ASIDE, "an allocation without a period");
    *running = (Running){
        .number = said->number,
        .client = client_number(said->client),
        .kind = {.segment = said->segment, .content = content_of(said->pic)},
        .period = {{said->period->first_day}, {said->period->last_day}},
        .removed = said->removed,
    };
    return hear_funding(hearing, said->funding, &running->kind.funding);
}

/* Versions of allocations: those that ended first, then those that begin. */
static Status hear_versions(Hearing *hearing, Allocation__Allocation **ended, size_t ended_count,
                            Allocation__Allocation **begun, size_t begun_count, Decided *decided)
{
    Running *running = ARENA_MANY(hearing->turn->arena, Running, ended_count + begun_count);
    for (size_t i = 0; i < ended_count; i++)
        TRY(hear_running(hearing, ended[i], &running[i]));
    for (size_t i = 0; i < begun_count; i++)
        TRY(hear_running(hearing, begun[i], &running[ended_count + i]));
    decided->running = running;
    decided->running_count = ended_count + begun_count;
    decided->begun = begun_count;
    return STATUS_OK;
}

static const char *reason_of_change(const Allocation__Allocation *allocation)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(&care__change_reason__value__descriptor, (int)allocation->reason);
    return value ? value->name : "";
}

static Status hear_changed(Hearing *hearing, const Allocation__Changed *said, Decided *decided)
{
    if (!said->allocation)
        return FAULT(STATUS_SET_ASIDE, "a change of no allocation");
    Allocation__Allocation *changed = said->allocation;
    *decided = (Decided){.verdict = VERDICT_CHANGED, .reason = reason_of_change(changed)};
    return hear_versions(hearing, &changed, 1, NULL, 0, decided);
}

/* Nothing was decided of a client of whom nothing was left to change. */
static Status hear_changed_together(Hearing *hearing, const Allocation__ChangedTogether *said, Decided *decided)
{
    const char *reason = said->n_allocations ? reason_of_change(said->allocations[0]) : "";
    *decided = (Decided){.verdict = VERDICT_CHANGED, .reason = reason};
    return hear_versions(hearing, said->allocations, said->n_allocations, NULL, 0, decided);
}

static Status hear_judged(Hearing *hearing, const Allocation__Judged *said, Decided *decided)
{
    bool taken_over = said->fact->fact_case == INTAKE__FACT__FACT_CARE_TAKEN_OVER;
    switch (said->judgement_case) {
    case ALLOCATION__JUDGED__JUDGEMENT_GRANTED:
        *decided = (Decided){taken_over ? VERDICT_TAKEN_OVER : VERDICT_GRANTED, said->granted->reason, NULL, 0, 0};
        return hear_versions(hearing, NULL, 0, said->granted->allocations, said->granted->n_allocations, decided);
    case ALLOCATION__JUDGED__JUDGEMENT_CONVERTED:
        *decided = (Decided){VERDICT_CONVERTED, "", NULL, 0, 0};
        return hear_versions(hearing, said->converted->ended, said->converted->n_ended, said->converted->begun,
                             said->converted->n_begun, decided);
    case ALLOCATION__JUDGED__JUDGEMENT_CHANGED:
        return hear_changed(hearing, said->changed, decided);
    case ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER:
        return hear_changed_together(hearing, said->changed_together, decided);
    case ALLOCATION__JUDGED__JUDGEMENT_REFUSED:
        *decided = (Decided){VERDICT_REFUSED, said->refused->reason, NULL, 0, 0};
        return STATUS_OK;
    case ALLOCATION__JUDGED__JUDGEMENT_REFERRED:
        *decided = (Decided){VERDICT_REFERRED, said->referred->reason, NULL, 0, 0};
        return STATUS_OK;
    case ALLOCATION__JUDGED__JUDGEMENT_REPRICED:
    case ALLOCATION__JUDGED__JUDGEMENT_MATCHED:
    case ALLOCATION__JUDGED__JUDGEMENT_NOTED:
    case ALLOCATION__JUDGED__JUDGEMENT__NOT_SET:
    case _ALLOCATION__JUDGED__JUDGEMENT__CASE_IS_INT_SIZE:
        return STATUS_OK;
    }
    return STATUS_OK;
}

static bool is_decision(const Allocation__Judged *said)
{
    return said->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_GRANTED ||
           said->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_REFUSED ||
           said->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_REFERRED ||
           said->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_CHANGED ||
           (said->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER &&
            said->changed_together->n_allocations > 0) ||
           said->judgement_case == ALLOCATION__JUDGED__JUDGEMENT_CONVERTED;
}

/* ---- one message ---- */

static const Posting *hear_postings(Arena *arena, const Billing__Judged *said)
{
    Posting *postings = ARENA_MANY(arena, Posting, said->n_postings);
    for (size_t i = 0; i < said->n_postings; i++)
        postings[i] =
            (Posting){said->postings[i]->account, said->postings[i]->year, money_of(said->postings[i]->amount)};
    return postings;
}

static Status hear_one(Hearing *hearing, Observed *observed)
{
    Arena *arena = hearing->turn->arena;
    const Heard *heard = hearing->heard;
    if (strcmp(heard->type, "billing.Judged") != 0) {
        hearing->not_known = true;
        return STATUS_OK;
    }
    const Billing__Judged *said = message_unpack(arena, &billing__judged__descriptor, heard->data);
    if (!said || !said->heard || !said->heard->fact)
        return FAULT(STATUS_SET_ASIDE, "no judged fact in it");

    const Intake__Fact *fact = said->heard->fact;
    *observed = (Observed){
        .partition = heard->partition,
        .position = heard->position,
        .known = heard->known,
        .municipality = fact->municipality,
        .postings = hear_postings(arena, said),
        .posting_count = said->n_postings,
    };
    if (said->judgement_case == BILLING__JUDGED__JUDGEMENT_DECLARATION_ANSWERED)
        TRY(hear_answer(hearing, said->declaration_answered, &observed->answer));
    if (said->judgement_case == BILLING__JUDGED__JUDGEMENT_CORRECTED)
        TRY(hear_corrected(hearing, said->corrected, observed));
    if (is_decision(said->heard)) {
        Decided *decided = ARENA_NEW(arena, Decided);
        TRY(hear_judged(hearing, said->heard, decided));
        observed->decided = decided;
    }
    if (fact->fact_case == INTAKE__FACT__FACT_CLIENT_JOINED) {
        Joined *joined = ARENA_NEW(arena, Joined);
        *joined = (Joined){client_number(fact->client_joined->from), client_number(fact->client_joined->into)};
        observed->joined = joined;
    }
    /* What a book repriced stands on its number alone, and no figure asks what was granted in euros. */
    if (fact->fact_case == INTAKE__FACT__FACT_BOOK_PUBLISHED &&
        said->heard->judgement_case != ALLOCATION__JUDGED__JUDGEMENT_REPRICED)
        return library_hear(((MonitoringHouse *)hearing->turn->house)->library, hearing->turn, heard,
                            fact->book_published);
    return STATUS_OK;
}

Status monitoring_hear(Turn *turn, Batch batch, Observed **observed_out, size_t *count_out)
{
    Observed *observed = ARENA_MANY(turn->arena, Observed, batch.count);
    size_t count = 0;
    for (; count < batch.count; count++) {
        Hearing hearing = {.turn = turn, .heard = &batch.messages[count]};
        TRY(hear_one(&hearing, &observed[count]));
        if (hearing.not_known)
            break;
    }
    turn->taken = count;
    turn->waits = count < batch.count;
    *observed_out = observed;
    *count_out = count;
    return STATUS_OK;
}
