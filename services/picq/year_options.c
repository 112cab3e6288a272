#include "picq/year_options.h"

#include "picq/billing.h"

enum { OPTION_MUNICIPALITY = 0x3000, OPTION_PROVIDER, OPTION_YEAR };

static error_t parse(int option, char *value, struct argp_state *state)
{
    YearOptions *options = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        *options = (YearOptions){"", "", ""};
        return 0;
    case OPTION_MUNICIPALITY:
        if (!billing_is_code(value, 4))
            argp_error(state, "a municipality is a code of four digits, such as 0503");
        options->municipality = value;
        return 0;
    case OPTION_PROVIDER:
        if (!billing_is_code(value, 8))
            argp_error(state, "a provider is a code of eight digits, such as 90000001");
        options->provider = value;
        return 0;
    case OPTION_YEAR:
        if (!billing_is_code(value, 4))
            argp_error(state, "a year is written 2020");
        options->year = value;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option OPTIONS[] = {
    {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "The municipality, such as 0503", 1},
    {"provider", OPTION_PROVIDER, "AGB", 0, "The provider, eight digits", 1},
    {"year", OPTION_YEAR, "YEAR", 0, "The year, such as 2020", 1},
    {0},
};

const struct argp year_options = {.options = OPTIONS, .parser = parse};
