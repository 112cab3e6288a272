/*
 * Vitals: the three routes of every house, /healthz, /readyz and /metrics.
 *
 *     const HttpRoute routes[] = {
 *         {.path = "/healthz", .handle = vitals_health, .owner = &vitals},
 *         {.path = "/readyz", .handle = vitals_readiness, .owner = &vitals},
 *         {.path = "/metrics", .handle = vitals_metrics, .owner = &vitals},
 *     };
 */
#pragma once

#include "http/http.h"
#include "http/metrics.h"

/* NULL when all is well; otherwise why not, in a sentence. Asked on the threads of HTTP. */
typedef const char *VitalsQuestion(void *owner, Arena *arena);

typedef struct Vitals {
    void *owner;
    VitalsQuestion *unhealthy;    /* restart it; NULL: healthy as long as it answers */
    VitalsQuestion *unready;      /* send it nothing yet; NULL: always ready */
    void (*measure)(void *owner); /* brings the tables up to date before they are written; NULL: they always are */
    const MetricTable *tables;
    size_t table_count;
} Vitals;

/* Handlers; the owner of the route is the Vitals. 200 when well, 503 with the sentence when not. */
void vitals_health(void *vitals, const HttpRequest *request, HttpReply *reply);
void vitals_readiness(void *vitals, const HttpRequest *request, HttpReply *reply);
void vitals_metrics(void *vitals, const HttpRequest *request, HttpReply *reply);
