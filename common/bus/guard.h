/*
 * Guard: who may come in.
 *
 * One for each process. It answers the ZAP requests of all servers (RFC 27): a connection is
 * let in when its CURVE key is known in the domain of the door that it knocks at, and is
 * called by that key from then on. Every other mechanism is refused. Keys may be added and
 * revoked at any time, from any thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* The domains of the street. */
#define GUARD_STREET "street" /* the services, among themselves */
#define GUARD_DOOR "door"     /* outsiders at the front door */

typedef struct Guard Guard;

typedef struct GuardCounts {
    uint64_t let_in;
    uint64_t denied; /* a key that is not known in the domain */
    uint64_t
        unfinished; /* connections that never came as far as showing a key: no CURVE, another server's key, silence */
    uint64_t ended; /* connections: the caller left, sent a frame above the limit, or never spoke ZeroMQ */
} GuardCounts;

/* There is one guard in a process. It outlives the servers that it stands before: to free it earlier aborts. */
Status guard_open(Guard **guard_out);
void guard_free(Guard *guard);
void guard_freep(Guard **guard);

/* Keys are public ones, as text. What is no key at all is set aside, and changes nothing. */
Status guard_allow(Guard *guard, const char *domain, const char *public_key);
void guard_forbid(Guard *guard, const char *domain, const char *public_key);

/* From now on these keys and no others are known in the domain. */
Status guard_replace(Guard *guard, const char *domain, const char *const *public_keys, size_t count);

bool guard_allows(Guard *guard, const char *domain, const char *public_key);

GuardCounts guard_counts(const Guard *guard);
