#include "picq/manual.h"

#include "picq/told.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A command as the tables have it: the row, and the whole of its name. */
typedef struct Place {
    const Commands *commands; /* that the row stands in; NULL: picq itself */
    const Command *command;
    char whole[100];
} Place;

static const Commands *below(const Place *place)
{
    return place->command ? place->command->below : &picq_commands;
}

static Place picq_itself(void)
{
    return (Place){.whole = "picq"};
}

static Place place_below(const Place *place, const Command *command)
{
    Place found = {.commands = below(place), .command = command};
    snprintf(found.whole, sizeof found.whole, "%.*s %s", (int)sizeof found.whole - 40, place->whole, command->name);
    return found;
}

/* ---- the manual ---- */

/* "picq-cases-move" */
static void name_of_page(const Place *place, char *name, size_t size)
{
    snprintf(name, size, "%s", place->whole);
    for (char *at = name; (at = strchr(at, ' '));)
        *at = '-';
}

static void tell_commands(const Place *place)
{
    const Commands *commands = below(place);
    printf(".SH %s\n", place->command && place->command->run ? "COMMANDS BELOW" : "COMMANDS");
    for (size_t i = 0; i < commands->count; i++) {
        Place row = place_below(place, &commands->commands[i]);
        printf(".TP\n\\fB");
        told_text(row.whole);
        printf("\\fR ");
        told_text(row.command->arguments);
        putchar('\n');
        told_text(row.command->what);
        putchar('\n');
    }
}

static void tell_head(const Place *place)
{
    char name[100];
    name_of_page(place, name, sizeof name);
    printf(".TH \"%s\" 1 \"\" \"picq %s\" \"picq\"\n.SH NAME\n", name, PICQ_VERSION);
    told_text(name);
    printf(" \\- ");
    told_text(place->command ? place->command->what : picq_commands.what);
    putchar('\n');
}

static void tell_tail(const Place *place)
{
    printf(".SH EXIT STATUS\n"
           ".TP\n0\ndone\n.TP\n1\nthe answer is no\n.TP\n2\nwrong use\n.TP\n3\nthe world is away\n");
    if (place->command)
        printf(".SH SEE ALSO\n.BR picq (1)\n");
}

/* The middle of the page of a command that runs is told by that command, which then ends its process. */
static bool tell_own(const Place *place)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        char whole[sizeof place->whole], tell[32];
        snprintf(whole, sizeof whole, "%s", place->whole);
        snprintf(tell, sizeof tell, "%s", TELL_MANUAL);
        char *arguments[] = {whole, tell, NULL};
        place->command->run(2, arguments);
        _exit(EXIT_WORLD_AWAY); /* a command that reads its arguments itself */
    }
    int ended;
    return child > 0 && waitpid(child, &ended, 0) == child && WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
}

static ExitStatus tell_page(const Place *place)
{
    tell_head(place);
    if (!place->command || !place->command->run) {
        printf(".SH SYNOPSIS\n\\fB");
        told_text(place->whole);
        printf("\\fR \\fICOMMAND\\fR...\n");
    } else if (!tell_own(place)) {
        command_complain(place->whole, "tells nothing of its arguments");
        return EXIT_WORLD_AWAY;
    }
    if (below(place))
        tell_commands(place);
    tell_tail(place);
    return EXIT_DONE;
}

static ExitStatus tell_into(const char *directory, const Place *place)
{
    char name[100], path[4096];
    name_of_page(place, name, sizeof name);
    snprintf(path, sizeof path, "%s/%s.1", directory, name);
    if (!freopen(path, "w", stdout)) {
        command_complain("picq manual", "%s cannot be written: %s", path, strerror(errno));
        return EXIT_WORLD_AWAY;
    }
    ExitStatus status = tell_page(place);
    const Commands *commands = below(place);
    for (size_t i = 0; commands && i < commands->count && status == EXIT_DONE; i++) {
        Place row = place_below(place, &commands->commands[i]);
        status = tell_into(directory, &row);
    }
    return status;
}

static const char DOC[] = "Prints a page of the manual, for man -l -. With --directory all pages are written there.";

typedef struct Arguments {
    const char *directory;
    char **names;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case 'd':
        arguments->directory = value;
        return 0;
    case ARGP_KEY_ARGS:
        arguments->names = state->argv + state->next;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

ExitStatus picq_manual(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"directory", 'd', "DIR", 0, "Write all pages into this folder", 0},
        {0},
    };
    static const struct argp ARGP = {.options = OPTIONS, .parser = parse, .args_doc = "[COMMAND...]", .doc = DOC};
    Arguments arguments = {0};
    command_parse(&ARGP, argc, argv, &arguments);

    Place place = picq_itself();
    if (arguments.directory)
        return tell_into(arguments.directory, &place);
    for (char **name = arguments.names; name && *name; name++) {
        const Command *command = below(&place) ? command_named(below(&place), *name) : NULL;
        if (!command) {
            command_complain(argv[0], "there is no command `%s %s`; `%s --help` names them all", place.whole, *name,
                             place.whole);
            return EXIT_WRONG_USE;
        }
        place = place_below(&place, command);
    }
    return tell_page(&place);
}

/* ---- for shells ---- */

static const char COMPLETE_DOC[] =
    "Tells a shell how a command may go on. In bash, and in zsh after bashcompinit: complete -o default -C 'picq "
    "complete' picq. What was typed is read from COMP_LINE and COMP_POINT.";

static error_t accept_words(int option, char *, struct argp_state *)
{
    return option == ARGP_KEY_ARG ? 0 : ARGP_ERR_UNKNOWN;
}

/* The place that the words of a line name, as far as they do; words that are no commands are left to the command. */
static Place place_of(char *line)
{
    Place place = picq_itself();
    char *rest = NULL;
    strtok_r(line, " \t", &rest); /* picq, by whatever path */
    for (const char *word; below(&place) && (word = strtok_r(NULL, " \t", &rest));) {
        const Command *command = command_named(below(&place), word);
        if (!command)
            break;
        place = place_below(&place, command);
    }
    return place;
}

/* What begins like the word at the cursor, a line each: options only where one was begun, so that a shell offers files. */
static void tell_words(const Place *place, const char *begun)
{
    for (size_t i = 0; below(place) && i < below(place)->count; i++)
        if (strncmp(below(place)->commands[i].name, begun, strlen(begun)) == 0)
            printf("%s\n", below(place)->commands[i].name);
    if (*begun != '-' || !place->command || !place->command->run)
        return;
    char whole[sizeof place->whole], tell[32], word[200];
    snprintf(whole, sizeof whole, "%s", place->whole);
    snprintf(tell, sizeof tell, "%s", TELL_WORDS);
    snprintf(word, sizeof word, "%s", begun);
    char *arguments[] = {whole, tell, word, NULL};
    place->command->run(3, arguments); /* and ends the process */
}

ExitStatus picq_complete(int argc, char **argv)
{
    static const struct argp ARGP = {.parser = accept_words, .args_doc = "NAME WORD WORD-BEFORE", .doc = COMPLETE_DOC};
    command_parse(&ARGP, argc, argv, NULL);
    const char *typed = getenv("COMP_LINE"), *point = getenv("COMP_POINT");
    if (!typed || !point) {
        command_complain(argv[0], "is for shells: complete -o default -C 'picq complete' picq");
        return EXIT_WRONG_USE;
    }
    size_t length = strtoul(point, NULL, 10);
    char *line = strndup(typed, length);
    char *begun = strrchr(line, ' ');
    begun = begun ? begun + 1 : line + strlen(line);
    char word[200];
    snprintf(word, sizeof word, "%s", begun);
    *begun = '\0';
    Place place = place_of(line);
    free(line);
    tell_words(&place, word);
    return EXIT_DONE;
}
