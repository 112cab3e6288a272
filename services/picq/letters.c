#include "picq/letters.h"

#include "picq/door/reader.h"
#include "picq/options.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    OPTION_MUNICIPALITY = 0x100,
    OPTION_PROVIDER,
    OPTION_AFTER,
    LETTERS_MAX = 200, /* in one answer */
    WAIT_MS = 5000,    /* that the door may hold back an answer */
    SILENCE_MS = 3000, /* beyond that */
};

typedef struct Arguments {
    DoorSettings door;
    const char *municipality;
    const char *provider;
    int64_t after;
} Arguments;

static int64_t read_position(const char *text)
{
    char *end;
    errno = 0;
    long long position = strtoll(text, &end, 10);
    return errno || *end || end == text ? -1 : position;
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->door;
        return 0;
    case OPTION_MUNICIPALITY:
        arguments->municipality = value;
        return 0;
    case OPTION_PROVIDER:
        arguments->provider = value;
        return 0;
    case OPTION_AFTER:
        arguments->after = read_position(value);
        if (arguments->after < 0)
            argp_error(state, "--after is a position, as told at the end of the last reading: %s", value);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->municipality != !arguments->provider)
            argp_error(state, "a conversation is one municipality with one provider: name both, or neither for what "
                              "belongs to no conversation");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* A signal ends the reading with the position told. */
static Waker *waker;

static void wake(int number)
{
    (void)number;
    waker_wake(waker);
}

static Status print_letters(const Mailbox *mailbox)
{
    for (size_t i = 0; i < mailbox->letter_count; i++) {
        fwrite(mailbox->letters[i].line.data, 1, mailbox->letters[i].line.size, stdout);
        putchar('\n');
    }
    if (fflush(stdout) != 0)
        return FAULT(STATUS_STOP, "standard output cannot be written: %s", strerror(errno));
    return STATUS_OK;
}

typedef struct Reading {
    MailboxQuestion question;
    uint64_t letters;
    char refusal[500]; /* "" when the mailbox may be read */
} Reading;

/* All letters that are there; when it waits, also those to come. */
static Status read_letters(Reader *reader, Reading *reading)
{
    Mailbox mailbox = {.head = INT64_MAX};
    bool waits = reading->question.wait_ms > 0;
    bool answered = true;
    while (answered && (waits || reading->question.after < mailbox.head)) {
        TRY(reader_ask(reader, &reading->question, &mailbox, &answered));
        if (!answered)
            break;
        snprintf(reading->refusal, sizeof reading->refusal, "%s", mailbox.refusal);
        if (*reading->refusal)
            return STATUS_OK;
        TRY(print_letters(&mailbox));
        reading->letters += mailbox.letter_count;
        if (mailbox.letter_count > 0)
            reading->question.after = mailbox.letters[mailbox.letter_count - 1].position;
        else if (!waits)
            break;
    }
    return STATUS_OK;
}

static ExitStatus tell_end(const char *command, const Reading *reading, Status status)
{
    if (*reading->refusal) {
        command_complain(command, "%s", reading->refusal);
        return EXIT_NO;
    }
    command_complain(command, "%" PRIu64 " letter%s; go on with --after %" PRId64, reading->letters,
                     reading->letters == 1 ? "" : "s", reading->question.after);
    return status == STATUS_OK ? EXIT_DONE : command_fault(command, status);
}

static ExitStatus read_mailbox(const char *command, Arguments *arguments, bool waits)
{
    Reading reading = {
        .question =
            {
                .municipality = arguments->municipality ? arguments->municipality : "",
                .provider = arguments->provider ? arguments->provider : "",
                .after = arguments->after,
                .letters_max = LETTERS_MAX,
                .wait_ms = waits ? WAIT_MS : 0,
            },
    };
    arguments->door.silence_ms = reading.question.wait_ms + SILENCE_MS;
    [[gnu::cleanup(reader_freep)]] Reader *reader = NULL;
    Status status = reader_open(&arguments->door, waker, &reader);
    if (status != STATUS_OK)
        return command_fault(command, status);
    status = read_letters(reader, &reading);
    return tell_end(command, &reading, status);
}

ExitStatus letters_run(int argc, char **argv, const char *doc, bool waits)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "Four digits, such as 0518", 0},
        {"provider", OPTION_PROVIDER, "AGB", 0, "Eight digits", 0},
        {"after", OPTION_AFTER, "POSITION", 0, "Only what came after it (0: everything)", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {DOOR_OPTIONS_CHILD, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = doc, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);
    if (!door_options_complete(argv[0], &arguments.door))
        return EXIT_WRONG_USE;

    if (waker_open(&waker) != STATUS_OK)
        return command_fault(argv[0], STATUS_STOP);
    struct sigaction ending = {.sa_handler = wake};
    sigaction(SIGINT, &ending, NULL);
    sigaction(SIGTERM, &ending, NULL);
    ExitStatus status = read_mailbox(argv[0], &arguments, waits);
    sigaction(SIGINT, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    waker_free(waker);
    return status;
}
