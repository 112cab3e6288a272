#include "intake/turn.h"

#include "intake/core/decide.h"
#include "intake/core/word.h"
#include "intake/hear_answer.h"
#include "intake/hear_case.h"
#include "intake/hear_national.h"
#include "intake/keep.h"
#include "intake/keep_case.h"
#include "intake/load.h"
#include "intake/load_case.h"
#include "intake/load_person.h"
#include "intake/mail.h"
#include "intake/say.h"
#include "intake/say_answer.h"
#include "intake/say_case.h"
#include "intake/say_frame.h"
#include "process/clock.h"
#include "process/log.h"

#include <string.h>

enum { TRIES_MAX = 5 };

/* what senders say */

/* What senders said together, or the clock. */
typedef struct Words {
    const Knock *knocks;
    const HeardNational **nationals; /* what was read of those that are national */
    size_t count;
    const Day *clock; /* NULL: senders */
    bool forgets;     /* the clock, that who is due is forgotten */
} Words;

static void hear(Turn *turn, Docket *docket, const Words *words, size_t *taken_out)
{
    if (words->forgets)
        intake_hear_forgetting(turn, docket, *words->clock);
    else if (words->clock)
        intake_hear_clock(turn, docket, *words->clock);
    else
        *taken_out = intake_hear(turn, docket, words->knocks, words->nationals, words->count);
}

/* Heads first, calendar afterwards: no message of an old day can follow a new day in its partition. */
static Status load(Turn *turn, Docket *docket, size_t known_senders, bool *again_out)
{
    TRY(intake_load_senders(turn, docket, known_senders));
    if (docket->alone)
        TRY(intake_hold_fates(turn));
    TRY(outbox_hold(turn->database, turn->arena, docket->partitions));
    TRY(intake_load(turn, docket));
    if (docket->standing.book_number == house_book_number(turn->house))
        return STATUS_OK;

    /* Where a message belongs may be said otherwise in a newer book. */
    PublishedBooks books;
    TRY(intake_load_books(turn, &books));
    TRY(intake_hear_books(turn, books));
    *again_out = true;
    return STATUS_OK;
}

/* One after another: the second message sees what was decided of the first. */
static Admission *decide(Turn *turn, Docket *docket)
{
    Admission *admissions = ARENA_MANY(turn->arena, Admission, docket->count);
    for (size_t i = 0; i < docket->count; i++)
        admissions[i] = intake_decide(turn->arena, &docket->standing, &docket->said[i]);
    return admissions;
}

/* The id that the message has from the door to the ledger; NULL when it has none that may be written. */
static const char *trace_id(Arena *arena, const Submission *said)
{
    const char *owner = said->is_from_clock ? "clock" : said->sender->owner;
    bool has_id = said->id && word_check(WORD_ID, said->id, strlen(said->id)) == INTAKE_ADMITTED;
    return owner && has_id ? arena_format(arena, "%s:%s", owner, said->id) : NULL;
}

static void tell_of_one(Arena *arena, const Admission *admission)
{
    const Submission *said = admission->said;
    bool admitted = is_admitted(admission);
    if (admission->heard_before || (admitted && !log_wants(LOG_DEBUG)))
        return;
    log_about(trace_id(arena, said));
    if (admitted)
        log_event(LOG_DEBUG, "MESSAGE-ADMITTED", "partition=%d", said->partition);
    else
        log_event(LOG_INFO, "MESSAGE-REFUSED", "sender=%s reason=%s path=\"%s\"",
                  said->sender->owner ? said->sender->owner : "unknown", intake_reason_name(admission->refusal.reason),
                  admission->refusal.path);
    log_about(NULL);
}

static void tell(Turn *turn, const Docket *docket, const Admission *admissions)
{
    House *house = turn->house;
    for (size_t i = 0; i < docket->count; i++) {
        const Admission *admission = &admissions[i];
        int metric = admission->heard_before  ? HOUSE_HEARD_BEFORE
                     : is_admitted(admission) ? HOUSE_ADMITTED
                                              : HOUSE_REFUSED;
        house->metrics[metric].value++;
        if (admission->forgotten_count)
            log_event(LOG_INFO, "PERSONS-FORGOTTEN", "persons=%zu by=%s", admission->forgotten_count,
                      admission->said->is_from_clock ? "clock" : admission->said->sender->owner);
        tell_of_one(turn->arena, admission);
    }
}

/* hear -> load -> decide -> keep -> say; `again_out` when a newer book came between */
static Status try_once(Turn *turn, const Words *words, Bytes *receipts, size_t *taken_out, bool *again_out)
{
    TRY(database_begin(turn->database));
    Docket docket = docket_new(turn->arena, words->count + 1);
    for (size_t i = 0; i < words->count; i++)
        docket_sender(&docket, words->knocks[i].key);
    size_t known_senders = index_count(docket.senders);
    TRY(intake_load_senders(turn, &docket, 0));
    hear(turn, &docket, words, taken_out);

    TRY(load(turn, &docket, known_senders, again_out));
    if (*again_out)
        return STATUS_OK;
    Admission *admissions = decide(turn, &docket);

    TRY(intake_keep(turn, &docket, admissions));
    TRY(intake_say(turn, &docket, admissions, clock_now_us()));
    for (size_t i = 0; receipts && i < docket.count; i++)
        receipts[i] = intake_say_receipt(turn->arena, words->knocks[i].number, &admissions[i]);
    tell(turn, &docket, admissions);
    return database_commit(turn->database);
}

/*
 * A newer book, or another replica that was first, show in the next try. What the tables still
 * refuse after some tries is a line that they cannot take.
 */
static Status admit(Turn *turn, const Words *words, Bytes *receipts, size_t *taken_out)
{
    Status status = STATUS_OK;
    for (int i = 0; i < TRIES_MAX; i++) {
        bool again = false;
        status = try_once(turn, words, receipts, taken_out, &again);
        if (status == STATUS_OK && !again)
            return STATUS_OK;
        database_rollback(turn->database);
        if (status != STATUS_OK && status != STATUS_SET_ASIDE)
            return status;
    }
    return status == STATUS_OK ? FAULT(STATUS_RETRY, "books are published faster than they are read") : status;
}

static Status admit_lines(Turn *turn, const Knock *knocks, size_t count, Bytes *receipts, size_t *taken_out)
{
    Words words = {knocks, ARENA_MANY(turn->arena, const HeardNational *, count), count, NULL, false};
    for (size_t i = 0; i < count; i++)
        if (knocks[i].is_national)
            words.nationals[i] = intake_hear_national(turn, knocks[i].line);
    return admit(turn, &words, receipts, taken_out);
}

static Status begin_day(Turn *turn, Day today)
{
    size_t taken;
    const Words words = {.clock = &today};
    return admit(turn, &words, NULL, &taken);
}

static Status look_for_due(Turn *turn, Day *today_out, bool *is_due_out)
{
    House *house = turn->house;
    Docket docket = docket_new(turn->arena, 0);
    TRY(intake_load_standing(turn, &docket));
    Day through = *today_out;
    Submission said = {0};
    *today_out = docket.standing.today;
    *is_due_out = false;
    if (!docket.standing.calendar_begun)
        return STATUS_OK;
    if (docket.standing.book_number != house_book_number(house)) {
        PublishedBooks books;
        TRY(intake_load_books(turn, &books));
        TRY(intake_hear_books(turn, books));
    }
    house->kept_years = intake_load_kept_years(house, docket.standing.today);
    if (day_compare(docket.standing.today, through) == 0)
        return STATUS_OK;
    TRY(intake_load_due(turn, docket.standing.today, &said));
    const Forgotten *forgotten;
    *is_due_out = forget_decide(turn->arena, said.remembered, said.remembered_count, docket.standing.today,
                                said.kept_years, &forgotten) > 0;
    return STATUS_OK;
}

/* Looked for without holding anything; what is done about it is judged anew with everything held. */
static Status forget_due(Turn *turn, Day *through)
{
    Day today = *through;
    bool is_due = false;
    TRY(database_begin(turn->database));
    Status status = look_for_due(turn, &today, &is_due);
    database_rollback(turn->database);
    if (status == STATUS_OK && is_due) {
        size_t taken;
        const Words words = {.clock = &today, .forgets = true};
        status = admit(turn, &words, NULL, &taken);
    }
    if (status == STATUS_OK)
        *through = today;
    return status;
}

/* what senders read */

static Status give_page(Turn *turn, const char *owner, const Reading *reading, const MailPage *page, Bytes *frame_out)
{
    size_t count;
    const char *const *references = intake_clients_of(turn->arena, page, &count);
    Index *persons = index_new(turn->arena);
    TRY(mail_open_persons(turn, owner, page, references, count, persons));
    *frame_out = intake_say_mail(turn->arena, reading->number, page, persons);
    return STATUS_OK;
}

static Status read_in_transaction(Turn *turn, const char *key, const Reading *reading, Bytes *frame_out,
                                  const char **address_out)
{
    Docket docket = docket_new(turn->arena, 0);
    const Sender *sender = docket_sender(&docket, key);
    TRY(intake_load_senders(turn, &docket, 0));
    TRY(intake_load_standing(turn, &docket));
    if (!intake_may_read(&docket.standing, sender, reading->municipality, reading->provider)) {
        *frame_out = intake_say_no_mail(turn->arena, reading->number, "uw sleutel mag deze brievenbus niet lezen.");
        return STATUS_OK;
    }

    int16_t partition;
    const char *address = *reading->provider ? house_conversation(turn->house, turn->arena, reading->municipality,
                                                                  reading->provider, &partition)
                                             : mail_address_of_sender(turn->arena, sender->owner);
    MailPage page;
    TRY(mail_read(turn, address, reading->after, reading->letters_max, &page));
    bool waits = page.count == 0 && reading->wait_ms > 0;
    *address_out = address;
    return waits ? STATUS_OK : give_page(turn, sender->owner, reading, &page, frame_out);
}

/* That somebody read is kept before the letters are given. */
static Status read_mail(Turn *turn, const char *key, const Reading *reading, Bytes *frame_out, const char **address_out)
{
    TRY(database_begin(turn->database));
    Status status = read_in_transaction(turn, key, reading, frame_out, address_out);
    if (status == STATUS_OK)
        status = database_commit(turn->database);
    if (status != STATUS_OK)
        database_rollback(turn->database);
    return status;
}

/* the door itself */

static Status open_in_transaction(Turn *turn)
{
    const House *house = turn->house;
    TRY(intake_keep_operators(turn, house->operators, house->operator_count));
    PublishedBooks books;
    TRY(intake_load_books(turn, &books));
    return intake_hear_books(turn, books);
}

static Status open_door(Turn *turn)
{
    TRY(database_begin(turn->database));
    Status status = open_in_transaction(turn);
    if (status == STATUS_OK)
        status = database_commit(turn->database);
    if (status != STATUS_OK)
        database_rollback(turn->database);
    return status;
}

const DoorTurns intake_door_turns = {
    .open = open_door,
    .admit = admit_lines,
    .begin_day = begin_day,
    .forget = forget_due,
    .read = read_mail,
    .look = mail_heads,
    .list_keys = intake_load_keys,
};

/* what the houses answer */

/* Heads first, calendar afterwards, as at the door. */
static Status say_again(Turn *turn, const CaseOutcome *outcome)
{
    Docket docket = docket_new(turn->arena, 0);
    for (size_t i = 0; i < outcome->saying_count; i++)
        docket.partitions[outcome->sayings[i].place.partition] = true;
    TRY(outbox_hold(turn->database, turn->arena, docket.partitions));
    TRY(intake_load_standing(turn, &docket));
    int64_t now_us = clock_now_us();
    Said *said = ARENA_MANY(turn->arena, Said, outcome->saying_count);
    for (size_t i = 0; i < outcome->saying_count; i++)
        said[i] = intake_say_saying(turn->arena, &outcome->sayings[i], docket.standing.today, now_us);
    TRY(intake_keep_changed(turn, outcome->changed, outcome->changed_count, docket.standing.today));
    TRY(outbox_reserve(turn->database, turn->arena, said, outcome->saying_count));
    return outbox_write(turn->database, turn->arena, said, outcome->saying_count);
}

static void tell_cases(const CaseOutcome *outcome)
{
    for (size_t i = 0; i < outcome->changed_count; i++)
        log_event(LOG_INFO, "CASE-WENT-ON", "case=%s kind=%s state=%s reason=%s", outcome->changed[i]->id,
                  case_kind_name(outcome->changed[i]->kind), case_state_name(outcome->changed[i]->state),
                  outcome->changed[i]->why);
}

/* What is answered goes into mailboxes; of cases and clients, what follows is said in the same transaction. */
static Status give_answers(Turn *turn, const HeardAnswers *heard)
{
    CaseNews news = intake_hear_news(turn->arena, heard);
    TRY(intake_load_news(turn, &news));
    CaseOutcome outcome = news_decide(turn->arena, &news);

    if (outcome.saying_count || outcome.changed_count)
        TRY(say_again(turn, &outcome));
    TRY(intake_keep_answered(turn, &news));
    Answers answers = intake_say_answers(turn->arena, heard);
    TRY(mail_post(turn, answers.letters, answers.count));
    tell_cases(&outcome);
    return STATUS_OK;
}

Status intake_turn(Turn *turn, Batch batch)
{
    HeardAnswers heard;
    TRY(intake_hear_answers(turn, batch, &heard));
    return give_answers(turn, &heard);
}

Status intake_aside(Turn *turn, Batch batch)
{
    HeardAnswers heard;
    TRY(intake_hear_aside(turn, batch, &heard));
    return give_answers(turn, &heard);
}
