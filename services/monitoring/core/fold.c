#include "monitoring/core/fold.h"

#include "monitoring/core/clients.h"
#include "monitoring/core/granted.h"
#include "monitoring/core/list.h"
#include "monitoring/core/told.h"

#include <stdlib.h>
#include <string.h>

/* One thing that was told of a trajectory. */
typedef struct Telling {
    int16_t partition;
    const char *trajectory;
    size_t order; /* in which they were observed */
    const Observed *observed;
    const Running *running; /* NULL: it is no allocation */
    Told told;
} Telling;

typedef struct Tellings {
    Arena *arena;
    Telling *list;
    size_t count;
} Tellings;

/* ---- the order of keys ---- */

static int order_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int order_place(const Place *a, const Place *b)
{
    int order = order_int(a->partition, b->partition);
    if (order == 0)
        order = strcmp(a->municipality, b->municipality);
    if (order == 0)
        order = strcmp(a->provider, b->provider);
    return order ? order : day_compare(a->known, b->known);
}

static int order_pic(const Pic *a, const Pic *b)
{
    int order = strcmp(a->profile, b->profile);
    return order ? order : strcmp(a->intensity, b->intensity);
}

static int order_kind(const Kind *a, const Kind *b)
{
    int order = strcmp(a->segment, b->segment);
    if (order == 0)
        order = order_int(a->content, b->content);
    return order ? order : order_int(a->funding, b->funding);
}

static int by_spent(const void *a, const void *b)
{
    const SpentRow *left = a, *right = b;
    int order = order_place(&left->place, &right->place);
    if (order == 0)
        order = order_kind(&left->kind, &right->kind);
    if (order == 0)
        order = order_pic(&left->pic, &right->pic);
    return order ? order : day_compare(left->month, right->month);
}

static int by_told(const void *a, const void *b)
{
    const Telling *left = a, *right = b;
    int order = order_int(left->partition, right->partition);
    if (order == 0)
        order = strcmp(left->trajectory, right->trajectory);
    return order ? order : order_int((int64_t)left->order, (int64_t)right->order);
}

static int by_referred(const void *a, const void *b)
{
    const ReferredRow *left = a, *right = b;
    int order = order_place(&left->place, &right->place);
    return order ? order : strcmp(left->reference, right->reference);
}

static int by_running(const void *a, const void *b)
{
    return granted_order(a, b);
}

static int by_decided(const void *a, const void *b)
{
    const DecidedRow *left = a, *right = b;
    int order = order_place(&left->place, &right->place);
    if (order == 0)
        order = order_int(left->verdict, right->verdict);
    return order ? order : strcmp(left->reason, right->reason);
}

static int by_rejected(const void *a, const void *b)
{
    const RejectedRow *left = a, *right = b;
    int order = order_place(&left->place, &right->place);
    if (order == 0)
        order = strcmp(left->code, right->code);
    return order ? order : strcmp(left->reason, right->reason);
}

static int by_answered(const void *a, const void *b)
{
    const AnsweredRow *left = a, *right = b;
    int order = order_place(&left->place, &right->place);
    return order ? order : strcmp(left->code, right->code);
}

static int by_posted(const void *a, const void *b)
{
    const PostedRow *left = a, *right = b;
    int order = order_place(&left->place, &right->place);
    if (order == 0)
        order = strcmp(left->account, right->account);
    return order ? order : order_int(left->year, right->year);
}

/* ---- adding one row to another of the same key ---- */

static bool add_spent(void *to, const void *from)
{
    SpentRow *sum = to;
    const SpentRow *row = from;
    sum->debet_lines += row->debet_lines;
    sum->credit_lines += row->credit_lines;
    return money_add(sum->debet, row->debet, &sum->debet) && money_add(sum->credit, row->credit, &sum->credit) &&
           money_add(sum->corrected, row->corrected, &sum->corrected);
}

static bool take_later_version(void *to, const void *from)
{
    RunningRow *kept = to;
    const RunningRow *row = from;
    if (row->order > kept->order)
        *kept = *row;
    return true;
}

static bool add_decided(void *to, const void *from)
{
    DecidedRow *sum = to;
    const DecidedRow *row = from;
    sum->facts += row->facts;
    sum->allocations += row->allocations;
    return true;
}

static bool add_rejected(void *to, const void *from)
{
    ((RejectedRow *)to)->lines += ((const RejectedRow *)from)->lines;
    return true;
}

static bool add_answered(void *to, const void *from)
{
    AnsweredRow *sum = to;
    const AnsweredRow *row = from;
    sum->declarations += row->declarations;
    return money_add(sum->submitted, row->submitted, &sum->submitted) &&
           money_add(sum->approved, row->approved, &sum->approved);
}

static bool add_posted(void *to, const void *from)
{
    PostedRow *sum = to;
    return money_add(sum->amount, ((const PostedRow *)from)->amount, &sum->amount);
}

/* Sorts rows by their key and adds up those of the same key; false when a sum does not fit. */
static bool merge(void *rows, size_t *count, size_t size, int (*order)(const void *, const void *),
                  bool (*add)(void *, const void *))
{
    char *all = rows;
    if (*count == 0)
        return true;
    qsort(rows, *count, size, order);
    size_t last = 0;
    for (size_t i = 1; i < *count; i++) {
        if (order(all + last * size, all + i * size) == 0) {
            if (!add(all + last * size, all + i * size))
                return false;
        } else if (++last != i) {
            memcpy(all + last * size, all + i * size, size);
        }
    }
    *count = last + 1;
    return true;
}

/* ---- one declaration: few kinds, months and codes ---- */

static Place place_of(const Observed *observed)
{
    return (Place){observed->partition, observed->municipality, observed->provider, observed->known};
}

/* Who is behind a month and kind of one declaration. */
typedef struct Crowd {
    Kind kind;
    Day month;
    ClientLines *clients;
    size_t client_count;
} Crowd;

/* One declaration as it is added up. Lines of the same place tend to stand beside each other. */
typedef struct Sums {
    Arena *arena;
    const Observed *observed;
    SpentRow *cells; /* a month, kind and PIC each */
    size_t cell_count;
    size_t last_cell;
    Crowd *crowds;
    size_t crowd_count;
    size_t last_crowd;
} Sums;

static bool is_of_cell(const SpentRow *cell, const AnsweredLine *line, Day month)
{
    return day_compare(cell->month, month) == 0 && order_kind(&cell->kind, &line->kind) == 0 &&
           order_pic(&cell->pic, &line->pic) == 0;
}

static SpentRow *cell_of(Sums *sums, const AnsweredLine *line, Day month)
{
    if (sums->cell_count > 0 && is_of_cell(&sums->cells[sums->last_cell], line, month))
        return &sums->cells[sums->last_cell];
    for (sums->last_cell = 0; sums->last_cell < sums->cell_count; sums->last_cell++)
        if (is_of_cell(&sums->cells[sums->last_cell], line, month))
            return &sums->cells[sums->last_cell];
    LIST_ADD(sums->arena, sums->cells, sums->cell_count,
             (SpentRow){.place = place_of(sums->observed), .kind = line->kind, .pic = line->pic, .month = month});
    return &sums->cells[sums->last_cell];
}

static bool is_of_crowd(const Crowd *crowd, const Kind *kind, Day month)
{
    return day_compare(crowd->month, month) == 0 && order_kind(&crowd->kind, kind) == 0;
}

static Crowd *crowd_of(Sums *sums, const AnsweredLine *line, Day month)
{
    if (sums->crowd_count > 0 && is_of_crowd(&sums->crowds[sums->last_crowd], &line->kind, month))
        return &sums->crowds[sums->last_crowd];
    for (sums->last_crowd = 0; sums->last_crowd < sums->crowd_count; sums->last_crowd++)
        if (is_of_crowd(&sums->crowds[sums->last_crowd], &line->kind, month))
            return &sums->crowds[sums->last_crowd];
    LIST_ADD(sums->arena, sums->crowds, sums->crowd_count, (Crowd){.kind = line->kind, .month = month});
    return &sums->crowds[sums->last_crowd];
}

static void add_client(Arena *arena, Crowd *crowd, const AnsweredLine *line)
{
    if (crowd->client_count == 0 || crowd->clients[crowd->client_count - 1].client != line->client)
        LIST_ADD(arena, crowd->clients, crowd->client_count, (ClientLines){.client = line->client});
    crowd->clients[crowd->client_count - 1].lines += line->credit ? -1 : 1;
}

static bool add_amount(SpentRow *cell, const AnsweredLine *line)
{
    *(line->credit ? &cell->credit_lines : &cell->debet_lines) += 1;
    Money *sum = line->credit ? &cell->credit : &cell->debet;
    return money_add(*sum, line->amount, sum);
}

static bool add_line(Sums *sums, const AnsweredLine *line)
{
    Day month = period_month(line->first).first;
    add_client(sums->arena, crowd_of(sums, line, month), line);
    return add_amount(cell_of(sums, line, month), line);
}

/* Those of the same declaration stand from `first` on. */
static void reject(Arena *arena, Increments *increments, size_t first, const Observed *observed,
                   const AnsweredLine *line)
{
    for (size_t i = first; i < increments->rejected_count; i++) {
        RejectedRow *row = &increments->rejected[i];
        if (strcmp(row->code, line->code) == 0 && strcmp(row->reason, line->reason) == 0) {
            row->lines++;
            return;
        }
    }
    LIST_ADD(arena, increments->rejected, increments->rejected_count,
             (RejectedRow){place_of(observed), line->code, line->reason, 1});
}

static bool fold_cells(Increments *increments, const Sums *sums, Money *approved)
{
    for (const SpentRow *cell = sums->cells; cell < sums->cells + sums->cell_count; cell++) {
        if (!money_add(*approved, cell->debet, approved) ||
            !money_add(*approved, money_negated(cell->credit), approved))
            return false;
        LIST_ADD(sums->arena, increments->spent, increments->spent_count, *cell);
    }
    return true;
}

static void fold_crowds(Increments *increments, const Sums *sums)
{
    for (const Crowd *crowd = sums->crowds; crowd < sums->crowds + sums->crowd_count; crowd++) {
        Bytes clients = clients_pack(sums->arena, crowd->clients, crowd->client_count);
        if (clients.size > 0)
            LIST_ADD(
                sums->arena, increments->cared, increments->cared_count,
                (CaredRow){place_of(sums->observed), sums->observed->position, crowd->kind, crowd->month, clients});
    }
}

static bool fold_answer(Arena *arena, Increments *increments, const Observed *observed)
{
    const Answer *answer = observed->answer;
    Sums sums = {.arena = arena, .observed = observed};
    size_t first_rejected = increments->rejected_count;
    for (size_t i = 0; i < answer->line_count; i++) {
        const AnsweredLine *line = &answer->lines[i];
        if (!line->approved) {
            reject(arena, increments, first_rejected, observed, line);
            continue;
        }
        if (!add_line(&sums, line))
            return false;
    }
    Money approved = {0};
    if (!fold_cells(increments, &sums, &approved))
        return false;
    fold_crowds(increments, &sums);
    LIST_ADD(arena, increments->answered, increments->answered_count,
             (AnsweredRow){place_of(observed), answer->code, 1, answer->submitted, approved});
    return true;
}

/* ---- corrections ---- */

/* A sum goes under the month as it is; the clients behind it are those of the lines corrected. */
static void fold_corrected(Arena *arena, Increments *increments, const Observed *observed)
{
    for (size_t i = 0; i < observed->corrected_count; i++) {
        const CorrectedSum *sum = &observed->corrected[i];
        LIST_ADD(arena, increments->spent, increments->spent_count,
                 (SpentRow){
                     .place = place_of(observed),
                     .kind = sum->kind,
                     .pic = sum->pic,
                     .month = sum->month,
                     .debet_lines = sum->debet_lines,
                     .debet = sum->debet,
                     .credit_lines = sum->credit_lines,
                     .credit = sum->credit,
                     .corrected = {sum->debet.cents - sum->credit.cents},
                 });
    }
}

/* What a credit takes back beside its line was never declared. */
static void fold_taken_back(Arena *arena, Increments *increments, const Observed *observed)
{
    for (size_t i = 0; i < observed->answer->line_count; i++) {
        const AnsweredLine *line = &observed->answer->lines[i];
        if (!line->approved || line->taken_back.cents == 0)
            continue;
        LIST_ADD(arena, increments->spent, increments->spent_count,
                 (SpentRow){
                     .place = place_of(observed),
                     .kind = line->kind,
                     .pic = line->pic,
                     .month = period_month(line->first).first,
                     .credit = line->taken_back,
                     .corrected = money_negated(line->taken_back),
                 });
    }
}

/* ---- decisions and postings ---- */

static void fold_decided(Arena *arena, Increments *increments, const Observed *observed)
{
    const Decided *decided = observed->decided;
    LIST_ADD(arena, increments->decided, increments->decided_count,
             (DecidedRow){place_of(observed), decided->verdict, decided->reason, 1, (int64_t)decided->begun});
}

static void fold_running(Arena *arena, Increments *increments, const Observed *observed)
{
    for (size_t i = 0; i < observed->running_count; i++) {
        size_t order = increments->running_count;
        LIST_ADD(arena, increments->running, increments->running_count,
                 (RunningRow){.place = place_of(observed), .running = observed->running[i], .order = order});
    }
}

/* Few requests come to a person. */
static ReferredRow *referred_before(const Increments *increments, const Observed *observed)
{
    for (size_t i = 0; i < increments->referred_count; i++) {
        ReferredRow *row = &increments->referred[i];
        if (row->place.partition == observed->partition && strcmp(row->reference, observed->referral->reference) == 0 &&
            strcmp(row->place.municipality, observed->municipality) == 0 &&
            strcmp(row->place.provider, observed->provider) == 0)
            return row;
    }
    return NULL;
}

static void fold_referral(Arena *arena, Increments *increments, const Observed *observed)
{
    const Referral *referral = observed->referral;
    ReferredRow *row = referred_before(increments, observed);
    if (!row) {
        LIST_ADD(arena, increments->referred, increments->referred_count,
                 (ReferredRow){.place = place_of(observed), .reference = referral->reference});
        row = &increments->referred[increments->referred_count - 1];
    }
    bool waited = row->came && !row->done; /* since it came first */
    if (!referral->done)
        *row = (ReferredRow){
            waited ? row->place : place_of(observed), referral->reference, true, referral->due, false, {0}};
    row->done = referral->done;
    row->done_day = observed->known;
}

static void fold_postings(Arena *arena, Increments *increments, const Observed *observed)
{
    for (size_t i = 0; i < observed->posting_count; i++) {
        const Posting *posting = &observed->postings[i];
        LIST_ADD(arena, increments->posted, increments->posted_count,
                 (PostedRow){place_of(observed), posting->account, posting->year, posting->amount});
    }
}

/* ---- what was told of trajectories ---- */

static void tell(Tellings *tellings, const Observed *observed, const char *trajectory, Told told)
{
    if (!*trajectory)
        return;
    told.known = observed->known;
    size_t order = tellings->count;
    LIST_ADD(tellings->arena, tellings->list, tellings->count,
             (Telling){observed->partition, trajectory, order, observed, NULL, told});
}

static Told cost_of(Day day, Money amount)
{
    return (Told){.what = TOLD_COST, .first = period_month(day).first, .amount = amount};
}

static void tell_lines(Tellings *tellings, const Observed *observed)
{
    for (size_t i = 0; i < observed->answer->line_count; i++) {
        const AnsweredLine *line = &observed->answer->lines[i];
        if (!line->approved)
            continue;
        Money amount = line->credit ? money_negated(line->amount) : line->amount;
        tell(tellings, observed, line->trajectory, cost_of(line->first, amount));
        if (line->taken_back.cents != 0)
            tell(tellings, observed, line->trajectory, cost_of(line->first, money_negated(line->taken_back)));
    }
}

static void tell_version(Tellings *tellings, const Observed *observed, const Running *running)
{
    tell(tellings, observed, running->trajectory,
         (Told){
             .what = TOLD_ALLOCATED,
             .allocation = told_allocation(running->number),
             .first = running->period.first,
             .last = running->period.last,
             .client = running->client,
             .funding = running->kind.funding,
             .cohort = running->cohort,
             .removed = running->removed,
         });
    if (*running->trajectory)
        tellings->list[tellings->count - 1].running = running;
}

static void tell_note(Tellings *tellings, const Observed *observed)
{
    static const ToldWhat WHAT[] = {
        [NOTED_START] = TOLD_STARTED, [NOTED_STOP] = TOLD_STOPPED, [NOTED_OUTCOME] = TOLD_OUTCOME};
    const Noted *noted = observed->noted;
    tell(tellings, observed, noted->trajectory,
         (Told){
             .what = WHAT[noted->what],
             .allocation = told_allocation(noted->allocation),
             .first = noted->day,
             .reason = noted->reason,
             .outcome = noted->outcome,
         });
}

static void tell_all(Tellings *tellings, const Observed *observed)
{
    if (observed->answer)
        tell_lines(tellings, observed);
    for (size_t i = 0; i < observed->corrected_line_count; i++) {
        const CorrectedLine *line = &observed->corrected_lines[i];
        tell(tellings, observed, line->trajectory, cost_of(line->month, line->difference));
    }
    for (size_t i = 0; i < observed->running_count; i++)
        tell_version(tellings, observed, &observed->running[i]);
    if (observed->noted)
        tell_note(tellings, observed);
}

static ToldRow row_of(Arena *arena, const Telling *first, size_t count)
{
    uint8_t *bytes = arena_take_many(arena, count, TOLD_BYTES_MAX);
    ToldRow row = {.place = place_of(first->observed), .trajectory = first->trajectory, .segment = "", .pic = {"", ""}};
    size_t size = 0;
    for (const Telling *telling = first; telling < first + count; telling++) {
        size += told_pack(bytes + size, &telling->told);
        if (!telling->running)
            continue;
        row.segment = telling->running->kind.segment;
        row.pic = telling->running->pic;
    }
    row.told = (Bytes){bytes, size};
    return row;
}

/* A row for each trajectory, what was told of it in order. */
static void gather(Tellings *tellings, Increments *increments)
{
    const Telling *list = tellings->list;
    if (tellings->count > 1)
        qsort(tellings->list, tellings->count, sizeof *list, by_told);
    for (size_t first = 0, next; first < tellings->count; first = next) {
        for (next = first + 1; next < tellings->count && list[next].partition == list[first].partition &&
                               strcmp(list[next].trajectory, list[first].trajectory) == 0;)
            next++;
        LIST_ADD(tellings->arena, increments->told, increments->told_count,
                 row_of(tellings->arena, list + first, next - first));
    }
}

bool monitoring_fold(Arena *arena, const Observed *observed, size_t count, const Versions *kept,
                     Increments *increments_out)
{
    Increments all = {0};
    Tellings tellings = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        if (observed[i].answer && !fold_answer(arena, &all, &observed[i]))
            return false;
        if (observed[i].answer)
            fold_taken_back(arena, &all, &observed[i]);
        fold_corrected(arena, &all, &observed[i]);
        if (observed[i].decided)
            fold_decided(arena, &all, &observed[i]);
        fold_running(arena, &all, &observed[i]);
        tell_all(&tellings, &observed[i]);
        if (observed[i].referral)
            fold_referral(arena, &all, &observed[i]);
        if (observed[i].joined)
            LIST_ADD(arena, all.joined, all.joined_count, (JoinedRow){place_of(&observed[i]), *observed[i].joined});
        fold_postings(arena, &all, &observed[i]);
    }
    bool fits = merge(all.spent, &all.spent_count, sizeof *all.spent, by_spent, add_spent) &&
                merge(all.running, &all.running_count, sizeof *all.running, by_running, take_later_version) &&
                merge(all.decided, &all.decided_count, sizeof *all.decided, by_decided, add_decided) &&
                merge(all.rejected, &all.rejected_count, sizeof *all.rejected, by_rejected, add_rejected) &&
                merge(all.answered, &all.answered_count, sizeof *all.answered, by_answered, add_answered) &&
                merge(all.posted, &all.posted_count, sizeof *all.posted, by_posted, add_posted);
    fits = fits && granted_fold(arena, all.running, all.running_count, kept, &all.regranted);
    if (all.referred_count > 1)
        qsort(all.referred, all.referred_count, sizeof *all.referred, by_referred);
    gather(&tellings, &all);
    if (fits)
        *increments_out = all;
    return fits;
}
