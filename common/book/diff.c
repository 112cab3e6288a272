#include "book/diff.h"

#include "book/force.h"

#include <stdlib.h>
#include <string.h>

typedef struct Diff {
    Arena *arena;
    const Books *earlier;
    BookChange *changes;
    size_t count;
    size_t room;
    size_t unchanged;
} Diff;

static BookChange *next_change(Diff *diff)
{
    if (diff->count == diff->room) {
        size_t room = diff->room ? 2 * diff->room : 64;
        BookChange *wider = ARENA_MANY(diff->arena, BookChange, room);
        if (diff->count)
            memcpy(wider, diff->changes, diff->count * sizeof *wider);
        diff->changes = wider;
        diff->room = room;
    }
    return &diff->changes[diff->count++];
}

static void note_change(Diff *diff, Kind kind, const Entry *entry, Period period, const Entry *before)
{
    const KindCard *card = &kind_cards[kind];
    const char *now = card->says(diff->arena, entry);
    const char *was = before ? card->says(diff->arena, before) : NULL;
    if (was && strcmp(was, now) == 0) {
        diff->unchanged++;
        return;
    }
    const char **whom = ARENA_MANY(diff->arena, const char *, 1);
    whom[0] = card->whom(diff->arena, entry);
    *next_change(diff) = (BookChange){
        .entry = entry,
        .about = card->about(diff->arena, entry),
        .whom = whom,
        .whom_count = whom[0][0] ? 1 : 0,
        .period = period,
        .before = was,
        .now = now,
    };
}

static void diff_entry(Diff *diff, Kind kind, const Entry *entry)
{
    Key key = kind_cards[kind].key(entry);
    for (Day day = entry->holds.first; day_compare(day, entry->holds.last) <= 0;) {
        Day last = in_force_until(diff->earlier, kind, key, day, entry->holds.last, DAY_LAST);
        note_change(diff, kind, entry, (Period){day, last}, in_force(diff->earlier, kind, key, day, DAY_LAST));
        day = day_plus(last, 1);
    }
}

static int text_order(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

/* Of one line, and saying the same: only for whom differs. */
static int same_words_order(const BookChange *a, const BookChange *b)
{
    int order = strcmp(a->entry->file, b->entry->file);
    if (order == 0)
        order = (a->entry->line > b->entry->line) - (a->entry->line < b->entry->line);
    if (order == 0)
        order = strcmp(a->about, b->about);
    if (order == 0)
        order = day_compare(a->period.first, b->period.first);
    if (order == 0)
        order = day_compare(a->period.last, b->period.last);
    if (order == 0)
        order = text_order(a->before, b->before);
    return order ? order : strcmp(a->now, b->now);
}

static int by_place(const void *a, const void *b)
{
    const BookChange *left = a, *right = b;
    int order = same_words_order(left, right);
    return order ? order : text_order(left->whom[0], right->whom[0]);
}

static BookChange together(Diff *diff, size_t first, size_t end)
{
    BookChange change = diff->changes[first];
    change.whom = ARENA_MANY(diff->arena, const char *, end - first);
    change.whom_count = 0;
    for (size_t i = first; i < end; i++)
        if (diff->changes[i].whom_count)
            change.whom[change.whom_count++] = diff->changes[i].whom[0];
    return change;
}

static size_t bring_together(Diff *diff)
{
    size_t count = 0;
    for (size_t first = 0, end; first < diff->count; first = end) {
        for (end = first + 1; end < diff->count; end++)
            if (same_words_order(&diff->changes[first], &diff->changes[end]) != 0)
                break;
        diff->changes[count++] = together(diff, first, end);
    }
    return count;
}

BookChanges book_diff(Arena *arena, const Books *earlier, const Book *book)
{
    Diff diff = {.arena = arena, .earlier = earlier};
    for (Kind kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; kind != KIND_PIC_PRODUCT && i < book->shelves[kind].count; i++)
            diff_entry(&diff, kind, shelf_entry(book, kind, i));
    if (diff.count)
        qsort(diff.changes, diff.count, sizeof *diff.changes, by_place);
    size_t count = bring_together(&diff);
    return (BookChanges){diff.changes, count, diff.unchanged};
}
