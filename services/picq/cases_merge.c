/*
 * picq cases merge: a case for each running trajectory of a provider, into another.
 */
#include "base/day.h"
#include "picq/ask.h"
#include "picq/cases.h"
#include "picq/door/sender.h"
#include "picq/options.h"
#include "picq/progress.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DOC[] =
    "A provider merges into another: each trajectory that runs on the day or later is granted to the new one from that "
    "day on, and when it is, it ends under the old one. Months of before are still declared under the old code. The "
    "command may be stopped and said again: each case has an id made of what it is about, and counts once."
    "\vPICQ_INTAKE_HTTP says where intake answers, such as http://127.0.0.1:8081; PICQ_TOKEN says who asks.";

enum {
    OPTION_FROM = 0x100,
    OPTION_INTO,
    OPTION_DAY,
    OPTION_MUNICIPALITY,
    OPTION_CONSENT,
    OPTION_JSON,
    NUMBER_LENGTH_MAX = 20,
};

typedef struct Arguments {
    DoorSettings door;
    const char *from, *into, *day, *municipality, *consent;
    bool json;
} Arguments;

static const char *code_of(struct argp_state *state, const char *what, const char *value, size_t digits)
{
    if (strspn(value, "0123456789") != digits || value[digits])
        argp_error(state, "%s is a code of %zu digits: %s", what, digits, value);
    return value;
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    Day day;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->door;
        return 0;
    case OPTION_FROM:
        arguments->from = code_of(state, "--from", value, 8);
        return 0;
    case OPTION_INTO:
        arguments->into = code_of(state, "--into", value, 8);
        return 0;
    case OPTION_MUNICIPALITY:
        arguments->municipality = code_of(state, "--municipality", value, 4);
        return 0;
    case OPTION_DAY:
        if (!day_read(value, &day))
            argp_error(state, "--day is a day, as 2020-03-01: %s", value);
        arguments->day = value;
        return 0;
    case OPTION_CONSENT:
        arguments->consent = value;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->from || !arguments->into || !arguments->day)
            argp_error(state, "say who merges into whom, and when: --from AGB --into AGB --day YYYY-MM-DD");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* A number as it may stand in an id; one that may not, as letters made of it. */
static const char *number_in_id(Arena *arena, const char *number)
{
    static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t length = strlen(number);
    if (length <= NUMBER_LENGTH_MAX && strspn(number, PLAIN) == length)
        return number;
    uint8_t hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, (const uint8_t *)number, length, NULL, 0);
    char *letters = arena_take(arena, NUMBER_LENGTH_MAX + 1);
    for (size_t i = 0; i < NUMBER_LENGTH_MAX; i++)
        letters[i] = (char)('a' + (hash[i / 2] >> (i % 2 * 4) & 15));
    letters[NUMBER_LENGTH_MAX] = '\0';
    return letters;
}

/* One day of a merger is one id for each allocation. */
static char *line_of(Arena *arena, const Arguments *arguments, const json_t *allocation)
{
    const char *municipality = ask_text(allocation, "municipality");
    const char *number = ask_text(allocation, "allocation");
    const char *id = arena_format(arena, "merger:%s:%s:%s:%s:%s", arguments->from, arguments->into, arguments->day,
                                  municipality, number_in_id(arena, number));
    json_t *message = json_pack("{s:s, s:s, s:s, s:{s:s, s:s, s:s, s:s*}}", "id", id, "municipality", municipality,
                                "provider", ask_text(allocation, "provider"), "care_moved", "allocation", number, "day",
                                arguments->day, "to_provider", arguments->into, "consent", arguments->consent);
    char *line = json_dumps(message, JSON_COMPACT);
    json_decref(message);
    return line;
}

typedef struct Merging {
    const char *command;
    const Arguments *arguments;
    Arena *arena;
    Sender *sender;
    Progress progress;
    const char *after;
} Merging;

static void read_receipt(void *owner, LinePlace place, const Receipt *receipt)
{
    (void)place;
    Merging *merging = owner;
    if (receipt->admitted)
        return;
    progress_clear(&merging->progress);
    fprintf(merging->arguments->json ? stderr : stdout, "%s: %s %s\n", receipt->message_id, receipt->code,
            receipt->sentence);
}

static Status say_page(Merging *merging, const json_t *allocations)
{
    size_t i;
    json_t *allocation;
    json_array_foreach((json_t *)allocations, i, allocation)
    {
        char *line = line_of(merging->arena, merging->arguments, allocation);
        Bytes bytes = {(const uint8_t *)line, strlen(line)};
        Status status = STATUS_OK;
        while (status == STATUS_OK && !sender_has_room(merging->sender, bytes.size))
            status = sender_work(merging->sender, -1);
        if (status == STATUS_OK)
            sender_add(merging->sender, (LinePlace){"merger", i + 1}, bytes);
        free(line);
        TRY(status);
        merging->after = arena_text(merging->arena, ask_text(allocation, "place"));
        if (progress_is_due(&merging->progress))
            progress_tell(&merging->progress, sender_counts(merging->sender).lines, "cases said");
    }
    while (sender_is_waiting(merging->sender))
        TRY(sender_work(merging->sender, -1));
    return STATUS_OK;
}

/* "0503/90000001 17" as it may stand in an address. */
static const char *in_address(Arena *arena, const char *text)
{
    char *address = arena_take(arena, 3 * strlen(text) + 1);
    char *end = address;
    for (; *text; text++)
        end += sprintf(end, "%%%02X", (unsigned char)*text);
    *end = '\0';
    return address;
}

static ExitStatus merge(Merging *merging)
{
    const Arguments *arguments = merging->arguments;
    for (bool more = true; more;) {
        json_t *page = NULL;
        const char *path = arena_format(merging->arena, "/allocations?provider=%s&municipality=%s&day=%s&after=%s",
                                        arguments->from, arguments->municipality ? arguments->municipality : "",
                                        arguments->day, in_address(merging->arena, merging->after));
        ExitStatus status = ask_service(merging->command, merging->arena, &ask_intake, path, &page);
        if (status != EXIT_DONE)
            return status;
        Status said = say_page(merging, json_object_get(page, "allocations"));
        more = json_is_true(json_object_get(page, "more"));
        json_decref(page);
        if (said != STATUS_OK)
            return command_fault(merging->command, said);
    }
    progress_clear(&merging->progress);
    SenderCounts counts = sender_counts(merging->sender);
    if (arguments->json)
        printf("{\"cases\": %" PRIu64 ", \"admitted\": %" PRIu64 ", \"refused\": %" PRIu64
               ", \"heard_before\": %" PRIu64 "}\n",
               counts.lines, counts.admitted, counts.refused, counts.heard_before);
    else
        printf("%" PRIu64 " cases: %" PRIu64 " admitted, %" PRIu64 " refused, %" PRIu64 " heard before\n", counts.lines,
               counts.admitted, counts.refused, counts.heard_before);
    return counts.refused ? EXIT_NO : EXIT_DONE;
}

ExitStatus picq_cases_merge(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"from", OPTION_FROM, "AGB", 0, "The provider that ends", 0},
        {"into", OPTION_INTO, "AGB", 0, "The provider that goes on", 0},
        {"day", OPTION_DAY, "YYYY-MM-DD", 0, "The first day under the new one", 0},
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "Of one municipality; without it of all", 0},
        {"consent", OPTION_CONSENT, "TEXT", 0, "How the provider agreed, when the end lies in the past", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {DOOR_OPTIONS_CHILD, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);
    if (!door_options_complete(argv[0], &arguments.door))
        return EXIT_WRONG_USE;

    Merging merging = {.command = argv[0], .arguments = &arguments, .arena = arena_new(), .after = ""};
    merging.progress = progress_begin(argv[0], 0);
    Status opened = sender_open(&arguments.door, (ReceiptReader){read_receipt, &merging}, &merging.sender);
    ExitStatus status = opened == STATUS_OK ? merge(&merging) : command_fault(argv[0], opened);
    if (opened == STATUS_OK)
        sender_free(merging.sender);
    arena_free(merging.arena);
    return status;
}
