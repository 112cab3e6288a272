#include "billing/core/corrected.h"

#include "billing/core/ledger.h"

#include <string.h>

/* sums of a conversation */

static CorrectionTotal *total_of(CorrectionTotals *totals, const char *document, int32_t service_year)
{
    for (size_t i = 0; i < totals->count; i++)
        if (totals->list[i].service_year == service_year && strcmp(totals->list[i].document, document) == 0)
            return &totals->list[i];

    if (totals->count == totals->room) {
        enum { ROOM_FIRST = 8 };
        totals->room = totals->room ? totals->room * 2 : ROOM_FIRST;
        CorrectionTotal *list = ARENA_MANY(totals->arena, CorrectionTotal, totals->room);
        if (totals->count)
            memcpy(list, totals->list, totals->count * sizeof *list);
        totals->list = list;
    }
    CorrectionTotal *total = &totals->list[totals->count++];
    *total = (CorrectionTotal){.document = document, .service_year = service_year};
    return total;
}

void totals_resume(CorrectionTotals *totals, CorrectionTotal total)
{
    *total_of(totals, total.document, total.service_year) = total;
}

static bool fits(const CorrectionTotal *total, Money before, Money after)
{
    Money sum;
    return money_add(total->before, before, &sum) && money_add(total->after, after, &sum);
}

static void add(CorrectionTotal *total, Money before, Money after)
{
    total->before.cents += before.cents;
    total->after.cents += after.cents;
}

static int32_t service_year_of(const Correction *correction)
{
    return day_parts(correction->open->judged.line->period.first).year;
}

/* The line's share in the document that is made of it, and in each that is taken back. */
bool totals_add(CorrectionTotals *totals, const Correction *correction, int32_t book)
{
    const Assessment *assessed = &correction->assessed;
    int32_t year = service_year_of(correction);
    size_t taken_back = correction->adjusted_count - correction->rates;
    Money share = {assessed->before.cents};
    for (size_t i = 0; i < taken_back; i++) {
        const Adjusted *back = &correction->adjusted[i];
        share.cents += back->amount.cents;
        if (!fits(total_of(totals, back->document, year), money_negated(back->amount), (Money){0}))
            return false;
    }
    CorrectionTotal *made = total_of(totals, correction_document(totals->arena, assessed->way, book, year), year);
    if (!fits(made, share, assessed->after))
        return false;

    made->made = true;
    made->way = assessed->way;
    made->lines++;
    add(made, share, assessed->after);
    for (size_t i = 0; i < taken_back; i++) {
        const Adjusted *back = &correction->adjusted[i];
        CorrectionTotal *total = total_of(totals, back->document, year);
        total->way = back->way;
        add(total, money_negated(back->amount), (Money){0});
    }
    return true;
}

Postings totals_post(const CorrectionTotals *totals, Day known)
{
    Postings postings = {.postings = ARENA_MANY(totals->arena, Posting, totals->count * 2)};
    for (size_t i = 0; i < totals->count; i++) {
        const CorrectionTotal *total = &totals->list[i];
        Account against = total->way == CORRECTIONS_DECLARED ? ACCOUNT_EXPECTED_CORRECTION : ACCOUNT_PAYABLE;
        ledger_add_cost(&postings, total->document, against, total->service_year,
                        (Money){total->after.cents - total->before.cents}, known);
    }
    return postings;
}

size_t totals_documents(const CorrectionTotals *totals, CorrectionDocument **documents_out)
{
    CorrectionDocument *documents = ARENA_MANY(totals->arena, CorrectionDocument, totals->count);
    size_t count = 0;
    for (size_t i = 0; i < totals->count; i++) {
        const CorrectionTotal *total = &totals->list[i];
        if (!total->made)
            continue;
        size_t place = 0;
        while (place < count && strcmp(documents[place].number, total->document) != 0)
            place++;
        if (place == count)
            documents[count++] = (CorrectionDocument){
                .number = total->document,
                .way = total->way,
                .service_year = total->way == CORRECTIONS_SETTLED ? total->service_year : 0,
            };
        documents[place].lines += total->lines;
        documents[place].before.cents += total->before.cents;
        documents[place].after.cents += total->after.cents;
    }
    *documents_out = documents;
    return count;
}

/* sums for whoever adds up */

static bool same_kind(const CorrectionSum *sum, const Allocated *granted, Day month)
{
    return sum->month.number == month.number && sum->funding == granted->funding &&
           strcmp(sum->segment, granted->segment) == 0 && strcmp(sum->pic.profile, granted->pic.profile) == 0 &&
           strcmp(sum->pic.intensity, granted->pic.intensity) == 0;
}

static void add_correction(CorrectionSum *sum, const Correction *correction)
{
    Money difference = {correction->assessed.after.cents - correction->assessed.before.cents};
    if (correction->credit) {
        sum->debet_lines++;
        sum->credit_lines++;
        sum->debet.cents += correction->assessed.after.cents;
        sum->credit.cents += correction->assessed.before.cents;
    } else if (difference.cents > 0) {
        sum->debet.cents += difference.cents;
    } else {
        sum->credit.cents -= difference.cents;
    }
}

/* The newest is met again most often. */
size_t corrections_sum(Arena *arena, const Correction *corrections, size_t count, CorrectionSum **sums_out)
{
    CorrectionSum *sums = ARENA_MANY(arena, CorrectionSum, count);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const Line *line = corrections[i].open->judged.line;
        const Allocated *granted = &line->allocation->granted;
        Day month = period_month(line->period.first).first;
        size_t place = found;
        while (place > 0 && !same_kind(&sums[place - 1], granted, month))
            place--;
        if (place == 0) {
            sums[found++] = (CorrectionSum){
                .segment = granted->segment, .funding = granted->funding, .pic = granted->pic, .month = month};
            place = found;
        }
        add_correction(&sums[place - 1], &corrections[i]);
    }
    *sums_out = sums;
    return found;
}

/* the work */

static const Conversation *conversation_new(Arena *arena, int16_t partition, int64_t number)
{
    char *municipality = arena_take(arena, MUNICIPALITY_SIZE);
    char *provider = arena_take(arena, PROVIDER_SIZE);
    conversation_codes(number, municipality, provider);
    Conversation *conversation = ARENA_NEW(arena, Conversation);
    *conversation = (Conversation){partition, number, municipality, provider};
    return conversation;
}

static void end_conversation(CorrectedPart *part, const CorrectionWork *work)
{
    part->document_count = totals_documents(&part->totals, &part->documents);
    part->postings = totals_post(&part->totals, work->known);
    ledger_book(&part->postings, work->closed, work->known);
}

static CorrectedPart *part_of(Arena *arena, CorrectedParts *parts, const CorrectionWork *work,
                              const Conversation *conversation, Correction *corrections)
{
    CorrectedPart *newest = parts->count ? &parts->list[parts->count - 1] : NULL;
    if (newest && newest->conversation->number == conversation->number)
        return newest;
    if (newest)
        end_conversation(newest, work);
    CorrectedPart *part = &parts->list[parts->count++];
    *part = (CorrectedPart){
        .conversation = conversation,
        .closed = work->closed,
        .corrections = corrections,
        .totals = {.arena = arena},
    };
    return part;
}

static size_t conversations_at_most(const CorrectionWork *work)
{
    size_t count = 1;
    for (size_t i = 1; i < work->line_count; i++)
        count += work->lines[i].judged.line->reference->conversation !=
                 work->lines[i - 1].judged.line->reference->conversation;
    return count + 1;
}

CorrectedParts billing_correct_all(Arena *arena, const CorrectionWork *work, const Books *books)
{
    CorrectedParts parts = {.list = ARENA_MANY(arena, CorrectedPart, conversations_at_most(work))};
    Correction *corrections = ARENA_MANY(arena, Correction, work->line_count);
    if (work->begun) {
        part_of(arena, &parts, work, conversation_new(arena, work->partition, work->begun), corrections);
        parts.list[0].totals = work->totals;
    }
    size_t made = 0;
    for (size_t i = 0; i < work->line_count; i++) {
        const OpenLine *open = &work->lines[i];
        CorrectedPart *part =
            part_of(arena, &parts, work, open->judged.line->reference->conversation, &corrections[made]);
        Assessment assessed = billing_assess(open, books, work->known);
        if (assessed.state != CORRECTION_CORRECTED)
            continue;
        Correction correction = billing_correct(arena, open, &assessed, work->book);
        if (!totals_add(&part->totals, &correction, work->book))
            continue;
        corrections[made++] = correction;
        part->count++;
    }
    CorrectedPart *last = parts.count ? &parts.list[parts.count - 1] : NULL;
    if (last && (work->all || last->conversation->number != work->reached))
        end_conversation(last, work);
    return parts;
}

CorrectionTotals corrected_so_far(Arena *arena, const CorrectedParts *parts, int64_t reached)
{
    const CorrectedPart *last = parts->count ? &parts->list[parts->count - 1] : NULL;
    return last && last->conversation->number == reached ? last->totals : (CorrectionTotals){.arena = arena};
}
