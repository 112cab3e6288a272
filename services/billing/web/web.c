#include "billing/web/web.h"

#include "billing/web/line.h"
#include "billing/web/owed.h"
#include "billing/web/verify.h"
#include "http/readers.h"
#include "process/log.h"
#include "service/library.h"

#include <stdlib.h>
#include <string.h>
#include <threads.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2189, PIECE_ROWS = 2000 };

struct Web {
    Service *service;
    Arena *arena; /* of the readers, for ever */
    Readers readers;
    mtx_t one_at_a_time;
    Database *database; /* opened when it is first asked, and again when it was lost */
    Library *library;
};

/* What was asked; `fault` is said to who asks what is no question. */
typedef struct Asked {
    const char *municipality; /* "": the whole region */
    OwedQuestion owed;
    LineQuestion line;
    VerifyQuestion verify;
    const char *fault;
} Asked;

/* reading a question */

static bool is_code(const char *text, size_t digits)
{
    return strspn(text, "0123456789") == digits && text[digits] == '\0';
}

/* "" when it was not given. */
static const char *argument(const HttpRequest *request, const char *name)
{
    const char *value = http_argument(request, name);
    return value ? value : "";
}

/* "2020-03" */
static bool read_month(const HttpRequest *request, Period *month_out)
{
    const char *text = argument(request, "month");
    Day first;
    if (strlen(text) != sizeof "2020-03" - 1 || !day_read(arena_format(request->arena, "%s-01", text), &first))
        return false;
    *month_out = period_month(first);
    return true;
}

static Asked read_owed(const HttpRequest *request)
{
    Asked asked = {.municipality = argument(request, "municipality")};
    OwedQuestion *owed = &asked.owed;
    *owed = (OwedQuestion){.municipality = asked.municipality, .provider = argument(request, "provider")};
    const char *from = argument(request, "known-from");
    owed->differs = *from != '\0';
    if (!is_code(asked.municipality, 4))
        asked.fault = "municipality is a code of four digits\n";
    else if (*owed->provider && !is_code(owed->provider, 8))
        asked.fault = "provider is a code of eight digits; leave it out for all of the municipality\n";
    else if (!read_month(request, &owed->month))
        asked.fault = "month is a month, such as 2020-03\n";
    else if (!day_read(argument(request, "known-on"), &owed->known_on))
        asked.fault = "known-on is a day, such as 2020-06-08\n";
    else if (owed->differs && !day_read(from, &owed->known_from))
        asked.fault = "known-from is a day, such as 2020-05-01\n";
    else if (owed->differs && day_compare(owed->known_from, owed->known_on) > 0)
        asked.fault = "known-from is no later than known-on\n";
    return asked;
}

static Asked read_line(const HttpRequest *request)
{
    Asked asked = {.municipality = argument(request, "municipality")};
    asked.line = (LineQuestion){asked.municipality, argument(request, "provider"), argument(request, "reference")};
    if (!is_code(asked.municipality, 4))
        asked.fault = "municipality is a code of four digits\n";
    else if (!is_code(asked.line.provider, 8))
        asked.fault = "provider is a code of eight digits\n";
    else if (!*asked.line.reference)
        asked.fault = "reference is that of a line, such as R-17\n";
    return asked;
}

/* "0-15", or one of them; without the argument all. */
static bool read_partitions(const char *text, VerifyQuestion *verify)
{
    verify->partition_first = 0;
    verify->partition_last = PARTITIONS - 1;
    if (!*text)
        return true;
    const char *dash = strchr(text, '-');
    if (strspn(text, "0123456789-") != strlen(text) || strlen(text) > sizeof "63-63" - 1 || *text == '-')
        return false;
    verify->partition_first = (int16_t)atoi(text);
    verify->partition_last = dash ? (int16_t)atoi(dash + 1) : verify->partition_first;
    return verify->partition_first <= verify->partition_last && verify->partition_last < PARTITIONS;
}

static Asked read_verify(const HttpRequest *request)
{
    Asked asked = {.municipality = "", .verify = {.piece = PIECE_ROWS}};
    const char *year = argument(request, "year");
    asked.verify.year = is_code(year, 4) ? atoi(year) : 0;
    if (asked.verify.year < YEAR_FIRST || asked.verify.year > YEAR_LAST)
        asked.fault = "year is a year, such as 2020\n";
    else if (!read_partitions(argument(request, "partitions"), &asked.verify))
        asked.fault = "partitions are from 0 to 63, such as 0-15\n";
    return asked;
}

/* answering */

static Status write_owed(Web *web, Arena *arena, const Asked *asked, char **json_out)
{
    return owed_write(arena, web->database, web->library, &asked->owed, json_out);
}

static Status write_line(Web *web, Arena *arena, const Asked *asked, char **json_out)
{
    return line_write(arena, web->database, web->library, &asked->line, json_out);
}

static Status write_verify(Web *web, Arena *arena, const Asked *asked, char **json_out)
{
    return verify_write(arena, web->database, &asked->verify, json_out);
}

typedef struct Page {
    const char *path;
    const char *event;
    Asked (*read)(const HttpRequest *request);
    Status (*write)(Web *web, Arena *arena, const Asked *asked, char **json_out); /* NULL: there is none */
    bool piecewise; /* asks in pieces, each of a moment of its own */
} Page;

static const Page PAGES[] = {
    {"/owed", "OWED-READ", read_owed, write_owed, false},
    {"/line", "LINE-READ", read_line, write_line, false},
    {"/verify", "YEAR-VERIFIED", read_verify, write_verify, true},
};

/* Everything in one answer is of one moment. */
static Status answer_at_one_moment(Web *web, Arena *arena, const Page *page, const Asked *asked, char **json_out)
{
    TRY(database_begin(web->database));
    Status status =
        database_run(web->database, "one moment", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    if (status == STATUS_OK)
        status = page->write(web, arena, asked, json_out);
    database_rollback(web->database);
    return status;
}

static Status answer(Web *web, Arena *arena, const Page *page, const Asked *asked, char **json_out)
{
    if (!web->database)
        TRY(service_database(web->service, "receipts", &web->database));
    return page->piecewise ? page->write(web, arena, asked, json_out)
                           : answer_at_one_moment(web, arena, page, asked, json_out);
}

/* A connection that was lost while nobody asked is no reason to send the reader away. */
static Status answer_again_if_lost(Web *web, Arena *arena, const Page *page, const Asked *asked, char **json_out)
{
    Status status = answer(web, arena, page, asked, json_out);
    if (status == STATUS_OK || !web->database || database_alive(web->database))
        return status;
    database_close(web->database);
    web->database = NULL;
    return answer(web, arena, page, asked, json_out);
}

static const Page *page_of(const HttpRequest *request)
{
    for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++)
        if (strcmp(PAGES[i].path, request->path) == 0)
            return &PAGES[i];
    return NULL;
}

static void show(void *owner, const HttpRequest *request, HttpReply *reply)
{
    Web *web = owner;
    const Page *page = page_of(request);
    if (!page) {
        http_say(reply, 404, "there is no such page\n");
        return;
    }
    Asked asked = page->read(request);
    if (asked.fault) {
        http_say(reply, 400, asked.fault);
        return;
    }
    if (!readers_see(&web->readers, request->caller, asked.municipality)) {
        http_say(reply, 403,
                 *asked.municipality ? "this token may not read the lines of this municipality\n"
                                     : "this token may not read the lines of the whole region\n");
        return;
    }
    char *json = NULL;
    mtx_lock(&web->one_at_a_time);
    Status status = answer_again_if_lost(web, request->arena, page, &asked, &json);
    mtx_unlock(&web->one_at_a_time);
    if (status != STATUS_OK) {
        log_fault(LOG_WARN, "READING-FAILED", status);
        http_say(reply, 503, "this cannot be read now: try again later\n");
        return;
    }
    log_event(LOG_INFO, page->event, "reader=%s municipality=%s", request->caller,
              *asked.municipality ? asked.municipality : "*");
    if (!json) {
        http_say(reply, 404, "no line of this conversation has this reference\n");
        return;
    }
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
    web->library = library_new();
    mtx_init(&web->one_at_a_time, mtx_plain);
    const char *path = settings_text(service_settings(service), "PICQ_READERS", "");
    if (*path)
        TRY(readers_load(web->arena, path, &web->readers));
    /* A route without tokens would be open to all. */
    for (size_t i = 0; web->readers.count > 0 && i < sizeof PAGES / sizeof *PAGES; i++)
        service_add_route(service, (HttpRoute){.path = PAGES[i].path,
                                               .handle = show,
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
    library_free(web->library);
    mtx_destroy(&web->one_at_a_time);
    arena_free(web->arena);
    free(web);
}
