/*
 * picq feed send: the lines of files through the door, each until it has its receipt.
 */
#include "picq/door/lines.h"
#include "picq/door/sender.h"
#include "picq/feed.h"
#include "picq/options.h"
#include "picq/progress.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

static const char DOC[] =
    "Sends messages of the neutral feed, a line of JSON each, in their order; - is standard input. A file named .xml "
    "is "
    "a national message, and sent whole. Every line is sent "
    "until it has its receipt, and a line that the region knows already counts once, so after an interruption the same "
    "files can be sent again. Refused lines are named; the others are admitted, and judged later (`picq feed fetch`).";

enum { OPTION_JSON = 0x100, REFUSALS_TOLD_MAX = 100 };

typedef struct Arguments {
    DoorSettings door;
    bool json;
    const char *const *paths;
    size_t count;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    (void)value;
    Arguments *arguments = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->door;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARGS:
        arguments->paths = (const char *const *)state->argv + state->next;
        arguments->count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name the files with messages, or - for standard input");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

typedef struct Feeding {
    const char *command;
    Lines *lines;
    Sender *sender;
    Progress progress;
    json_t *refusals; /* NULL: told to people */
    uint64_t refused_here;
    uint64_t refusals_told;
    uint64_t doors_left;
    bool has_line; /* one that waits for room under way */
    LinePlace place;
    Bytes line;
    bool lines_ended;
} Feeding;

static void tell_refusal(Feeding *feeding, LinePlace place, const char *id, const char *code, const char *sentence)
{
    if (feeding->refusals_told++ >= REFUSALS_TOLD_MAX)
        return;
    if (feeding->refusals) {
        json_array_append_new(feeding->refusals,
                              json_pack("{s:s, s:I, s:s, s:s, s:s}", "file", place.file, "line", (json_int_t)place.line,
                                        "id", id, "code", code, "sentence", sentence));
        return;
    }
    progress_clear(&feeding->progress);
    if (place.line == 0)
        printf("%s: %s %s\n", place.file, code, sentence);
    else
        printf("%s:%" PRIu64 ": %s %s\n", place.file, place.line, code, sentence);
}

static void read_receipt(void *owner, LinePlace place, const Receipt *receipt)
{
    if (!receipt->admitted)
        tell_refusal(owner, place, receipt->message_id, receipt->code, receipt->sentence);
}

/* What no door would take, since its frame is too long. */
static void refuse_here(Feeding *feeding, LinePlace place)
{
    feeding->refused_here++;
    tell_refusal(feeding, place, "", "LINE_TOO_LONG",
                 place.line == 0 ? "the file is larger than 25 MB and was not sent; split the message"
                                 : "the line is longer than 8 MB and was not sent; split the message");
}

static void tell_progress(Feeding *feeding)
{
    SenderCounts counts = sender_counts(feeding->sender);
    if (counts.doors_left > feeding->doors_left) {
        progress_clear(&feeding->progress);
        command_complain(feeding->command, "no answer for a while; trying %s", sender_endpoint(feeding->sender));
        feeding->doors_left = counts.doors_left;
    }
    if (progress_is_due(&feeding->progress))
        progress_tell(&feeding->progress, lines_bytes_taken(feeding->lines) - sender_bytes_waiting(feeding->sender),
                      "%" PRIu64 " lines, %.0f a second, %" PRIu64 " refused", counts.lines,
                      (double)counts.lines / progress_seconds(&feeding->progress),
                      counts.refused + feeding->refused_here);
}

/* The next line, when one is there. */
static Status look_for_line(Feeding *feeding)
{
    LinesAnswer answer = LINES_TOO_LONG;
    while (!feeding->has_line && answer == LINES_TOO_LONG) {
        TRY(lines_take(feeding->lines, &answer, &feeding->place, &feeding->line));
        if (answer == LINES_TOO_LONG)
            refuse_here(feeding, feeding->place);
        feeding->has_line = answer == LINES_LINE;
        feeding->lines_ended = answer == LINES_END;
    }
    return STATUS_OK;
}

static Status add_lines(Feeding *feeding)
{
    TRY(look_for_line(feeding));
    while (feeding->has_line && sender_has_room(feeding->sender, feeding->line.size)) {
        sender_add(feeding->sender, feeding->place, feeding->line);
        feeding->has_line = false;
        TRY(look_for_line(feeding));
    }
    return STATUS_OK;
}

static Status send_all(Feeding *feeding)
{
    do {
        TRY(add_lines(feeding));
        bool awaits_lines = !feeding->has_line && !feeding->lines_ended;
        TRY(sender_work(feeding->sender, awaits_lines ? lines_file(feeding->lines) : -1));
        tell_progress(feeding);
    } while (!feeding->lines_ended || sender_is_waiting(feeding->sender));
    return STATUS_OK;
}

static void print_summary(const Feeding *feeding, SenderCounts counts)
{
    double seconds = progress_seconds(&feeding->progress);
    uint64_t refused = counts.refused + feeding->refused_here;
    if (feeding->refusals) {
        json_t *summary = json_pack("{s:I, s:I, s:I, s:I, s:I, s:f, s:O}", "sent", (json_int_t)counts.lines, "admitted",
                                    (json_int_t)counts.admitted, "heard_before", (json_int_t)counts.heard_before,
                                    "refused", (json_int_t)refused, "resent", (json_int_t)counts.resent, "seconds",
                                    seconds, "refusals", feeding->refusals);
        json_dumpf(summary, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
        putchar('\n');
        json_decref(summary);
        return;
    }
    if (feeding->refusals_told > REFUSALS_TOLD_MAX)
        printf("... and %" PRIu64 " more refused\n", feeding->refusals_told - REFUSALS_TOLD_MAX);
    printf("%" PRIu64 " sent, %" PRIu64 " admitted, %" PRIu64 " heard before, %" PRIu64 " refused, in %.1f s\n",
           counts.lines, counts.admitted, counts.heard_before, refused, seconds);
}

static ExitStatus feed(Feeding *feeding, const Arguments *arguments)
{
    Status status = lines_open(arguments->paths, arguments->count, &feeding->lines);
    if (status == STATUS_OK)
        status = sender_open(&arguments->door, (ReceiptReader){read_receipt, feeding}, &feeding->sender);
    if (status != STATUS_OK)
        return command_fault(feeding->command, status);

    feeding->progress = progress_begin(feeding->command, lines_bytes(feeding->lines));
    status = send_all(feeding);
    progress_clear(&feeding->progress);
    SenderCounts counts = sender_counts(feeding->sender);
    print_summary(feeding, counts);
    if (status != STATUS_OK)
        return command_fault(feeding->command, status);
    return counts.refused + feeding->refused_here > 0 ? EXIT_NO : EXIT_DONE;
}

ExitStatus picq_feed_send(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"json", OPTION_JSON, NULL, 0, "For programs: one object at the end", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {DOOR_OPTIONS_CHILD, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .args_doc = "FILE...", .doc = DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);
    if (!door_options_complete(argv[0], &arguments.door))
        return EXIT_WRONG_USE;

    Feeding feeding = {.command = argv[0], .refusals = arguments.json ? json_array() : NULL};
    ExitStatus status = feed(&feeding, &arguments);
    lines_free(feeding.lines);
    sender_free(feeding.sender);
    json_decref(feeding.refusals);
    return status;
}
