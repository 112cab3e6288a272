#include "http/fetch.h"

#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000, PAGE_BYTES_MAX = 64 << 20, PIECE_BYTES = 64 << 10, HEADER_BYTES_MAX = 16 << 10 };

static void close_socket(int *file)
{
    if (*file >= 0)
        close(*file);
}

/* How long it may be silent holds for the connection, too. */
static int open_socket(int family, int patience_ms)
{
    const struct timeval patience = {patience_ms / 1000, (suseconds_t)(patience_ms % 1000) * 1000};
    int file = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return file;
}

static Status connect_to_path(const char *path, int patience_ms, int *file_out)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return FAULT(STATUS_STOP, "%s is too long for a socket", path);
    strcpy(address.sun_path, path);
    *file_out = open_socket(AF_UNIX, patience_ms);
    if (connect(*file_out, (const struct sockaddr *)&address, sizeof address) != 0)
        return FAULT(STATUS_RETRY, "%s: %s", path, strerror(errno));
    return STATUS_OK;
}

static Status connect_to_host(Arena *arena, const char *place, int patience_ms, int *file_out)
{
    const char *colon = strrchr(place, ':');
    if (!colon || colon == place)
        return FAULT(STATUS_STOP, "\"%s\" is no place: write http://address:port, or the path of a socket", place);
    const char *host = arena_text_sized(arena, place, (size_t)(colon - place));
    const char *port = arena_text_sized(arena, colon + 1, strcspn(colon + 1, "/"));
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    int fault = getaddrinfo(host, port, &hints, &found);
    if (fault != 0)
        return FAULT(STATUS_RETRY, "%s: %s", place, gai_strerror(fault));

    int reason = 0;
    bool connected = false;
    for (const struct addrinfo *way = found; way && !connected; way = way->ai_next) {
        close_socket(file_out);
        *file_out = open_socket(way->ai_family, patience_ms);
        connected = connect(*file_out, way->ai_addr, way->ai_addrlen) == 0;
        reason = errno;
    }
    freeaddrinfo(found);
    return connected ? STATUS_OK : FAULT(STATUS_RETRY, "%s: %s", place, strerror(reason));
}

static Status send_all(int file, const char *words)
{
    for (size_t size = strlen(words); size > 0;) {
        ssize_t sent = send(file, words, size, MSG_NOSIGNAL);
        if (sent < 0)
            return FAULT(STATUS_RETRY, "the service hung up: %s", strerror(errno));
        words += sent;
        size -= (size_t)sent;
    }
    return STATUS_OK;
}

/* All that comes until the other side closes, with a NUL behind it. */
static Status receive_all(Arena *arena, int file, char **text_out)
{
    size_t room = PIECE_BYTES, size = 0;
    char *text = arena_take(arena, room + 1);
    for (;;) {
        ssize_t got = recv(file, text + size, room - size, 0);
        if (got < 0)
            return FAULT(STATUS_RETRY, "no answer from the service: %s", strerror(errno));
        if (got == 0)
            break;
        size += (size_t)got;
        if (size > PAGE_BYTES_MAX)
            return FAULT(STATUS_STOP, "the service says more than a page can hold");
        if (size == room) {
            char *more = arena_take(arena, 2 * room + 1);
            memcpy(more, text, size);
            text = more;
            room *= 2;
        }
    }
    text[size] = '\0';
    *text_out = text;
    return STATUS_OK;
}

/* Up to the empty line after the headers, and not a byte further. */
static Status receive_headers(Arena *arena, int file, char **text_out)
{
    char *text = arena_take(arena, HEADER_BYTES_MAX + 1);
    for (size_t size = 0; size < HEADER_BYTES_MAX; size++) {
        ssize_t got = recv(file, text + size, 1, 0);
        if (got < 0)
            return FAULT(STATUS_RETRY, "no answer from the service: %s", strerror(errno));
        if (got == 0 || (size >= 3 && memcmp(text + size - 3, "\r\n\r\n", 4) == 0))
            break;
    }
    *text_out = text;
    return STATUS_OK;
}

static Status connect_to(Arena *arena, const char *place, int patience_ms, int *file_out)
{
    static const char SCHEME[] = "http://";
    if (strncmp(place, SCHEME, strlen(SCHEME)) == 0)
        place += strlen(SCHEME);
    return *place == '/' ? connect_to_path(place, patience_ms, file_out)
                         : connect_to_host(arena, place, patience_ms, file_out);
}

static Status read_page(const char *place, char *text, Page *page_out)
{
    Page page = {0};
    char *end = strstr(text, "\r\n\r\n");
    if (!end || sscanf(text, "HTTP/1.%*d %d", &page.status) != 1)
        return FAULT(STATUS_STOP, "what answers at %s does not speak HTTP", place);
    page.body = end + 4;
    *page_out = page;
    return STATUS_OK;
}

static const char *asked_by(Arena *arena, const char *token)
{
    return *token ? arena_format(arena, "Authorization: Bearer %s\r\n", token) : "";
}

Status fetch_page_within(Arena *arena, const char *place, const char *path, const char *token, int patience_ms,
                         Page *page_out)
{
    [[gnu::cleanup(close_socket)]] int file = -1;
    TRY(connect_to(arena, place, patience_ms, &file));
    TRY(send_all(file, arena_format(arena, "GET %s HTTP/1.0\r\nHost: picq\r\n%s\r\n", path, asked_by(arena, token))));
    char *text;
    TRY(receive_all(arena, file, &text));
    return read_page(place, text, page_out);
}

Status fetch_page(Arena *arena, const char *place, const char *path, const char *token, Page *page_out)
{
    return fetch_page_within(arena, place, path, token, PATIENCE_MS, page_out);
}

Status fetch_page_enclosing(Arena *arena, const char *place, const char *path, const char *token, const char *enclosure,
                            Page *page_out)
{
    [[gnu::cleanup(close_socket)]] int file = -1;
    TRY(connect_to(arena, place, PATIENCE_MS, &file));
    TRY(send_all(file, arena_format(arena,
                                    "POST %s HTTP/1.1\r\nHost: picq\r\n%sContent-Length: %zu\r\n"
                                    "Expect: 100-continue\r\nConnection: close\r\n\r\n",
                                    path, asked_by(arena, token), strlen(enclosure))));
    const char *refused = "";
    char *headers, *text;
    int status = 0;
    TRY(receive_headers(arena, file, &headers));
    if (sscanf(headers, "HTTP/1.%*d %d", &status) == 1 && status == 100)
        TRY(send_all(file, enclosure));
    else
        refused = headers;
    TRY(receive_all(arena, file, &text));
    return read_page(place, arena_format(arena, "%s%s", refused, text), page_out);
}
