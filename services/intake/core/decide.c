#include "intake/core/decide.h"

#include "intake/core/bsn.h"
#include "intake/core/decide_case.h"
#include "intake/core/decide_two.h"

#include <string.h>

enum {
    DAYS_FILLED_IN_MAX = 1, /* a missed night; for more an operator says that it is meant */
    DAYS_AHEAD_MAX = 366,
};

static Refusal refused(IntakeReason reason, const char *path)
{
    return (Refusal){.reason = reason, .path = path, .detail = ""};
}

static const Refusal FINE = {.reason = INTAKE_ADMITTED, .path = "", .detail = ""};

static const char *below(Arena *arena, const Submission *said, const char *field)
{
    return arena_format(arena, "%s.%s", fact_of(said->kind)->where, field);
}

/* the sender */

static bool may_speak_for_provider(const Sender *sender, const char *provider, Day today)
{
    for (size_t i = 0; i < sender->right_count; i++)
        if (strcmp(sender->rights[i].provider, provider) == 0 && period_has(sender->rights[i].period, today))
            return true;
    return false;
}

static Refusal judge_sender(const Standing *standing, const Submission *said)
{
    const Fact *fact = fact_of(said->kind);
    if (said->is_from_clock)
        return FINE;
    if (fact->reach == REACH_CONVERSATION && (!*said->municipality || !*said->provider))
        return refused(INTAKE_CONVERSATION_MISSING, "");
    if (case_is_alone(said->kind)) /* its conversations are judged with its particulars */
        return FINE;
    if (fact->speaker == SPEAKER_OPERATOR)
        return case_may_speak(said->sender, fact->reach == REACH_CONVERSATION ? said->municipality : "")
                   ? FINE
                   : refused(INTAKE_SENDER_NOT_FOR_MUNICIPALITY, "municipality");
    if (!standing->calendar_begun)
        return refused(INTAKE_CALENDAR_NOT_BEGUN, "");
    return may_speak_for_provider(said->sender, said->provider, standing->today)
               ? FINE
               : refused(INTAKE_SENDER_NOT_FOR_PROVIDER, "provider");
}

/* the client */

/* A change that names no first day begins the day after it is known, or on its last day when that has passed. */
static Period days_asked(const Standing *standing, const Submission *said)
{
    Period asked = said->asked;
    Day tomorrow = day_plus(standing->today, 1);
    if (asked.first.number == 0)
        asked.first = asked.last.number == 0 ? tomorrow : day_earliest(tomorrow, asked.last);
    if (asked.last.number == 0)
        asked.last = asked.first;
    return asked;
}

static Refusal judge_newcomer(Arena *arena, const Submission *said)
{
    const SaidClient *client = &said->clients[0];
    if (!client->person)
        return refused(INTAKE_BSN_WRONG, below(arena, said, "client.bsn"));
    if (client->person->reference && day_compare(client->person->birth, client->birth) != 0)
        return refused(INTAKE_BSN_HAS_OTHER_BIRTH_DAY, below(arena, said, "client.birth_day"));
    if (period_days(said->asked) == 0)
        return refused(INTAKE_PERIOD_EMPTY, below(arena, said, "period"));
    if (day_compare(client->birth, said->asked.first) > 0)
        return refused(INTAKE_BORN_AFTER_CARE, below(arena, said, "client.birth_day"));
    if (!said->names_care)
        return refused(INTAKE_CARE_NOT_SAID, fact_of(said->kind)->where);
    for (size_t i = 0; i < said->earlier_care_count; i++)
        if (period_days(said->earlier_care[i]) == 0)
            return refused(INTAKE_PERIOD_EMPTY,
                           arena_format(arena, "%s.care_periods[%zu]", fact_of(said->kind)->where, i));
    return FINE;
}

static Refusal judge_client(Arena *arena, const Standing *standing, const Submission *said)
{
    const SaidClient *client = &said->clients[0];
    if (!client->person)
        return refused(INTAKE_BSN_WRONG, below(arena, said, "bsn"));
    if (!client->person->reference)
        return refused(INTAKE_CLIENT_UNKNOWN, below(arena, said, "bsn"));
    if (period_days(days_asked(standing, said)) == 0)
        return refused(INTAKE_PERIOD_EMPTY, below(arena, said, "last_day"));
    return FINE;
}

static Refusal judge_about(Arena *arena, const Standing *standing, const Submission *said)
{
    About about = fact_of(said->kind)->about;
    if (about == ABOUT_A_NEWCOMER)
        return judge_newcomer(arena, said);
    if (about == ABOUT_A_CLIENT)
        return judge_client(arena, standing, said);
    return FINE;
}

/* the calendar */

static Refusal judge_new_day(const Standing *standing, const Submission *said)
{
    if (!standing->calendar_begun)
        return FINE;

    int32_t missed = said->day.number - standing->today.number - 1;
    if (missed < 0)
        return refused(INTAKE_DAY_PASSED, "new_day.day");
    if (standing->days_by_clock && !said->is_from_clock && (missed <= DAYS_FILLED_IN_MAX || !said->after_gap))
        return refused(INTAKE_CALENDAR_BY_CLOCK, "new_day");
    if (missed > DAYS_FILLED_IN_MAX && !said->after_gap)
        return refused(INTAKE_DAYS_MISSED, "new_day.day");
    if (missed >= DAYS_AHEAD_MAX)
        return refused(INTAKE_DAY_TOO_FAR, "new_day.day");
    return FINE;
}

/* the book, and keys */

static Refusal judge_proposal(const Standing *standing, const Submission *said)
{
    if (said->proposal->number <= standing->book_number)
        return refused(INTAKE_BOOK_NUMBER_USED, "book_proposed.number");
    if (said->book_faults)
        return (Refusal){.reason = INTAKE_BOOK_FAULTY, .path = "book_proposed.files", .detail = said->book_faults};
    return FINE;
}

static Refusal judge_approval(const Standing *standing, const Submission *said)
{
    if (said->proposal->number <= standing->book_number)
        return refused(INTAKE_BOOK_NUMBER_USED, "book_approved.number");
    if (!said->proposal->proposed_by)
        return refused(INTAKE_BOOK_NOT_PROPOSED, "book_approved");
    if (strcmp(said->proposal->proposed_by, said->sender->owner) == 0)
        return refused(INTAKE_BOOK_NEEDS_ANOTHER, "book_approved");
    if (!standing->calendar_begun)
        return refused(INTAKE_CALENDAR_NOT_BEGUN, "");
    return FINE;
}

static Refusal judge_key_given(const Submission *said)
{
    if (said->given_rights.is_operator || (said->given->owner && said->given->is_operator))
        return refused(INTAKE_KEY_OF_OPERATOR, "key_given.is_operator");
    if (said->given_rights.right_count == 0)
        return refused(INTAKE_KEY_FOR_NOBODY, "key_given.providers");
    return FINE;
}

static Refusal judge_key_revoked(const Submission *said)
{
    if (!said->given->owner)
        return refused(INTAKE_KEY_UNKNOWN, "key_revoked.key");
    if (said->given->is_operator)
        return refused(INTAKE_KEY_OF_OPERATOR, "key_revoked.key");
    return FINE;
}

/* what a national message says besides its facts */

static Refusal judge_national(const Standing *standing, const Submission *said)
{
    if (day_compare(said->national->dated, standing->today) > 0)
        return refused(INTAKE_DATED_AHEAD, "");
    if (said->national->to_nobody)
        return refused(INTAKE_MUNICIPALITY_UNKNOWN, "");
    return said->product_unknown ? refused(INTAKE_PRODUCT_UNKNOWN, "") : FINE;
}

static Refusal judge_particulars(Arena *arena, const Standing *standing, const Submission *said)
{
    if (said->kind == FACT_NEW_DAY)
        return judge_new_day(standing, said);
    if (said->kind == FACT_BOOK_PROPOSED)
        return judge_proposal(standing, said);
    if (said->kind == FACT_BOOK_APPROVED)
        return judge_approval(standing, said);
    if (said->kind == FACT_KEY_GIVEN)
        return judge_key_given(said);
    if (said->kind == FACT_KEY_REVOKED)
        return judge_key_revoked(said);
    if (!standing->calendar_begun)
        return refused(INTAKE_CALENDAR_NOT_BEGUN, "");
    if (two_is_fact(said->kind))
        return two_judge(standing, said);
    Refusal refusal = judge_about(arena, standing, said);
    return refusal.reason == INTAKE_ADMITTED && case_is_fact(said->kind) ? case_judge(arena, standing, said) : refusal;
}

static void judge(Arena *arena, const Standing *standing, Admission *admission)
{
    const Submission *said = admission->said;
    admission->refusal = said->unreadable;
    if (is_admitted(admission))
        admission->refusal = judge_sender(standing, said);
    if (!is_admitted(admission))
        return;
    admission->in_conversation = fact_of(said->kind)->reach == REACH_CONVERSATION;
    if (said->national)
        admission->refusal = judge_national(standing, said);
    if (is_admitted(admission))
        admission->refusal = judge_particulars(arena, standing, said);
    if (!is_admitted(admission) && said->path)
        admission->refusal.path = said->path;
}

/* All facts of a message, before one of them is true. */
static void judge_whole(Arena *arena, const Standing *standing, Admission *first)
{
    judge(arena, standing, first);
    Admission *last = first;
    for (const Submission *said = first->said->next; said && is_admitted(first); said = said->next) {
        Admission *next = ARENA_NEW(arena, Admission);
        *next = (Admission){.said = said, .known = standing->today};
        judge(arena, standing, next);
        first->refusal = next->refusal;
        last->next = next;
        last = next;
    }
    if (!is_admitted(first))
        first->next = NULL;
}

/* what is true from now on */

static void say_care(Arena *arena, Person *person, Admission *admission, CareSaid care)
{
    if (person->care_count == person->care_room) {
        size_t room = 2 * person->care_room + 4;
        CareSaid *wider = ARENA_MANY(arena, CareSaid, room);
        if (person->care_count)
            memcpy(wider, person->care, person->care_count * sizeof *wider);
        person->care = wider;
        person->care_room = room;
    }
    person->care[person->care_count++] = care;
    admission->care[admission->care_count++] = care;
}

static void keep_care(Arena *arena, Admission *admission)
{
    const Submission *said = admission->said;
    CareSaid care = {.conversation = said->conversation, .allocation = said->allocation, .period = said->asked};
    if (said->kind == FACT_CARE_TAKEN_OVER)
        care.kind = CARE_SAID_PERIOD;
    else if (said->kind == FACT_START)
        care.kind = CARE_SAID_START;
    else if (said->kind == FACT_STOP)
        care.kind = CARE_SAID_STOP;
    else
        return;

    Person *person = said->clients[0].person;
    admission->care = ARENA_MANY(arena, CareSaid, 1 + said->earlier_care_count);
    say_care(arena, person, admission, care);
    care.allocation = "";
    for (size_t i = 0; i < said->earlier_care_count; i++) {
        care.period = said->earlier_care[i];
        say_care(arena, person, admission, care);
    }
}

static void come_into_being(const SaidClient *client)
{
    Person *person = client->person;
    person->is_named_anew = person->reference && !person->is_born;
    if (person->reference)
        return;
    person->reference = person->fresh_reference;
    person->birth = client->birth;
    person->is_born = true;
    person->bsn = client->bsn;
    person->name = client->name;
}

static Stamp stamp_of(Arena *arena, const Person *person, Period asked)
{
    if (!person || !person->reference)
        return (Stamp){.reference = ""};
    return (Stamp){.reference = person->reference,
                   .age_first = day_age(person->birth, asked.first),
                   .age_last = day_age(person->birth, asked.last),
                   .care = care_periods(arena, person->care, person->care_count)};
}

static void stamp(Arena *arena, const Standing *standing, Admission *admission)
{
    const Submission *said = admission->said;
    About about = fact_of(said->kind)->about;
    if (about == ABOUT_NOBODY)
        return;

    Period asked = days_asked(standing, said);
    if (said->kind == FACT_CARE_MOVED)
        asked = case_care(arena, &said->allocated->care, said->asked.first).period;
    if (about == ABOUT_AN_ALLOCATION) {
        admission->stamps = ARENA_NEW(arena, Stamp);
        admission->stamps[0] = stamp_of(arena, said->allocated->person, asked);
        admission->stamp_count = 1;
        return;
    }
    admission->stamps = ARENA_MANY(arena, Stamp, said->client_count);
    admission->stamp_count = said->client_count;
    for (size_t i = 0; i < said->client_count; i++) {
        const Person *person = said->clients[i].person;
        bool is_known = person && person->reference;
        admission->stamps[i] = about == ABOUT_CLIENTS ? (Stamp){.reference = is_known ? person->reference : ""}
                                                      : stamp_of(arena, person, asked);
    }
}

static void begin_days(Standing *standing, Admission *admission)
{
    Day day = admission->said->day;
    admission->begun.first = standing->calendar_begun ? day_plus(standing->today, 1) : day;
    admission->begun.last = day;
    standing->today = day;
    standing->calendar_begun = true;
}

static void allocate(const Submission *said)
{
    said->allocated->person = said->clients[0].person;
    said->allocated->is_new = true;
}

/* A key that is given anew loses the rights that it had. */
static void give_key(const Submission *said)
{
    Sender rights = said->given_rights;
    rights.key = said->given->key;
    *said->given = rights;
}

static void admit(Arena *arena, Standing *standing, Admission *admission)
{
    const Submission *said = admission->said;
    if (fact_of(said->kind)->about == ABOUT_A_NEWCOMER)
        come_into_being(&said->clients[0]);
    keep_care(arena, admission);
    stamp(arena, standing, admission);

    if (said->kind == FACT_CARE_TAKEN_OVER)
        allocate(said);
    else if (said->kind == FACT_NEW_DAY)
        begin_days(standing, admission);
    else if (said->kind == FACT_BOOK_PROPOSED && !said->proposal->proposed_by)
        said->proposal->proposed_by = said->sender->owner;
    else if (said->kind == FACT_BOOK_APPROVED)
        standing->book_number = said->proposal->number;
    else if (said->kind == FACT_KEY_GIVEN)
        give_key(said);
    else if (said->kind == FACT_KEY_REVOKED)
        said->given->owner = NULL;
    else if (two_is_fact(said->kind))
        two_admit(admission);
    else if (case_is_fact(said->kind))
        case_admit(arena, standing, admission);
    admission->known = standing->today;
}

/* That nobody could read it says nothing of the message. */
static void remember(Arena *arena, const Admission *admission)
{
    bool by_bytes = !is_admitted(admission) && admission->said->sent_bytes;
    SentId *sent = by_bytes ? admission->said->sent_bytes : admission->said->sent;
    if (admission->refusal.reason == INTAKE_READER_AWAY)
        return;
    sent->is_known = true;
    sent->content = admission->said->content;
    sent->admitted = is_admitted(admission);
    sent->code = intake_reason_name(admission->refusal.reason);
    sent->sentence = sent->admitted ? "" : refusal_sentence(arena, &admission->refusal);
}

/* The outcome of an id that was used before. */
static Admission heard_again(const Submission *said, const SentId *before)
{
    if (!digest_equal(&before->content, &said->content))
        return (Admission){.said = said, .refusal = refused(INTAKE_ID_HAS_OTHER_CONTENT, said->national ? "" : "id")};

    IntakeReason reason = INTAKE_ADMITTED;
    if (!before->admitted && !intake_reason_read(before->code, &reason))
        reason = INTAKE_NOT_JSON;
    return (Admission){.said = said, .refusal = refused(reason, ""), .heard_before = true, .before = before};
}

/* What was heard before, of this id or these bytes; NULL when nothing was. */
static const SentId *sent_before(const Submission *said)
{
    if (said->sent_bytes && said->sent_bytes->is_known)
        return said->sent_bytes;
    return said->sent->is_known ? said->sent : NULL;
}

Admission intake_decide(Arena *arena, Standing *standing, const Submission *said)
{
    if (!said->is_from_clock && !said->sender->owner)
        return (Admission){.said = said, .refusal = refused(INTAKE_SENDER_UNKNOWN, "")};
    const SentId *before = sent_before(said);
    if (before)
        return heard_again(said, before);

    Admission admission = {.said = said, .known = standing->today};
    judge_whole(arena, standing, &admission);
    if (is_admitted(&admission))
        for (Admission *one = &admission; one; one = one->next)
            admit(arena, standing, one);
    remember(arena, &admission);
    return admission;
}

bool intake_may_read(const Standing *standing, const Sender *sender, const char *municipality, const char *provider)
{
    if (!sender->owner)
        return false;
    if (!*municipality && !*provider)
        return true;
    if (!*municipality || !*provider)
        return false;
    if (sender->is_operator)
        return case_may_speak(sender, municipality);
    return standing->calendar_begun && may_speak_for_provider(sender, provider, standing->today);
}
