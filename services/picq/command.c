#include "picq/command.h"

#include "picq/told.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char TELL_MANUAL[] = "--told-as-manual";
const char TELL_WORDS[] = "--told-as-words";

static void say_which(const Commands *commands, FILE *to)
{
    fprintf(to, "%s: %s\n\n", commands->name, commands->what);
    for (size_t i = 0; i < commands->count; i++)
        fprintf(to, "  %s %s %s\n      %s\n", commands->name, commands->commands[i].name,
                commands->commands[i].arguments, commands->commands[i].what);
    fprintf(to, "\nExit status: 0 done, 1 the answer is no, 2 wrong use, 3 the world is away.\n");
}

const Command *command_named(const Commands *commands, const char *name)
{
    for (size_t i = 0; i < commands->count; i++)
        if (strcmp(commands->commands[i].name, name) == 0)
            return &commands->commands[i];
    return NULL;
}

ExitStatus commands_run(const Commands *commands, int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        say_which(commands, stdout);
        return EXIT_DONE;
    }
    if (argc < 2) {
        say_which(commands, stderr);
        return EXIT_WRONG_USE;
    }
    const Command *command = command_named(commands, argv[1]);
    if (!command) {
        command_complain(commands->name, "there is no command `%s`; `%s --help` names them all", argv[1],
                         commands->name);
        return EXIT_WRONG_USE;
    }
    if (command->below && (!command->run || (argc > 2 && command_named(command->below, argv[2]))))
        return commands_run(command->below, argc - 1, argv + 1);
    char whole[100];
    snprintf(whole, sizeof whole, "%s %s", commands->name, command->name);
    argv[1] = whole;
    return command->run(argc - 1, argv + 1);
}

void command_parse(const struct argp *argp, int argc, char **argv, void *input)
{
    bool is_manual = argc == 2 && strcmp(argv[1], TELL_MANUAL) == 0;
    bool is_words = argc == 3 && strcmp(argv[1], TELL_WORDS) == 0;
    if (is_manual)
        told_manual(argp, argv[0]);
    if (is_words)
        told_words(argp, argv[2]);
    if (is_manual || is_words)
        exit(EXIT_DONE);
    argp_parse(argp, argc, argv, 0, NULL, input);
}

void command_complain(const char *command, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fprintf(stderr, "%s: ", command);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
}
