#include "intake/say.h"

#include "intake/core/national.h"
#include "intake/hear_national.h"
#include "intake/say_case.h"
#include "proto/intake.pb-c.h"
#include "proto/letter.pb-c.h"
#include "proto/operator.pb-c.h"
#include "proto/provider.pb-c.h"
#include "proto/street.pb-c.h"

#include <assert.h>
#include <string.h>

#define FACT_TYPE "intake.Fact"
#define RETRIED_TYPE "street.Retried"
#define DROPPED_TYPE "street.Dropped"

/* What is said of one admission, for each partition that it goes to. */
typedef struct Saying {
    Turn *turn;
    Arena *arena;
    const Admission *admission;
    const Submission *said;
    Intake__Fact *fact;
} Saying;

/* A protobuf string is not const, yet never written to. */
static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

static const Provider__Message *from_provider(const Saying *saying)
{
    return saying->said->message;
}

static const Operator__Message *from_operator(const Saying *saying)
{
    return saying->said->message;
}

/* clients */

static Intake__Client *say_client(const Saying *saying)
{
    const Stamp *stamp = &saying->admission->stamps[0];
    Intake__Client *client = ARENA_NEW(saying->arena, Intake__Client);
    intake__client__init(client);
    client->reference = text(stamp->reference);
    client->age_first = stamp->age_first;
    client->age_last = stamp->age_last;
    client->n_care_periods = stamp->care.count;
    client->care_periods = ARENA_MANY(saying->arena, Care__Period *, stamp->care.count);
    for (size_t i = 0; i < stamp->care.count; i++) {
        Care__Period *period = ARENA_NEW(saying->arena, Care__Period);
        care__period__init(period);
        period->first_day = stamp->care.periods[i].first.number;
        period->last_day = stamp->care.periods[i].last.number;
        client->care_periods[i] = period;
    }
    return client;
}

static char *say_reference(const Saying *saying)
{
    return text(saying->admission->stamps[0].reference);
}

/* what providers say */

static void say_request(const Saying *saying, const Provider__AllocationRequest *asked, const char *granted_by)
{
    Intake__AllocationRequest *request = ARENA_NEW(saying->arena, Intake__AllocationRequest);
    intake__allocation_request__init(request);
    request->reference = asked->reference;
    request->client = say_client(saying);
    request->referrer = asked->referrer;
    request->decision = asked->decision;
    request->segment = asked->segment;
    request->pic = asked->pic;
    request->n_results = asked->n_results;
    request->results = asked->results;
    request->period = asked->period;
    request->n_products = asked->n_products;
    request->products = asked->products;
    request->granted_by = text(granted_by);
    saying->fact->fact_case = INTAKE__FACT__FACT_ALLOCATION_REQUEST;
    saying->fact->allocation_request = request;
}

static void say_allocation_request(const Saying *saying)
{
    say_request(saying, from_provider(saying)->allocation_request, "");
}

static void say_change_request(const Saying *saying)
{
    const Provider__ChangeRequest *asked = from_provider(saying)->change_request;
    Intake__ChangeRequest *change = ARENA_NEW(saying->arena, Intake__ChangeRequest);
    intake__change_request__init(change);
    change->reference = asked->reference;
    change->client = say_client(saying);
    change->allocation = asked->allocation;
    change->first_day = asked->first_day;
    change->last_day = asked->last_day;
    change->product = asked->product;
    saying->fact->fact_case = INTAKE__FACT__FACT_CHANGE_REQUEST;
    saying->fact->change_request = change;
}

static void say_start(const Saying *saying)
{
    const Provider__Start *said = from_provider(saying)->start;
    Intake__Start *start = ARENA_NEW(saying->arena, Intake__Start);
    intake__start__init(start);
    start->client = say_reference(saying);
    start->allocation = said->allocation;
    start->day = said->day;
    saying->fact->fact_case = INTAKE__FACT__FACT_START;
    saying->fact->start = start;
}

static void say_stop(const Saying *saying)
{
    const Provider__Stop *said = from_provider(saying)->stop;
    Intake__Stop *stop = ARENA_NEW(saying->arena, Intake__Stop);
    intake__stop__init(stop);
    stop->client = say_reference(saying);
    stop->allocation = said->allocation;
    stop->day = said->day;
    stop->reason = said->reason;
    saying->fact->fact_case = INTAKE__FACT__FACT_STOP;
    saying->fact->stop = stop;
}

static void say_line(Intake__Declaration__Line *line, const Provider__Declaration__Line *said)
{
    intake__declaration__line__init(line);
    line->reference = said->reference;
    line->allocation = said->allocation;
    line->category = said->category;
    line->code = said->code;
    line->period = said->period;
    line->volume = said->volume;
    line->unit = said->unit;
    line->tariff = said->tariff;
    line->amount = said->amount;
    line->credits = said->credits;
}

static void say_declared_client(const Saying *saying, Intake__Declaration__Client *client,
                                const Provider__Declaration__Client *said, const Stamp *stamp)
{
    intake__declaration__client__init(client);
    client->client = text(stamp->reference);
    client->n_lines = said->n_lines;
    client->lines = ARENA_MANY(saying->arena, Intake__Declaration__Line *, said->n_lines);
    Intake__Declaration__Line *lines = ARENA_MANY(saying->arena, Intake__Declaration__Line, said->n_lines);
    for (size_t i = 0; i < said->n_lines; i++) {
        say_line(&lines[i], said->lines[i]);
        client->lines[i] = &lines[i];
    }
}

static void say_declaration(const Saying *saying)
{
    const Provider__Declaration *said = from_provider(saying)->declaration;
    Intake__Declaration *declaration = ARENA_NEW(saying->arena, Intake__Declaration);
    intake__declaration__init(declaration);
    declaration->number = said->number;
    declaration->month_day = said->month_day;
    declaration->total = said->total;
    declaration->n_clients = said->n_clients;
    declaration->clients = ARENA_MANY(saying->arena, Intake__Declaration__Client *, said->n_clients);
    Intake__Declaration__Client *clients = ARENA_MANY(saying->arena, Intake__Declaration__Client, said->n_clients);
    for (size_t i = 0; i < said->n_clients; i++) {
        say_declared_client(saying, &clients[i], said->clients[i], &saying->admission->stamps[i]);
        declaration->clients[i] = &clients[i];
    }
    saying->fact->fact_case = INTAKE__FACT__FACT_DECLARATION;
    saying->fact->declaration = declaration;
}

static void say_outcome(const Saying *saying)
{
    const Provider__Outcome *said = from_provider(saying)->outcome;
    Intake__Outcome *outcome = ARENA_NEW(saying->arena, Intake__Outcome);
    intake__outcome__init(outcome);
    outcome->client = say_reference(saying);
    outcome->allocation = said->allocation;
    outcome->day = said->day;
    outcome->outcome = said->outcome;
    saying->fact->fact_case = INTAKE__FACT__FACT_OUTCOME;
    saying->fact->outcome = outcome;
}

/* what operators say */

static void say_care_granted(const Saying *saying)
{
    say_request(saying, from_operator(saying)->care_granted->request, saying->said->sender->owner);
}

static void say_care_taken_over(const Saying *saying)
{
    const Operator__CareTakenOver *said = from_operator(saying)->care_taken_over;
    Intake__CareTakenOver *taken = ARENA_NEW(saying->arena, Intake__CareTakenOver);
    intake__care_taken_over__init(taken);
    taken->client = say_client(saying);
    taken->allocation = said->allocation;
    taken->segment = said->segment;
    taken->pic = said->pic;
    taken->n_results = said->n_results;
    taken->results = said->results;
    taken->period = said->period;
    taken->product = said->product;
    taken->referrer = said->referrer;
    saying->fact->fact_case = INTAKE__FACT__FACT_CARE_TAKEN_OVER;
    saying->fact->care_taken_over = taken;
}

static void say_request_granted(const Saying *saying)
{
    const Operator__RequestGranted *said = from_operator(saying)->request_granted;
    Intake__RequestGranted *granted = ARENA_NEW(saying->arena, Intake__RequestGranted);
    intake__request_granted__init(granted);
    granted->reference = said->reference;
    granted->reason = said->reason;
    granted->pic = said->pic;
    granted->n_results = said->n_results;
    granted->results = said->results;
    granted->n_products = said->n_products;
    granted->products = said->products;
    saying->fact->fact_case = INTAKE__FACT__FACT_REQUEST_GRANTED;
    saying->fact->request_granted = granted;
}

static void say_request_refused(const Saying *saying)
{
    const Operator__RequestRefused *said = from_operator(saying)->request_refused;
    Intake__RequestRefused *refused = ARENA_NEW(saying->arena, Intake__RequestRefused);
    intake__request_refused__init(refused);
    refused->reference = said->reference;
    refused->reason = said->reason;
    saying->fact->fact_case = INTAKE__FACT__FACT_REQUEST_REFUSED;
    saying->fact->request_refused = refused;
}

static void say_conversion(const Saying *saying)
{
    const Operator__Conversion *said = from_operator(saying)->conversion;
    Intake__Conversion *conversion = ARENA_NEW(saying->arena, Intake__Conversion);
    intake__conversion__init(conversion);
    conversion->client = say_client(saying);
    conversion->allocation = said->allocation;
    conversion->day = said->day;
    conversion->pic = said->pic;
    conversion->n_results = said->n_results;
    conversion->results = said->results;
    conversion->n_products = said->n_products;
    conversion->products = said->products;
    conversion->consent = said->consent;
    saying->fact->fact_case = INTAKE__FACT__FACT_CONVERSION;
    saying->fact->conversion = conversion;
}

static void say_allocation_ended(const Saying *saying)
{
    const Operator__AllocationEnded *said = from_operator(saying)->allocation_ended;
    Intake__AllocationEnded *ended = ARENA_NEW(saying->arena, Intake__AllocationEnded);
    intake__allocation_ended__init(ended);
    ended->client = say_reference(saying);
    ended->allocation = said->allocation;
    ended->last_day = said->last_day;
    ended->reason = said->reason;
    ended->consent = said->consent;
    saying->fact->fact_case = INTAKE__FACT__FACT_ALLOCATION_ENDED;
    saying->fact->allocation_ended = ended;
}

static void say_payment_made(const Saying *saying)
{
    const Matter *approved = &saying->admission->approved;
    const Operator__PaymentMade *said =
        message_unpack(saying->arena, &operator__payment_made__descriptor, approved->contents);
    assert(said);
    Intake__PaymentMade *made = ARENA_NEW(saying->arena, Intake__PaymentMade);
    intake__payment_made__init(made);
    made->declaration = said->declaration;
    made->amount = said->amount;
    made->day = said->day;
    made->proposed_by = text(approved->proposed_by);
    made->approved_by = text(saying->said->sender->owner);
    saying->fact->fact_case = INTAKE__FACT__FACT_PAYMENT_MADE;
    saying->fact->payment_made = made;
}

static void say_book_published(const Saying *saying)
{
    const Proposal *proposal = saying->said->proposal;
    const Operator__BookProposed *proposed =
        message_unpack(saying->arena, &operator__book_proposed__descriptor, proposal->contents);
    assert(proposed);
    Intake__BookPublished *published = ARENA_NEW(saying->arena, Intake__BookPublished);
    intake__book_published__init(published);
    published->number = proposal->number;
    published->slug = text(proposal->slug);
    published->digest = text(proposal->digest);
    published->proposed_by = text(proposal->proposed_by);
    published->approved_by = text(saying->said->sender->owner);
    published->n_files = proposed->n_files;
    published->files = ARENA_MANY(saying->arena, Intake__BookPublished__File *, proposed->n_files);
    for (size_t i = 0; i < proposed->n_files; i++) {
        Intake__BookPublished__File *file = ARENA_NEW(saying->arena, Intake__BookPublished__File);
        intake__book_published__file__init(file);
        file->name = proposed->files[i]->name;
        file->text = proposed->files[i]->text;
        published->files[i] = file;
    }
    saying->fact->fact_case = INTAKE__FACT__FACT_BOOK_PUBLISHED;
    saying->fact->book_published = published;
}

/* the log */

typedef struct Log {
    Said *said;
    size_t count;
    size_t room;
} Log;

static Said *next_said(Log *log, Arena *arena)
{
    if (log->count == log->room) {
        size_t room = 2 * log->room + PARTITIONS;
        Said *wider = ARENA_MANY(arena, Said, room);
        if (log->count)
            memcpy(wider, log->said, log->count * sizeof *wider);
        log->said = wider;
        log->room = room;
    }
    return &log->said[log->count++];
}

static void begin_fact(Saying *saying)
{
    saying->fact = ARENA_NEW(saying->arena, Intake__Fact);
    intake__fact__init(saying->fact);
    saying->fact->sender = text(saying->said->is_from_clock ? "clock" : saying->said->sender->owner);
    saying->fact->sent_id = text(saying->said->id);
    saying->fact->municipality = text(saying->said->municipality);
    saying->fact->provider = text(saying->said->provider);
}

/* The same fact once in every partition, under ids like book-7@12. */
static void say_to_everyone(const Saying *saying, Log *log, const char *name, Day known, int64_t now_us)
{
    for (int16_t partition = 0; partition < PARTITIONS; partition++) {
        Said *said = next_said(log, saying->arena);
        saying->fact->id = arena_format(saying->arena, "%s@%d", name, partition);
        *said = (Said){.partition = partition,
                       .id = saying->fact->id,
                       .type = FACT_TYPE,
                       .subject = "",
                       .time_us = now_us,
                       .known = known,
                       .data = message_pack(saying->arena, &saying->fact->base)};
    }
}

static void say_days(Saying *saying, Log *log, int64_t now_us)
{
    Period begun = saying->admission->begun;
    for (Day day = begun.first; day_compare(day, begun.last) <= 0; day = day_plus(day, 1)) {
        char written[DAY_TEXT_SIZE];
        Intake__NewDay *new_day = ARENA_NEW(saying->arena, Intake__NewDay);
        intake__new_day__init(new_day);
        new_day->day = day.number;
        saying->fact->fact_case = INTAKE__FACT__FACT_NEW_DAY;
        saying->fact->new_day = new_day;
        say_to_everyone(saying, log, arena_format(saying->arena, "day-%s", day_write(day, written)), day, now_us);
    }
}

static void say_book(Saying *saying, Log *log, int64_t now_us)
{
    say_book_published(saying);
    say_to_everyone(saying, log, arena_format(saying->arena, "book-%d", saying->said->proposal->number),
                    saying->admission->known, now_us);
}

static void say_year_reopened(const Saying *saying)
{
    const Matter *approved = &saying->admission->approved;
    const Operator__YearProposed *proposed =
        message_unpack(saying->arena, &operator__year_proposed__descriptor, approved->contents);
    assert(proposed);
    Intake__YearReopened *reopened = ARENA_NEW(saying->arena, Intake__YearReopened);
    intake__year_reopened__init(reopened);
    reopened->year = proposed->year;
    reopened->reason = proposed->reason;
    reopened->proposed_by = text(approved->proposed_by);
    reopened->approved_by = text(saying->said->sender->owner);
    saying->fact->fact_case = INTAKE__FACT__FACT_YEAR_REOPENED;
    saying->fact->year_reopened = reopened;
}

static void say_year_closed(const Saying *saying)
{
    Intake__YearClosed *closed = ARENA_NEW(saying->arena, Intake__YearClosed);
    intake__year_closed__init(closed);
    closed->year = saying->said->year;
    closed->proposed_by = text(saying->admission->approved.proposed_by);
    closed->approved_by = text(saying->said->sender->owner);
    saying->fact->fact_case = INTAKE__FACT__FACT_YEAR_CLOSED;
    saying->fact->year_closed = closed;
}

/* A year may be closed more than once, when it was opened in between: the approval tells which time it is. */
static void say_year(Saying *saying, Log *log, int64_t now_us)
{
    const char *approval = saying->fact->id;
    bool reopened = saying->said->reopened;
    if (reopened)
        say_year_reopened(saying);
    else
        say_year_closed(saying);
    say_to_everyone(
        saying, log,
        arena_format(saying->arena, "%s-%d-%s", reopened ? "reopen" : "close", saying->said->year, approval),
        saying->admission->known, now_us);
}

static void say_in_conversation(const Saying *saying, Log *log, int64_t now_us, const char *type, Bytes data)
{
    Said *said = next_said(log, saying->arena);
    *said = (Said){.partition = saying->said->partition,
                   .id = saying->fact->id,
                   .type = type,
                   .subject = saying->said->conversation,
                   .time_us = now_us,
                   .known = saying->admission->known,
                   .data = data};
}

/* The word of a person about a message that was set aside travels as a word of the street itself. */
static void say_aside(const Saying *saying, Log *log, int64_t now_us)
{
    const Operator__Message *message = from_operator(saying);
    bool is_retried = saying->said->kind == FACT_SET_ASIDE_RETRIED;
    Street__Retried word = STREET__RETRIED__INIT;
    if (is_retried) {
        word.house = message->set_aside_retried->house;
        word.id = message->set_aside_retried->message_id;
        word.reason = message->set_aside_retried->reason;
    } else {
        /* Retried and Dropped have the same fields with the same numbers. */
        word.house = message->set_aside_dropped->house;
        word.id = message->set_aside_dropped->message_id;
        word.reason = message->set_aside_dropped->reason;
    }
    say_in_conversation(saying, log, now_us, is_retried ? RETRIED_TYPE : DROPPED_TYPE,
                        message_pack(saying->arena, &word.base));
}

static void say_cases(const Saying *saying, Log *log, int64_t now_us)
{
    Said *said = ARENA_MANY(saying->arena, Said, saying->admission->case_count);
    intake_say_cases(saying->arena, saying->admission, now_us, said);
    for (size_t i = 0; i < saying->admission->case_count; i++)
        *next_said(log, saying->arena) = said[i];
}

static const struct {
    FactKind kind;
    void (*say)(const Saying *saying);
} SAYS[] = {
    {FACT_ALLOCATION_REQUEST, say_allocation_request},
    {FACT_CHANGE_REQUEST, say_change_request},
    {FACT_START, say_start},
    {FACT_STOP, say_stop},
    {FACT_DECLARATION, say_declaration},
    {FACT_OUTCOME, say_outcome},
    {FACT_CARE_TAKEN_OVER, say_care_taken_over},
    {FACT_CARE_GRANTED, say_care_granted},
    {FACT_REQUEST_GRANTED, say_request_granted},
    {FACT_REQUEST_REFUSED, say_request_refused},
    {FACT_CONVERSION, say_conversion},
    {FACT_PAYMENT_APPROVED, say_payment_made},
    {FACT_ALLOCATION_ENDED, say_allocation_ended},
};

static void say_fact(Saying *saying, Log *log, int64_t now_us)
{
    begin_fact(saying);
    saying->fact->id = arena_format(saying->arena, "%s:%s", saying->fact->sender, saying->said->id);
    FactKind kind = saying->said->kind;
    if (kind == FACT_NEW_DAY)
        say_days(saying, log, now_us);
    else if (kind == FACT_BOOK_APPROVED)
        say_book(saying, log, now_us);
    else if (kind == FACT_YEAR_APPROVED)
        say_year(saying, log, now_us);
    else if (kind == FACT_SET_ASIDE_RETRIED || kind == FACT_SET_ASIDE_DROPPED)
        say_aside(saying, log, now_us);
    if (saying->admission->case_count)
        say_cases(saying, log, now_us);

    for (size_t i = 0; i < sizeof SAYS / sizeof SAYS[0]; i++) {
        if (SAYS[i].kind != kind)
            continue;
        SAYS[i].say(saying);
        say_in_conversation(saying, log, now_us, FACT_TYPE, message_pack(saying->arena, &saying->fact->base));
    }
}

/* refusals as letters */

static void say_national(Turn *turn, Letter__Refused *refused, const Admission *admission)
{
    Arena *arena = turn->arena;
    const National *national = admission->said->national;
    refused->national_message = text(national->message);
    refused->return_code = text(national_code(admission));
    if (national_is_whole(admission))
        refused->return_message = text(intake_hear_return(turn, national, national_code(admission), admission->known));
    refused->n_faults = national->fault_count;
    refused->faults = ARENA_MANY(arena, Letter__Refused__Fault *, national->fault_count);
    for (size_t i = 0; i < national->fault_count; i++) {
        Letter__Refused__Fault *fault = ARENA_NEW(arena, Letter__Refused__Fault);
        letter__refused__fault__init(fault);
        fault->rule = text(national->faults[i].rule);
        fault->path = text(national->faults[i].path);
        fault->line = national->faults[i].line;
        fault->return_code = text(national->faults[i].return_code);
        fault->sentence = text(national->faults[i].sentence);
        refused->faults[i] = fault;
    }
}

/* The sender's own name for the message; of one that has none, a name for its bytes. */
static const char *letter_about(const Submission *said)
{
    return said->national && *said->national->id ? said->national->id : said->sent->id;
}

static Letter letter_of_refusal(Turn *turn, const Admission *admission)
{
    Arena *arena = turn->arena;
    const Submission *said = admission->said;
    Letter__Refused refused = LETTER__REFUSED__INIT;
    refused.code = text(intake_reason_name(admission->refusal.reason));
    refused.sentence = text(refusal_sentence(arena, &admission->refusal));
    if (said->national)
        say_national(turn, &refused, admission);

    Letter__Message letter = LETTER__MESSAGE__INIT;
    letter.id = arena_format(arena, "%s:%s/intake.1", said->sender->owner, letter_about(said));
    letter.about = text(letter_about(said));
    letter.sender = text(said->sender->owner);
    if (admission->in_conversation) {
        letter.municipality = text(said->municipality);
        letter.provider = text(said->provider);
    }
    letter.known_day = admission->known.number;
    letter.fact_case = LETTER__MESSAGE__FACT_REFUSED;
    letter.refused = &refused;
    return (Letter){.address = admission->in_conversation ? said->conversation
                                                          : mail_address_of_sender(arena, said->sender->owner),
                    .content = message_pack(arena, &letter.base)};
}

/* Whether the refusal is kept, so that there is exactly one letter about it. */
static bool is_letter(const Admission *admission)
{
    const Submission *said = admission->said;
    return !is_admitted(admission) && !admission->heard_before && !said->is_from_clock && said->sender->owner &&
           admission->refusal.reason != INTAKE_READER_AWAY;
}

Status intake_say(Turn *turn, const Docket *docket, const Admission *admissions, int64_t now_us)
{
    Log log = {0};
    Letter *letters = ARENA_MANY(turn->arena, Letter, docket->count);
    size_t letter_count = 0;
    for (size_t i = 0; i < docket->count; i++) {
        if (is_letter(&admissions[i]))
            letters[letter_count++] = letter_of_refusal(turn, &admissions[i]);
        if (!is_admitted(&admissions[i]) || admissions[i].heard_before)
            continue;
        for (const Admission *one = &admissions[i]; one; one = one->next) {
            Saying saying = {.turn = turn, .arena = turn->arena, .admission = one, .said = one->said};
            say_fact(&saying, &log, now_us);
        }
    }
    TRY(mail_post(turn, letters, letter_count));
    TRY(outbox_reserve(turn->database, turn->arena, log.said, log.count));
    return outbox_write(turn->database, turn->arena, log.said, log.count);
}
