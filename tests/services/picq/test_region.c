/* picq region new: the folder of another region. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

typedef struct Said {
    int status;
    char text[20000];
} Said;

/* In an empty folder, with the root of the sources as $root. */
static Said shell(const char *script)
{
    Said said = {0};
    char command[3000];
    snprintf(command, sizeof command,
             "exec 2>&1; set -e; picq=%s root=$PWD; folder=$(mktemp -d); cd $folder; trap 'rm -rf $folder' EXIT\n%s",
             PICQ_PROGRAM, script);
    FILE *output = popen(command, "r");
    assert_non_null(output);
    size_t size = fread(said.text, 1, sizeof said.text - 1, output);
    said.text[size] = 0;
    said.status = WEXITSTATUS(pclose(output));
    return said;
}

static void assert_says(Said said, int status, const char *words)
{
    if (said.status != status || !strstr(said.text, words))
        fail_msg("exit status %d, not %d with \"%s\":\n%s", said.status, status, words, said.text);
}

#define NEW                                                                                                           \
    "$picq region new u --code U2 --name 'Utrecht en omstreken' --municipality 0344:Utrecht --municipality '0310:De " \
    "Bilt'"

static void a_new_region_has_a_first_book_that_is_in_order(void **)
{
    assert_says(shell(NEW " --year 2027; $picq book check u"), 0, "001-first-contracts: in order");
}

static void its_holidays_are_those_that_haaglanden_wrote_down(void **)
{
    Said said = shell(NEW " --year 2018 >/dev/null\n"
                          "days() { grep -h 'day: 20' $1/book/001-*/region.yaml | grep -v 2027; }\n"
                          "days u >ours; days $root/deploy/regions/haaglanden >theirs; diff ours theirs; wc -l <ours");
    assert_says(said, 0, "81\n");
}

static void a_folder_that_is_there_is_not_touched(void **)
{
    Said said = shell("mkdir -p u/book/001-first-contracts; echo ours >u/book/001-first-contracts/decision.yaml\n" NEW
                      " --year 2027 || status=$?\ncat u/book/001-first-contracts/decision.yaml; exit $status");
    assert_says(said, 2, "u cannot be made: File exists\nours\n");
}

static const struct {
    const char *story, *arguments, *says;
} WRONG[] = {
    {"no folder", "--code U2", "name the folder to make"},
    {"no name", "u --code U2", "name the region"},
    {"no municipality", "u --code U2 --name Utrecht", "name its municipalities"},
    {"no year", "u --code U2 --name Utrecht --municipality 0344:Utrecht", "name the first year"},
    {"a code of three digits", "u --municipality 344:Utrecht", "a code and a name, as 0344:Utrecht: 344:Utrecht"},
    {"no name behind a code", "u --municipality 0344:", "a code and a name"},
    {"a municipality twice", "u --municipality 0344:A --municipality 0344:B", "municipality 0344 is named twice"},
    {"a name that would end its quotes", "u --name 'a\"b'", "without quotes in it"},
    {"a year before the Youth Act", "u --year 2014", "a year from 2015 on: 2014"},
    {"no year at all", "u --year soon", "a year from 2015 on: soon"},
};

static void what_is_left_out_or_wrong_is_said_and_nothing_is_made(void **)
{
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char script[500];
        snprintf(script, sizeof script, "$picq region new %s || status=$?; [ ! -e u ]; exit $status",
                 WRONG[i].arguments);
        Said said = shell(script);
        if (said.status != 2 || !strstr(said.text, WRONG[i].says))
            fail_msg("%s: %d\n%s", WRONG[i].story, said.status, said.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_region_has_a_first_book_that_is_in_order),
        cmocka_unit_test(its_holidays_are_those_that_haaglanden_wrote_down),
        cmocka_unit_test(a_folder_that_is_there_is_not_touched),
        cmocka_unit_test(what_is_left_out_or_wrong_is_said_and_nothing_is_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
