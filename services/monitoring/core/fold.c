#include "monitoring/core/fold.h"

#include "monitoring/core/clients.h"

#include <stdlib.h>
#include <string.h>

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
    return order ? order : day_compare(a->known, b->known);
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
    return order ? order : day_compare(left->month, right->month);
}

static int by_running(const void *a, const void *b)
{
    const RunningRow *left = a, *right = b;
    int order = order_place(&left->place, &right->place);
    return order ? order : strcmp(left->running.number, right->running.number);
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
    return money_add(sum->debet, row->debet, &sum->debet) && money_add(sum->credit, row->credit, &sum->credit);
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

/* A list with room for one more: it doubles whenever its count reaches a power of two. */
static void *room_for_one(Arena *arena, void *list, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0)
        return list;
    void *longer = arena_take_many(arena, count > 0 ? 2 * count : 1, size);
    if (count > 0)
        memcpy(longer, list, count * size);
    return longer;
}

#define ADD(arena, list, count, ...) \
    ((list) = room_for_one((arena), (list), (count), sizeof *(list)), (list)[(count)++] = (__VA_ARGS__))

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

/* A month and kind of one declaration, with who is behind it. */
typedef struct Cell {
    SpentRow spent;
    ClientLines *clients;
    size_t client_count;
} Cell;

typedef struct Cells {
    Cell *list;
    size_t count;
    size_t last; /* lines of the same cell tend to stand beside each other */
} Cells;

static Place place_of(const Observed *observed)
{
    return (Place){observed->partition, observed->municipality, observed->known};
}

static bool is_of_cell(const Cell *cell, const Kind *kind, Day month)
{
    return day_compare(cell->spent.month, month) == 0 && order_kind(&cell->spent.kind, kind) == 0;
}

static Cell *cell_of(Arena *arena, Cells *cells, const Observed *observed, const AnsweredLine *line)
{
    Day month = period_month(line->first).first;
    if (cells->count > 0 && is_of_cell(&cells->list[cells->last], &line->kind, month))
        return &cells->list[cells->last];
    for (cells->last = 0; cells->last < cells->count; cells->last++)
        if (is_of_cell(&cells->list[cells->last], &line->kind, month))
            return &cells->list[cells->last];
    ADD(arena, cells->list, cells->count,
        (Cell){.spent = {.place = place_of(observed), .kind = line->kind, .month = month}});
    return &cells->list[cells->last];
}

static bool add_line(Arena *arena, Cell *cell, const AnsweredLine *line)
{
    if (cell->client_count == 0 || cell->clients[cell->client_count - 1].client != line->client)
        ADD(arena, cell->clients, cell->client_count, (ClientLines){.client = line->client});
    cell->clients[cell->client_count - 1].lines += line->credit ? -1 : 1;

    SpentRow *spent = &cell->spent;
    *(line->credit ? &spent->credit_lines : &spent->debet_lines) += 1;
    Money *sum = line->credit ? &spent->credit : &spent->debet;
    return money_add(*sum, line->amount, sum);
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
    ADD(arena, increments->rejected, increments->rejected_count,
        (RejectedRow){place_of(observed), line->code, line->reason, 1});
}

static bool fold_cells(Arena *arena, Increments *increments, const Observed *observed, const Cells *cells,
                       Money *approved)
{
    for (size_t i = 0; i < cells->count; i++) {
        const Cell *cell = &cells->list[i];
        const SpentRow *spent = &cell->spent;
        if (!money_add(*approved, spent->debet, approved) ||
            !money_add(*approved, money_negated(spent->credit), approved))
            return false;
        ADD(arena, increments->spent, increments->spent_count, *spent);
        Bytes clients = clients_pack(arena, cell->clients, cell->client_count);
        if (clients.size > 0)
            ADD(arena, increments->cared, increments->cared_count,
                (CaredRow){spent->place, observed->position, spent->kind, spent->month, clients});
    }
    return true;
}

static bool fold_answer(Arena *arena, Increments *increments, const Observed *observed)
{
    const Answer *answer = observed->answer;
    Cells cells = {0};
    size_t first_rejected = increments->rejected_count;
    for (size_t i = 0; i < answer->line_count; i++) {
        const AnsweredLine *line = &answer->lines[i];
        if (!line->approved)
            reject(arena, increments, first_rejected, observed, line);
        else if (!add_line(arena, cell_of(arena, &cells, observed, line), line))
            return false;
    }
    Money approved = {0};
    if (!fold_cells(arena, increments, observed, &cells, &approved))
        return false;
    ADD(arena, increments->answered, increments->answered_count,
        (AnsweredRow){place_of(observed), answer->code, 1, answer->submitted, approved});
    return true;
}

/* ---- corrections ---- */

/* A sum goes under the month as it is; the clients behind it are those of the lines corrected. */
static void fold_corrected(Arena *arena, Increments *increments, const Observed *observed)
{
    for (size_t i = 0; i < observed->corrected_count; i++) {
        const CorrectedSum *sum = &observed->corrected[i];
        ADD(arena, increments->spent, increments->spent_count,
            (SpentRow){
                .place = place_of(observed),
                .kind = sum->kind,
                .month = sum->month,
                .debet_lines = sum->debet_lines,
                .debet = sum->debet,
                .credit_lines = sum->credit_lines,
                .credit = sum->credit,
            });
    }
}

/* What a credit takes back beside its line was never declared. */
static void fold_taken_back(Arena *arena, Increments *increments, const Observed *observed)
{
    for (size_t i = 0; i < observed->answer->line_count; i++) {
        const AnsweredLine *line = &observed->answer->lines[i];
        if (line->approved && line->taken_back.cents != 0)
            ADD(arena, increments->spent, increments->spent_count,
                (SpentRow){
                    .place = place_of(observed),
                    .kind = line->kind,
                    .month = period_month(line->first).first,
                    .credit = line->taken_back,
                });
    }
}

/* ---- decisions and postings ---- */

static void fold_decided(Arena *arena, Increments *increments, const Observed *observed)
{
    const Decided *decided = observed->decided;
    ADD(arena, increments->decided, increments->decided_count,
        (DecidedRow){place_of(observed), decided->verdict, decided->reason, 1, (int64_t)decided->begun});
    for (size_t i = 0; i < decided->running_count; i++) {
        size_t order = increments->running_count;
        ADD(arena, increments->running, increments->running_count,
            (RunningRow){place_of(observed), decided->running[i], order});
    }
}

static void fold_postings(Arena *arena, Increments *increments, const Observed *observed)
{
    for (size_t i = 0; i < observed->posting_count; i++) {
        const Posting *posting = &observed->postings[i];
        ADD(arena, increments->posted, increments->posted_count,
            (PostedRow){place_of(observed), posting->account, posting->year, posting->amount});
    }
}

bool monitoring_fold(Arena *arena, const Observed *observed, size_t count, Increments *increments_out)
{
    Increments all = {0};
    for (size_t i = 0; i < count; i++) {
        if (observed[i].answer && !fold_answer(arena, &all, &observed[i]))
            return false;
        if (observed[i].answer)
            fold_taken_back(arena, &all, &observed[i]);
        fold_corrected(arena, &all, &observed[i]);
        if (observed[i].decided)
            fold_decided(arena, &all, &observed[i]);
        if (observed[i].joined)
            ADD(arena, all.joined, all.joined_count, (JoinedRow){place_of(&observed[i]), *observed[i].joined});
        fold_postings(arena, &all, &observed[i]);
    }
    bool fits = merge(all.spent, &all.spent_count, sizeof *all.spent, by_spent, add_spent) &&
                merge(all.running, &all.running_count, sizeof *all.running, by_running, take_later_version) &&
                merge(all.decided, &all.decided_count, sizeof *all.decided, by_decided, add_decided) &&
                merge(all.rejected, &all.rejected_count, sizeof *all.rejected, by_rejected, add_rejected) &&
                merge(all.answered, &all.answered_count, sizeof *all.answered, by_answered, add_answered) &&
                merge(all.posted, &all.posted_count, sizeof *all.posted, by_posted, add_posted);
    if (fits)
        *increments_out = all;
    return fits;
}
