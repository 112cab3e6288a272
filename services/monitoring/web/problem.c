#include "monitoring/web/problem.h"

#include "http/json.h"

#include <string.h>

static const HttpHeader HEADERS[] = {
    {"API-Version", API_VERSION},
    {"Content-Language", "nl"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
};

void api_headers(HttpReply *reply)
{
    reply->headers = HEADERS;
    reply->header_count = sizeof HEADERS / sizeof *HEADERS;
}

static const char *title_of(int status)
{
    static const struct {
        int status;
        const char *title;
    } TITLES[] = {
        {400, "De vraag klopt niet"}, {401, "Onbekend wie er vraagt"},    {403, "Niet voor deze lezer"},
        {404, "Niet gevonden"},       {405, "Hier wordt alleen gelezen"}, {413, "De vraag is te groot"},
        {503, "Nu niet beschikbaar"},
    };
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++)
        if (TITLES[i].status == status)
            return TITLES[i].title;
    return "Dat ging niet";
}

void problem_reply(Arena *arena, const Problem *problem, HttpReply *reply)
{
    json_t *json = json_object();
    json_put_text(json, "type", "about:blank");
    json_put_text(json, "title", title_of(problem->status));
    json_put_int(json, "status", problem->status);
    json_put_text(json, "detail", problem->detail);
    json_put_text(json, "english", problem->english);
    char *text = json_finish(arena, json);
    reply->status = problem->status;
    reply->type = "application/problem+json";
    reply->body = (Bytes){(const uint8_t *)text, strlen(text)};
    api_headers(reply);
}

void problem_of_server(void *owner, Arena *arena, HttpReply *reply)
{
    (void)owner;
    static const Problem PROBLEMS[] = {
        {401, "De token ontbreekt of is hier niet bekend. Stuur de kop \"Authorization: Bearer …\" mee.",
         "The token is missing or not known here. Send the header \"Authorization: Bearer …\"."},
        {405, "Deze API kent alleen GET en HEAD. Wat iets verandert, gaat door de voordeur van intake.",
         "This API knows GET and HEAD only. What changes things enters at the front door of intake."},
        {413, "Een vraag heeft hier geen inhoud. Zet de vraag in het adres.",
         "A question has no body here. Put the question in the address."},
    };
    Problem problem = {reply->status, "De server wees de vraag af.", "The server refused the question."};
    for (size_t i = 0; i < sizeof PROBLEMS / sizeof *PROBLEMS; i++)
        if (PROBLEMS[i].status == reply->status)
            problem = PROBLEMS[i];
    problem_reply(arena, &problem, reply);
}
