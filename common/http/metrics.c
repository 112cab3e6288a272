#include "http/metrics.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *kind_name(MetricKind kind)
{
    return kind == METRIC_COUNTER ? "counter" : "gauge";
}

static void write_metric(FILE *text, const Metric *metric, bool first_of_its_name)
{
    if (first_of_its_name)
        fprintf(text, "# HELP %s %s\n# TYPE %s %s\n", metric->name, metric->help, metric->name,
                kind_name(metric->kind));
    if (metric->labels)
        fprintf(text, "%s{%s} %" PRId64 "\n", metric->name, metric->labels, metric_value(metric));
    else
        fprintf(text, "%s %" PRId64 "\n", metric->name, metric_value(metric));
}

static void write_table(FILE *text, const MetricTable *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const Metric *metric = &table->metrics[i];
        write_metric(text, metric, i == 0 || strcmp(metric->name, table->metrics[i - 1].name) != 0);
    }
}

char *metrics_write(Arena *arena, const MetricTable *tables, size_t count)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *text = open_memstream(&bytes, &size);
    if (!text)
        abort();
    for (size_t i = 0; i < count; i++)
        write_table(text, &tables[i]);
    fclose(text);

    char *copy = arena_text_sized(arena, bytes, size);
    free(bytes);
    return copy;
}
