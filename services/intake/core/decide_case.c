#include "intake/core/decide_case.h"

#include <string.h>

static const Refusal FINE = {.reason = INTAKE_ADMITTED, .path = "", .detail = ""};

static Refusal refused(IntakeReason reason, const char *path)
{
    return (Refusal){.reason = reason, .path = path, .detail = ""};
}

bool case_is_fact(FactKind kind)
{
    return kind == FACT_ALLOCATION_ENDED || kind == FACT_CARE_MOVED || case_is_alone(kind);
}

bool case_is_alone(FactKind kind)
{
    return kind == FACT_CLIENT_DIED || kind == FACT_BSN_CORRECTED || kind == FACT_CASE_CLOSED ||
           kind == FACT_PERSONS_FORGOTTEN;
}

bool case_may_speak(const Sender *sender, const char *municipality)
{
    if (sender->for_all)
        return true;
    for (size_t i = 0; i < sender->municipality_count; i++)
        if (strcmp(sender->municipalities[i], municipality) == 0)
            return true;
    return false;
}

/* What concerns a client is said by who may speak for all municipalities in which it has allocations. */
static Refusal judge_places(const Submission *said)
{
    for (size_t i = 0; i < said->place_count; i++)
        if (!case_may_speak(said->sender, said->places[i].municipality))
            return refused(INTAKE_SENDER_NOT_FOR_MUNICIPALITY, "");
    return FINE;
}

static Refusal judge_move(const Standing *standing, const Submission *said)
{
    const AnsweredCare *care = &said->allocated->care;
    Day day = said->asked.first;
    if (strcmp(said->to.municipality, said->municipality) == 0 && strcmp(said->to.provider, said->provider) == 0)
        return refused(INTAKE_MOVES_NOWHERE, "care_moved");
    if (!case_may_speak(said->sender, said->to.municipality))
        return refused(INTAKE_SENDER_NOT_FOR_MUNICIPALITY, "care_moved.to_municipality");
    if (!care->named || !said->allocated->person)
        return refused(INTAKE_ALLOCATION_UNKNOWN, "care_moved.allocation");
    if (care->has_case)
        return refused(INTAKE_CASE_UNDER_WAY, "care_moved.allocation");
    if (care->named->removed || day_compare(day, care->named->period.last) > 0)
        return refused(INTAKE_CARE_NOT_LEFT, "care_moved.day");
    if (day_compare(day, care->named->period.first) <= 0 &&
        day_compare(care->named->period.first, standing->today) <= 0)
        return refused(INTAKE_CARE_BEGUN, "care_moved.day");
    if (day_compare(day, standing->today) <= 0 && !*said->consent)
        return refused(INTAKE_CONSENT_ABSENT, "care_moved.consent");
    return FINE;
}

static Refusal judge_death(const Standing *standing, const Submission *said)
{
    const Person *person = said->clients[0].person;
    if (said->is_withdrawn && !person->fate.died)
        return refused(INTAKE_DEATH_NOT_SAID, "client_died.withdrawn");
    if (day_compare(said->asked.first, standing->today) > 0)
        return refused(INTAKE_DAY_STILL_TO_COME, "client_died.day");
    return judge_places(said);
}

static Refusal judge_correction(const Submission *said)
{
    const Person *wrong = said->clients[0].person;
    if (!said->correct)
        return refused(INTAKE_BSN_WRONG, "bsn_corrected.correct_bsn");
    if (said->correct == wrong)
        return refused(INTAKE_BSN_STAYS, "bsn_corrected.correct_bsn");
    if (said->correct->reference && day_compare(said->correct->birth, wrong->birth) != 0)
        return refused(INTAKE_BSN_HAS_OTHER_BIRTH_DAY, "bsn_corrected.correct_bsn");
    return judge_places(said);
}

static Refusal judge_close(const Submission *said)
{
    if (!said->closes || said->closes->state == CASE_CLOSED)
        return refused(INTAKE_CASE_UNKNOWN, "case_closed.case");
    bool may = case_may_speak(said->sender, said->closes->from.municipality) ||
               (*said->closes->to.municipality && case_may_speak(said->sender, said->closes->to.municipality));
    return may ? FINE : refused(INTAKE_SENDER_NOT_FOR_MUNICIPALITY, "case_closed.case");
}

/* The book, which two people agreed to, says whom: one may say when. */
static Refusal judge_forgetting(const Submission *said)
{
    if (!said->is_from_clock && !case_may_speak(said->sender, ""))
        return refused(INTAKE_SENDER_NOT_FOR_MUNICIPALITY, "");
    return said->kept_years ? FINE : refused(INTAKE_RETENTION_NOT_SAID, "persons_forgotten");
}

Refusal case_judge(Arena *arena, const Standing *standing, const Submission *said)
{
    (void)arena;
    switch ((int)said->kind) {
    case FACT_CARE_MOVED:
        return judge_move(standing, said);
    case FACT_CLIENT_DIED:
        return judge_death(standing, said);
    case FACT_BSN_CORRECTED:
        return judge_correction(said);
    case FACT_CASE_CLOSED:
        return judge_close(said);
    case FACT_PERSONS_FORGOTTEN:
        return judge_forgetting(said);
    default:
        return FINE;
    }
}

/* what is true from now on */

static LinkedCase opened(Arena *arena, const Standing *standing, const Submission *said, CaseKind kind)
{
    const char *id = arena_format(arena, "%s:%s", said->sender->owner, said->id);
    return (LinkedCase){
        .id = id,
        .owner = said->sender->owner,
        .sent_id = said->id,
        .kind = kind,
        .into = "",
        .allocation = "",
        .to = {.conversation = "", .municipality = "", .provider = ""},
        .day = said->asked.first,
        .consent = "",
        .opened = standing->today,
        .why = "",
        .waits_for = id,
    };
}

static void open_move(Arena *arena, const Standing *standing, Admission *admission)
{
    const Submission *said = admission->said;
    LinkedCase *linked = ARENA_NEW(arena, LinkedCase);
    *linked = opened(arena, standing, said, CASE_MOVE);
    linked->reference = said->allocated->person->reference;
    linked->from = (Place){said->conversation, said->municipality, said->provider, said->partition};
    linked->to = said->to;
    linked->allocation = said->allocation;
    linked->consent = said->consent;
    linked->state = CASE_GRANTING;
    admission->cases = linked;
    admission->case_count = 1;
    said->allocated->care.has_case = true;
}

/* One for each conversation; each answers for itself. */
static void open_in_places(Arena *arena, const Standing *standing, Admission *admission, CaseKind kind,
                           const char *into)
{
    const Submission *said = admission->said;
    admission->cases = ARENA_MANY(arena, LinkedCase, said->place_count);
    admission->case_count = said->place_count;
    for (size_t i = 0; i < said->place_count; i++) {
        const Place *place = &said->places[i];
        LinkedCase linked = opened(arena, standing, said, kind);
        linked.id = arena_format(arena, "%s@%s/%s", linked.id, place->municipality, place->provider);
        linked.waits_for = linked.id;
        linked.reference = admission->stamps[0].reference;
        linked.into = into;
        linked.from = *place;
        linked.state = CASE_ENDING;
        if (kind == CASE_JOIN)
            linked.day = standing->today;
        admission->cases[i] = linked;
    }
}

static void die(Arena *arena, const Standing *standing, Admission *admission)
{
    ClientFate *fate = &admission->said->clients[0].person->fate;
    fate->died = !admission->said->is_withdrawn;
    fate->died_on = admission->said->asked.first;
    if (fate->died)
        open_in_places(arena, standing, admission, CASE_DEATH, "");
}

/* The wrong number is nobody's from now on; the right one is who had the wrong one, or who had it already. */
static void correct(Arena *arena, const Standing *standing, Admission *admission)
{
    Person *wrong = admission->said->clients[0].person;
    Person *right = admission->said->correct;
    if (right->reference) {
        open_in_places(arena, standing, admission, CASE_JOIN, right->reference);
    } else {
        right->reference = wrong->reference;
        right->birth = wrong->birth;
        right->name = wrong->name;
    }
    wrong->reference = NULL;
}

static void forget(Arena *arena, const Standing *standing, Admission *admission)
{
    const Submission *said = admission->said;
    admission->forgotten_count = forget_decide(arena, said->remembered, said->remembered_count, standing->today,
                                               said->kept_years, &admission->forgotten);
}

void case_admit(Arena *arena, const Standing *standing, Admission *admission)
{
    FactKind kind = admission->said->kind;
    if (kind == FACT_CARE_MOVED)
        open_move(arena, standing, admission);
    else if (kind == FACT_CLIENT_DIED)
        die(arena, standing, admission);
    else if (kind == FACT_BSN_CORRECTED)
        correct(arena, standing, admission);
    else if (kind == FACT_CASE_CLOSED)
        admission->said->closes->state = CASE_CLOSED;
    else if (kind == FACT_PERSONS_FORGOTTEN)
        forget(arena, standing, admission);
}
