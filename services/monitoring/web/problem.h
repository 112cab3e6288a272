/*
 * Problem: what is wrong with a question, for a program and for who reads along (RFC 9457).
 *
 * Title and detail are Dutch, as the Dutch government's rules for APIs ask; the same detail
 * stands in `english`. A detail says what, where and what to do.
 */
#pragma once

#include "http/http.h"

/* The version of the API, said in every answer. */
#define API_VERSION "1.0.0"

typedef struct Problem {
    int status; /* of HTTP; 0: there is none */
    const char *detail;
    const char *english;
} Problem;

/* Fills the reply with the problem. */
void problem_reply(Arena *arena, const Problem *problem, HttpReply *reply);

/* What the server refuses by itself, in the same words. A HttpRefusal. */
void problem_of_server(void *owner, Arena *arena, HttpReply *reply);

/* The headers of every answer: API-Version, and the policy of what is no page. */
void api_headers(HttpReply *reply);
