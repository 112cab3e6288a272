/*
 * Typed: picq as somebody types it, at the doors of a stage.
 */
#pragma once

#include "door/standin.h"

#include <sys/wait.h>

typedef struct Said {
    int status;
    char text[40000]; /* of both outputs */
} Said;

/* A script for the shell, in the stage's folder; $picq is the program and $root the checkout. */
static inline Said typed_script(const Stage *stage, const char *script)
{
    static Said said;
    char command[4000];
    snprintf(command, sizeof command,
             "exec 2>&1; export PICQ_DOOR=%s PICQ_KEY=sender PICQ_DOOR_KEY=intake picq=%s root=$PWD; cd %s; %s",
             stage->endpoints, PICQ_PROGRAM, stage->folder, script);
    FILE *output = popen(command, "r");
    assert_non_null(output);
    size_t size = fread(said.text, 1, sizeof said.text - 1, output);
    said.text[size] = '\0';
    char rest[1000];
    while (fread(rest, 1, sizeof rest, output) > 0)
        ;
    said.status = WEXITSTATUS(pclose(output));
    return said;
}

/* The arguments of picq. */
static inline Said typed(const Stage *stage, const char *arguments)
{
    char script[2000];
    snprintf(script, sizeof script, "$picq %s", arguments);
    return typed_script(stage, script);
}

static inline void assert_says(const Said *said, int status, const char *words)
{
    if (said->status != status || !strstr(said->text, words))
        fail_msg("exit status %d, not %d with \"%s\":\n%s", said->status, status, words, said->text);
}

/* A file in the stage's folder. */
static inline void write_file(const Stage *stage, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", stage->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    fclose(file);
}
