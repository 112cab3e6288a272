/*
 * Story: what billing may hear, as a test writes it.
 *
 * Messages are those of allocation, in one conversation each, on one calendar that only goes
 * forward. All is synthetic.
 */
#pragma once

#include "proto/allocation.pb-c.h"
#include "service/message.h"
#include "support/books.h"
#include "support/turns.h"
#include "support/unit.h"

enum { STORY_MAX = 4000 };

typedef struct Story {
    Arena *arena;
    int16_t partition;
    const char *municipality;
    const char *provider;
    Day known;
    int32_t book; /* that allocations are decided under; 0: the first */
    Heard messages[STORY_MAX];
    size_t count;
} Story;

/* One line as a provider writes it; LEFT is left to the region. */
enum { LEFT = -1 };

typedef struct Asked {
    const char *client; /* "": nobody of ours */
    const char *reference, *allocation, *code;
    Period period;
    int64_t volume;
    Unit unit;
    int64_t tariff, amount;
    const char *credits;    /* "" for a debet line */
    const char *match_code; /* "": allocation found that it fits */
    Funding funding;
} Asked;

typedef struct Grant {
    const char *number, *client, *code;
    int64_t volume;
    Unit unit;
    Frequency frequency;
    Period period;
    Pic pic; /* profile "": paid by product */
} Grant;

static inline char *wire_text(Story *story, const char *text)
{
    return arena_text(story->arena, text);
}

static inline Care__Period *wire_period(Story *story, Period period)
{
    Care__Period *wire = ARENA_NEW(story->arena, Care__Period);
    care__period__init(wire);
    wire->first_day = period.first.number;
    wire->last_day = period.last.number;
    return wire;
}

static inline Care__Money *wire_money(Story *story, int64_t cents)
{
    if (cents == LEFT)
        return NULL;
    Care__Money *wire = ARENA_NEW(story->arena, Care__Money);
    care__money__init(wire);
    wire->cents = cents;
    return wire;
}

static inline void story_tell(Story *story, Allocation__Judged *judged, Intake__Fact *fact)
{
    assert_true(story->count < STORY_MAX);
    char *id = arena_format(story->arena, "m%d-%zu", story->partition, story->count + 1);
    fact->id = id;
    fact->municipality = wire_text(story, story->municipality);
    fact->provider = wire_text(story, story->provider);
    judged->fact = fact;
    int64_t position = 1;
    for (size_t i = 0; i < story->count; i++)
        position += story->messages[i].partition == story->partition;
    story->messages[story->count++] = (Heard){
        .id = arena_format(story->arena, "%s/allocation.1", id),
        .source = "allocation",
        .type = "allocation.Judged",
        .subject = arena_format(story->arena, "%s/%s", story->municipality, story->provider),
        .time_us = INT64_C(1600000000000000) + (int64_t)story->count,
        .known = story->known,
        .partition = story->partition,
        .position = position,
        .version = 1,
        .data = message_pack(story->arena, &judged->base),
    };
}

static inline void story_book(Story *story, int32_t number, const char *sections)
{
    const char *text = arena_format(story->arena,
                                    "decision: {number: %d, slug: test-%d, name: Decision %d, decided: 2019-01-01, "
                                    "source: nobody}\nsynthetic: true\n%s",
                                    number, number, number, sections);
    BookFile file = {"book.yaml", {(const uint8_t *)text, strlen(text)}};
    Digest digest = book_files_digest(&file, 1);
    char digest_text[DIGEST_TEXT_SIZE];

    Intake__BookPublished__File wire_file = INTAKE__BOOK_PUBLISHED__FILE__INIT;
    wire_file.name = wire_text(story, file.name);
    wire_file.text = wire_text(story, text);
    Intake__BookPublished__File *files[] = {&wire_file};
    Intake__BookPublished book = INTAKE__BOOK_PUBLISHED__INIT;
    book.number = number;
    book.digest = digest_write(&digest, digest_text);
    book.files = files;
    book.n_files = 1;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_BOOK_PUBLISHED;
    fact.book_published = &book;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    story_tell(story, &judged, &fact);
}

static inline Allocation__Allocation *wire_allocation(Story *story, const Grant *grant)
{
    Care__Product *product = ARENA_NEW(story->arena, Care__Product);
    care__product__init(product);
    product->category = wire_text(story, grant->code[0] ? "45" : "");
    product->code = wire_text(story, grant->code);
    product->volume = grant->volume;
    product->unit = (Care__Unit__Value)grant->unit;
    product->frequency = (Care__Frequency__Value)grant->frequency;

    Allocation__Allocation *wire = ARENA_NEW(story->arena, Allocation__Allocation);
    allocation__allocation__init(wire);
    wire->number = wire_text(story, grant->number);
    wire->trajectory = arena_format(story->arena, "t-%s", grant->number);
    wire->client = wire_text(story, grant->client);
    wire->segment = wire_text(story, "S");
    wire->contract = arena_format(story->arena, "c1/%s", story->provider);
    wire->funding = grant->pic.profile[0] ? CARE__FUNDING__VALUE__PIC : CARE__FUNDING__VALUE__PXQ;
    wire->product = product;
    wire->period = wire_period(story, grant->period);
    wire->book = story->book ? story->book : 1;
    if (grant->pic.profile[0]) {
        wire->pic = ARENA_NEW(story->arena, Care__Pic);
        care__pic__init(wire->pic);
        wire->pic->profile = wire_text(story, grant->pic.profile);
        wire->pic->intensity = wire_text(story, grant->pic.intensity);
    }
    return wire;
}

static inline void story_grant(Story *story, const Grant *grants, size_t count)
{
    Allocation__Granted granted = ALLOCATION__GRANTED__INIT;
    granted.n_allocations = count;
    granted.allocations = ARENA_MANY(story->arena, Allocation__Allocation *, count);
    for (size_t i = 0; i < count; i++)
        granted.allocations[i] = wire_allocation(story, &grants[i]);
    Intake__AllocationRequest request = INTAKE__ALLOCATION_REQUEST__INIT;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_ALLOCATION_REQUEST;
    fact.allocation_request = &request;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_GRANTED;
    judged.granted = &granted;
    story_tell(story, &judged, &fact);
}

static inline void story_change(Story *story, const Grant *grant)
{
    Allocation__Changed changed = ALLOCATION__CHANGED__INIT;
    changed.allocation = wire_allocation(story, grant);
    Intake__ChangeRequest request = INTAKE__CHANGE_REQUEST__INIT;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_CHANGE_REQUEST;
    fact.change_request = &request;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_CHANGED;
    judged.changed = &changed;
    story_tell(story, &judged, &fact);
}

/* What a book of that number, which was told before, makes of amounts that were granted. */
static inline void story_reprice(Story *story, int32_t book, const Grant *grants, size_t count)
{
    Allocation__Repriced repriced = ALLOCATION__REPRICED__INIT;
    repriced.n_allocations = count;
    repriced.allocations = ARENA_MANY(story->arena, Allocation__Allocation *, count);
    for (size_t i = 0; i < count; i++)
        repriced.allocations[i] = wire_allocation(story, &grants[i]);
    Intake__BookPublished published = INTAKE__BOOK_PUBLISHED__INIT;
    published.number = book;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_BOOK_PUBLISHED;
    fact.book_published = &published;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REPRICED;
    judged.repriced = &repriced;
    story_tell(story, &judged, &fact);
}

/* The first ends for new funding the day before the second begins. */
static inline void story_convert(Story *story, const Grant *ended, const Grant *begun)
{
    Allocation__Converted converted = ALLOCATION__CONVERTED__INIT;
    Allocation__Allocation *ends = wire_allocation(story, ended);
    Allocation__Allocation *begins = wire_allocation(story, begun);
    ends->reason = CARE__CHANGE_REASON__VALUE__NEW_FUNDING;
    converted.n_ended = 1;
    converted.ended = &ends;
    converted.n_begun = 1;
    converted.begun = &begins;
    Intake__Conversion conversion = INTAKE__CONVERSION__INIT;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_CONVERSION;
    fact.conversion = &conversion;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_CONVERTED;
    judged.converted = &converted;
    story_tell(story, &judged, &fact);
}

/* All that is left of a client changes with it: by its death when `died` is a day, else since it turned out to be another. */
static inline void story_leave(Story *story, const Grant *grants, size_t count, Day died)
{
    Allocation__ChangedTogether changed = ALLOCATION__CHANGED_TOGETHER__INIT;
    changed.n_allocations = count;
    changed.allocations = ARENA_MANY(story->arena, Allocation__Allocation *, count);
    for (size_t i = 0; i < count; i++)
        changed.allocations[i] = wire_allocation(story, &grants[i]);
    Intake__ClientDied death = INTAKE__CLIENT_DIED__INIT;
    death.day = died.number;
    Intake__ClientJoined joining = INTAKE__CLIENT_JOINED__INIT;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = died.number ? INTAKE__FACT__FACT_CLIENT_DIED : INTAKE__FACT__FACT_CLIENT_JOINED;
    if (died.number)
        fact.client_died = &death;
    else
        fact.client_joined = &joining;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER;
    judged.changed_together = &changed;
    story_tell(story, &judged, &fact);
}

static inline void story_start(Story *story, const char *allocation, Day day, const char *misfit)
{
    Intake__Start start = INTAKE__START__INIT;
    start.allocation = wire_text(story, allocation);
    start.day = day.number;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_START;
    fact.start = &start;
    Allocation__Noted noted = ALLOCATION__NOTED__INIT;
    noted.reason = wire_text(story, misfit);
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_NOTED;
    judged.noted = &noted;
    story_tell(story, &judged, &fact);
}

static inline void story_stop(Story *story, const char *allocation, Day day, StopReason reason)
{
    Intake__Stop stop = INTAKE__STOP__INIT;
    stop.allocation = wire_text(story, allocation);
    stop.day = day.number;
    stop.reason = (Care__StopReason__Value)reason;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_STOP;
    fact.stop = &stop;
    Allocation__Noted noted = ALLOCATION__NOTED__INIT;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_NOTED;
    judged.noted = &noted;
    story_tell(story, &judged, &fact);
}

static inline Intake__Declaration__Line *wire_line(Story *story, const Asked *asked)
{
    Intake__Declaration__Line *wire = ARENA_NEW(story->arena, Intake__Declaration__Line);
    intake__declaration__line__init(wire);
    wire->reference = wire_text(story, asked->reference);
    wire->allocation = wire_text(story, asked->allocation);
    wire->category = wire_text(story, "45");
    wire->code = wire_text(story, asked->code);
    wire->period = wire_period(story, asked->period);
    wire->volume = asked->volume;
    wire->unit = (Care__Unit__Value)asked->unit;
    wire->tariff = wire_money(story, asked->tariff);
    wire->amount = wire_money(story, asked->amount);
    wire->credits = wire_text(story, asked->credits);
    return wire;
}

/* A client for each line; the verdicts are those that each line says of itself. */
static inline void story_declare(Story *story, const char *number, Day month, int64_t total, const Asked *asked,
                                 size_t count)
{
    Intake__Declaration declaration = INTAKE__DECLARATION__INIT;
    Allocation__Matched matched = ALLOCATION__MATCHED__INIT;
    declaration.number = wire_text(story, number);
    declaration.month_day = month.number;
    declaration.total = wire_money(story, total);
    declaration.n_clients = count;
    declaration.clients = ARENA_MANY(story->arena, Intake__Declaration__Client *, count);
    matched.n_lines = count;
    matched.lines = ARENA_MANY(story->arena, Allocation__Matched__Line *, count);
    for (size_t i = 0; i < count; i++) {
        Intake__Declaration__Client *client = ARENA_NEW(story->arena, Intake__Declaration__Client);
        intake__declaration__client__init(client);
        client->client = wire_text(story, asked[i].client);
        client->n_lines = 1;
        client->lines = ARENA_NEW(story->arena, Intake__Declaration__Line *);
        client->lines[0] = wire_line(story, &asked[i]);
        declaration.clients[i] = client;

        matched.lines[i] = ARENA_NEW(story->arena, Allocation__Matched__Line);
        allocation__matched__line__init(matched.lines[i]);
        matched.lines[i]->code = wire_text(story, asked[i].match_code);
        matched.lines[i]->reason = wire_text(story, asked[i].match_code[0] ? "LINE_MISFIT" : "");
        matched.lines[i]->sentence = wire_text(story, asked[i].match_code[0] ? "Past niet." : "");
        matched.lines[i]->funding = (Care__Funding__Value)asked[i].funding;
    }
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_DECLARATION;
    fact.declaration = &declaration;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_MATCHED;
    judged.matched = &matched;
    story_tell(story, &judged, &fact);
}

static inline void story_pay(Story *story, const char *declaration, int64_t cents)
{
    Intake__PaymentMade payment = INTAKE__PAYMENT_MADE__INIT;
    payment.declaration = wire_text(story, declaration);
    payment.amount = wire_money(story, cents);
    payment.day = story->known.number;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_PAYMENT_MADE;
    fact.payment_made = &payment;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    story_tell(story, &judged, &fact);
}

static inline void story_new_day(Story *story, Day day)
{
    story->known = day;
    Intake__NewDay new_day = INTAKE__NEW_DAY__INIT;
    new_day.day = day.number;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_NEW_DAY;
    fact.new_day = &new_day;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    story_tell(story, &judged, &fact);
}

static inline void story_close(Story *story, int32_t year)
{
    Intake__YearClosed closed = INTAKE__YEAR_CLOSED__INIT;
    closed.year = year;
    closed.proposed_by = wire_text(story, "inkoop");
    closed.approved_by = wire_text(story, "control");
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_YEAR_CLOSED;
    fact.year_closed = &closed;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    story_tell(story, &judged, &fact);
}

static inline void story_reopen(Story *story, int32_t year)
{
    Intake__YearReopened reopened = INTAKE__YEAR_REOPENED__INIT;
    reopened.year = year;
    reopened.reason = wire_text(story, "De rechter oordeelde anders.");
    reopened.proposed_by = wire_text(story, "control");
    reopened.approved_by = wire_text(story, "inkoop");
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_YEAR_REOPENED;
    fact.year_reopened = &reopened;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    story_tell(story, &judged, &fact);
}
