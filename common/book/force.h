/*
 * Force: the one law of time of the books, for any kind of entry.
 *
 * Only common/book includes this.
 */
#pragma once

#include "book/books.h"
#include "book/shelf.h"

/* In this book alone. */
const Entry *book_in_force(const Book *book, Kind kind, Sought *sought, Day day);

/* Of the entries with the key that hold on the day, in books known on or before `known`, the one of the newest book. */
const Entry *in_force(const Books *books, Kind kind, Key key, Day day, Day known);

/* The last day, at most `last`, up to which nothing with the key begins or ends after `day`. */
Day in_force_until(const Books *books, Kind kind, Key key, Day day, Day last, Day known);
