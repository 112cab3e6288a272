#include "picq/care_options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_PROFILE = 0x3000, OPTION_INTENSITY, OPTION_RESULT, OPTION_PRODUCT, PARTS = 5 };

CareOptions care_options_begin(void)
{
    return (CareOptions){.results = json_array(), .products = json_array()};
}

void care_options_end(CareOptions *care)
{
    json_decref(care->results);
    json_decref(care->products);
}

static json_t *product_of(char *parts[PARTS])
{
    char *end;
    errno = 0;
    long long volume = strtoll(parts[2], &end, 10);
    if (errno || *end || end == parts[2] || volume < 0)
        return NULL;
    return json_pack("{s:s, s:s, s:I, s:s, s:s}", "category", parts[0], "code", parts[1], "volume", (json_int_t)volume,
                     "unit", parts[3], "frequency", parts[4]);
}

/* "45:45A04:600:MINUTE:PER_WEEK"; NULL when it is not like that. */
static json_t *read_product(const char *said)
{
    char *copy = strdup(said), *rest = copy, *parts[PARTS];
    int count = 0;
    if (!copy)
        abort();
    for (char *part; (part = strsep(&rest, ":")) && count < PARTS;)
        parts[count++] = part;
    json_t *product = count == PARTS && !rest ? product_of(parts) : NULL;
    free(copy);
    return product;
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    CareOptions *care = state->input;
    json_t *product;
    switch (option) {
    case OPTION_PROFILE:
        care->profile = value;
        return 0;
    case OPTION_INTENSITY:
        care->intensity = value;
        return 0;
    case OPTION_RESULT:
        json_array_append_new(care->results, json_string(value));
        return 0;
    case OPTION_PRODUCT:
        if (!(product = read_product(value)))
            argp_error(state, "--product is CATEGORY:CODE:VOLUME:UNIT:FREQUENCY, such as 45:45A04:600:MINUTE:PER_WEEK");
        json_array_append_new(care->products, product);
        return 0;
    case ARGP_KEY_END:
        if (!care->profile != !care->intensity)
            argp_error(state, "--profile and --intensity go together");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option OPTIONS[] = {
    {"profile", OPTION_PROFILE, "PROFILE", 0, "With --intensity: the PIC", 2},
    {"intensity", OPTION_INTENSITY, "INTENSITY", 0, "PERSPECTIEF, INTENSIEF, DUURZAAM_LICHT or DUURZAAM_ZWAAR", 2},
    {"result", OPTION_RESULT, "TEXT", 0, "A result to reach; may be said again", 2},
    {"product", OPTION_PRODUCT, "CATEGORY:CODE:VOLUME:UNIT:FREQUENCY", 0,
     "A product, such as 45:45A04:600:MINUTE:PER_WEEK; may be said again", 2},
    {0},
};

const struct argp care_options = {.options = OPTIONS, .parser = parse};

void care_options_add(const CareOptions *care, json_t *body)
{
    if (care->profile)
        json_object_set_new(body, "pic",
                            json_pack("{s:s, s:s}", "profile", care->profile, "intensity", care->intensity));
    if (json_array_size(care->results) > 0)
        json_object_set(body, "results", care->results);
    if (json_array_size(care->products) > 0)
        json_object_set(body, "products", care->products);
}
