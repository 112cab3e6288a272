#include "book/force.h"

const Entry *book_in_force(const Book *book, Kind kind, Sought *sought, Day day)
{
    size_t first = 0;
    size_t count = shelf_find(book, kind, sought, &first);
    for (size_t i = first; i < first + count; i++) {
        const Entry *entry = shelf_entry(book, kind, i);
        if (period_has(entry->holds, day))
            return entry;
    }
    return NULL;
}

const Entry *in_force(const Books *books, Kind kind, Key key, Day day, Day known)
{
    Sought sought = sought_key(key);
    for (size_t i = books->count; i-- > 0;) {
        if (day_compare(books->known[i].known, known) > 0)
            continue;
        const Entry *entry = book_in_force(books->known[i].book, kind, &sought, day);
        if (entry)
            return entry;
    }
    return NULL;
}

Day in_force_until(const Books *books, Kind kind, Key key, Day day, Day last, Day known)
{
    Sought sought = sought_key(key);
    for (size_t b = 0; b < books->count; b++) {
        size_t first = 0, count = 0;
        if (day_compare(books->known[b].known, known) <= 0)
            count = shelf_find(books->known[b].book, kind, &sought, &first);
        for (size_t i = first; i < first + count; i++) {
            Period holds = shelf_entry(books->known[b].book, kind, i)->holds;
            if (day_compare(holds.first, day) > 0)
                last = day_earliest(last, day_plus(holds.first, -1));
            else if (day_compare(holds.last, day) >= 0)
                last = day_earliest(last, holds.last);
        }
    }
    return last;
}
