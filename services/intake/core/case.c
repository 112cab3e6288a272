#include "intake/core/case.h"

#include <string.h>

/* what goes */

static bool is_left(const AnsweredAllocation *allocation, Day day)
{
    return !allocation->removed && day_compare(allocation->period.last, day) >= 0;
}

static bool is_total(const CareProduct *product)
{
    return product->unit == UNIT_EURO || product->frequency == FREQUENCY_IN_TOTAL;
}

/* A product that several of them have goes once, as the first has it. */
static void add_product(CareToGo *going, CareProduct *products, const AnsweredAllocation *from, Day day)
{
    for (size_t i = 0; i < going->product_count; i++)
        if (strcmp(products[i].code, from->product.code) == 0)
            return;
    CareProduct product = from->product;
    if (is_total(&product) && day_compare(from->period.first, day) < 0)
        product.volume = 0;
    products[going->product_count++] = product;
}

static void add_results(Arena *arena, CareToGo *going, const char *lines)
{
    size_t count = *lines != '\0';
    for (const char *c = lines; *c; c++)
        count += *c == '\n';
    const char **results = ARENA_MANY(arena, const char *, count);
    for (; *lines; going->result_count++) {
        size_t size = strcspn(lines, "\n");
        results[going->result_count] = arena_text_sized(arena, lines, size);
        lines += size + (lines[size] == '\n');
    }
    going->results = results;
}

CareToGo case_care(Arena *arena, const AnsweredCare *care, Day day)
{
    const AnsweredAllocation *named = care->named;
    CareToGo going = {
        .segment = named->segment,
        .cohort = *named->pic.profile ? COHORT_NEW : (Cohort)0, /* who has a PIC is not given products again */
        .pic = named->pic,
        .referrer = named->referrer,
        .period = {day_latest(day, named->period.first), named->period.last},
    };
    CareProduct *products = ARENA_MANY(arena, CareProduct, care->count);
    for (size_t i = 0; i < care->count; i++) {
        const AnsweredAllocation *each = &care->list[i];
        if (!is_left(each, day))
            continue;
        going.period.first = day_latest(day, day_earliest(going.period.first, each->period.first));
        going.period.last = day_latest(going.period.last, each->period.last);
        if (each->funding == FUNDING_PXQ)
            add_product(&going, products, each, day);
    }
    going.products = products;
    add_results(arena, &going, named->results ? named->results : "");
    return going;
}

/* what becomes of it */

const char *case_state_name(CaseState state)
{
    switch (state) {
#define X(value, name, sentence) \
    case CASE_##name:            \
        return #name;
        CASE_STATES(X)
#undef X
    }
    return "";
}

const char *case_state_sentence(CaseState state)
{
    switch (state) {
#define X(value, name, sentence) \
    case CASE_##name:            \
        return sentence;
        CASE_STATES(X)
#undef X
    }
    return "";
}

const char *case_kind_name(CaseKind kind)
{
    switch (kind) {
    case CASE_MOVE:
        return "MOVE";
    case CASE_DEATH:
        return "DEATH";
    case CASE_JOIN:
        return "JOIN";
    }
    return "";
}

bool case_answered(LinkedCase *linked, CaseWord word, const char *why, bool nothing_changes)
{
    linked->why = word == CASE_WORD_REFUSED ? why : "";
    if (linked->state == CASE_GRANTING) {
        linked->state = word == CASE_WORD_GRANTED ? CASE_ENDING : CASE_NOT_GRANTED;
        return linked->state == CASE_ENDING;
    }
    bool ended = word == CASE_WORD_CHANGED || nothing_changes;
    linked->state = ended ? CASE_CLOSED : CASE_NOT_ENDED;
    if (ended)
        linked->why = "";
    return false;
}

void case_ended(LinkedCase *linked, const AnsweredAllocation *allocation)
{
    bool ended = allocation->removed || day_compare(allocation->period.last, linked->day) < 0;
    if (linked->state != CASE_NOT_ENDED || !ended)
        return;
    linked->state = CASE_CLOSED;
    linked->why = "";
}

bool case_stays_in_municipality(const LinkedCase *linked)
{
    return strcmp(linked->from.municipality, linked->to.municipality) == 0;
}

FateWord case_fate(const ClientFate *fate, const AnsweredAllocation *allocation)
{
    if (*fate->into)
        return FATE_SAYS_JOINED;
    bool lives_on = !allocation->removed && day_compare(allocation->period.last, fate->died_on) > 0;
    return fate->died && lives_on ? FATE_SAYS_DIED : FATE_SILENT;
}
