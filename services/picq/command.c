#include "picq/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say_which(const Commands *commands, FILE *to)
{
    fprintf(to, "%s: %s\n\n", commands->name, commands->what);
    for (size_t i = 0; i < commands->count; i++)
        fprintf(to, "  %s %s %s\n      %s\n", commands->name, commands->commands[i].name,
                commands->commands[i].arguments, commands->commands[i].what);
    fprintf(to, "\nExit status: 0 done, 1 the answer is no, 2 wrong use, 3 the world is away.\n");
}

static const Command *command_named(const Commands *commands, const char *name)
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
    char whole[100];
    snprintf(whole, sizeof whole, "%s %s", commands->name, command->name);
    argv[1] = whole;
    return command->run(argc - 1, argv + 1);
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
