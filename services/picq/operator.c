#include "picq/operator.h"

#include "picq/door/lines.h"
#include "picq/door/sender.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPTION_ID = 0x2000, OPTION_JSON, OPTION_MUNICIPALITY, OPTION_PROVIDER, ID_LETTERS = 24 };

static error_t parse_operator(int option, char *value, struct argp_state *state)
{
    OperatorOptions *options = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->door;
        return 0;
    case OPTION_ID:
        options->id = value;
        return 0;
    case OPTION_JSON:
        options->json = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child DOOR_CHILD[] = {DOOR_OPTIONS_CHILD, {0}};

static const struct argp_option OPERATOR_OPTIONS[] = {
    {"id", OPTION_ID, "ID", 0, "The id of the message, so that saying it again changes nothing (a random one)", 5},
    {"json", OPTION_JSON, NULL, 0, "For programs", 5},
    {0},
};

const struct argp operator_options = {
    .options = OPERATOR_OPTIONS,
    .parser = parse_operator,
    .children = DOOR_CHILD,
};

static error_t parse_conversation(int option, char *value, struct argp_state *state)
{
    OperatorOptions *options = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = options;
        return 0;
    case OPTION_MUNICIPALITY:
        options->municipality = value;
        return 0;
    case OPTION_PROVIDER:
        options->provider = value;
        return 0;
    case ARGP_KEY_END:
        if (!options->municipality || !options->provider)
            argp_error(state, "name the conversation: --municipality CODE --provider AGB");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child OPERATOR_CHILD[] = {{&operator_options, 0, NULL, 0}, {0}};

static const struct argp_option CONVERSATION_OPTIONS[] = {
    {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "Four digits, such as 0518", 1},
    {"provider", OPTION_PROVIDER, "AGB", 0, "Eight digits", 1},
    {0},
};

const struct argp conversation_options = {
    .options = CONVERSATION_OPTIONS,
    .parser = parse_conversation,
    .children = OPERATOR_CHILD,
};

/* Letters only: a run of digits could be taken for a citizen number. */
static void make_id(char id[ID_LETTERS + 1])
{
    for (int i = 0; i < ID_LETTERS; i++)
        id[i] = (char)('a' + randombytes_uniform(26));
    id[ID_LETTERS] = '\0';
}

static char *line_of(const OperatorOptions *options, const char *id, const OperatorFact *fact)
{
    json_t *message = json_pack("{s:s, s:s*, s:s*, s:O}", "id", id, "municipality", options->municipality, "provider",
                                options->provider, fact->name, fact->body);
    char *line = json_dumps(message, JSON_COMPACT);
    json_decref(message);
    return line;
}

typedef struct Telling {
    const char *command;
    const OperatorOptions *options;
    const OperatorFact *fact;
    const char *id;
    bool admitted;
} Telling;

static void tell_program(const Telling *telling, const Receipt *receipt)
{
    json_t *told =
        json_pack("{s:s, s:b, s:b, s:s, s:s}", "id", telling->id, "admitted", receipt->admitted, "heard_before",
                  receipt->heard_before, "code", receipt->code, "sentence", receipt->sentence);
    if (telling->fact->told)
        json_object_update(told, telling->fact->told);
    json_dumpf(told, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(told);
}

static void tell(void *owner, LinePlace place, const Receipt *receipt)
{
    (void)place;
    Telling *telling = owner;
    telling->admitted = receipt->admitted;
    if (telling->options->json)
        tell_program(telling, receipt);
    else if (receipt->admitted)
        printf("%s%s (message %s)\n", telling->fact->admitted, receipt->heard_before ? ", heard before" : "",
               telling->id);
    else
        printf("refused: %s %s (message %s)\n", receipt->code, receipt->sentence, telling->id);
}

static Status send_line(Telling *telling, const char *line)
{
    [[gnu::cleanup(sender_freep)]] Sender *sender = NULL;
    TRY(sender_open(&telling->options->door, (ReceiptReader){tell, telling}, &sender));
    sender_add(sender, (LinePlace){telling->id, 1}, (Bytes){(const uint8_t *)line, strlen(line)});
    while (sender_is_waiting(sender))
        TRY(sender_work(sender, -1));
    return STATUS_OK;
}

static ExitStatus say_line(Telling *telling, const char *line)
{
    if (strlen(line) > LINE_SIZE_MAX) {
        command_complain(telling->command, "the message is longer than 8 MB, which is more than a door takes");
        return EXIT_NO;
    }
    Status status = send_line(telling, line);
    if (status != STATUS_OK)
        return command_fault(telling->command, status);
    return telling->admitted ? EXIT_DONE : EXIT_NO;
}

ExitStatus operator_say(const char *command, const OperatorOptions *options, OperatorFact fact)
{
    char id[ID_LETTERS + 1];
    make_id(id);
    Telling telling = {.command = command, .options = options, .fact = &fact, .id = options->id ? options->id : id};
    ExitStatus status = EXIT_WRONG_USE;
    char *line = fact.body ? line_of(options, telling.id, &fact) : NULL;
    if (!line)
        command_complain(command, "a text is no UTF-8, or holds a NUL; mend it and say it again");
    else if (door_options_complete(command, &options->door))
        status = say_line(&telling, line);
    free(line);
    json_decref(fact.body);
    json_decref(fact.told);
    return status;
}
