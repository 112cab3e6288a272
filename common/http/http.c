#include "http/http.h"

#include "http/listen.h"

#include <microhttpd.h>
#include <sodium.h>

#include <stdlib.h>
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

static bool has_body(struct MHD_Connection *connection)
{
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return (length && strcmp(length, "0") != 0) ||
           MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_TRANSFER_ENCODING);
}

static bool reads_only(const char *method)
{
    return strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
}

static void reply_to(const Http *http, struct MHD_Connection *connection, HttpRequest *request, HttpReply *reply)
{
    const HttpRoute *route = climbs(request->path) ? NULL : find_route(&http->settings, request->path);
    if (!route) {
        http_say(reply, MHD_HTTP_NOT_FOUND, "There is nothing here.\n");
        return;
    }

    if (route->token_count) {
        request->caller = name_of_token(
            route, MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION));
        if (!request->caller) {
            http_say(reply, MHD_HTTP_UNAUTHORIZED, "Show a token that is known here.\n");
            return;
        }
    }

    Arguments arguments = {
        .arena = request->arena,
        .list = ARENA_MANY(request->arena, HttpArgument, HTTP_ARGUMENTS_MAX),
    };
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, note_argument, &arguments);
    if (arguments.too_many) {
        http_say(reply, MHD_HTTP_BAD_REQUEST, "These are too many arguments.\n");
        return;
    }
    request->arguments = arguments.list;
    request->argument_count = arguments.count;
    route->handle(route->owner, request, reply);
}

/* replies */

static enum MHD_Result send_reply(struct MHD_Connection *connection, const HttpReply *reply)
{
    /* The arena outlives the reply: it is freed when the request is complete. */
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply->body.size, (void *)(uintptr_t)reply->body.data, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, reply->cache);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    if (reply->status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
    if (reply->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    enum MHD_Result sent = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return sent;
}

static HttpReply fresh_reply(void)
{
    return (HttpReply){.status = MHD_HTTP_OK, .type = "text/plain; charset=utf-8", .cache = "no-store"};
}

/* The library calls first when the headers have been read, and again when the body has. */
static enum MHD_Result answer(void *owner, struct MHD_Connection *connection, const char *path, const char *method,
                              const char *version, const char *body, size_t *body_size, void **arena)
{
    (void)version;
    (void)body;
    (void)body_size;
    HttpReply reply = fresh_reply();
    if (!*arena) {
        *arena = arena_new();
        if (!reads_only(method))
            http_say(&reply, MHD_HTTP_METHOD_NOT_ALLOWED, "Things are read here, and changed elsewhere.\n");
        else if (has_body(connection))
            http_say(&reply, MHD_HTTP_CONTENT_TOO_LARGE, "A request has no body here.\n");
        else
            return MHD_YES;
        return send_reply(connection, &reply);
    }

    HttpRequest request = {.arena = *arena, .path = arena_text(*arena, path)};
    reply_to(owner, connection, &request, &reply);
    return send_reply(connection, &reply);
}

static void forget_request(void *owner, struct MHD_Connection *connection, void **arena,
                           enum MHD_RequestTerminationCode how)
{
    (void)owner;
    (void)connection;
    (void)how;
    arena_free(*arena);
    *arena = NULL;
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
        {MHD_OPTION_LISTEN_SOCKET,    file,                                         NULL                  },
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)or_usual(settings->connections_max, CONNECTIONS_MAX),       NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT,                           (intptr_t)or_usual(settings->timeout_s,                                           TIMEOUT_S), NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT,                       (intptr_t)or_usual(settings->header_bytes_max,                                                                   HEADER_BYTES_MAX),                                                        NULL},
        {MHD_OPTION_NOTIFY_COMPLETED,          (intptr_t)forget_request,http},
        {settings->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END,settings->threads,                                                   NULL                                                                                                                          },
        {MHD_OPTION_END,                 0,       NULL},
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
