#include "http/http.h"

#include "http/listen.h"

#include <microhttpd.h>
#include <sodium.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CONNECTIONS_MAX = 64,
    TIMEOUT_S = 10,
    HEADER_BYTES_MAX = 16 * 1024,
    SEAL_BYTES = crypto_generichash_BYTES,
};

/* A token's secret, sealed so that all are compared over the same length. */
typedef struct Seal {
    uint8_t bytes[SEAL_BYTES];
} Seal;

struct Http {
    HttpSettings settings;
    struct MHD_Daemon *daemon;
    char *path; /* of the Unix socket */
    uint16_t port;
};

static const char BEARER[] = "Bearer ";

/* routes */

static bool route_fits(const char *route, const char *path)
{
    size_t length = strlen(route);
    bool with_all_below = length > 0 && route[length - 1] == '/';
    return with_all_below ? strncmp(route, path, length) == 0 : strcmp(route, path) == 0;
}

static const HttpRoute *find_route(const HttpSettings *settings, const char *path)
{
    const HttpRoute *best = NULL;
    for (size_t i = 0; i < settings->route_count; i++) {
        const HttpRoute *route = &settings->routes[i];
        if (route_fits(route->path, path) && (!best || strlen(route->path) > strlen(best->path)))
            best = route;
    }
    return best;
}

static bool climbs(const char *path)
{
    for (const char *found = strstr(path, ".."); found; found = strstr(found + 1, ".."))
        if ((found == path || found[-1] == '/') && (found[2] == '\0' || found[2] == '/'))
            return true;
    return false;
}

/* tokens */

static Seal seal_of(const char *secret)
{
    Seal seal;
    crypto_generichash(seal.bytes, sizeof seal.bytes, (const uint8_t *)secret, strlen(secret), NULL, 0);
    return seal;
}

/* Looks at every token, so that the time taken tells nothing. */
static const char *name_of_token(const HttpRoute *route, const char *authorization)
{
    if (!authorization || strncmp(authorization, BEARER, strlen(BEARER)) != 0)
        return NULL;

    const char *name = NULL;
    Seal shown = seal_of(authorization + strlen(BEARER));
    for (size_t i = 0; i < route->token_count; i++) {
        Seal known = seal_of(route->tokens[i].secret);
        if (sodium_memcmp(shown.bytes, known.bytes, SEAL_BYTES) == 0)
            name = route->tokens[i].name;
    }
    return name;
}

/* requests */

/* One request, from its headers to its reply; it lives in its own arena. */
typedef struct Question {
    Arena *arena;
    const HttpRoute *route;
    const char *caller;
    uint8_t *body; /* with room for body_size */
    size_t body_size;
    size_t body_heard;
} Question;

typedef struct Arguments {
    Arena *arena;
    HttpArgument *list;
    size_t count;
    bool too_many;
} Arguments;

static enum MHD_Result note_argument(void *to, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    Arguments *arguments = to;
    arguments->too_many = arguments->count == HTTP_ARGUMENTS_MAX;
    if (arguments->too_many)
        return MHD_NO;
    arguments->list[arguments->count++] = (HttpArgument){
        .name = arena_text(arguments->arena, name),
        .value = arena_text(arguments->arena, value ? value : ""),
    };
    return MHD_YES;
}

static const char *header_of(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static bool has_body(struct MHD_Connection *connection)
{
    const char *length = header_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return (length && strcmp(length, "0") != 0) || header_of(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING);
}

static bool reads_only(const char *method)
{
    return strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
}

static const HttpRoute *route_of(const Http *http, const char *path)
{
    return climbs(path) ? NULL : find_route(&http->settings, path);
}

/* False, and the reply made, when nobody who may ask this asks it. */
static bool is_let_in(const Http *http, struct MHD_Connection *connection, const char *path, Question *question,
                      HttpReply *reply)
{
    question->route = route_of(http, path);
    if (!question->route) {
        http_say(reply, MHD_HTTP_NOT_FOUND, "There is nothing here.\n");
        return false;
    }
    if (question->route->token_count) {
        question->caller = name_of_token(question->route, header_of(connection, MHD_HTTP_HEADER_AUTHORIZATION));
        if (!question->caller) {
            http_say(reply, MHD_HTTP_UNAUTHORIZED, "Show a token that is known here.\n");
            return false;
        }
    }
    return true;
}

/* How much will be enclosed; false, and the reply made, when that is not told, nothing or too much. */
static bool takes_enclosure(struct MHD_Connection *connection, const HttpRoute *route, size_t *size_out,
                            HttpReply *reply)
{
    const char *length = header_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    if (!length || header_of(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING)) {
        http_say(reply, MHD_HTTP_LENGTH_REQUIRED, "Say how long the enclosure is: Content-Length.\n");
        return false;
    }
    if (!*length || strspn(length, "0123456789") != strlen(length) || strspn(length, "0") == strlen(length)) {
        http_say(reply, MHD_HTTP_BAD_REQUEST, "A question by POST has an enclosure.\n");
        return false;
    }
    errno = 0;
    unsigned long long size = strtoull(length, NULL, 10);
    if (errno || size > route->body_bytes_max) {
        http_say(reply, MHD_HTTP_CONTENT_TOO_LARGE, "The enclosure is too large.\n");
        return false;
    }
    *size_out = (size_t)size;
    return true;
}

static void ask_route(struct MHD_Connection *connection, const char *path, const Question *question, HttpReply *reply)
{
    Arguments arguments = {
        .arena = question->arena,
        .list = ARENA_MANY(question->arena, HttpArgument, HTTP_ARGUMENTS_MAX),
    };
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, note_argument, &arguments);
    if (arguments.too_many) {
        http_say(reply, MHD_HTTP_BAD_REQUEST, "These are too many arguments.\n");
        return;
    }
    const HttpRequest request = {
        .arena = question->arena,
        .path = arena_text(question->arena, path),
        .caller = question->caller,
        .accept = header_of(connection, MHD_HTTP_HEADER_ACCEPT),
        .arguments = arguments.list,
        .argument_count = arguments.count,
        .body = {question->body, question->body_heard},
    };
    question->route->handle(question->route->owner, &request, reply);
}

/* replies */

/* A usual header, unless the reply has its own of that name. */
static void add_usual(struct MHD_Response *response, const HttpReply *reply, const char *name, const char *value)
{
    for (size_t i = 0; i < reply->header_count; i++)
        if (strcasecmp(reply->headers[i].name, name) == 0)
            return;
    MHD_add_response_header(response, name, value);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, const HttpReply *reply, bool takes_post)
{
    /* The arena outlives the reply: it is freed when the request is complete. */
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply->body.size, (void *)(uintptr_t)reply->body.data, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, reply->cache);
    add_usual(response, reply, "X-Content-Type-Options", "nosniff");
    add_usual(response, reply, "Referrer-Policy", "no-referrer");
    add_usual(response, reply, "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    for (size_t i = 0; i < reply->header_count; i++)
        MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    if (reply->status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
    if (reply->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, takes_post ? "GET, HEAD, POST" : "GET, HEAD");
    enum MHD_Result sent = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return sent;
}

static HttpReply fresh_reply(void)
{
    return (HttpReply){.status = MHD_HTTP_OK, .type = "text/plain; charset=utf-8", .cache = "no-store"};
}

/*
 * With the headers alone: what can be refused is refused before a body is read. False when the
 * reply is made.
 */
static bool hears_on(const Http *http, struct MHD_Connection *connection, const char *path, const char *method,
                     Question *question, HttpReply *reply)
{
    if (reads_only(method)) {
        if (has_body(connection))
            http_say(reply, MHD_HTTP_CONTENT_TOO_LARGE, "A request has no body here.\n");
        return !has_body(connection);
    }
    const HttpRoute *route = route_of(http, path);
    if (strcmp(method, MHD_HTTP_METHOD_POST) != 0 || !route || !route->body_bytes_max) {
        http_say(reply, MHD_HTTP_METHOD_NOT_ALLOWED, "Things are read here, and changed elsewhere.\n");
        return false;
    }
    if (!is_let_in(http, connection, path, question, reply) ||
        !takes_enclosure(connection, route, &question->body_size, reply))
        return false;
    question->body = arena_take(question->arena, question->body_size);
    return true;
}

static Question *new_question(void)
{
    Arena *arena = arena_new();
    Question *question = ARENA_NEW(arena, Question);
    question->arena = arena;
    return question;
}

/* What the server refuses by itself, in the words of the route. */
static void put_in_words(const HttpRoute *route, const Question *question, HttpReply *reply)
{
    if (route && route->refuse)
        route->refuse(route->owner, question->arena, reply);
}

/* The library calls first when the headers have been read, again with each piece of the body, and last without one. */
static enum MHD_Result answer(void *owner, struct MHD_Connection *connection, const char *path, const char *method,
                              const char *version, const char *piece, size_t *piece_size, void **asked)
{
    (void)version;
    HttpReply reply = fresh_reply();
    Question *question = *asked;
    if (!question) {
        *asked = question = new_question();
        const HttpRoute *route = route_of(owner, path);
        if (hears_on(owner, connection, path, method, question, &reply))
            return MHD_YES;
        put_in_words(route, question, &reply);
        return send_reply(connection, &reply, route && route->body_bytes_max);
    }
    if (*piece_size > 0) {
        if (*piece_size > question->body_size - question->body_heard)
            return MHD_NO;
        memcpy(question->body + question->body_heard, piece, *piece_size);
        question->body_heard += *piece_size;
        *piece_size = 0;
        return MHD_YES;
    }
    if (question->route || is_let_in(owner, connection, path, question, &reply))
        ask_route(connection, path, question, &reply);
    else
        put_in_words(question->route, question, &reply);
    return send_reply(connection, &reply, false);
}

static void forget_request(void *owner, struct MHD_Connection *connection, void **asked,
                           enum MHD_RequestTerminationCode how)
{
    (void)owner;
    (void)connection;
    (void)how;
    Question *question = *asked;
    if (question)
        arena_free(question->arena);
    *asked = NULL;
}

/* life */

static size_t or_usual(size_t value, size_t usual)
{
    return value > 0 ? value : usual;
}

static Status start(Http *http, int file)
{
    const HttpSettings *settings = &http->settings;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, file, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)or_usual(settings->connections_max, CONNECTIONS_MAX), NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)or_usual(settings->timeout_s, TIMEOUT_S), NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)or_usual(settings->header_bytes_max, HEADER_BYTES_MAX), NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)forget_request, http},
        {settings->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, settings->threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    http->daemon = MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD, http->port, NULL, NULL, answer, http,
                                    MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (http->daemon)
        return STATUS_OK;
    close(file);
    return FAULT(STATUS_STOP, "the HTTP server does not start");
}

static Status open_server(Http *http)
{
    const char *address = http->settings.address ? http->settings.address : "127.0.0.1";
    int file = -1;
    if (address[0] == '/') {
        TRY(listen_on_path(address, &file));
        http->path = strdup(address);
    } else {
        TRY(listen_on_port(address, http->settings.port, &file, &http->port));
    }
    return start(http, file);
}

Status http_open(const HttpSettings *settings, Http **http_out)
{
    if (sodium_init() < 0)
        return FAULT(STATUS_STOP, "no randomness for libsodium");

    Http *http = calloc(1, sizeof(Http));
    if (!http)
        abort();
    http->settings = *settings;
    Status status = open_server(http);
    http->settings.address = NULL;
    if (status == STATUS_OK)
        *http_out = http;
    else
        http_free(http);
    return status;
}

void http_free(Http *http)
{
    if (!http)
        return;
    if (http->daemon)
        MHD_stop_daemon(http->daemon);
    if (http->path)
        unlink(http->path);
    free(http->path);
    free(http);
}

void http_freep(Http **http)
{
    http_free(*http);
    *http = NULL;
}

uint16_t http_port(const Http *http)
{
    return http->port;
}

/* what handlers use */

const char *http_argument(const HttpRequest *request, const char *name)
{
    for (size_t i = 0; i < request->argument_count; i++)
        if (strcmp(request->arguments[i].name, name) == 0)
            return request->arguments[i].value;
    return NULL;
}

void http_say(HttpReply *reply, int status, const char *text)
{
    reply->status = status;
    reply->type = "text/plain; charset=utf-8";
    reply->body = (Bytes){(const uint8_t *)text, strlen(text)};
}
