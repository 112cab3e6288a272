#include "monitoring/hear.h"

#include "monitoring/house.h"
#include "service/message.h"

#include "proto/billing.pb-c.h"

#include <string.h>

/* What came out of a message: its words, or that they are not known here. */
typedef struct Hearing {
    Turn *turn;
    const Heard *heard;
    const Intake__Fact *fact;
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

static Pic pic_of(const Care__Pic *pic)
{
    return pic ? (Pic){pic->profile, pic->intensity} : (Pic){"", ""};
}

static const Books *books_of(const Hearing *hearing)
{
    return library_books(((MonitoringHouse *)hearing->turn->house)->library, hearing->heard->partition);
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
    line->pic = pic_of(said->pic);
    line->trajectory = line->kind.content == CONTENT_PIC ? said->trajectory : "";
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

/* Those of care that has a PIC: nobody asks what other care comes to as a whole. */
static Status hear_corrected_lines(Arena *arena, const Billing__Corrected *said, Observed *observed)
{
    CorrectedLine *lines = ARENA_MANY(arena, CorrectedLine, said->n_lines);
    size_t count = 0;
    for (size_t i = 0; i < said->n_lines; i++) {
        const Billing__Corrected__Line *line = said->lines[i];
        if (!*line->trajectory)
            continue;
        if (!line->period)
            return FAULT(STATUS_SET_ASIDE, "a corrected line without a period");
        lines[count++] = (CorrectedLine){
            .trajectory = line->trajectory,
            .month = period_month((Day){line->period->first_day}).first,
            .difference = {money_of(line->after).cents - money_of(line->before).cents},
        };
    }
    observed->corrected_lines = lines;
    observed->corrected_line_count = count;
    return STATUS_OK;
}

static Status hear_corrected(Hearing *hearing, const Billing__Corrected *said, Observed *observed)
{
    CorrectedSum *sums = ARENA_MANY(hearing->turn->arena, CorrectedSum, said->n_sums);
    for (size_t i = 0; i < said->n_sums; i++) {
        const Billing__Corrected__Sum *sum = said->sums[i];
        sums[i] = (CorrectedSum){
            .kind = {.segment = sum->segment, .content = content_of(sum->pic)},
            .pic = pic_of(sum->pic),
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
    TRY(hear_corrected_lines(hearing->turn->arena, said, observed));
    return STATUS_OK;
}

/* ---- allocations ---- */

/*
 * Worth of its first days, by the books as they are known at this point of the log: a price per
 * week or month says nothing of care without an end.
 */
static void hear_worth(Hearing *hearing, const Allocation__Allocation *said, Running *running)
{
    enum { YEAR_DAYS = 366 };
    const Intake__Fact *fact = hearing->fact;
    const Grant grant = {
        .municipality = fact->municipality,
        .provider = fact->provider,
        .product = said->product->code,
        .funding = (Funding)said->funding,
        .volume = said->product->volume,
        .unit = (Unit)said->product->unit,
        .frequency = (Frequency)said->product->frequency,
        .period = running->period,
    };
    bool whole = grant.funding == FUNDING_PIC || period_days(grant.period) <= YEAR_DAYS;
    Period of = whole ? grant.period : (Period){grant.period.first, day_plus(grant.period.first, YEAR_DAYS - 1)};
    running->worth = worth_of(&grant, of, books_of(hearing), hearing->heard->known).amount;
    running->worth_days = period_days(of);
}

static Status hear_running(Hearing *hearing, const Allocation__Allocation *said, Running *running)
{
    if (!said->period)
        return FAULT(STATUS_SET_ASIDE, "an allocation without a period");
    *running = (Running){
        .number = said->number,
        .trajectory = said->trajectory,
        .client = client_number(said->client),
        .kind = {.segment = said->segment, .content = content_of(said->pic)},
        .pic = pic_of(said->pic),
        .cohort = (Cohort)said->cohort,
        .period = {{said->period->first_day}, {said->period->last_day}},
        .removed = said->removed,
    };
    TRY(hear_funding(hearing, said->funding, &running->kind.funding));
    if (said->product)
        hear_worth(hearing, said, running);
    return STATUS_OK;
}

/* Versions of allocations: those that ended first, then those that begin. */
static Status hear_versions(Hearing *hearing, Allocation__Allocation **ended, size_t ended_count,
                            Allocation__Allocation **begun, size_t begun_count, Observed *observed)
{
    Running *running = ARENA_MANY(hearing->turn->arena, Running, ended_count + begun_count);
    for (size_t i = 0; i < ended_count; i++)
        TRY(hear_running(hearing, ended[i], &running[i]));
    for (size_t i = 0; i < begun_count; i++)
        TRY(hear_running(hearing, begun[i], &running[ended_count + i]));
    observed->running = running;
    observed->running_count = ended_count + begun_count;
    return STATUS_OK;
}

static const char *reason_of_change(const Allocation__Allocation *allocation)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(&care__change_reason__value__descriptor, (int)allocation->reason);
    return value ? value->name : "";
}

static void decide(Hearing *hearing, Verdict verdict, const char *reason, size_t begun, Observed *observed)
{
    Decided *decided = ARENA_NEW(hearing->turn->arena, Decided);
    *decided = (Decided){verdict, reason, begun};
    observed->decided = decided;
}

static Status hear_granted(Hearing *hearing, const Allocation__Granted *said, Observed *observed)
{
    bool taken_over = hearing->fact->fact_case == INTAKE__FACT__FACT_CARE_TAKEN_OVER;
    decide(hearing, taken_over ? VERDICT_TAKEN_OVER : VERDICT_GRANTED, said->reason, said->n_allocations, observed);
    return hear_versions(hearing, NULL, 0, said->allocations, said->n_allocations, observed);
}

static Status hear_converted(Hearing *hearing, const Allocation__Converted *said, Observed *observed)
{
    decide(hearing, VERDICT_CONVERTED, "", said->n_begun, observed);
    return hear_versions(hearing, said->ended, said->n_ended, said->begun, said->n_begun, observed);
}

static Status hear_changed(Hearing *hearing, const Allocation__Changed *said, Observed *observed)
{
    if (!said->allocation)
        return FAULT(STATUS_SET_ASIDE, "a change of no allocation");
    Allocation__Allocation *changed = said->allocation;
    decide(hearing, VERDICT_CHANGED, reason_of_change(changed), 0, observed);
    return hear_versions(hearing, &changed, 1, NULL, 0, observed);
}

/* Nothing was decided of a client of whom nothing was left to change. */
static Status hear_changed_together(Hearing *hearing, const Allocation__ChangedTogether *said, Observed *observed)
{
    if (said->n_allocations == 0)
        return STATUS_OK;
    decide(hearing, VERDICT_CHANGED, reason_of_change(said->allocations[0]), 0, observed);
    return hear_versions(hearing, said->allocations, said->n_allocations, NULL, 0, observed);
}

static void refer(Hearing *hearing, Referral referral, Observed *observed)
{
    Referral *kept = ARENA_NEW(hearing->turn->arena, Referral);
    *kept = referral;
    observed->referral = kept;
}

static void hear_referred(Hearing *hearing, const Allocation__Referred *said, Observed *observed)
{
    decide(hearing, VERDICT_REFERRED, said->reason, 0, observed);
    refer(hearing, (Referral){.reference = said->reference, .due = {said->due_day}}, observed);
}

static Status hear_judgement(Hearing *hearing, const Allocation__Judged *said, Observed *observed)
{
    switch (said->judgement_case) {
    case ALLOCATION__JUDGED__JUDGEMENT_GRANTED:
        return hear_granted(hearing, said->granted, observed);
    case ALLOCATION__JUDGED__JUDGEMENT_CONVERTED:
        return hear_converted(hearing, said->converted, observed);
    case ALLOCATION__JUDGED__JUDGEMENT_CHANGED:
        return hear_changed(hearing, said->changed, observed);
    case ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER:
        return hear_changed_together(hearing, said->changed_together, observed);
    case ALLOCATION__JUDGED__JUDGEMENT_REPRICED:
        return hear_versions(hearing, said->repriced->allocations, said->repriced->n_allocations, NULL, 0, observed);
    case ALLOCATION__JUDGED__JUDGEMENT_REFUSED:
        decide(hearing, VERDICT_REFUSED, said->refused->reason, 0, observed);
        return STATUS_OK;
    case ALLOCATION__JUDGED__JUDGEMENT_REFERRED:
        hear_referred(hearing, said->referred, observed);
        return STATUS_OK;
    case ALLOCATION__JUDGED__JUDGEMENT_NOTED:
    case ALLOCATION__JUDGED__JUDGEMENT_MATCHED:
    case ALLOCATION__JUDGED__JUDGEMENT__NOT_SET:
    case _ALLOCATION__JUDGED__JUDGEMENT__CASE_IS_INT_SIZE:
        return STATUS_OK;
    }
    return STATUS_OK;
}

/* ---- what was told of care ---- */

static void note(Hearing *hearing, Noted noted, const Allocation__Judged *said, Observed *observed)
{
    if (said->judgement_case != ALLOCATION__JUDGED__JUDGEMENT_NOTED || *said->noted->reason)
        return;
    Noted *kept = ARENA_NEW(hearing->turn->arena, Noted);
    *kept = noted;
    kept->trajectory = said->noted->trajectory;
    observed->noted = kept;
}

static Outcome outcome_of(const Care__Outcome *said)
{
    return said ? (Outcome){(int32_t)said->goal_reached, (int32_t)said->dropped_out, said->satisfaction} : (Outcome){0};
}

/* What a person grants may lack something still: then it has come to a person again. */
static bool is_judged(const Observed *observed)
{
    return observed->decided && observed->decided->verdict != VERDICT_REFERRED;
}

static Status hear_fact(Hearing *hearing, const Allocation__Judged *said, Observed *observed)
{
    const Intake__Fact *fact = hearing->fact;
    if (fact->fact_case == INTAKE__FACT__FACT_START)
        note(hearing, (Noted){.what = NOTED_START, .allocation = fact->start->allocation, .day = {fact->start->day}},
             said, observed);
    else if (fact->fact_case == INTAKE__FACT__FACT_STOP)
        note(hearing,
             (Noted){.what = NOTED_STOP,
                     .allocation = fact->stop->allocation,
                     .day = {fact->stop->day},
                     .reason = (StopReason)fact->stop->reason},
             said, observed);
    else if (fact->fact_case == INTAKE__FACT__FACT_OUTCOME)
        note(hearing,
             (Noted){.what = NOTED_OUTCOME,
                     .allocation = fact->outcome->allocation,
                     .day = {fact->outcome->day},
                     .outcome = outcome_of(fact->outcome->outcome)},
             said, observed);
    else if (fact->fact_case == INTAKE__FACT__FACT_REQUEST_GRANTED && is_judged(observed))
        refer(hearing, (Referral){.reference = fact->request_granted->reference, .done = true}, observed);
    else if (fact->fact_case == INTAKE__FACT__FACT_REQUEST_REFUSED && is_judged(observed))
        refer(hearing, (Referral){.reference = fact->request_refused->reference, .done = true}, observed);
    else if (fact->fact_case == INTAKE__FACT__FACT_CLIENT_JOINED) {
        Joined *joined = ARENA_NEW(hearing->turn->arena, Joined);
        *joined = (Joined){client_number(fact->client_joined->from), client_number(fact->client_joined->into)};
        observed->joined = joined;
    } else if (fact->fact_case == INTAKE__FACT__FACT_BOOK_PUBLISHED &&
               said->judgement_case != ALLOCATION__JUDGED__JUDGEMENT_REPRICED) /* which stands on its number alone */
        return library_hear(((MonitoringHouse *)hearing->turn->house)->library, hearing->turn, hearing->heard,
                            fact->book_published);
    return STATUS_OK;
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

    const Intake__Fact *fact = hearing->fact = said->heard->fact;
    *observed = (Observed){
        .partition = heard->partition,
        .position = heard->position,
        .known = heard->known,
        .municipality = fact->municipality,
        .provider = fact->provider,
        .postings = hear_postings(arena, said),
        .posting_count = said->n_postings,
    };
    if (said->judgement_case == BILLING__JUDGED__JUDGEMENT_DECLARATION_ANSWERED)
        TRY(hear_answer(hearing, said->declaration_answered, &observed->answer));
    if (said->judgement_case == BILLING__JUDGED__JUDGEMENT_CORRECTED)
        TRY(hear_corrected(hearing, said->corrected, observed));
    TRY(hear_judgement(hearing, said->heard, observed));
    return hear_fact(hearing, said->heard, observed);
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
