/*
 * Loop: turns, one after another, for as long as the process lives.
 *
 * It claims partitions, asks the neighbours, and takes each batch through one transaction:
 * offsets first, the house's turn, what is said, offsets moved, commit. When the world is away it
 * rolls back and tries again. A message that cannot be handled is found by halving the batch,
 * and put aside alone.
 */
#pragma once

#include "bus/waker.h"
#include "service/hearing.h"
#include "service/service.h"

typedef struct LoopSettings {
    const ServiceCard *card;
    void *house;
    const char *connection;
    const char *replica;
    int stale_ms;
    int beat_ms;
    HearingSettings hearings[SERVICE_SOURCES_MAX];
    int hearings_count;
    const Waker *waker; /* readable once the loop must end */
} LoopSettings;

/* What the loop has done, readable from any thread. */
typedef struct LoopCounts {
    _Atomic int64_t messages;
    _Atomic int64_t said;
    _Atomic int64_t turns;
    _Atomic int64_t cuts; /* turns that left work for the next */
    _Atomic int64_t retries;
    _Atomic int64_t aside;
    _Atomic int64_t dropped; /* messages that somebody else had taken already */
    _Atomic int64_t stopped; /* partitions that are DIVERGED or WAITING */
    _Atomic int64_t partitions;
    _Atomic int64_t waiting;   /* messages that the neighbours have said and this process has not taken */
    _Atomic int64_t oldest_us; /* when the first of them was admitted, as far as that was heard; 0 when nothing waits */
    _Atomic int64_t aside_now; /* messages of the house that wait for a person */
    _Atomic int64_t replicas;  /* of the house that show life */
    _Atomic int64_t connected; /* 1 while there is a database */
} LoopCounts;

Status loop_run(const LoopSettings *settings, LoopCounts *counts);
