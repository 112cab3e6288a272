/*
 * Window: the lines that a sender has under way.
 *
 * Their numbers are dense from 1, and they are sent in that order. A line leaves when it and all
 * lines before it have their receipt: a door that asks for a line again finds it here, with
 * everything that follows it.
 */
#pragma once

#include "base/bytes.h"

/* Where a line came from; `file` is borrowed and outlives the window. */
typedef struct LinePlace {
    const char *file;
    uint64_t line; /* from 1; 0: the whole file, which is a national message */
} LinePlace;

/* A line under way. */
typedef struct Parcel {
    uint64_t number;
    LinePlace place;
    Bytes line; /* lives as long as the parcel is under way */
} Parcel;

typedef struct Window Window;

Window *window_new(size_t lines_max, size_t bytes_max);
void window_free(Window *window);

/* Whether a line of that size may be added. An empty window has room for any line. */
bool window_has_room(const Window *window, size_t size);

/* Copies the line. Only when there is room. */
void window_add(Window *window, LinePlace place, Bytes line);

/* The line to be sent next; false when all have been sent. */
bool window_next(const Window *window, Parcel *parcel_out);

/* The line that window_next gave is on its way. */
void window_sent(Window *window);

/* A receipt came. False, and place_out untouched, when nobody waits for it: it came before, or no such line was sent. */
bool window_receive(Window *window, uint64_t number, LinePlace *place_out);

/* From this number on, or from the oldest when that is later, all lines are to be sent once more. */
void window_send_again(Window *window, uint64_t number);

/* The lowest number that waits for a receipt; of an empty window the one that comes next. */
uint64_t window_oldest(const Window *window);

/* Lines that have not left, and their bytes. */
size_t window_count(const Window *window);
size_t window_bytes(const Window *window);
