#include "billing/hear.h"

#include "proto/allocation.pb-c.h"

/* What one message is read with. */
typedef struct Hearing {
    Arena *arena;
    Standing *standing;
    const Conversation *conversation;
    Funding goes_on_by; /* what ends for new funding in this message */
    bool waits;         /* a word of a list that this program does not know */
} Hearing;

/* A value of a list is one that the list has, or was not said. */
static int known_value(Hearing *hearing, int value, const char *name)
{
    if (value != 0 && !name)
        hearing->waits = true;
    return value;
}

static Unit unit_of(Hearing *hearing, Care__Unit__Value value)
{
    return (Unit)known_value(hearing, (int)value, unit_name((Unit)value));
}

static Frequency frequency_of(Hearing *hearing, Care__Frequency__Value value)
{
    return (Frequency)known_value(hearing, (int)value, frequency_name((Frequency)value));
}

static Funding funding_of(Hearing *hearing, Care__Funding__Value value)
{
    return (Funding)known_value(hearing, (int)value, funding_name((Funding)value));
}

static StopReason stop_of(Hearing *hearing, Care__StopReason__Value value)
{
    return (StopReason)known_value(hearing, (int)value, stop_reason_name((StopReason)value));
}

static bool period_of(const Care__Period *period, Period *period_out)
{
    if (!period)
        return false;
    *period_out = (Period){{period->first_day}, {period->last_day}};
    return day_compare(period_out->first, DAY_FIRST) >= 0 && day_compare(period_out->last, DAY_LAST) <= 0 &&
           day_compare(period_out->first, DAY_LAST) <= 0 && day_compare(period_out->last, DAY_FIRST) >= 0;
}

static Money money_of(const Care__Money *money)
{
    return (Money){money ? money->cents : 0};
}

/* allocations */

static bool ends_for_new_funding(const Allocation__Allocation *said)
{
    return said->reason == CARE__CHANGE_REASON__VALUE__NEW_FUNDING && !said->removed;
}

static Status hear_allocation(Hearing *hearing, const Allocation__Allocation *said, AllocatedRow *row_out)
{
    Period period;
    if (!said->number[0] || !said->product || !period_of(said->period, &period))
        return FAULT(STATUS_SET_ASIDE, "an allocation without number, product or period");

    *row_out = (AllocatedRow){
        .allocation = standing_allocation(hearing->standing, hearing->conversation, said->number),
        .granted =
            {
                .trajectory = said->trajectory,
                .client = said->client,
                .segment = said->segment,
                .contract = said->contract,
                .pic = said->pic ? (Pic){said->pic->profile, said->pic->intensity} : (Pic){"", ""},
                .funding = funding_of(hearing, said->funding),
                .category = said->product->category,
                .code = said->product->code,
                .volume = said->product->volume,
                .unit = unit_of(hearing, said->product->unit),
                .frequency = frequency_of(hearing, said->product->frequency),
                .period = period,
                .book = said->book,
                .removed = said->removed,
                .goes_on_by = ends_for_new_funding(said) ? hearing->goes_on_by : 0,
            },
    };
    return STATUS_OK;
}

/* One message names an allocation once: what it says last of it holds. */
static void add_row(Allocatings *allocated, AllocatedRow row)
{
    for (size_t i = 0; i < allocated->count; i++)
        if (allocated->rows[i].allocation == row.allocation) {
            allocated->rows[i] = row;
            return;
        }
    allocated->rows[allocated->count++] = row;
}

static Status hear_allocations(Hearing *hearing, Allocation__Allocation *const *said, size_t count, Fact *fact)
{
    for (size_t i = 0; i < count; i++) {
        AllocatedRow row;
        TRY(hear_allocation(hearing, said[i], &row));
        add_row(&fact->allocated, row);
    }
    return STATUS_OK;
}

static void begin_allocated(Hearing *hearing, Fact *fact, size_t rows)
{
    fact->kind = FACT_ALLOCATED;
    fact->allocated = (Allocatings){.rows = ARENA_MANY(hearing->arena, AllocatedRow, rows)};
}

static Status hear_converted(Hearing *hearing, const Allocation__Converted *converted, Fact *fact)
{
    begin_allocated(hearing, fact, converted->n_ended + converted->n_begun);
    hearing->goes_on_by = converted->n_begun ? funding_of(hearing, converted->begun[0]->funding) : 0;
    TRY(hear_allocations(hearing, converted->ended, converted->n_ended, fact));
    hearing->goes_on_by = 0;
    return hear_allocations(hearing, converted->begun, converted->n_begun, fact);
}

/* starts and stops that allocation found to fit */

static void hear_noted(Hearing *hearing, const Allocation__Noted *noted, const Intake__Fact *said, Fact *fact)
{
    if (noted->reason[0])
        return;
    if (said->fact_case == INTAKE__FACT__FACT_START) {
        fact->kind = FACT_STARTED;
        fact->notice.allocation =
            standing_allocation(hearing->standing, hearing->conversation, said->start->allocation);
        fact->notice.day = (Day){said->start->day};
    } else if (said->fact_case == INTAKE__FACT__FACT_STOP) {
        fact->kind = FACT_STOPPED;
        fact->notice.allocation = standing_allocation(hearing->standing, hearing->conversation, said->stop->allocation);
        fact->notice.day = (Day){said->stop->day};
        fact->notice.reason = stop_of(hearing, said->stop->reason);
    }
}

/* declarations */

static Status hear_line(Hearing *hearing, const char *client, const Intake__Declaration__Line *said,
                        const Allocation__Matched__Line *matched, Line *line_out)
{
    Period period;
    if (!period_of(said->period, &period))
        return FAULT(STATUS_SET_ASIDE, "a line without a period");

    Standing *standing = hearing->standing;
    const Conversation *conversation = hearing->conversation;
    Allocation *allocation = standing_allocation(standing, conversation, said->allocation);
    *line_out = (Line){
        .reference = standing_reference(standing, conversation, said->reference),
        .allocation = allocation,
        .month = standing_month(standing, allocation, said->category, said->code, period.first),
        .credits = said->credits[0] ? standing_reference(standing, conversation, said->credits) : NULL,
        .client = client,
        .category = said->category,
        .code = said->code,
        .period = period,
        .volume = said->volume,
        .unit = unit_of(hearing, said->unit),
        .tariff_given = said->tariff != NULL,
        .amount_given = said->amount != NULL,
        .tariff = money_of(said->tariff),
        .amount = money_of(said->amount),
        .match_code = matched->code,
        .match_reason = matched->reason,
        .match_sentence = matched->sentence,
    };
    line_out->reference->declared_asked = true;
    if (line_out->credits)
        line_out->credits->credit_asked = true;
    if (funding_of(hearing, matched->funding) == FUNDING_PIC && client[0])
        standing_care(standing, conversation, client);
    return STATUS_OK;
}

static size_t count_lines(const Intake__Declaration *said)
{
    size_t count = 0;
    for (size_t i = 0; i < said->n_clients; i++)
        count += said->clients[i]->n_lines;
    return count;
}

static Status hear_declared(Hearing *hearing, const Allocation__Matched *matched, const Intake__Declaration *said,
                            Fact *fact)
{
    size_t count = count_lines(said);
    if (count != matched->n_lines)
        return FAULT(STATUS_SET_ASIDE, "%zu lines with %zu verdicts", count, matched->n_lines);

    Line *lines = ARENA_MANY(hearing->arena, Line, count);
    size_t place = 0;
    for (size_t i = 0; i < said->n_clients; i++) {
        const Intake__Declaration__Client *client = said->clients[i];
        for (size_t j = 0; j < client->n_lines; j++, place++)
            TRY(hear_line(hearing, client->client, client->lines[j], matched->lines[place], &lines[place]));
    }
    fact->kind = FACT_DECLARED;
    fact->declaration = (Declaration){
        .conversation = hearing->conversation,
        .number = standing_number(hearing->standing, hearing->conversation, said->number),
        .month = {said->month_day},
        .total_given = said->total != NULL,
        .total = money_of(said->total),
        .lines = lines,
        .line_count = count,
    };
    return STATUS_OK;
}

static void hear_paid(Hearing *hearing, const Intake__PaymentMade *said, Fact *fact)
{
    fact->kind = FACT_PAID;
    fact->payment = (Payment){
        .number = standing_number(hearing->standing, hearing->conversation, said->declaration),
        .amount = money_of(said->amount),
        .day = {said->day},
    };
    fact->payment.number->payable_asked = true;
}

/* years */

static Status hear_year(const Intake__Fact *said, HeardFact *fact)
{
    if (said->fact_case == INTAKE__FACT__FACT_YEAR_CLOSED)
        fact->decided = (YearDecision){
            .year = said->year_closed->year,
            .closed = true,
            .reason = "",
            .proposed_by = said->year_closed->proposed_by,
            .approved_by = said->year_closed->approved_by,
        };
    else if (said->fact_case == INTAKE__FACT__FACT_YEAR_REOPENED)
        fact->decided = (YearDecision){
            .year = said->year_reopened->year,
            .reason = said->year_reopened->reason,
            .proposed_by = said->year_reopened->proposed_by,
            .approved_by = said->year_reopened->approved_by,
        };
    else
        return STATUS_OK;
    int32_t known = day_parts(fact->heard->known).year;
    return fact->decided.year > 0 && fact->decided.year < known
               ? STATUS_OK
               : FAULT(STATUS_SET_ASIDE, "year %d has not ended", fact->decided.year);
}

/* any fact */

static Status hear_changed(Hearing *hearing, const Allocation__Changed *changed, Fact *fact)
{
    if (!changed->allocation)
        return FAULT(STATUS_SET_ASIDE, "a change of no allocation");
    begin_allocated(hearing, fact, 1);
    return hear_allocations(hearing, &changed->allocation, 1, fact);
}

static Status hear_granted(Hearing *hearing, const Allocation__Granted *granted, Fact *fact)
{
    begin_allocated(hearing, fact, granted->n_allocations);
    return hear_allocations(hearing, granted->allocations, granted->n_allocations, fact);
}

static Status hear_repriced(Hearing *hearing, const Allocation__Repriced *repriced, Fact *fact)
{
    begin_allocated(hearing, fact, repriced->n_allocations);
    return hear_allocations(hearing, repriced->allocations, repriced->n_allocations, fact);
}

static Status hear_matched(Hearing *hearing, const Allocation__Matched *matched, const Intake__Fact *said, Fact *fact)
{
    if (said->fact_case != INTAKE__FACT__FACT_DECLARATION)
        return FAULT(STATUS_SET_ASIDE, "a verdict on lines without a declaration");
    return hear_declared(hearing, matched, said->declaration, fact);
}

static Status hear_changed_together(Hearing *hearing, const Allocation__ChangedTogether *changed, Fact *fact)
{
    begin_allocated(hearing, fact, changed->n_allocations);
    return hear_allocations(hearing, changed->allocations, changed->n_allocations, fact);
}

/* What allocation made of it; what it only passed on is passed on here too. */
static Status hear_judgement(Hearing *hearing, const Allocation__Judged *judged, Fact *fact)
{
    switch ((int)judged->judgement_case) {
    case ALLOCATION__JUDGED__JUDGEMENT_GRANTED:
        return hear_granted(hearing, judged->granted, fact);
    case ALLOCATION__JUDGED__JUDGEMENT_CHANGED:
        return hear_changed(hearing, judged->changed, fact);
    case ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER:
        return hear_changed_together(hearing, judged->changed_together, fact);
    case ALLOCATION__JUDGED__JUDGEMENT_CONVERTED:
        return hear_converted(hearing, judged->converted, fact);
    case ALLOCATION__JUDGED__JUDGEMENT_MATCHED:
        return hear_matched(hearing, judged->matched, judged->fact, fact);
    case ALLOCATION__JUDGED__JUDGEMENT_REPRICED:
        return hear_repriced(hearing, judged->repriced, fact);
    case ALLOCATION__JUDGED__JUDGEMENT_NOTED:
        hear_noted(hearing, judged->noted, judged->fact, fact);
        return STATUS_OK;
    default:
        return STATUS_OK;
    }
}

static Status hear_judged(Hearing *hearing, const Allocation__Judged *judged, HeardFact *fact)
{
    const Intake__Fact *said = judged->fact;
    if (said->fact_case == INTAKE__FACT__FACT_DECLARATION &&
        judged->judgement_case != ALLOCATION__JUDGED__JUDGEMENT_MATCHED)
        return FAULT(STATUS_SET_ASIDE, "a declaration without a verdict on its lines");
    if (said->fact_case == INTAKE__FACT__FACT_PAYMENT_MADE)
        hear_paid(hearing, said->payment_made, &fact->fact);
    /* What a book repriced stands on its number alone: the book itself came before. */
    if (said->fact_case == INTAKE__FACT__FACT_BOOK_PUBLISHED &&
        judged->judgement_case != ALLOCATION__JUDGED__JUDGEMENT_REPRICED)
        fact->book = said->book_published;
    TRY(hear_year(said, fact));
    TRY(hear_judgement(hearing, judged, &fact->fact));
    if (said->fact_case == INTAKE__FACT__FACT_CLIENT_DIED && fact->fact.kind == FACT_ALLOCATED) {
        fact->fact.allocated.by_death = true;
        fact->fact.allocated.died = (Day){said->client_died->day};
    }
    return STATUS_OK;
}

static Status hear_one(Turn *turn, const Heard *heard, Standing *standing, HeardFact *fact_out, bool *waits_out)
{
    const Allocation__Judged *judged = message_unpack(turn->arena, &allocation__judged__descriptor, heard->data);
    if (!judged || !judged->fact)
        return FAULT(STATUS_SET_ASIDE, "no fact that allocation judged");

    const Intake__Fact *said = judged->fact;
    int64_t number;
    if (!conversation_number(said->municipality, said->provider, &number))
        return FAULT(STATUS_SET_ASIDE, "no conversation of a municipality with a provider");
    Hearing hearing = {
        .arena = turn->arena,
        .standing = standing,
        .conversation = standing_conversation(standing, heard->partition, number, said->municipality, said->provider),
    };
    *fact_out = (HeardFact){
        .heard = heard,
        .fact = {.kind = FACT_PASSED_ON, .conversation = hearing.conversation, .known = heard->known},
    };
    TRY(hear_judged(&hearing, judged, fact_out));
    *waits_out = hearing.waits;
    return STATUS_OK;
}

static size_t lines_expected(Batch batch)
{
    enum { BYTES_A_LINE = 256 };
    size_t bytes = 0;
    for (size_t i = 0; i < batch.count; i++)
        bytes += batch.messages[i].data.size;
    return bytes / BYTES_A_LINE + 1;
}

static bool is_alone(const HeardFact *fact)
{
    return fact->book || fact->decided.year;
}

Status billing_hear(Turn *turn, Batch batch, Memory *const *memories, Facts *facts_out)
{
    Facts facts = {
        .list = ARENA_MANY(turn->arena, HeardFact, batch.count),
        .standing = standing_new(turn->arena, memories, lines_expected(batch)),
    };
    while (facts.count < batch.count && !is_alone(&facts.list[0])) {
        HeardFact *fact = &facts.list[facts.count];
        TRY(hear_one(turn, &batch.messages[facts.count], facts.standing, fact, &facts.waits));
        if (facts.waits || (is_alone(fact) && facts.count > 0))
            break;
        facts.count++;
    }
    *facts_out = facts;
    return STATUS_OK;
}
