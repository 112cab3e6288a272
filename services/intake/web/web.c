#include "intake/web/web.h"

#include "http/readers.h"
#include "intake/web/list.h"
#include "process/log.h"

#include <stdlib.h>
#include <string.h>
#include <threads.h>

struct Web {
    Service *service;
    const House *house;
    Arena *arena; /* of the readers, for ever */
    Readers readers;
    mtx_t one_at_a_time;
    Database *database; /* opened when it is first asked, and again when it was lost */
};

typedef Status List(Arena *arena, Database *database, const ListAsked *asked, char **json_out);

static bool is_code(const char *text, size_t digits)
{
    return strspn(text, "0123456789") == digits && text[digits] == '\0';
}

static Status answer_in_transaction(Web *web, Arena *arena, List *list, const ListAsked *asked, char **json_out)
{
    if (!web->database)
        TRY(service_database(web->service, "lists", &web->database));
    TRY(database_begin(web->database));
    Status status = list(arena, web->database, asked, json_out);
    database_rollback(web->database);
    return status;
}

/* A connection that was lost while nobody asked is no reason to send the reader away. */
static Status answer(Web *web, Arena *arena, List *list, const ListAsked *asked, char **json_out)
{
    Status status = answer_in_transaction(web, arena, list, asked, json_out);
    if (status == STATUS_OK || !web->database || database_alive(web->database))
        return status;
    database_close(web->database);
    web->database = NULL;
    return answer_in_transaction(web, arena, list, asked, json_out);
}

static const char *argument(const HttpRequest *request, const char *name)
{
    const char *value = http_argument(request, name);
    return value ? value : "";
}

static void give(Web *web, const HttpRequest *request, HttpReply *reply, List *list, const ListAsked *asked)
{
    if (*asked->municipality && !is_code(asked->municipality, 4)) {
        http_say(reply, 400, "municipality is a code of four digits\n");
        return;
    }
    if (!readers_see(&web->readers, request->caller, asked->municipality)) {
        http_say(reply, 403, "this token may not read of this municipality\n");
        return;
    }
    char *json = NULL;
    mtx_lock(&web->one_at_a_time);
    Status status = answer(web, request->arena, list, asked, &json);
    mtx_unlock(&web->one_at_a_time);
    if (status != STATUS_OK) {
        log_fault(LOG_WARN, "LIST-FAILED", status);
        http_say(reply, 503, "this cannot be listed now: try again later\n");
        return;
    }
    log_event(LOG_INFO, "LIST-READ", "reader=%s path=%s municipality=%s", request->caller, request->path,
              *asked->municipality ? asked->municipality : "*");
    reply->type = "application/json";
    reply->body = (Bytes){(const uint8_t *)json, strlen(json)};
}

static void give_cases(void *owner, const HttpRequest *request, HttpReply *reply)
{
    const ListAsked asked = {.municipality = argument(request, "municipality"),
                             .closed = strcmp(argument(request, "closed"), "true") == 0};
    give(owner, request, reply, list_cases, &asked);
}

static void give_allocations(void *owner, const HttpRequest *request, HttpReply *reply)
{
    ListAsked asked = {.municipality = argument(request, "municipality"),
                       .provider = argument(request, "provider"),
                       .after = argument(request, "after")};
    if (!is_code(asked.provider, 8) || !day_read(argument(request, "day"), &asked.day))
        http_say(reply, 400, "provider is a code of eight digits, and day a day such as 2020-03-01\n");
    else
        give(owner, request, reply, list_allocations, &asked);
}

static void give_forgetting(void *owner, const HttpRequest *request, HttpReply *reply)
{
    const Web *web = owner;
    ListAsked asked = {.municipality = "", .kept_years = web->house->kept_years};
    if (!day_read(argument(request, "by"), &asked.day))
        http_say(reply, 400, "by is a day such as 2040-12-31\n");
    else
        give(owner, request, reply, list_forgetting, &asked);
}

Status web_open(Service *service, const House *house, Web **web_out)
{
    Web *web = calloc(1, sizeof *web);
    if (!web)
        abort();
    *web_out = web;
    web->service = service;
    web->house = house;
    web->arena = arena_new();
    mtx_init(&web->one_at_a_time, mtx_plain);
    const char *path = settings_text(service_settings(service), "PICQ_READERS", "");
    if (*path)
        TRY(readers_load(web->arena, path, &web->readers));
    if (web->readers.count == 0) /* a route without tokens would be open to all */
        return STATUS_OK;
    static const struct {
        const char *path;
        void (*handle)(void *owner, const HttpRequest *request, HttpReply *reply);
    } PAGES[] = {{"/cases", give_cases}, {"/allocations", give_allocations}, {"/forgetting", give_forgetting}};
    for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++)
        service_add_route(service, (HttpRoute){.path = PAGES[i].path,
                                               .handle = PAGES[i].handle,
                                               .owner = web,
                                               .tokens = web->readers.tokens,
                                               .token_count = web->readers.count});
    return STATUS_OK;
}

void web_free(Web *web)
{
    if (!web)
        return;
    database_close(web->database);
    mtx_destroy(&web->one_at_a_time);
    arena_free(web->arena);
    free(web);
}
