#include "picq/report_options.h"

#include "base/day.h"

#include <string.h>

enum { OPTION_KNOWN_ON = 1256, OPTION_PROVIDER, OPTION_PROFILE, OPTION_INTENSITY };

static bool is_digits(const char *text, size_t count)
{
    return strspn(text, "0123456789") == count && text[count] == '\0';
}

static bool is_name(const char *text)
{
    return *text && text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] == '\0';
}

static error_t parse(int key, char *value, struct argp_state *state)
{
    ReportFilters *filters = state->input;
    Day day;
    switch (key) {
    case 'm':
        if (!is_digits(value, 4))
            argp_error(state, "a municipality is a code of four digits, such as 0518");
        filters->municipality = value;
        return 0;
    case 'y':
        if (!is_digits(value, 4))
            argp_error(state, "a year is written 2020");
        filters->year = value;
        return 0;
    case OPTION_KNOWN_ON:
        if (!day_read(value, &day))
            argp_error(state, "a day is written 2020-06-08");
        filters->known_on = value;
        return 0;
    case OPTION_PROVIDER:
        if (!is_digits(value, 8))
            argp_error(state, "a provider is an AGB code of eight digits");
        filters->provider = value;
        return 0;
    case OPTION_PROFILE:
    case OPTION_INTENSITY:
        if (!is_name(value))
            argp_error(state, "a profile or intensity is a name of the books, such as PROFIEL1");
        *(key == OPTION_PROFILE ? &filters->profile : &filters->intensity) = value;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

#define YEAR_OPTIONS                                                                              \
    {"municipality", 'm', "CODE", 0, "One municipality, such as 0518; without it the region", 0}, \
        {"year", 'y', "YEAR", 0, "The year, such as 2020; without it the newest", 0},             \
    {                                                                                             \
        "known-on", OPTION_KNOWN_ON, "DATE", 0, "As it was known on a day, such as 2020-06-08", 0 \
    }

static const struct argp_option OF_YEAR[] = {YEAR_OPTIONS, {0}};
static const struct argp_option OF_TABLE[] = {
    YEAR_OPTIONS,
    {"provider", OPTION_PROVIDER, "AGB", 0, "One provider", 0},
    {"profile", OPTION_PROFILE, "NAME", 0, "One profile", 0},
    {"intensity", OPTION_INTENSITY, "NAME", 0, "One intensity", 0},
    {0},
};

const struct argp report_year_options = {.options = OF_YEAR, .parser = parse};
const struct argp report_table_options = {.options = OF_TABLE, .parser = parse};

static const char *with(Arena *arena, const char *query, const char *name, const char *value)
{
    return value && *value ? arena_format(arena, "%s%c%s=%s", query, *query ? '&' : '?', name, value) : query;
}

const char *report_filters_query(Arena *arena, const ReportFilters *filters)
{
    const char *query = with(arena, "", "municipality", filters->municipality);
    query = with(arena, query, "provider", filters->provider);
    query = with(arena, query, "profile", filters->profile);
    query = with(arena, query, "intensity", filters->intensity);
    query = with(arena, query, "year", filters->year);
    return with(arena, query, "known-on", filters->known_on);
}
