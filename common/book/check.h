/*
 * Check: whether a book may follow the ones before it.
 */
#pragma once

#include "book/books.h"

/*
 * Adds every fault of the book beside the earlier ones: a number that is not the next, entries
 * that overlap, names that nobody described, days on which a contract holds but funding or a
 * price does not. Begin with book_draft, and both tell their faults at once.
 */
void book_check(const Books *earlier, const Book *book, BookFaults *faults);
