#include "monitoring/web/web.h"

#include "http/readers.h"
#include "monitoring/web/load.h"
#include "monitoring/web/write.h"
#include "process/log.h"

#include <stdlib.h>
#include <string.h>
#include <threads.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2189 };

struct Web {
    Service *service;
    Arena *arena; /* of the readers, for ever */
    Readers readers;
    mtx_t one_at_a_time;
    Database *database; /* opened when it is first asked, and again when it was lost */
    Library *library;
};

/* What was asked in words that are no question: said to who asked. */
typedef struct Asked {
    const char *municipality;
    int32_t year; /* 0: not said */
    Day known_on;
    const char *fault;
} Asked;

static bool is_code(const char *text)
{
    return strspn(text, "0123456789") == 4 && text[4] == '\0';
}

static Asked read_question(const HttpRequest *request)
{
    Asked asked = {.municipality = "", .known_on = DAY_LAST};
    const char *municipality = http_argument(request, "municipality");
    const char *year = http_argument(request, "year");
    const char *known_on = http_argument(request, "known_on");
    const char *format = http_argument(request, "format");
    if (municipality && *municipality)
        asked.municipality = municipality;
    if (*asked.municipality && !is_code(asked.municipality))
        asked.fault = "municipality is a code of four digits\n";
    if (year && *year)
        asked.year = is_code(year) ? atoi(year) : -1;
    if (asked.year && (asked.year < YEAR_FIRST || asked.year > YEAR_LAST))
        asked.fault = "year is a year, such as 2020\n";
    if (known_on && *known_on && !day_read(known_on, &asked.known_on))
        asked.fault = "known_on is a day, such as 2020-06-08\n";
    if (format && *format && strcmp(format, "json") != 0)
        asked.fault = "format is json\n";
    return asked;
}

static Status answer(Web *web, const HttpRequest *request, const Asked *asked, char **json_out)
{
    Day newest;
    TRY(report_load_newest(web->database, &newest));
    bool exact = readers_see(&web->readers, request->caller, asked->municipality);
    Day known_on = report_known_on(asked->known_on, newest, exact);
    const ReportQuestion question = {
        .municipality = asked->municipality,
        .year = asked->year ? asked->year : day_parts(known_on).year,
        .known_on = known_on,
        .exact = exact,
    };
    Report report;
    TRY(report_load(request->arena, web->database, &question, &report));
    const Books *books;
    TRY(report_load_books(request->arena, web->database, web->library, &books));
    *json_out = report_write(request->arena, &report, books);
    return STATUS_OK;
}

/* Everything in one report is of one moment. */
static Status answer_at_one_moment(Web *web, const HttpRequest *request, const Asked *asked, char **json_out)
{
    if (!web->database)
        TRY(service_database(web->service, "report", &web->database));
    TRY(database_begin(web->database));
    Status status =
        database_run(web->database, "one moment", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    if (status == STATUS_OK)
        status = answer(web, request, asked, json_out);
    database_rollback(web->database);
    return status;
}

/* A connection that was lost while nobody asked is no reason to send the reader away. */
static Status answer_again_if_lost(Web *web, const HttpRequest *request, const Asked *asked, char **json_out)
{
    Status status = answer_at_one_moment(web, request, asked, json_out);
    if (status == STATUS_OK || !web->database || database_alive(web->database))
        return status;
    database_close(web->database);
    web->database = NULL;
    return answer_at_one_moment(web, request, asked, json_out);
}

static void report(void *owner, const HttpRequest *request, HttpReply *reply)
{
    Web *web = owner;
    Asked asked = read_question(request);
    if (asked.fault) {
        http_say(reply, 400, asked.fault);
        return;
    }
    char *json = NULL;
    mtx_lock(&web->one_at_a_time);
    Status status = answer_again_if_lost(web, request, &asked, &json);
    mtx_unlock(&web->one_at_a_time);
    if (status != STATUS_OK) {
        log_fault(LOG_WARN, "REPORT-FAILED", status);
        http_say(reply, 503, "the report cannot be made now: try again later\n");
        return;
    }
    log_event(LOG_INFO, "REPORT-READ", "reader=%s municipality=%s year=%d", request->caller,
              *asked.municipality ? asked.municipality : "*", asked.year);
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
    if (web->readers.count > 0)
        service_add_route(service, (HttpRoute){.path = "/report",
                                               .handle = report,
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
