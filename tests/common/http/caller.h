/*
 * Caller: speaks HTTP over a bare socket, so that it can also speak it badly.
 */
#pragma once

#include "support/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct Heard {
    int status;
    char text[64 * 1024]; /* the whole reply, with its headers */
} Heard;

static inline int connect_to_port(uint16_t port)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int file = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(file, (const struct sockaddr *)&address, sizeof address), 0);
    return file;
}

static inline int connect_to_path(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(connect(file, (const struct sockaddr *)&address, sizeof address), 0);
    return file;
}

/* Sends the words, and hears until the other side closes; closes the socket too. */
static inline void converse(int file, const char *words, Heard *heard)
{
    const struct timeval patience = {.tv_sec = 5};
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)!send(file, words, strlen(words), MSG_NOSIGNAL);
    size_t size = 0;
    ssize_t got = 1;
    while (got > 0 && size < sizeof heard->text - 1) {
        got = recv(file, heard->text + size, sizeof heard->text - 1 - size, 0);
        size += got > 0 ? (size_t)got : 0;
    }
    heard->text[size] = '\0';
    close(file);
    heard->status = 0;
    sscanf(heard->text, "HTTP/1.%*d %d", &heard->status);
}

static inline const char *body_of(const Heard *heard)
{
    const char *end = strstr(heard->text, "\r\n\r\n");
    return end ? end + 4 : "";
}
