#include "intake/say_case.h"

#include "proto/intake.pb-c.h"
#include "proto/operator.pb-c.h"
#include "service/message.h"

static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

/* Who says it, where and when. */
typedef struct Speech {
    Arena *arena;
    const char *id;
    const char *owner;
    const char *sent_id;
    Place place;
    Day known;
    int64_t now_us;
} Speech;

static Intake__Fact fact_of_speech(const Speech *speech)
{
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.id = text(speech->id);
    fact.sender = text(speech->owner);
    fact.sent_id = text(speech->sent_id);
    fact.municipality = text(speech->place.municipality);
    fact.provider = text(speech->place.provider);
    return fact;
}

static Said said_of(const Speech *speech, const Intake__Fact *fact)
{
    return (Said){.partition = speech->place.partition,
                  .id = speech->id,
                  .type = "intake.Fact",
                  .subject = speech->place.conversation,
                  .time_us = speech->now_us,
                  .known = speech->known,
                  .data = message_pack(speech->arena, &fact->base)};
}

/* care that goes: granted there, ended here */

static Intake__Client *client_of(Arena *arena, const Stamp *stamp)
{
    Intake__Client *client = ARENA_NEW(arena, Intake__Client);
    intake__client__init(client);
    client->reference = text(stamp->reference);
    client->age_first = stamp->age_first;
    client->age_last = stamp->age_last;
    client->n_care_periods = stamp->care.count;
    client->care_periods = ARENA_MANY(arena, Care__Period *, stamp->care.count);
    for (size_t i = 0; i < stamp->care.count; i++) {
        Care__Period *period = ARENA_NEW(arena, Care__Period);
        care__period__init(period);
        period->first_day = stamp->care.periods[i].first.number;
        period->last_day = stamp->care.periods[i].last.number;
        client->care_periods[i] = period;
    }
    return client;
}

static Care__Product **products_of(Arena *arena, const CareToGo *going)
{
    Care__Product **products = ARENA_MANY(arena, Care__Product *, going->product_count);
    for (size_t i = 0; i < going->product_count; i++) {
        products[i] = ARENA_NEW(arena, Care__Product);
        care__product__init(products[i]);
        products[i]->category = text(going->products[i].category);
        products[i]->code = text(going->products[i].code);
        products[i]->volume = going->products[i].volume;
        products[i]->unit = (Care__Unit__Value)going->products[i].unit;
        products[i]->frequency = (Care__Frequency__Value)going->products[i].frequency;
    }
    return products;
}

static void ask_as_it_was(Arena *arena, const CareToGo *going, Intake__AllocationRequest *request)
{
    if (*going->pic.profile) {
        request->pic = ARENA_NEW(arena, Care__Pic);
        care__pic__init(request->pic);
        request->pic->profile = text(going->pic.profile);
        request->pic->intensity = text(going->pic.intensity);
    }
    request->n_results = going->result_count;
    request->results = (char **)(uintptr_t)going->results;
    request->n_products = going->product_count;
    request->products = products_of(arena, going);
}

/* What the operator says is to be otherwise. */
static void ask_otherwise(const Operator__CareMoved *moved, Intake__AllocationRequest *request)
{
    if (moved->pic)
        request->pic = moved->pic;
    if (moved->n_results) {
        request->n_results = moved->n_results;
        request->results = moved->results;
    }
    if (moved->n_products) {
        request->n_products = moved->n_products;
        request->products = moved->products;
    }
}

static Said say_move(const Speech *speech, const Admission *admission)
{
    const Submission *said = admission->said;
    CareToGo going = case_care(speech->arena, &said->allocated->care, said->asked.first);
    Care__Period period = CARE__PERIOD__INIT;
    period.first_day = going.period.first.number;
    period.last_day = going.period.last.number;
    Intake__AllocationRequest request = INTAKE__ALLOCATION_REQUEST__INIT;
    request.reference = text(said->id);
    request.client = client_of(speech->arena, &admission->stamps[0]);
    request.referrer = (Care__Referrer__Value)going.referrer;
    request.segment = text(going.segment);
    request.period = &period;
    request.granted_by = text(speech->owner);
    request.goes_on = true;
    request.cohort = (Care__Cohort__Value)going.cohort;
    ask_as_it_was(speech->arena, &going, &request);
    ask_otherwise(((const Operator__Message *)said->message)->care_moved, &request);

    Intake__Fact fact = fact_of_speech(speech);
    fact.fact_case = INTAKE__FACT__FACT_ALLOCATION_REQUEST;
    fact.allocation_request = &request;
    return said_of(speech, &fact);
}

static Said say_end(const Speech *speech, const LinkedCase *linked)
{
    Intake__AllocationEnded ended = INTAKE__ALLOCATION_ENDED__INIT;
    ended.client = text(linked->reference);
    ended.allocation = text(linked->allocation);
    ended.last_day = linked->day.number - 1;
    ended.reason = case_stays_in_municipality(linked) ? CARE__CHANGE_REASON__VALUE__OTHER_PROVIDER
                                                      : CARE__CHANGE_REASON__VALUE__MOVED;
    ended.consent = text(linked->consent);
    ended.whole_trajectory = true;
    ended.said_day = linked->opened.number;
    Intake__Fact fact = fact_of_speech(speech);
    fact.fact_case = INTAKE__FACT__FACT_ALLOCATION_ENDED;
    fact.allocation_ended = &ended;
    return said_of(speech, &fact);
}

/* clients */

static Said say_died(const Speech *speech, const char *reference, Day day)
{
    Intake__ClientDied died = INTAKE__CLIENT_DIED__INIT;
    died.client = text(reference);
    died.day = day.number;
    Intake__Fact fact = fact_of_speech(speech);
    fact.fact_case = INTAKE__FACT__FACT_CLIENT_DIED;
    fact.client_died = &died;
    return said_of(speech, &fact);
}

static Said say_joined(const Speech *speech, const char *from, const char *into)
{
    Intake__ClientJoined joined = INTAKE__CLIENT_JOINED__INIT;
    joined.from = text(from);
    joined.into = text(into);
    Intake__Fact fact = fact_of_speech(speech);
    fact.fact_case = INTAKE__FACT__FACT_CLIENT_JOINED;
    fact.client_joined = &joined;
    return said_of(speech, &fact);
}

void intake_say_cases(Arena *arena, const Admission *admission, int64_t now_us, Said *said)
{
    for (size_t i = 0; i < admission->case_count; i++) {
        const LinkedCase *linked = &admission->cases[i];
        const Speech speech = {arena,
                               linked->id,
                               linked->owner,
                               linked->sent_id,
                               linked->kind == CASE_MOVE ? linked->to : linked->from,
                               admission->known,
                               now_us};
        switch (linked->kind) {
        case CASE_MOVE:
            said[i] = say_move(&speech, admission);
            break;
        case CASE_DEATH:
            said[i] = say_died(&speech, linked->reference, linked->day);
            break;
        case CASE_JOIN:
            said[i] = say_joined(&speech, linked->reference, linked->into);
            break;
        }
    }
}

Said intake_say_saying(Arena *arena, const CaseSaying *saying, Day known, int64_t now_us)
{
    const NewsOrigin *origin = saying->origin;
    const Speech speech = {.arena = arena,
                           .id = saying->id,
                           .owner = saying->linked ? saying->linked->owner : origin->owner,
                           .sent_id = saying->linked ? saying->linked->sent_id : origin->sent_id,
                           .place = saying->place,
                           .known = known,
                           .now_us = now_us};
    switch (saying->kind) {
    case CASE_SAYS_END:
        return say_end(&speech, saying->linked);
    case CASE_SAYS_JOINED:
        return say_joined(&speech, saying->reference, saying->into);
    case CASE_SAYS_DIED:
        break;
    }
    return say_died(&speech, saying->reference, saying->day);
}
