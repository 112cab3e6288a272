#include "allocation/hear_fact.h"

#include "proto/intake.pb-c.h"
#include "service/message.h"

typedef struct Ear {
    Arena *arena;
    bool newer;
} Ear;

/* enums: a value without a name is of a newer program, 0 was not said */

static Unit unit(Ear *ear, int value)
{
    ear->newer = ear->newer || (value && !unit_name((Unit)value));
    return (Unit)value;
}

static Frequency frequency(Ear *ear, int value)
{
    ear->newer = ear->newer || (value && !frequency_name((Frequency)value));
    return (Frequency)value;
}

static Referrer referrer(Ear *ear, int value)
{
    ear->newer = ear->newer || (value && !referrer_name((Referrer)value));
    return (Referrer)value;
}

static Cohort cohort(Ear *ear, int value)
{
    ear->newer = ear->newer || (value && !cohort_name((Cohort)value));
    return (Cohort)value;
}

static StopReason stop_reason(Ear *ear, int value)
{
    ear->newer = ear->newer || (value && !stop_reason_name((StopReason)value));
    return (StopReason)value;
}

/* parts: one that is absent was not said */

static Period period(const Care__Period *said)
{
    if (!said)
        return (Period){{0}, {-1}};
    return (Period){{said->first_day}, said->last_day ? (Day){said->last_day} : DAY_LAST};
}

static Pic pic(const Care__Pic *said)
{
    return said ? (Pic){said->profile, said->intensity} : (Pic){"", ""};
}

static AllocatedProduct product(Ear *ear, const Care__Product *said)
{
    if (!said)
        return (AllocatedProduct){"", "", 0, 0, 0};
    return (AllocatedProduct){said->category, said->code, said->volume, unit(ear, said->unit),
                              frequency(ear, said->frequency)};
}

static AllocatedProducts products(Ear *ear, Care__Product *const *said, size_t count)
{
    AllocatedProduct *list = ARENA_MANY(ear->arena, AllocatedProduct, count);
    for (size_t i = 0; i < count; i++)
        list[i] = product(ear, said[i]);
    return (AllocatedProducts){list, count};
}

static Results results(char *const *said, size_t count)
{
    return (Results){(const char *const *)said, count};
}

static Client client(Ear *ear, const Intake__Client *said)
{
    if (!said)
        return (Client){.reference = ""};
    Period *periods = ARENA_MANY(ear->arena, Period, said->n_care_periods);
    for (size_t i = 0; i < said->n_care_periods; i++)
        periods[i] = period(said->care_periods[i]);
    return (Client){said->reference, said->age_first, said->age_last, periods, said->n_care_periods};
}

/* facts */

static TakeOver take_over(Ear *ear, const Intake__CareTakenOver *said)
{
    return (TakeOver){
        .client = client(ear, said->client),
        .allocation = said->allocation,
        .segment = said->segment,
        .pic = pic(said->pic),
        .results = results(said->results, said->n_results),
        .period = period(said->period),
        .product = product(ear, said->product),
        .referrer = referrer(ear, said->referrer),
    };
}

static CareRequest care_request(Ear *ear, const Intake__AllocationRequest *said)
{
    return (CareRequest){
        .reference = said->reference,
        .client = client(ear, said->client),
        .referrer = referrer(ear, said->referrer),
        .decision = said->decision,
        .segment = said->segment,
        .pic = pic(said->pic),
        .results = results(said->results, said->n_results),
        .period = period(said->period),
        .products = products(ear, said->products, said->n_products),
        .granted_by = said->granted_by,
        .goes_on = said->goes_on,
        .cohort = cohort(ear, (int)said->cohort),
    };
}

static ChangeRequest change_request(Ear *ear, const Intake__ChangeRequest *said)
{
    return (ChangeRequest){
        .reference = said->reference,
        .client = client(ear, said->client),
        .allocation = said->allocation,
        .ends = said->last_day != 0,
        .last_day = {said->last_day},
        .product = product(ear, said->product),
        .begins = said->first_day != 0,
        .first_day = {said->first_day},
    };
}

static RequestWord request_granted(Ear *ear, const Intake__RequestGranted *said)
{
    return (RequestWord){
        .reference = said->reference,
        .pic = pic(said->pic),
        .results = results(said->results, said->n_results),
        .products = products(ear, said->products, said->n_products),
    };
}

static Conversion conversion(Ear *ear, const Intake__Conversion *said)
{
    return (Conversion){
        .client = client(ear, said->client),
        .allocation = said->allocation,
        .day = {said->day},
        .pic = pic(said->pic),
        .results = results(said->results, said->n_results),
        .products = products(ear, said->products, said->n_products),
        .consent = said->consent,
    };
}

static ChangeReason change_reason(Ear *ear, Care__ChangeReason__Value value)
{
    ear->newer = ear->newer || !protobuf_c_enum_descriptor_get_value(&care__change_reason__value__descriptor, value);
    return (ChangeReason)value;
}

static EndSaid ending(Ear *ear, const Intake__AllocationEnded *said)
{
    return (EndSaid){
        .client = said->client,
        .allocation = said->allocation,
        .last_day = {said->last_day},
        .reason = change_reason(ear, said->reason),
        .consent = said->consent,
        .whole_trajectory = said->whole_trajectory,
        .said = {said->said_day},
    };
}

static void line(Ear *ear, const char *client_reference, const Intake__Declaration__Line *said, DeclaredLine *line_out)
{
    *line_out = (DeclaredLine){
        .client = client_reference,
        .allocation = said->allocation,
        .category = said->category,
        .code = said->code,
        .period = period(said->period),
        .unit = unit(ear, said->unit),
        .credit = said->credits[0] != '\0',
    };
}

static Declaration declaration(Ear *ear, const Intake__Declaration *said)
{
    size_t count = 0;
    for (size_t i = 0; i < said->n_clients; i++)
        count += said->clients[i]->n_lines;

    DeclaredLine *lines = ARENA_MANY(ear->arena, DeclaredLine, count);
    size_t next = 0;
    for (size_t i = 0; i < said->n_clients; i++)
        for (size_t j = 0; j < said->clients[i]->n_lines; j++)
            line(ear, said->clients[i]->client, said->clients[i]->lines[j], &lines[next++]);
    return (Declaration){period_month((Day){said->month_day}), lines, count};
}

Status hear_fact(Arena *arena, int16_t partition, Day known, Bytes data, FactHeard *heard_out)
{
    const Intake__Fact *said = message_unpack(arena, &intake__fact__descriptor, data);
    if (!said)
        return FAULT(STATUS_SET_ASIDE, "no intake.Fact");

    Ear ear = {.arena = arena};
    FactHeard heard = {
        .fact = {.conversation = {partition, said->municipality, said->provider}, .known = known},
    };
    CareFact *fact = &heard.fact;

    switch (said->fact_case) {
    case INTAKE__FACT__FACT_CARE_TAKEN_OVER:
        fact->kind = FACT_TAKE_OVER;
        fact->take_over = take_over(&ear, said->care_taken_over);
        break;
    case INTAKE__FACT__FACT_ALLOCATION_REQUEST:
        fact->kind = FACT_CARE_REQUEST;
        fact->care_request = care_request(&ear, said->allocation_request);
        break;
    case INTAKE__FACT__FACT_CHANGE_REQUEST:
        fact->kind = FACT_CHANGE_REQUEST;
        fact->change_request = change_request(&ear, said->change_request);
        break;
    case INTAKE__FACT__FACT_REQUEST_GRANTED:
        fact->kind = FACT_REQUEST_GRANTED;
        fact->word = request_granted(&ear, said->request_granted);
        break;
    case INTAKE__FACT__FACT_REQUEST_REFUSED:
        fact->kind = FACT_REQUEST_REFUSED;
        fact->word = (RequestWord){.reference = said->request_refused->reference, .pic = {"", ""}};
        break;
    case INTAKE__FACT__FACT_CONVERSION:
        fact->kind = FACT_CONVERSION;
        fact->conversion = conversion(&ear, said->conversion);
        break;
    case INTAKE__FACT__FACT_START:
        fact->kind = FACT_START;
        fact->notice = (Notice){said->start->client, said->start->allocation, {said->start->day}, 0};
        break;
    case INTAKE__FACT__FACT_STOP:
        fact->kind = FACT_STOP;
        fact->notice = (Notice){
            said->stop->client, said->stop->allocation, {said->stop->day}, stop_reason(&ear, said->stop->reason)};
        break;
    case INTAKE__FACT__FACT_OUTCOME:
        fact->kind = FACT_OUTCOME;
        fact->notice = (Notice){said->outcome->client, said->outcome->allocation, {said->outcome->day}, 0};
        break;
    case INTAKE__FACT__FACT_DECLARATION:
        fact->kind = FACT_DECLARATION;
        fact->declaration = declaration(&ear, said->declaration);
        break;
    case INTAKE__FACT__FACT_ALLOCATION_ENDED:
        fact->kind = FACT_ENDING;
        fact->ending = ending(&ear, said->allocation_ended);
        break;
    case INTAKE__FACT__FACT_CLIENT_DIED:
        fact->kind = FACT_DEATH;
        fact->death = (Death){said->client_died->client, {said->client_died->day}};
        break;
    case INTAKE__FACT__FACT_CLIENT_JOINED:
        fact->kind = FACT_JOINING;
        fact->joining = (Joining){said->client_joined->from, said->client_joined->into};
        break;
    case INTAKE__FACT__FACT_BOOK_PUBLISHED:
        heard.book = said->book_published;
        break;
    case INTAKE__FACT__FACT_NEW_DAY:
    case INTAKE__FACT__FACT_PAYMENT_MADE:
    case INTAKE__FACT__FACT_YEAR_CLOSED:
    case INTAKE__FACT__FACT_YEAR_REOPENED:
    case INTAKE__FACT__FACT_SET_ASIDE_RETRIED:
    case INTAKE__FACT__FACT_SET_ASIDE_DROPPED:
        break;
    case _INTAKE__FACT__FACT__CASE_IS_INT_SIZE:
    case INTAKE__FACT__FACT__NOT_SET:
    default:
        if (said->base.n_unknown_fields == 0)
            return FAULT(STATUS_SET_ASIDE, "an intake.Fact of nothing");
        ear.newer = true;
        break;
    }
    heard.newer = ear.newer;
    *heard_out = heard;
    return STATUS_OK;
}
