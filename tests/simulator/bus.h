/*
 * Bus: what the stand-ins of client, server and waker are made of.
 */
#pragma once

#include "bus/client.h"
#include "bus/server.h"
#include "bus/wait.h"
#include "bus/waker.h"

#include <stdint.h>

typedef struct Letter Letter;

/* Messages on their way, in their order. */
typedef struct Post {
    Letter *first;
    Letter *last;
} Post;

struct Waker {
    bool woken;
};

struct Server {
    Post post;
};

void post_clear(Post *post);

/* Whether a descriptor of the simulation has something to be read: a session's notification, in database.c. */
bool session_readable(int file);
