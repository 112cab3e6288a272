/*
 * Command: what every subcommand of picq is.
 *
 * A subcommand is a row in the table of main.c (or of its group) and a file of its own.
 */
#pragma once

#include <argp.h>
#include <stddef.h>

typedef enum ExitStatus {
    EXIT_DONE = 0,
    EXIT_NO = 1,         /* the answer is no */
    EXIT_WRONG_USE = 2,  /* the command line is not what it should be */
    EXIT_WORLD_AWAY = 3, /* a service cannot be reached */
} ExitStatus;

typedef struct Commands Commands;

typedef struct Command {
    const char *name;
    const char *arguments; /* as the help shows them: "DIR..." */
    const char *what;      /* one sentence for the help */
    ExitStatus (*run)(int argc,
                      char **argv); /* argv[0] is the whole command: "picq book check"; NULL: only what is below */
    const Commands *below;          /* its subcommands, or NULL */
} Command;

struct Commands {
    const char *name; /* "picq", "picq book" */
    const char *what;
    const Command *commands;
    size_t count;
};

/* Runs the command that argv[1] names; without one, or with --help, says which there are. */
ExitStatus commands_run(const Commands *commands, int argc, char **argv);

/* NULL: there is none of that name. */
const Command *command_named(const Commands *commands, const char *name);

/*
 * Reads what was typed after a command into what its parser makes of it, as argp_parse does: wrong use
 * and --help end the process. So do the two words below, which are not for people: they tell the
 * argument tables, to those who write the manual and to shells that complete a command.
 */
void command_parse(const struct argp *argp, int argc, char **argv, void *input);

extern const char TELL_MANUAL[]; /* the sections of a manual page that follow from the tables */
extern const char TELL_WORDS[];  /* then a word: each option that begins so, on a line of its own */

/* "picq book check: <words>", on standard error. */
[[gnu::format(printf, 2, 3)]] void command_complain(const char *command, const char *format, ...);
