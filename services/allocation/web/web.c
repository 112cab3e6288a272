#include "allocation/web/web.h"

#include "allocation/sql.h"
#include "allocation/web/cohorts.h"
#include "allocation/web/conversions.h"
#include "allocation/web/gaps.h"
#include "allocation/web/whatif.h"
#include "allocation/web/worklist.h"
#include "http/readers.h"
#include "process/book_enclosed.h"
#include "process/log.h"

#include <stdlib.h>
#include <string.h>
#include <threads.h>

enum { CLIENTS_OF_PIECE = 1000 };

enum { REQUESTS_WAITING, REQUESTS_OVERDUE, NUMBERS };

struct Web {
    Service *service;
    Arena *arena; /* of the readers, for ever */
    Readers readers;
    mtx_t one_at_a_time;
    Database *database; /* opened when it is first asked, and again when it was lost */
    Library *library;
    Metric numbers[NUMBERS];
};

/* What is written: JSON, or what is wrong with the question. */
typedef struct Written {
    char *json;
    const char *fault;
} Written;

typedef Status Write(Web *web, Arena *arena, const SurveyQuestion *question, Written *written);

typedef struct Page {
    const char *path;
    const char *event;
    Write *write;
    bool takes_book;
    bool needs_book;
} Page;

/* reading a question */

static bool is_code(const char *text)
{
    return strspn(text, "0123456789") == 4 && text[4] == '\0';
}

/* "0-15", or one of them; without the argument all. */
static bool read_partitions(const char *text, SurveyQuestion *question)
{
    question->partition_first = 0;
    question->partition_last = PARTITIONS - 1;
    if (!text)
        return true;
    const char *dash = strchr(text, '-');
    if (!*text || strspn(text, "0123456789-") != strlen(text) || strlen(text) > sizeof "63-63" - 1 || *text == '-')
        return false;
    question->partition_first = (int16_t)atoi(text);
    question->partition_last = dash ? (int16_t)atoi(dash + 1) : question->partition_first;
    return question->partition_first <= question->partition_last && question->partition_last < PARTITIONS;
}

/* What is wrong with it; NULL when nothing is. */
static const char *read_question(const HttpRequest *request, const Page *page, SurveyQuestion *question)
{
    const char *municipality = http_argument(request, "municipality");
    question->municipality = municipality ? municipality : "";
    question->book = request->body;
    question->clients_max = CLIENTS_OF_PIECE;
    if (*question->municipality && !is_code(question->municipality))
        return "municipality is a code of four digits\n";
    if (!read_partitions(http_argument(request, "partitions"), question))
        return "partitions are from 0 to 63, such as 0-15\n";
    if (page->needs_book && !request->body.size)
        return "enclose the book that is not yet published, by POST\n";
    return NULL;
}

/* pages */

static Status write_requests(Web *web, Arena *arena, const SurveyQuestion *question, Written *written)
{
    return worklist_write(arena, web->database, question->municipality, &written->json);
}

static Status write_cohorts(Web *web, Arena *arena, const SurveyQuestion *question, Written *written)
{
    return cohorts_write(arena, web->database, question->municipality, &written->json);
}

static Status write_plan(Web *web, Arena *arena, const SurveyQuestion *question, Written *written)
{
    return conversions_write(arena, web->database, web->library, question, &written->json, &written->fault);
}

static Status write_gaps(Web *web, Arena *arena, const SurveyQuestion *question, Written *written)
{
    return gaps_write(arena, web->database, web->library, question, &written->json, &written->fault);
}

static Status write_whatif(Web *web, Arena *arena, const SurveyQuestion *question, Written *written)
{
    return whatif_write(arena, web->database, web->library, question, &written->json, &written->fault);
}

static const Page PAGES[] = {
    {"/requests", "WORKLIST-READ", write_requests, false, false},
    {"/cohorts", "COHORTS-READ", write_cohorts, false, false},
    {"/plan", "PLAN-READ", write_plan, true, false},
    {"/gaps", "GAPS-READ", write_gaps, true, false},
    {"/whatif", "WHATIF-ASKED", write_whatif, true, true},
};

/* A page of a web: what a route hands to its handler. */
typedef struct Shown {
    Web *web;
    const Page *page;
} Shown;

static Status answer_in_transaction(Web *web, Arena *arena, const Page *page, const SurveyQuestion *question,
                                    Written *written)
{
    if (!web->database)
        TRY(service_database(web->service, "web", &web->database));
    TRY(database_begin(web->database));
    Status status = page->write(web, arena, question, written);
    database_rollback(web->database);
    return status;
}

/* A connection that was lost while nobody asked is no reason to send the reader away. */
static Status answer(Web *web, Arena *arena, const Page *page, const SurveyQuestion *question, Written *written)
{
    Status status = answer_in_transaction(web, arena, page, question, written);
    if (status == STATUS_OK || !web->database || database_alive(web->database))
        return status;
    database_close(web->database);
    web->database = NULL;
    return answer_in_transaction(web, arena, page, question, written);
}

static void show(void *owner, const HttpRequest *request, HttpReply *reply)
{
    const Page *page = ((Shown *)owner)->page;
    Web *web = ((Shown *)owner)->web;
    SurveyQuestion question;
    const char *fault = read_question(request, page, &question);
    if (fault) {
        http_say(reply, 400, fault);
        return;
    }
    if (!readers_see(&web->readers, request->caller, question.municipality)) {
        http_say(reply, 403, "this token may not read the care of this municipality\n");
        return;
    }
    Written written = {0};
    mtx_lock(&web->one_at_a_time);
    Status status = answer(web, request->arena, page, &question, &written);
    mtx_unlock(&web->one_at_a_time);
    if (status != STATUS_OK) {
        log_fault(LOG_WARN, "PAGE-FAILED", status);
        http_say(reply, 503, "this cannot be shown now: try again later\n");
        return;
    }
    if (written.fault) {
        http_say(reply, 400, written.fault);
        return;
    }
    log_event(LOG_INFO, page->event, "reader=%s municipality=%s", request->caller,
              *question.municipality ? question.municipality : "*");
    reply->type = "application/json";
    reply->body = (Bytes){(const uint8_t *)written.json, strlen(written.json)};
}

static void add_page(Web *web, const Page *page)
{
    Shown *shown = ARENA_NEW(web->arena, Shown);
    *shown = (Shown){web, page};
    service_add_route(web->service, (HttpRoute){.path = page->path,
                                                .handle = show,
                                                .owner = shown,
                                                .tokens = web->readers.tokens,
                                                .token_count = web->readers.count,
                                                .body_bytes_max = page->takes_book ? BOOK_ENCLOSED_BYTES_MAX : 0});
}

static void describe_numbers(Web *web)
{
    static const struct {
        const char *name, *help;
    } WORDS[NUMBERS] = {
        [REQUESTS_WAITING] = {"picq_requests_waiting", "Requests for care that wait for a person."},
        [REQUESTS_OVERDUE] = {"picq_requests_overdue", "Those among them that are due before the newest day."},
    };
    for (int i = 0; i < NUMBERS; i++) {
        web->numbers[i].kind = METRIC_GAUGE;
        web->numbers[i].name = WORDS[i].name;
        web->numbers[i].help = WORDS[i].help;
    }
    service_add_metrics(web->service, (MetricTable){web->numbers, NUMBERS});
}

Status web_look(Web *web, Database *database, Arena *arena)
{
    (void)arena;
    Rows *rows;
    TRY(database_ask(database, ALLOCATION_WATCH_REQUESTS, NULL, &rows));
    metric_set(&web->numbers[REQUESTS_WAITING], rows_int(rows, 0, rows_column(rows, "waiting")));
    metric_set(&web->numbers[REQUESTS_OVERDUE], rows_int(rows, 0, rows_column(rows, "overdue")));
    return STATUS_OK;
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
    describe_numbers(web);
    const char *path = settings_text(service_settings(service), "PICQ_READERS", "");
    if (*path)
        TRY(readers_load(web->arena, path, &web->readers));
    /* A route without tokens would be open to all. */
    for (size_t i = 0; web->readers.count > 0 && i < sizeof PAGES / sizeof PAGES[0]; i++)
        add_page(web, &PAGES[i]);
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
