/*
 * Billing says: messages as billing passes them on, short enough to read in a test.
 */
#pragma once

#include "process/book_folder.h"
#include "service/message.h"
#include "service/turn.h"
#include "support/unit.h"

#include "proto/billing.pb-c.h"

typedef struct SaidLine {
    const char *client;
    const char *segment;
    const char *profile; /* "": no PIC */
    int funding;
    const char *month; /* the first day of service */
    int64_t cents;
    const char *code; /* NULL: approved */
    bool credit;
} SaidLine;

/* Builds one message; what hangs below it lives in the arena. */
typedef struct Says {
    Arena *arena;
    Heard *heard;
    size_t count;
    int64_t positions[64];
    int cohort; /* of what is allocated from here on; 0: not said */
    int32_t books[64];
} Says;

enum { SAYS_MAX = 4096 };

static inline Says says_new(Arena *arena)
{
    return (Says){.arena = arena, .heard = ARENA_MANY(arena, Heard, SAYS_MAX)};
}

static inline Day says_day(const char *text)
{
    Day day = {0};
    assert_true(day_read(text, &day));
    return day;
}

static inline char *says_text(const Says *says, const char *text)
{
    return arena_text(says->arena, text);
}

/* "t-2" for client-2: it does not hold the client's reference. */
static inline char *says_trajectory(const Says *says, const char *client)
{
    const char *number = strrchr(client, '-');
    return arena_format(says->arena, "t%s", number ? number : client);
}

static inline Care__Money *says_money(const Says *says, int64_t cents)
{
    Care__Money *money = ARENA_NEW(says->arena, Care__Money);
    care__money__init(money);
    money->cents = cents;
    return money;
}

static inline Care__Period *says_period(const Says *says, Day first, Day last)
{
    Care__Period *period = ARENA_NEW(says->arena, Care__Period);
    care__period__init(period);
    period->first_day = first.number;
    period->last_day = last.number;
    return period;
}

static inline Care__Pic *says_pic(const Says *says, const char *profile)
{
    Care__Pic *pic = ARENA_NEW(says->arena, Care__Pic);
    care__pic__init(pic);
    pic->profile = says_text(says, profile);
    pic->intensity = says_text(says, *profile ? "PERSPECTIEF" : "");
    return pic;
}

/* The envelope of a judged fact that holds no judgement yet. */
static inline Billing__Judged *says_judged(const Says *says, const char *municipality)
{
    Intake__Fact *fact = ARENA_NEW(says->arena, Intake__Fact);
    intake__fact__init(fact);
    fact->municipality = says_text(says, municipality);
    fact->provider = says_text(says, "90000001");
    Allocation__Judged *heard = ARENA_NEW(says->arena, Allocation__Judged);
    allocation__judged__init(heard);
    heard->fact = fact;
    Billing__Judged *judged = ARENA_NEW(says->arena, Billing__Judged);
    billing__judged__init(judged);
    judged->heard = heard;
    return judged;
}

static inline void says_send(Says *says, int16_t partition, const char *known, const Billing__Judged *judged)
{
    assert_true(says->count < SAYS_MAX);
    int64_t position = ++says->positions[partition];
    says->heard[says->count++] = (Heard){
        .id = arena_format(says->arena, "m-%d-%lld", partition, (long long)position),
        .source = "billing",
        .type = "billing.Judged",
        .subject = "0503/90000001",
        .known = says_day(known),
        .partition = partition,
        .position = position,
        .data = message_pack(says->arena, &judged->base),
    };
}

static inline void says_post(const Says *says, Billing__Judged *judged, const char *account, int year, int64_t cents)
{
    Billing__Posting *posting = ARENA_NEW(says->arena, Billing__Posting);
    billing__posting__init(posting);
    posting->account = says_text(says, account);
    posting->year = year;
    posting->amount = says_money(says, cents);
    Billing__Posting **postings = ARENA_MANY(says->arena, Billing__Posting *, judged->n_postings + 1);
    for (size_t i = 0; i < judged->n_postings; i++)
        postings[i] = judged->postings[i];
    postings[judged->n_postings++] = posting;
    judged->postings = postings;
}

static inline Billing__DeclarationAnswered__Line *says_line(const Says *says, const SaidLine *said)
{
    Billing__DeclarationAnswered__Line *line = ARENA_NEW(says->arena, Billing__DeclarationAnswered__Line);
    billing__declaration_answered__line__init(line);
    Period month = period_month(says_day(said->month));
    line->approved = !said->code;
    line->code = says_text(says, said->code ? said->code : "");
    line->reason = says_text(says, said->code ? "REASON" : "APPROVED");
    line->amount = says_money(says, said->code ? 0 : said->cents);
    line->funding = (Care__Funding__Value)said->funding;
    line->segment = says_text(says, said->segment);
    line->pic = says_pic(says, said->profile);
    line->client = says_text(says, said->client);
    line->trajectory = says_trajectory(says, said->client);
    line->period = says_period(says, month.first, month.last);
    line->credit = said->credit;
    return line;
}

static inline void says_answer(Says *says, int16_t partition, const char *known, const char *municipality,
                               const SaidLine *lines, size_t count)
{
    Billing__DeclarationAnswered *answer = ARENA_NEW(says->arena, Billing__DeclarationAnswered);
    billing__declaration_answered__init(answer);
    answer->code = says_text(says, "0200");
    answer->n_lines = count;
    answer->lines = ARENA_MANY(says->arena, Billing__DeclarationAnswered__Line *, count);
    int64_t approved = 0;
    for (size_t i = 0; i < count; i++) {
        answer->lines[i] = says_line(says, &lines[i]);
        approved += lines[i].code ? 0 : lines[i].credit ? -lines[i].cents : lines[i].cents;
    }
    answer->submitted = says_money(says, approved);

    Billing__Judged *judged = says_judged(says, municipality);
    judged->judgement_case = BILLING__JUDGED__JUDGEMENT_DECLARATION_ANSWERED;
    judged->declaration_answered = answer;
    says_post(says, judged, "COST", day_parts(says_day(lines[0].month)).year, approved);
    says_post(says, judged, "PAYABLE", day_parts(says_day(lines[0].month)).year, -approved);
    says_send(says, partition, known, judged);
}

/* The next book, as it is said in one partition. */
static inline void says_book(Says *says, int16_t partition, const char *known, const BookFiles *files)
{
    char digest_text[DIGEST_TEXT_SIZE];
    Digest digest = book_files_digest(files->files, files->count);
    Intake__BookPublished *published = ARENA_NEW(says->arena, Intake__BookPublished);
    intake__book_published__init(published);
    published->number = ++says->books[partition];
    published->digest = says_text(says, digest_write(&digest, digest_text));
    published->n_files = files->count;
    published->files = ARENA_MANY(says->arena, Intake__BookPublished__File *, files->count);
    for (size_t i = 0; i < files->count; i++) {
        Intake__BookPublished__File *file = published->files[i] = ARENA_NEW(says->arena, Intake__BookPublished__File);
        intake__book_published__file__init(file);
        file->name = says_text(says, files->files[i].name);
        file->text = arena_text_sized(says->arena, (const char *)files->files[i].text.data, files->files[i].text.size);
    }
    Billing__Judged *judged = says_judged(says, "");
    judged->heard->fact->fact_case = INTAKE__FACT__FACT_BOOK_PUBLISHED;
    judged->heard->fact->book_published = published;
    says_send(says, partition, known, judged);
}

typedef struct SaidAllocation {
    const char *number;
    const char *client;
    const char *segment;
    const char *profile;
    int funding;
    const char *first;
    const char *last;
} SaidAllocation;

static inline Allocation__Allocation *says_allocation(const Says *says, const SaidAllocation *said)
{
    Allocation__Allocation *allocation = ARENA_NEW(says->arena, Allocation__Allocation);
    allocation__allocation__init(allocation);
    allocation->number = says_text(says, said->number);
    allocation->client = says_text(says, said->client);
    allocation->trajectory = says_trajectory(says, said->client);
    allocation->segment = says_text(says, said->segment);
    allocation->pic = says_pic(says, said->profile);
    allocation->funding = (Care__Funding__Value)said->funding;
    allocation->cohort = (Care__Cohort__Value)says->cohort;
    allocation->period = says_period(says, says_day(said->first), says_day(said->last));
    return allocation;
}

/* An amount for the whole period, spread evenly over its days. */
static inline Care__Product *says_euros(const Says *says, int64_t cents)
{
    Care__Product *product = ARENA_NEW(says->arena, Care__Product);
    care__product__init(product);
    product->volume = cents;
    product->unit = CARE__UNIT__VALUE__EURO;
    product->frequency = CARE__FREQUENCY__VALUE__IN_TOTAL;
    return product;
}

/* Without an amount it is worth nothing that is known. */
static inline void says_granted_worth(Says *says, int16_t partition, const char *known, const char *municipality,
                                      const SaidAllocation *said, int64_t cents)
{
    Allocation__Granted *granted = ARENA_NEW(says->arena, Allocation__Granted);
    allocation__granted__init(granted);
    granted->reason = says_text(says, "BY_RULE");
    granted->n_allocations = 1;
    granted->allocations = ARENA_NEW(says->arena, Allocation__Allocation *);
    granted->allocations[0] = says_allocation(says, said);
    if (cents > 0)
        granted->allocations[0]->product = says_euros(says, cents);
    Billing__Judged *judged = says_judged(says, municipality);
    judged->heard->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_GRANTED;
    judged->heard->granted = granted;
    says_send(says, partition, known, judged);
}

static inline void says_granted(Says *says, int16_t partition, const char *known, const char *municipality,
                                const SaidAllocation *said)
{
    says_granted_worth(says, partition, known, municipality, said, 0);
}

/* Two clients turned out to be one. */
static inline void says_joined(Says *says, int16_t partition, const char *known, const char *municipality,
                               const char *from, const char *into)
{
    Intake__ClientJoined *joined = ARENA_NEW(says->arena, Intake__ClientJoined);
    intake__client_joined__init(joined);
    joined->from = says_text(says, from);
    joined->into = says_text(says, into);
    Allocation__ChangedTogether *changed = ARENA_NEW(says->arena, Allocation__ChangedTogether);
    allocation__changed_together__init(changed);
    Billing__Judged *judged = says_judged(says, municipality);
    judged->heard->fact->fact_case = INTAKE__FACT__FACT_CLIENT_JOINED;
    judged->heard->fact->client_joined = joined;
    judged->heard->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER;
    judged->heard->changed_together = changed;
    says_send(says, partition, known, judged);
}

static inline void says_refused(Says *says, int16_t partition, const char *known, const char *municipality,
                                const char *reason)
{
    Allocation__Refused *refused = ARENA_NEW(says->arena, Allocation__Refused);
    allocation__refused__init(refused);
    refused->reason = says_text(says, reason);
    Billing__Judged *judged = says_judged(says, municipality);
    judged->heard->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REFUSED;
    judged->heard->refused = refused;
    says_send(says, partition, known, judged);
}

/* "a-2" for client-2, to whom one allocation is told of. */
static inline char *says_number(const Says *says, const char *client)
{
    const char *number = strrchr(client, '-');
    return arena_format(says->arena, "a%s", number ? number : client);
}

/* What was told of the trajectory of the client; it fits unless there is a reason why not. */
static inline void says_noted(Says *says, int16_t partition, const char *known, const char *municipality,
                              const char *client, Intake__Fact__FactCase fact_case, void *fact, const char *reason)
{
    Allocation__Noted *noted = ARENA_NEW(says->arena, Allocation__Noted);
    allocation__noted__init(noted);
    noted->reason = says_text(says, reason);
    noted->trajectory = says_trajectory(says, client);
    Billing__Judged *judged = says_judged(says, municipality);
    judged->heard->fact->fact_case = fact_case;
    judged->heard->fact->start = fact; /* whichever of the union it is */
    judged->heard->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_NOTED;
    judged->heard->noted = noted;
    says_send(says, partition, known, judged);
}

static inline void says_started(Says *says, int16_t partition, const char *known, const char *municipality,
                                const char *client, const char *day)
{
    Intake__Start start = INTAKE__START__INIT;
    start.allocation = says_number(says, client);
    start.day = says_day(day).number;
    says_noted(says, partition, known, municipality, client, INTAKE__FACT__FACT_START, &start, "");
}

static inline void says_stopped(Says *says, int16_t partition, const char *known, const char *municipality,
                                const char *client, const char *day, int reason)
{
    Intake__Stop stop = INTAKE__STOP__INIT;
    stop.allocation = says_number(says, client);
    stop.day = says_day(day).number;
    stop.reason = (Care__StopReason__Value)reason;
    says_noted(says, partition, known, municipality, client, INTAKE__FACT__FACT_STOP, &stop, "");
}

/* As in proto/care.proto: 0 where nothing was answered. */
static inline void says_outcome(Says *says, int16_t partition, const char *known, const char *municipality,
                                const char *client, const char *day, int goal_reached, int dropped_out,
                                int satisfaction)
{
    Care__Outcome measures = CARE__OUTCOME__INIT;
    measures.goal_reached = (Care__Outcome__Measure__Value)goal_reached;
    measures.dropped_out = (Care__Outcome__Measure__Value)dropped_out;
    measures.satisfaction = satisfaction;
    Intake__Outcome outcome = INTAKE__OUTCOME__INIT;
    outcome.allocation = says_number(says, client);
    outcome.day = says_day(day).number;
    outcome.outcome = &measures;
    says_noted(says, partition, known, municipality, client, INTAKE__FACT__FACT_OUTCOME, &outcome, "");
}

/* A request came to a person, who has until `due`. */
static inline void says_referred(Says *says, int16_t partition, const char *known, const char *municipality,
                                 const char *reference, const char *due)
{
    Allocation__Referred *referred = ARENA_NEW(says->arena, Allocation__Referred);
    allocation__referred__init(referred);
    referred->reference = says_text(says, reference);
    referred->reason = says_text(says, "VOLUME");
    referred->due_day = says_day(due).number;
    Billing__Judged *judged = says_judged(says, municipality);
    judged->heard->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REFERRED;
    judged->heard->referred = referred;
    says_send(says, partition, known, judged);
}

/* The person granted it, and something is still missing: it comes to a person again. */
static inline void says_referred_again(Says *says, int16_t partition, const char *known, const char *municipality,
                                       const char *reference, const char *due)
{
    Intake__RequestGranted *asked = ARENA_NEW(says->arena, Intake__RequestGranted);
    intake__request_granted__init(asked);
    asked->reference = says_text(says, reference);
    Allocation__Referred *referred = ARENA_NEW(says->arena, Allocation__Referred);
    allocation__referred__init(referred);
    referred->reference = says_text(says, reference);
    referred->reason = says_text(says, "VOLUME_MISSING");
    referred->due_day = says_day(due).number;
    Billing__Judged *judged = says_judged(says, municipality);
    judged->heard->fact->fact_case = INTAKE__FACT__FACT_REQUEST_GRANTED;
    judged->heard->fact->request_granted = asked;
    judged->heard->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REFERRED;
    judged->heard->referred = referred;
    says_send(says, partition, known, judged);
}

/* The person judged it: refused. */
static inline void says_judged_by_person(Says *says, int16_t partition, const char *known, const char *municipality,
                                         const char *reference)
{
    Intake__RequestRefused *asked = ARENA_NEW(says->arena, Intake__RequestRefused);
    intake__request_refused__init(asked);
    asked->reference = says_text(says, reference);
    Allocation__Refused *refused = ARENA_NEW(says->arena, Allocation__Refused);
    allocation__refused__init(refused);
    refused->reason = says_text(says, "BY_PERSON");
    Billing__Judged *judged = says_judged(says, municipality);
    judged->heard->fact->fact_case = INTAKE__FACT__FACT_REQUEST_REFUSED;
    judged->heard->fact->request_refused = asked;
    judged->heard->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REFUSED;
    judged->heard->refused = refused;
    says_send(says, partition, known, judged);
}

/* What a book corrected: one line of a trajectory, of March 2020, in specialist care that is paid PxQ. */
static inline void says_corrected(Says *says, int16_t partition, const char *known, const char *municipality,
                                  const char *client, int64_t before, int64_t after)
{
    Billing__Corrected__Line *line = ARENA_NEW(says->arena, Billing__Corrected__Line);
    billing__corrected__line__init(line);
    line->trajectory = says_trajectory(says, client);
    line->period = says_period(says, says_day("2020-03-01"), says_day("2020-03-31"));
    line->before = says_money(says, before);
    line->after = says_money(says, after);
    Billing__Corrected *corrected = ARENA_NEW(says->arena, Billing__Corrected);
    billing__corrected__init(corrected);
    corrected->n_lines = 1;
    corrected->lines = ARENA_NEW(says->arena, Billing__Corrected__Line *);
    corrected->lines[0] = line;
    Billing__Corrected__Sum *sum = ARENA_NEW(says->arena, Billing__Corrected__Sum);
    billing__corrected__sum__init(sum);
    sum->segment = says_text(says, "SPECIALIST");
    sum->funding = CARE__FUNDING__VALUE__PXQ;
    sum->pic = says_pic(says, "PROFIEL1");
    sum->month_day = day_of(2020, 3, 1).number;
    sum->debet_lines = sum->credit_lines = 1;
    sum->debet = says_money(says, after);
    sum->credit = says_money(says, before);
    corrected->n_sums = 1;
    corrected->sums = ARENA_NEW(says->arena, Billing__Corrected__Sum *);
    corrected->sums[0] = sum;
    Billing__Judged *judged = says_judged(says, municipality);
    judged->judgement_case = BILLING__JUDGED__JUDGEMENT_CORRECTED;
    judged->corrected = corrected;
    says_send(says, partition, known, judged);
}

static inline void says_converted(Says *says, int16_t partition, const char *known, const char *municipality,
                                  const SaidAllocation *ended, const SaidAllocation *begun)
{
    Allocation__Converted *converted = ARENA_NEW(says->arena, Allocation__Converted);
    allocation__converted__init(converted);
    converted->n_ended = converted->n_begun = 1;
    converted->ended = ARENA_NEW(says->arena, Allocation__Allocation *);
    converted->begun = ARENA_NEW(says->arena, Allocation__Allocation *);
    converted->ended[0] = says_allocation(says, ended);
    converted->begun[0] = says_allocation(says, begun);
    Billing__Judged *judged = says_judged(says, municipality);
    judged->heard->judgement_case = ALLOCATION__JUDGED__JUDGEMENT_CONVERTED;
    judged->heard->converted = converted;
    says_send(says, partition, known, judged);
}
