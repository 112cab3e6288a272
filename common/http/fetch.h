/*
 * Fetch: one page of a service over HTTP, on loopback or a Unix socket.
 *
 * Plain HTTP over a socket: the page comes in one piece and the connection ends it. Across
 * machines a proxy that speaks TLS stands before the service.
 */
#pragma once

#include "base/arena.h"
#include "base/status.h"

typedef struct Page {
    int status; /* of HTTP: 200 */
    char *body; /* lives in the arena */
} Page;

/*
 * The place is "http://127.0.0.1:8084", "127.0.0.1:8084" or the path of a socket; the path may
 * have a query. The token may be empty. STATUS_RETRY when nobody answers, STATUS_STOP when the
 * place is no place.
 */
Status fetch_page(Arena *arena, const char *place, const char *path, const char *token, Page *page_out);

/* The same of a service that may be silent no longer than that: STATUS_RETRY when it is. */
Status fetch_page_within(Arena *arena, const char *place, const char *path, const char *token, int patience_ms,
                         Page *page_out);

/*
 * The same for a question that is too long for an address: the enclosure goes along, once the
 * service has said that it will read it. A service that will not has answered already.
 */
Status fetch_page_enclosing(Arena *arena, const char *place, const char *path, const char *token, const char *enclosure,
                            Page *page_out);
