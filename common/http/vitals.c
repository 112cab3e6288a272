#include "http/vitals.h"

enum { ALL_IS_WELL = 200, NOT_NOW = 503 };

static void say_how_it_is(const Vitals *vitals, VitalsQuestion *question, const HttpRequest *request, HttpReply *reply)
{
    const char *why_not = question ? question(vitals->owner, request->arena) : NULL;
    if (why_not)
        http_say(reply, NOT_NOW, arena_format(request->arena, "%s\n", why_not));
    else
        http_say(reply, ALL_IS_WELL, "ok\n");
}

void vitals_health(void *owner, const HttpRequest *request, HttpReply *reply)
{
    const Vitals *vitals = owner;
    say_how_it_is(vitals, vitals->unhealthy, request, reply);
}

void vitals_readiness(void *owner, const HttpRequest *request, HttpReply *reply)
{
    const Vitals *vitals = owner;
    say_how_it_is(vitals, vitals->unready, request, reply);
}

void vitals_metrics(void *owner, const HttpRequest *request, HttpReply *reply)
{
    const Vitals *vitals = owner;
    if (vitals->measure)
        vitals->measure(vitals->owner);
    http_say(reply, ALL_IS_WELL, metrics_write(request->arena, vitals->tables, vitals->table_count));
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
}
