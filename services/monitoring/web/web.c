#include "monitoring/web/web.h"

#include "http/readers.h"
#include "monitoring/core/audience.h"
#include "monitoring/core/report.h"
#include "monitoring/web/desks.h"
#include "monitoring/web/letter.h"
#include "monitoring/web/load.h"
#include "monitoring/web/memory.h"
#include "monitoring/web/neighbours.h"
#include "monitoring/web/openapi.h"
#include "monitoring/web/page.h"
#include "monitoring/web/question.h"
#include "monitoring/web/write.h"
#include "process/log.h"

#include <stdlib.h>
#include <string.h>

enum { MEMORY_BYTES = 64 << 20 };

static const char TABLES[] = "/v1/tables/";

struct Web {
    Service *service;
    Arena *arena; /* of the readers, for ever */
    Readers readers;
    Desks *desks;
    Memory *memory;
    Neighbours *neighbours;
    Contact contact;
};

/* A question on its way to its answer. */
typedef struct Reading {
    Web *web;
    Arena *arena;
    const char *reader;
    const char *sees; /* as in the file of readers */
    Asked asked;
    bool exact;
    const TableEntry *entry;
    Problem problem; /* status 0: none */
    Bytes answer;
} Reading;

static const char JSON_TYPE[] = "application/json";
static const char CSV_TYPE[] = "text/csv; charset=utf-8; header=present";

/* ---- who asks ---- */

static const char *sees(const Web *web, const char *reader)
{
    for (size_t i = 0; i < web->readers.count; i++)
        if (strcmp(web->readers.tokens[i].name, reader) == 0)
            return web->readers.municipalities[i];
    return "public";
}

static bool sees_something_exactly(const char *municipalities)
{
    return strcmp(municipalities, "public") != 0;
}

static Reading reading_of(Web *web, const HttpRequest *request)
{
    return (Reading){
        .web = web, .arena = request->arena, .reader = request->caller, .sees = sees(web, request->caller)};
}

/* ---- answers ---- */

static void say(HttpReply *reply, const char *type, Bytes body)
{
    reply->type = type;
    reply->body = body;
    api_headers(reply);
}

static void complain(const HttpRequest *request, Problem problem, HttpReply *reply)
{
    problem_reply(request->arena, &problem, reply);
}

/* Works at a desk; true when there is an answer to say. */
static bool answer(Reading *reading, const HttpRequest *request, DeskWork *work, HttpReply *reply)
{
    Status status = desks_work(reading->web->desks, work, reading);
    if (status != STATUS_OK) {
        log_fault(LOG_WARN, "TABLE-FAILED", status);
        reading->problem = (Problem){503, "Dit kan nu niet worden gemaakt. Probeer het over een minuut opnieuw.",
                                     "This cannot be made now. Try again in a minute."};
    }
    if (reading->problem.status) {
        complain(request, reading->problem, reply);
        return false;
    }
    return true;
}

static Status read_books(const Reading *reading, Seat *seat, const Books **books_out)
{
    /* Every book is said in every partition: one of them tells all. */
    static const bool FIRST[PARTITIONS] = {true};
    TRY(library_read(seat->library, seat->database, reading->arena, FIRST));
    *books_out = library_books(seat->library, 0);
    return STATUS_OK;
}

/* ---- tables ---- */

static Question question_of(const Reading *reading, const Moment *moment)
{
    Day known_on = report_known_on(reading->asked.known_on, moment->newest, reading->exact);
    return (Question){
        .municipality = reading->asked.municipality,
        .provider = reading->asked.provider,
        .profile = reading->asked.profile,
        .intensity = reading->asked.intensity,
        .year = reading->asked.year ? reading->asked.year : day_parts(known_on).year,
        .known_on = known_on,
        .exact = reading->exact,
    };
}

/* All that the answer depends on. */
static const char *key_of(const Reading *reading, const Question *question, const Moment *moment)
{
    const char *name = reading->entry ? reading->entry->card->name : "letter";
    return arena_format(reading->arena, "%s %s %s %s %s %d %d %s %s after %s", name, question->municipality,
                        question->provider, question->profile, question->intensity, question->year,
                        question->known_on.number, question->exact ? "exact" : "wide",
                        reading->asked.csv ? "csv" : "json", moment->heard);
}

static bool is_of_the_region(const Books *books, const Question *question)
{
    return !*question->municipality ||
           books_municipality(books, question->municipality, day_of(question->year, 12, 31), question->known_on) ||
           books_municipality(books, question->municipality, question->known_on, question->known_on);
}

static Problem not_of_the_region(Arena *arena, const char *municipality)
{
    return (Problem){
        400,
        arena_format(arena, "De afspraken kennen geen gemeente %s. De codes staan in /v1/region.", municipality),
        arena_format(arena, "The books know no municipality %s. The codes stand in /v1/region.", municipality),
    };
}

static Status write_table(Reading *reading, const Desk *desk)
{
    Table table = table_new(reading->arena, reading->entry->card);
    TRY(reading->entry->make(desk, &table));
    if (!desk->question->exact)
        table_widen(&table);
    reading->answer =
        reading->asked.csv ? write_csv(reading->arena, &table) : write_json(reading->arena, desk->question, &table);
    return STATUS_OK;
}

static Status make_answer(Reading *reading, Seat *seat, const Question *question)
{
    Desk desk = {.arena = reading->arena,
                 .database = seat->database,
                 .question = question,
                 .neighbours = reading->web->neighbours};
    TRY(read_books(reading, seat, &desk.books));
    if (desk.books->count > 0 && !is_of_the_region(desk.books, question)) {
        reading->problem = not_of_the_region(reading->arena, question->municipality);
        return STATUS_OK;
    }
    return reading->entry ? write_table(reading, &desk) : letter_write(&desk, &reading->answer);
}

static Status read_answer(void *owner, Seat *seat)
{
    Reading *reading = owner;
    Moment moment;
    TRY(load_moment(seat->database, &moment));
    if (day_compare(moment.newest, DAY_FIRST) == 0) {
        reading->problem = (Problem){503, "Er is nog niets bekend. Probeer het opnieuw als er berichten zijn verwerkt.",
                                     "Nothing is known yet. Try again when messages have been handled."};
        return STATUS_OK;
    }
    const Question question = question_of(reading, &moment);
    const char *key = key_of(reading, &question, &moment);
    if (memory_find(reading->web->memory, key, reading->arena, &reading->answer))
        return STATUS_OK;
    TRY(make_answer(reading, seat, &question));
    if (!reading->problem.status && !(reading->entry && table_is_of_now(reading->entry)))
        memory_keep(reading->web->memory, key, reading->answer);
    return STATUS_OK;
}

static Problem not_for(const Reading *reading)
{
    const char *name = reading->entry->card->name;
    return (Problem){
        403,
        arena_format(reading->arena,
                     "De tabel %s is alleen voor wie de gemeente beheert. Vraag hem van de eigen gemeente "
                     "(municipality=0518), of kies een tabel uit /v1/tables met \"wide\": true.",
                     name),
        arena_format(reading->arena,
                     "The table %s is for the controllers of a municipality only. Ask it of your own "
                     "(municipality=0518), or choose a table of /v1/tables with \"wide\": true.",
                     name),
    };
}

static void show_table(void *owner, const HttpRequest *request, HttpReply *reply)
{
    Reading reading = reading_of(owner, request);
    const char *name = request->path + strlen(TABLES);
    reading.entry = table_entry(name);
    if (!reading.entry) {
        complain(request,
                 (Problem){404, arena_format(request->arena, "Er is geen tabel %s. Ze staan in /v1/tables.", name),
                           arena_format(request->arena, "There is no table %s. They are listed in /v1/tables.", name)},
                 reply);
        return;
    }
    const About about = {arena_format(request->arena, "de tabel %s", name),
                         arena_format(request->arena, "the table %s", name), reading.entry->card->filters, true};
    if (!question_read(request, &about, &reading.asked, &reading.problem)) {
        complain(request, reading.problem, reply);
        return;
    }
    reading.exact = readers_see(&reading.web->readers, request->caller, reading.asked.municipality);
    if (!reading.exact && !reading.entry->card->wide) {
        complain(request, not_for(&reading), reply);
        return;
    }
    if (!answer(&reading, request, read_answer, reply))
        return;
    log_event(LOG_INFO, "TABLE-READ", "reader=%s table=%s municipality=%s", request->caller, name,
              *reading.asked.municipality ? reading.asked.municipality : "*");
    say(reply, reading.asked.csv ? CSV_TYPE : JSON_TYPE, reading.answer);
}

/* ---- the letter to a council ---- */

/* It tells what anybody may know, whoever asks: exact is false. */
static void show_letter(void *owner, const HttpRequest *request, HttpReply *reply)
{
    static const About ABOUT = {"de brief aan de raad", "the letter to the council", FILTER_MUNICIPALITY, true};
    static const HttpHeader HEADERS[] = {
        {"API-Version", API_VERSION},
        {"Content-Language", "nl"},
        {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"},
    };
    Reading reading = reading_of(owner, request);
    if (!question_read(request, &ABOUT, &reading.asked, &reading.problem)) {
        complain(request, reading.problem, reply);
        return;
    }
    if (!*reading.asked.municipality) {
        complain(request,
                 (Problem){400, "Voor welke gemeente is de brief? Schrijf bijvoorbeeld municipality=0518.",
                           "Which municipality is the letter for? Write municipality=0518, for example."},
                 reply);
        return;
    }
    if (!answer(&reading, request, read_answer, reply))
        return;
    log_event(LOG_INFO, "LETTER-READ", "reader=%s municipality=%s", request->caller, reading.asked.municipality);
    say(reply, "text/html; charset=utf-8", reading.answer);
    reply->headers = HEADERS;
    reply->header_count = sizeof HEADERS / sizeof *HEADERS;
}

/* ---- what there is ---- */

/* Whether the address says nothing beside its path; the problem is in the reply otherwise. */
static bool says_nothing(const HttpRequest *request, const char *dutch, const char *english, HttpReply *reply)
{
    Asked asked;
    Problem problem = {0};
    const About about = {dutch, english, 0, false};
    if (question_read(request, &about, &asked, &problem))
        return true;
    complain(request, problem, reply);
    return false;
}

static void show_list(void *owner, const HttpRequest *request, HttpReply *reply)
{
    Reading reading = reading_of(owner, request);
    if (says_nothing(request, "de lijst van tabellen", "the list of tables", reply))
        say(reply, JSON_TYPE, write_list(request->arena, sees_something_exactly(reading.sees)));
}

static Status read_region(void *owner, Seat *seat)
{
    Reading *reading = owner;
    Moment moment;
    TRY(load_moment(seat->database, &moment));
    RegionSaid said = {
        .newest = moment.newest,
        .year_first = moment.year_first,
        .year_last = moment.year_last,
        .reader = reading->reader,
        .sees = reading->sees,
    };
    TRY(read_books(reading, seat, &said.books));
    reading->answer = write_region(reading->arena, &said);
    return STATUS_OK;
}

static void show_region(void *owner, const HttpRequest *request, HttpReply *reply)
{
    Reading reading = reading_of(owner, request);
    if (says_nothing(request, "de regio", "the region", reply) && answer(&reading, request, read_region, reply))
        say(reply, JSON_TYPE, reading.answer);
}

static void show_openapi(void *owner, const HttpRequest *request, HttpReply *reply)
{
    const Web *web = owner;
    static const HttpHeader FOR_ANYONE[] = {{"API-Version", API_VERSION}, {"Access-Control-Allow-Origin", "*"}};
    say(reply, JSON_TYPE, openapi_write(request->arena, &web->contact));
    reply->headers = FOR_ANYONE;
    reply->header_count = sizeof FOR_ANYONE / sizeof *FOR_ANYONE;
}

static void show_nothing(void *owner, const HttpRequest *request, HttpReply *reply)
{
    (void)owner;
    complain(request,
             (Problem){404,
                       arena_format(request->arena,
                                    "Hier is niets: %s. Wat er is, staat in /v1/openapi.json; een "
                                    "adres eindigt niet op een schuine streep.",
                                    request->path),
                       arena_format(request->arena,
                                    "There is nothing here: %s. What there is stands in "
                                    "/v1/openapi.json; an address ends without a slash.",
                                    request->path)},
             reply);
}

/* ---- routes ---- */

static void add_route(Web *web, const char *path, HttpHandler *handle)
{
    service_add_route(web->service, (HttpRoute){.path = path,
                                                .handle = handle,
                                                .owner = web,
                                                .tokens = web->readers.tokens,
                                                .token_count = web->readers.count,
                                                .refuse = problem_of_server});
}

static void add_open_route(Web *web, const char *path, HttpHandler *handle)
{
    service_add_route(web->service,
                      (HttpRoute){.path = path, .handle = handle, .owner = web, .refuse = problem_of_server});
}

Status web_open(Service *service, Web **web_out)
{
    Web *web = calloc(1, sizeof *web);
    if (!web)
        abort();
    *web_out = web;
    web->service = service;
    web->arena = arena_new();
    web->desks = desks_new(service);
    web->memory = memory_new(MEMORY_BYTES);
    Settings *settings = service_settings(service);
    web->contact = (Contact){settings_text(settings, "PICQ_CONTACT_NAME", "beheer van picq"),
                             settings_text(settings, "PICQ_CONTACT_EMAIL", "beheer@picq.example"),
                             settings_text(settings, "PICQ_CONTACT_URL", "https://picq.example")};
    TRY(neighbours_open(settings, &web->neighbours));
    const char *path = settings_text(settings, "PICQ_READERS", "");
    if (*path)
        TRY(readers_load(web->arena, path, &web->readers));
    add_open_route(web, "/v1/openapi.json", show_openapi);
    add_open_route(web, "/v1/", show_nothing);
    /* A route without tokens would be open to all. */
    if (web->readers.count > 0) {
        service_add_route(service, page_route);
        add_route(web, "/v1/region", show_region);
        add_route(web, "/v1/tables", show_list);
        add_route(web, TABLES, show_table);
        add_route(web, "/v1/letters/council", show_letter);
    }
    return STATUS_OK;
}

void web_free(Web *web)
{
    if (!web)
        return;
    neighbours_free(web->neighbours);
    desks_free(web->desks);
    memory_free(web->memory);
    arena_free(web->arena);
    free(web);
}
