/*
 * Http: a small table of routes, answered on threads of their own.
 *
 * For health, metrics, reading and the page. Nothing is changed over HTTP; what changes things
 * enters at the front door. A question is asked by GET or HEAD, without a body. One that is too
 * long for an address, such as what a book not yet published would do, is asked by POST with
 * the rest of it enclosed, where the route takes enclosures: it changes nothing either.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/status.h"

enum { HTTP_ARGUMENTS_MAX = 32 };

typedef struct HttpArgument {
    const char *name;
    const char *value; /* "" when the query gives none */
} HttpArgument;

/* All of it lives in the arena, which lives until the reply has been sent. */
typedef struct HttpRequest {
    Arena *arena;
    const char *path;   /* decoded, without the query; it has no segment ".." */
    const char *caller; /* the name of the token that was shown; NULL on a route without tokens */
    const char *accept; /* the kinds of content that are welcome, as the header says; NULL when it says nothing */
    const HttpArgument *arguments;
    size_t argument_count;
    Bytes body; /* what a question by POST encloses; empty otherwise */
} HttpRequest;

typedef struct HttpHeader {
    const char *name;
    const char *value;
} HttpHeader;

/* What a handler finds is 200, plain text, no body, not to be kept by anyone. */
typedef struct HttpReply {
    int status;
    const char *type;          /* content type */
    const char *cache;         /* Cache-Control */
    Bytes body;                /* in the request's arena, or for ever */
    const HttpHeader *headers; /* beside the usual ones, or instead of one of the same name; live as the body does */
    size_t header_count;
} HttpReply;

/* Runs on a thread of the server, at the same time as others where it has several. */
typedef void HttpHandler(void *owner, const HttpRequest *request, HttpReply *reply);

/*
 * The server refused by itself, before the handler: no token, a wrong method, too much. The reply
 * says so in a line of plain text; here it may be said in the words of the route.
 */
typedef void HttpRefusal(void *owner, Arena *arena, HttpReply *reply);

/* Who may ask: a secret, and the name by which the handler knows who showed it. */
typedef struct HttpToken {
    const char *name;
    const char *secret;
} HttpToken;

typedef struct HttpRoute {
    const char *path; /* "/report", or "/page/" with a slash at its end for all that is below it */
    HttpHandler *handle;
    void *owner;
    const HttpToken *tokens; /* none: open to all who can connect */
    size_t token_count;
    size_t body_bytes_max; /* of what a question may enclose; 0: nothing, and there is no POST */
    HttpRefusal *refuse;   /* NULL: in plain text */
} HttpRoute;

/* Zero stands for the usual value. */
typedef struct HttpSettings {
    const char *address;     /* usually 127.0.0.1; the path of a Unix socket begins with a slash */
    uint16_t port;           /* 0 takes a free one */
    const HttpRoute *routes; /* borrowed as long as the server lives; the longest path that fits answers */
    size_t route_count;
    unsigned threads;         /* usually 1 */
    unsigned connections_max; /* usually 64 */
    unsigned timeout_s;       /* a silent connection is closed; usually 10 */
    size_t header_bytes_max;  /* usually 16 kB */
} HttpSettings;

typedef struct Http Http;

/* STATUS_RETRY when the address is still taken. */
Status http_open(const HttpSettings *settings, Http **http_out);
void http_free(Http *http);
void http_freep(Http **http);

/* 0 for a Unix socket. */
uint16_t http_port(const Http *http);

/* The value of the first argument of that name; NULL when the query has none. */
const char *http_argument(const HttpRequest *request, const char *name);

/* Fills the reply with a line of plain text, borrowed. */
void http_say(HttpReply *reply, int status, const char *text);
