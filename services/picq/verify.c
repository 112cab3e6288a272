/*
 * picq verify: every amount of a year computed again from what is stored, partition by partition.
 */
#include "picq/verify.h"

#include "base/money.h"
#include "picq/billing.h"
#include "picq/enclose.h"

#include <stdio.h>
#include <stdlib.h>

static const char DOC[] =
    "Computes every approved line and every adjustment of a year of service again from what is stored, and says how "
    "many agree. The exit status is 1 when one does not."
    "\vPICQ_BILLING_HTTP says where billing answers, such as http://127.0.0.1:8083; PICQ_TOKEN says who asks, who must "
    "be a reader of the whole region.";

enum { OPTION_YEAR = 0x100, OPTION_JSON, NAMED_MAX = 100 };

typedef struct Arguments {
    const char *year;
    bool json;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case OPTION_YEAR:
        if (!billing_is_code(value, 4))
            argp_error(state, "a year is written 2020");
        arguments->year = value;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->year)
            argp_error(state, "name the year of service: --year 2020");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

typedef struct Count {
    int64_t all;
    int64_t agree;
} Count;

typedef struct Found {
    Count lines;
    Count adjustments;
    json_t *disagree; /* the first NAMED_MAX */
} Found;

static void add(Count *count, const json_t *answer, const char *name)
{
    const json_t *part = json_object_get(answer, name);
    count->all += json_integer_value(json_object_get(part, "all"));
    count->agree += json_integer_value(json_object_get(part, "agree"));
}

static void take_in(Found *found, const json_t *answer)
{
    add(&found->lines, answer, "lines");
    add(&found->adjustments, answer, "adjustments");
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(answer, "disagree"), i, row)
    {
        if (json_array_size(found->disagree) < NAMED_MAX)
            json_array_append(found->disagree, row);
    }
}

static ExitStatus ask_all(const char *command, const Arguments *arguments, Found *found)
{
    char path[40];
    snprintf(path, sizeof path, "/verify?year=%s&", arguments->year);
    const Enclosing asking = {
        .command = command,
        .house = "billing",
        .place = billing_place(command),
        .path = path,
        .what = "partitions",
    };
    if (!asking.place)
        return EXIT_WRONG_USE;
    json_t *answers = NULL, *answer;
    ExitStatus status = enclose_ask(&asking, &answers);
    size_t i;
    json_array_foreach(answers, i, answer) take_in(found, answer);
    json_decref(answers);
    return status;
}

static const char *text(const json_t *row, const char *name)
{
    const char *value = json_string_value(json_object_get(row, name));
    return value ? value : "";
}

static void print_disagreement(const json_t *row)
{
    char stored[MONEY_TEXT_SIZE], again[MONEY_TEXT_SIZE];
    money_write_dutch((Money){json_integer_value(json_object_get(row, "stored_cents"))}, stored);
    money_write_dutch((Money){json_integer_value(json_object_get(row, "recomputed_cents"))}, again);
    bool amount_agrees = json_is_true(json_object_get(row, "amount_agrees"));
    bool digest_agrees = json_is_true(json_object_get(row, "digest_agrees"));
    printf("%s %s %s%s%s: stored %s, computed again %s%s%s\n", text(row, "municipality"), text(row, "provider"),
           text(row, "reference"), *text(row, "document") ? " " : "", text(row, "document"), stored, again,
           amount_agrees ? "" : "; the amount differs", digest_agrees ? "" : "; the digest differs");
}

static void show(const Found *found)
{
    size_t i;
    json_t *row;
    json_array_foreach(found->disagree, i, row) print_disagreement(row);
    printf("%lld of %lld lines agree", (long long)found->lines.agree, (long long)found->lines.all);
    if (found->adjustments.all > 0)
        printf(", and %lld of %lld adjustments", (long long)found->adjustments.agree,
               (long long)found->adjustments.all);
    putchar('\n');
}

static json_t *count_as_json(const Count *count)
{
    return json_pack("{s:I, s:I}", "all", (json_int_t)count->all, "agree", (json_int_t)count->agree);
}

static void print_json(const Arguments *arguments, const Found *found)
{
    json_t *json =
        json_pack("{s:i, s:o, s:o, s:O}", "year", atoi(arguments->year), "lines", count_as_json(&found->lines),
                  "adjustments", count_as_json(&found->adjustments), "disagree", found->disagree);
    billing_print(json);
    json_decref(json);
}

ExitStatus picq_verify(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"year", OPTION_YEAR, "YEAR", 0, "The year of service, such as 2020", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    Found found = {.disagree = json_array()};
    ExitStatus status = ask_all(argv[0], &arguments, &found);
    if (status == EXIT_DONE && arguments.json)
        print_json(&arguments, &found);
    else if (status == EXIT_DONE)
        show(&found);
    bool all_agree = found.lines.agree == found.lines.all && found.adjustments.agree == found.adjustments.all;
    if (status == EXIT_DONE && !all_agree)
        status = EXIT_NO;
    json_decref(found.disagree);
    return status;
}
