/* The manual and the completion of picq follow from the tables by which it reads its arguments. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

typedef struct Said {
    int status;
    char text[60000];
} Said;

static Said shell(const char *script)
{
    Said said = {0};
    char command[2000];
    snprintf(command, sizeof command, "exec 2>&1; picq=%s; %s", PICQ_PROGRAM, script);
    FILE *output = popen(command, "r");
    assert_non_null(output);
    size_t size = fread(said.text, 1, sizeof said.text - 1, output);
    said.text[size] = 0;
    said.status = WEXITSTATUS(pclose(output));
    return said;
}

static const struct {
    const char *story, *line, *offers;
} LINES[] = {
    {"a command that was begun", "picq pub", "publish\n"},
    {"commands below a command", "picq cases m", "move\nmerge\n"},
    {"a command that runs, and has others below it", "picq report c", "council\n"},
    {"an option that was begun", "picq day --a", "--after-gap\n"},
    {"an option of a table that several commands share", "picq cases move --door-", "--door-key\n"},
    {"the same, after other arguments", "picq cases move 1000064 --to 0518 --door-", "--door-key\n"},
    {"where no option was begun, the shell offers files", "picq publish ", ""},
    {"no command begins like this", "picq nothing", ""},
    {"below a command that is none", "picq nothing --h", ""},
    {"by a path", "/usr/bin/picq trac", "trace\n"},
};

static void a_shell_is_told_how_a_command_goes_on(void **)
{
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        char script[500];
        snprintf(script, sizeof script, "COMP_LINE='%s' COMP_POINT=%zu $picq complete picq word before", LINES[i].line,
                 strlen(LINES[i].line));
        Said said = shell(script);
        if (said.status != 0 || strcmp(said.text, LINES[i].offers) != 0)
            fail_msg("%s: %d\n%s", LINES[i].story, said.status, said.text);
    }
}

static void what_stands_behind_the_cursor_does_not_count(void **)
{
    Said said = shell("COMP_LINE='picq trac --json' COMP_POINT=9 $picq complete picq trac picq");
    assert_string_equal(said.text, "trace\n");
}

static void bash_completes_by_it(void **)
{
    Said said = shell("exec bash --norc -c 'complete -o default -C \"$0 complete\" picq; complete -p picq' $picq");
    assert_int_equal(said.status, 0);
    assert_non_null(strstr(said.text, "complete -o default -C"));
}

static void whoever_types_it_by_hand_is_told_what_it_is_for(void **)
{
    Said said = shell("unset COMP_LINE; $picq complete");
    assert_int_equal(said.status, 2);
    assert_non_null(strstr(said.text, "is for shells"));
}

/* Pages for all commands, in which each option of its help stands, and of which troff has nothing to say. */
static void every_command_has_a_page_with_all_of_its_options(void **)
{
    Said said = shell(
        "set -e; export ASAN_OPTIONS=detect_leaks=0\n" /* argp leaves a byte behind when it helps */
        "pages=$(mktemp -d); trap 'rm -r $pages' EXIT; $picq manual --directory $pages\n"
        "groff -man -ww -z $pages/*.1\n"
        "count=0\n"
        "for page in $pages/*.1; do\n"
        "  grep -q 'SH OPTIONS' $page || continue\n" /* of a group */
        "  command=$(sed -n 's/^\\\\fB\\(picq[^\\\\]*\\(\\\\-[^\\\\]*\\)*\\)\\\\fR \\[.*/\\1/p' $page | head -1 | tr "
        "-d '\\\\')\n"
        "  count=$((count + 1))\n"
        "  $picq ${command#picq } --help | grep -o -- '--[a-z][a-z-]*[a-z]' | grep -v -- '--version' | sort -u |\n"
        "  while read -r option; do\n"
        "    tr -d '\\\\' <$page | grep -q -e \"fB$option\" || echo \"$command: $option\"\n"
        "  done\n"
        "done\n"
        "[ $count -ge 40 ] || echo \"only $count commands\"\n");
    if (said.status != 0 || *said.text)
        fail_msg("%d\n%s", said.status, said.text);
}

static void a_page_reads_like_one(void **)
{
    Said said = shell("$picq manual cases move | groff -man -Tascii -P-cbou");
    const char *const PARTS[] = {"picq-cases-move", "picq cases move [OPTION]... ALLOCATION", "--to=CODE",
                                 "the answer is no", "picq(1)"};
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (!strstr(said.text, PARTS[i]))
            fail_msg("no \"%s\" in\n%s", PARTS[i], said.text);
    assert_non_null(
        strstr(shell("$picq manual | groff -man -Tascii -P-cbou").text, "picq set-aside list|show|retry|drop"));
}

static void a_page_of_nothing_is_refused(void **)
{
    Said said = shell("$picq manual cases nothing");
    assert_int_equal(said.status, 2);
    assert_non_null(strstr(said.text, "there is no command `picq cases nothing`; `picq cases --help` names them all"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shell_is_told_how_a_command_goes_on),
        cmocka_unit_test(what_stands_behind_the_cursor_does_not_count),
        cmocka_unit_test(bash_completes_by_it),
        cmocka_unit_test(whoever_types_it_by_hand_is_told_what_it_is_for),
        cmocka_unit_test(every_command_has_a_page_with_all_of_its_options),
        cmocka_unit_test(a_page_reads_like_one),
        cmocka_unit_test(a_page_of_nothing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
