/*
 * The questions, one function each; book_check at the end asks them in order.
 *
 * Names and prices are judged on the books together, as they would be after this one is
 * published; so a book that takes a price away is told so, though it has no contract itself.
 */
#include "book/check.h"

#include "book/shelf.h"

#include <string.h>

typedef struct Check {
    const Books *after; /* the earlier books and this one */
    const Book *book;
    BookFaults *faults;
    Arena *arena;
} Check;

static const char *day_words(Arena *arena, Day day)
{
    char text[DAY_TEXT_SIZE];
    return arena_text(arena, day_write(day, text));
}

/* Where the fault is mended: this book's own line, or an earlier book's with its number before it. */
static const char *file_of(const Check *check, const Entry *entry)
{
    if (entry->book == check->book)
        return entry->file;
    return arena_format(check->arena, "%03d-%s/%s", entry->book->number, entry->book->slug, entry->file);
}

[[gnu::format(printf, 4, 5)]] static void wrong(const Check *check, const Entry *entry, const char *what_to_do,
                                                const char *what, ...)
{
    va_list values;
    va_start(values, what);
    const char *words = arena_format_list(check->faults->arena, what, values);
    va_end(values);
    const char *file = file_of(check, entry);
    const BookFault *last = check->faults->count ? &check->faults->faults[check->faults->count - 1] : NULL;
    if (last && last->line == entry->line && strcmp(last->what, words) == 0 && strcmp(last->file, file) == 0)
        return; /* one line that is written out says it once */
    book_fault_add(check->faults, file, entry->line, what_to_do, "%s", words);
}

/* the number */

static void check_number(const Check *check, const Books *earlier)
{
    const Book *newest = books_newest(earlier, DAY_LAST);
    int32_t next = newest ? newest->number + 1 : 1;
    if (check->book->number != next)
        book_fault_add(check->faults, "decision.yaml", 1,
                       arena_format(check->faults->arena, "Number it %d, in the decision and in the folder's name.", next),
                       "the book is number %d, and the next is %d", check->book->number, next);
}

/* overlap */

static bool same_band(Kind kind, const Entry *a, const Entry *b)
{
    return kind != KIND_GRANTING || ((const GrantingRule *)a)->volume_max == ((const GrantingRule *)b)->volume_max;
}

static void check_overlap_with_next(const Check *check, Kind kind, size_t index)
{
    const KindCard *card = &kind_cards[kind];
    const Entry *entry = shelf_entry(check->book, kind, index);
    Key key = card->key(entry);
    for (size_t i = index + 1; i < check->book->shelves[kind].count; i++) {
        const Entry *other = shelf_entry(check->book, kind, i);
        Key other_key = card->key(other);
        if (!key_equal(&key, &other_key))
            return;
        if (!period_overlaps(entry->holds, other->holds) || !same_band(kind, entry, other))
            continue;
        wrong(check, other, "Let one end before the other begins, or keep one.",
              "%s %s stands twice for %s: see %s line %d", card->about(check->arena, other),
              card->whom(check->arena, other),
              day_words(check->arena, day_latest(entry->holds.first, other->holds.first)), entry->file, entry->line);
        return;
    }
}

static void check_overlaps(const Check *check)
{
    for (Kind kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < check->book->shelves[kind].count; i++)
            check_overlap_with_next(check, kind, i);
}

void book_check(const Books *earlier, const Book *book, BookFaults *faults)
{
    Books *after = arena_copy(faults->arena, earlier, sizeof *earlier);
    Check check = {.after = after, .book = book, .faults = faults, .arena = faults->arena};
    check_number(&check, earlier);
    check_overlaps(&check);
    book_faults_sort(faults);
}
