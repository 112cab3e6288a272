#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 128 };

static Status cannot_listen(const char *where)
{
    Status status = errno == EADDRINUSE ? STATUS_RETRY : STATUS_STOP;
    return FAULT(status, "listen on %s: %s", where, strerror(errno));
}

static Status bound_to(int file, const struct sockaddr *address, socklen_t size, const char *where)
{
    if (bind(file, address, size) == 0 && listen(file, BACKLOG) == 0)
        return STATUS_OK;
    return cannot_listen(where);
}

static uint16_t port_of(int file)
{
    struct sockaddr_storage bound = {0};
    socklen_t size = sizeof bound;
    getsockname(file, (struct sockaddr *)&bound, &size);
    return ntohs(bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port
                                             : ((struct sockaddr_in *)&bound)->sin_port);
}

static Status listen_on(const struct addrinfo *place, const char *where, int *file_out)
{
    int file = socket(place->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0)
        return cannot_listen(where);
    setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));

    Status status = bound_to(file, place->ai_addr, place->ai_addrlen, where);
    if (status == STATUS_OK)
        *file_out = file;
    else
        close(file);
    return status;
}

Status listen_on_port(const char *address, uint16_t port, int *file_out, uint16_t *port_out)
{
    char service[8];
    snprintf(service, sizeof service, "%u", port);
    const struct addrinfo wanted = {
        .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
        .ai_socktype = SOCK_STREAM,
    };
    struct addrinfo *places = NULL;
    int fault = getaddrinfo(address, service, &wanted, &places);
    if (fault)
        return FAULT(STATUS_STOP, "listen on %s: %s", address, gai_strerror(fault));

    Status status = listen_on(places, address, file_out);
    freeaddrinfo(places);
    if (status == STATUS_OK)
        *port_out = port_of(*file_out);
    return status;
}

static bool somebody_answers(const struct sockaddr_un *address)
{
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool answers = file >= 0 && connect(file, (const struct sockaddr *)address, sizeof *address) == 0;
    if (file >= 0)
        close(file);
    return answers;
}

static void remove_what_the_dead_left(const struct sockaddr_un *address)
{
    struct stat file;
    if (stat(address->sun_path, &file) == 0 && S_ISSOCK(file.st_mode) && !somebody_answers(address))
        unlink(address->sun_path);
}

Status listen_on_path(const char *path, int *file_out)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return FAULT(STATUS_STOP, "listen on %s: the path is too long", path);
    strcpy(address.sun_path, path);
    remove_what_the_dead_left(&address);

    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0)
        return cannot_listen(path);
    /* Before the bind, so that the path is never open to others. */
    fchmod(file, 0660);
    Status status = bound_to(file, (const struct sockaddr *)&address, sizeof address, path);
    if (status == STATUS_OK)
        *file_out = file;
    else
        close(file);
    return status;
}
