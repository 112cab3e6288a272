#include "billing/web/web.h"

#include "billing/web/line.h"
#include "billing/web/owed.h"
#include "billing/web/statement.h"
#include "billing/web/verify.h"
#include "billing/web/whatif.h"
#include "billing/web/work.h"
#include "http/readers.h"
#include "process/book_enclosed.h"
#include "process/log.h"
#include "service/library.h"

#include <stdlib.h>
#include <string.h>
#include <threads.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2189, PIECE_ROWS = 2000, PIECE_LINES = 20000, DESKS_MAX = 4 };

/* Where one question at a time is answered. */
typedef struct Desk {
    Database *database; /* opened when it is first asked, and again when it was lost */
    Library *library;
    bool taken;
} Desk;

struct Web {
    Service *service;
    Arena *arena; /* of the readers, for ever */
    Readers readers;
    Desk desks[DESKS_MAX];
    mtx_t lock; /* of who has taken which desk */
    cnd_t desk_free;
};

/* What was asked; `fault` is said to who asks what is no question. */
typedef struct Asked {
    const char *municipality; /* "": the whole region */
    OwedQuestion owed;
    LineQuestion line;
    VerifyQuestion verify;
    WhatifQuestion whatif;
    WorkQuestion work;
    StatementQuestion statement;
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
static bool read_partitions(const char *text, int16_t *first_out, int16_t *last_out)
{
    *first_out = 0;
    *last_out = PARTITIONS - 1;
    if (!*text)
        return true;
    const char *dash = strchr(text, '-');
    if (strspn(text, "0123456789-") != strlen(text) || strlen(text) > sizeof "63-63" - 1 || *text == '-')
        return false;
    *first_out = (int16_t)atoi(text);
    *last_out = dash ? (int16_t)atoi(dash + 1) : *first_out;
    return *first_out <= *last_out && *last_out < PARTITIONS;
}

static const char PARTITIONS_WANTED[] = "partitions are from 0 to 63, such as 0-15\n";

static Asked read_verify(const HttpRequest *request)
{
    Asked asked = {.municipality = "", .verify = {.piece = PIECE_ROWS}};
    const char *year = argument(request, "year");
    asked.verify.year = is_code(year, 4) ? atoi(year) : 0;
    if (asked.verify.year < YEAR_FIRST || asked.verify.year > YEAR_LAST)
        asked.fault = "year is a year, such as 2020\n";
    else if (!read_partitions(argument(request, "partitions"), &asked.verify.partition_first,
                              &asked.verify.partition_last))
        asked.fault = PARTITIONS_WANTED;
    return asked;
}

/* A day that was not given stays as it is. */
static bool read_day(const char *text, Day *day)
{
    return !*text || day_read(text, day);
}

static Asked read_whatif(const HttpRequest *request)
{
    Asked asked = {.municipality = argument(request, "municipality")};
    WhatifQuestion *whatif = &asked.whatif;
    *whatif = (WhatifQuestion){.municipality = asked.municipality,
                               .service = {DAY_FIRST, DAY_LAST},
                               .enclosed = request->body,
                               .piece = PIECE_LINES};
    if (*asked.municipality && !is_code(asked.municipality, 4))
        asked.fault = "municipality is a code of four digits; leave it out for the whole region\n";
    else if (!read_partitions(argument(request, "partitions"), &whatif->partition_first, &whatif->partition_last))
        asked.fault = PARTITIONS_WANTED;
    else if (!read_day(argument(request, "from"), &whatif->service.first) ||
             !read_day(argument(request, "to"), &whatif->service.last))
        asked.fault = "from and to are days, such as 2020-01-01\n";
    else if (whatif->enclosed.size == 0)
        asked.fault = "enclose the book: ask by POST\n";
    return asked;
}

/* Without known-on it is as known on the day itself. */
static Asked read_work(const HttpRequest *request)
{
    Asked asked = {.municipality = argument(request, "municipality")};
    WorkQuestion *work = &asked.work;
    *work = (WorkQuestion){.municipality = asked.municipality, .provider = argument(request, "provider")};
    const char *known = argument(request, "known-on");
    if (!is_code(asked.municipality, 4))
        asked.fault = "municipality is a code of four digits\n";
    else if (*work->provider && !is_code(work->provider, 8))
        asked.fault = "provider is a code of eight digits; leave it out for all of the municipality\n";
    else if (!day_read(argument(request, "on"), &work->on))
        asked.fault = "on is a day, such as 2020-12-31\n";
    else if (!day_read(*known ? known : argument(request, "on"), &work->known_on))
        asked.fault = "known-on is a day, such as 2021-02-01\n";
    return asked;
}

/* Of one conversation, of a municipality, or of the whole region. */
static Asked read_year(const HttpRequest *request, bool needs_municipality, bool needs_provider)
{
    enum { MONTHS_AND_AFTER = 13 };
    Asked asked = {.municipality = argument(request, "municipality")};
    const char *year = argument(request, "year"), *month = argument(request, "month");
    StatementQuestion *statement = &asked.statement;
    *statement = (StatementQuestion){
        .municipality = asked.municipality,
        .provider = argument(request, "provider"),
        .year = is_code(year, 4) ? atoi(year) : 0,
        .month = is_code(month, 2) ? atoi(month) : 0,
    };
    if ((*asked.municipality || needs_municipality) && !is_code(asked.municipality, 4))
        asked.fault = "municipality is a code of four digits\n";
    else if ((*statement->provider || needs_provider) && !is_code(statement->provider, 8))
        asked.fault = "provider is a code of eight digits\n";
    else if (*statement->provider && !*asked.municipality)
        asked.fault = "provider belongs to a municipality\n";
    else if (statement->year < YEAR_FIRST || statement->year > YEAR_LAST)
        asked.fault = "year is a year, such as 2020\n";
    else if (*month && (statement->month < 1 || statement->month > MONTHS_AND_AFTER))
        asked.fault = "month is from 01 to 12, or 13 for what was booked after the year\n";
    return asked;
}

static Asked read_statement(const HttpRequest *request)
{
    return read_year(request, true, false);
}

static Asked read_statement_lines(const HttpRequest *request)
{
    return read_year(request, true, true);
}

static Asked read_region_year(const HttpRequest *request)
{
    return read_year(request, false, false);
}

/* answering */

/* What is answered: JSON, or what is wrong with the question; neither when there is no such thing. */
typedef struct Answer {
    char *json;
    const char *fault;
} Answer;

static Status write_owed(Desk *desk, Arena *arena, const Asked *asked, Answer *answer)
{
    return owed_write(arena, desk->database, desk->library, &asked->owed, &answer->json);
}

static Status write_line(Desk *desk, Arena *arena, const Asked *asked, Answer *answer)
{
    return line_write(arena, desk->database, desk->library, &asked->line, &answer->json);
}

static Status write_verify(Desk *desk, Arena *arena, const Asked *asked, Answer *answer)
{
    return verify_write(arena, desk->database, &asked->verify, &answer->json);
}

static Status write_whatif(Desk *desk, Arena *arena, const Asked *asked, Answer *answer)
{
    return whatif_write(arena, desk->database, desk->library, &asked->whatif, &answer->json, &answer->fault);
}

static Status write_work(Desk *desk, Arena *arena, const Asked *asked, Answer *answer)
{
    return work_write(arena, desk->database, desk->library, &asked->work, &answer->json);
}

static Status write_statement(Desk *desk, Arena *arena, const Asked *asked, Answer *answer)
{
    return statement_write(arena, desk->database, desk->library, &asked->statement, &answer->json);
}

static Status write_statement_lines(Desk *desk, Arena *arena, const Asked *asked, Answer *answer)
{
    return statement_lines_write(arena, desk->database, &asked->statement, &answer->json);
}

static Status write_journal(Desk *desk, Arena *arena, const Asked *asked, Answer *answer)
{
    return journal_write(arena, desk->database, &asked->statement, &answer->json);
}

static Status write_close(Desk *desk, Arena *arena, const Asked *asked, Answer *answer)
{
    return close_write(arena, desk->database, &asked->statement, &answer->json);
}

typedef struct Page {
    const char *path;
    const char *event;
    Asked (*read)(const HttpRequest *request);
    Status (*write)(Desk *desk, Arena *arena, const Asked *asked, Answer *answer);
    bool piecewise; /* asks in pieces, each of a moment of its own */
    size_t body_bytes_max;
} Page;

static const Page PAGES[] = {
    {"/owed", "OWED-READ", read_owed, write_owed, false, 0},
    {"/line", "LINE-READ", read_line, write_line, false, 0},
    {"/verify", "YEAR-VERIFIED", read_verify, write_verify, true, 0},
    {"/whatif", "WHATIF-READ", read_whatif, write_whatif, true, BOOK_ENCLOSED_BYTES_MAX},
    {"/work-in-progress", "WORK-READ", read_work, write_work, false, 0},
    {"/statement", "STATEMENT-READ", read_statement, write_statement, false, 0},
    {"/statement-lines", "STATEMENT-LINES-READ", read_statement_lines, write_statement_lines, false, 0},
    {"/journal", "JOURNAL-READ", read_region_year, write_journal, false, 0},
    {"/close", "CLOSE-READ", read_region_year, write_close, false, 0},
};

/* Everything in one answer is of one moment. */
static Status answer_at_one_moment(Desk *desk, Arena *arena, const Page *page, const Asked *asked, Answer *answer)
{
    TRY(database_begin(desk->database));
    Status status =
        database_run(desk->database, "one moment", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    if (status == STATUS_OK)
        status = page->write(desk, arena, asked, answer);
    database_rollback(desk->database);
    return status;
}

static Status answer_once(Service *service, Desk *desk, Arena *arena, const Page *page, const Asked *asked,
                          Answer *answer)
{
    if (!desk->database) {
        TRY(service_database(service, "receipts", &desk->database));
        TRY(database_read_by_key(desk->database));
    }
    return page->piecewise ? page->write(desk, arena, asked, answer)
                           : answer_at_one_moment(desk, arena, page, asked, answer);
}

/* A connection that was lost while nobody asked is no reason to send the reader away. */
static Status answer_at(Service *service, Desk *desk, Arena *arena, const Page *page, const Asked *asked,
                        Answer *answer)
{
    Status status = answer_once(service, desk, arena, page, asked, answer);
    if (status == STATUS_OK || !desk->database || database_alive(desk->database))
        return status;
    database_close(desk->database);
    desk->database = NULL;
    return answer_once(service, desk, arena, page, asked, answer);
}

static Desk *free_desk(Web *web)
{
    for (size_t i = 0; i < DESKS_MAX; i++)
        if (!web->desks[i].taken)
            return &web->desks[i];
    return NULL;
}

static Desk *take_desk(Web *web)
{
    mtx_lock(&web->lock);
    Desk *desk;
    while (!(desk = free_desk(web)))
        cnd_wait(&web->desk_free, &web->lock);
    desk->taken = true;
    mtx_unlock(&web->lock);
    return desk;
}

static void leave_desk(Web *web, Desk *desk)
{
    mtx_lock(&web->lock);
    desk->taken = false;
    cnd_signal(&web->desk_free);
    mtx_unlock(&web->lock);
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
    Answer answer = {0};
    Desk *desk = take_desk(web);
    Status status = answer_at(web->service, desk, request->arena, page, &asked, &answer);
    leave_desk(web, desk);
    if (status != STATUS_OK) {
        log_fault(LOG_WARN, "READING-FAILED", status);
        http_say(reply, 503, "this cannot be read now: try again later\n");
        return;
    }
    log_event(LOG_INFO, page->event, "reader=%s municipality=%s", request->caller,
              *asked.municipality ? asked.municipality : "*");
    if (!answer.json) {
        http_say(reply, answer.fault ? 400 : 404,
                 answer.fault ? answer.fault : "no line of this conversation has this reference\n");
        return;
    }
    reply->type = "application/json";
    reply->body = (Bytes){(const uint8_t *)answer.json, strlen(answer.json)};
}

Status web_open(Service *service, Web **web_out)
{
    Web *web = calloc(1, sizeof *web);
    if (!web)
        abort();
    *web_out = web;
    web->service = service;
    web->arena = arena_new();
    for (size_t i = 0; i < DESKS_MAX; i++)
        web->desks[i].library = library_new();
    mtx_init(&web->lock, mtx_plain);
    cnd_init(&web->desk_free);
    const char *path = settings_text(service_settings(service), "PICQ_READERS", "");
    if (*path)
        TRY(readers_load(web->arena, path, &web->readers));
    /* A route without tokens would be open to all. */
    for (size_t i = 0; web->readers.count > 0 && i < sizeof PAGES / sizeof *PAGES; i++)
        service_add_route(service, (HttpRoute){.path = PAGES[i].path,
                                               .handle = show,
                                               .owner = web,
                                               .tokens = web->readers.tokens,
                                               .token_count = web->readers.count,
                                               .body_bytes_max = PAGES[i].body_bytes_max});
    return STATUS_OK;
}

void web_free(Web *web)
{
    if (!web)
        return;
    for (size_t i = 0; i < DESKS_MAX; i++) {
        database_close(web->desks[i].database);
        library_free(web->desks[i].library);
    }
    cnd_destroy(&web->desk_free);
    mtx_destroy(&web->lock);
    arena_free(web->arena);
    free(web);
}
