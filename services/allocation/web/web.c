#include "allocation/web/web.h"

#include "allocation/web/worklist.h"
#include "http/readers.h"
#include "process/log.h"

#include <stdlib.h>
#include <string.h>
#include <threads.h>

struct Web {
    Service *service;
    Arena *arena; /* of the readers, for ever */
    Readers readers;
    mtx_t one_at_a_time;
    Database *database; /* opened when it is first asked, and again when it was lost */
};

static bool is_code(const char *text)
{
    return strspn(text, "0123456789") == 4 && text[4] == '\0';
}

static Status answer_in_transaction(Web *web, Arena *arena, const char *municipality, char **json_out)
{
    if (!web->database)
        TRY(service_database(web->service, "worklist", &web->database));
    TRY(database_begin(web->database));
    Status status = worklist_write(arena, web->database, municipality, json_out);
    database_rollback(web->database);
    return status;
}

/* A connection that was lost while nobody asked is no reason to send the reader away. */
static Status answer(Web *web, Arena *arena, const char *municipality, char **json_out)
{
    Status status = answer_in_transaction(web, arena, municipality, json_out);
    if (status == STATUS_OK || !web->database || database_alive(web->database))
        return status;
    database_close(web->database);
    web->database = NULL;
    return answer_in_transaction(web, arena, municipality, json_out);
}

static void list_requests(void *owner, const HttpRequest *request, HttpReply *reply)
{
    Web *web = owner;
    const char *municipality = http_argument(request, "municipality");
    if (!municipality)
        municipality = "";
    if (*municipality && !is_code(municipality)) {
        http_say(reply, 400, "municipality is a code of four digits\n");
        return;
    }
    if (!readers_see(&web->readers, request->caller, municipality)) {
        http_say(reply, 403, "this token may not read the requests of this municipality\n");
        return;
    }
    char *json = NULL;
    mtx_lock(&web->one_at_a_time);
    Status status = answer(web, request->arena, municipality, &json);
    mtx_unlock(&web->one_at_a_time);
    if (status != STATUS_OK) {
        log_fault(LOG_WARN, "WORKLIST-FAILED", status);
        http_say(reply, 503, "the requests cannot be listed now: try again later\n");
        return;
    }
    log_event(LOG_INFO, "WORKLIST-READ", "reader=%s municipality=%s", request->caller,
              *municipality ? municipality : "*");
    reply->type = "application/json";
    reply->body = (Bytes){(const uint8_t *)json, strlen(json)};
}

Status web_open(Service *service, Web **web_out)
{
    Web *web = calloc(1, sizeof *web);
    if (!web)
        abort();
    *web_out = web;
    web->service = service;
    web->arena = arena_new();
    mtx_init(&web->one_at_a_time, mtx_plain);
    const char *path = settings_text(service_settings(service), "PICQ_READERS", "");
    if (*path)
        TRY(readers_load(web->arena, path, &web->readers));
    /* A route without tokens would be open to all. */
    if (web->readers.count > 0)
        service_add_route(service, (HttpRoute){.path = "/requests",
                                               .handle = list_requests,
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
