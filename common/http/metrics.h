/*
 * Metrics: what a house counts and measures, written as Prometheus reads it.
 *
 * A room keeps a static table and updates it from any thread:
 *
 *     enum { TURNS, LAG };
 *     static Metric metrics[] = {
 *         [TURNS] = METRIC(METRIC_COUNTER, "picq_turns_total", NULL, "Turns committed."),
 *         [LAG] = METRIC(METRIC_GAUGE, "picq_lag_messages", NULL, "Messages upstream that were not yet heard."),
 *     };
 *
 * Names, helps and labels never hold anything about a person.
 */
#pragma once

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef enum MetricKind {
    METRIC_COUNTER, /* only grows */
    METRIC_GAUGE,
} MetricKind;

typedef struct Metric {
    MetricKind kind;
    const char *name;
    const char *labels; /* domain="door"; NULL for none. Rows of one name stand beside each other. */
    const char *help;
    _Atomic int64_t value;
} Metric;

/* A row of a table. */
#define METRIC(kind_, name_, labels_, help_)                                   \
    {                                                                          \
        .kind = (kind_), .name = (name_), .labels = (labels_), .help = (help_) \
    }

typedef struct MetricTable {
    const Metric *metrics;
    size_t count;
} MetricTable;

static inline void metric_add(Metric *metric, int64_t amount)
{
    atomic_fetch_add_explicit(&metric->value, amount, memory_order_relaxed);
}

static inline void metric_set(Metric *metric, int64_t value)
{
    atomic_store_explicit(&metric->value, value, memory_order_relaxed);
}

static inline int64_t metric_value(const Metric *metric)
{
    return atomic_load_explicit(&metric->value, memory_order_relaxed);
}

/* The text format of Prometheus, version 0.0.4. */
char *metrics_write(Arena *arena, const MetricTable *tables, size_t count);
