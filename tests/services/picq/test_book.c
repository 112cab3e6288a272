/* picq book, as an operator types it. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

typedef struct Said {
    int status;
    char text[20000];
} Said;

static Said picq(const char *arguments)
{
    Said said = {0};
    char command[500];
    snprintf(command, sizeof command, "%s %s 2>&1", PICQ_PROGRAM, arguments);
    FILE *output = popen(command, "r");
    assert_non_null(output);
    size_t size = fread(said.text, 1, sizeof said.text - 1, output);
    said.text[size] = 0;
    char rest[1000];
    while (fread(rest, 1, sizeof rest, output) > 0)
        ;
    said.status = WEXITSTATUS(pclose(output));
    return said;
}

#define HAAGLANDEN "deploy/regions/haaglanden"
#define FAULTY "tests/region/faulty"

static const struct {
    const char *story, *arguments;
    int status;
    const char *says;
} CASES[] = {
    {"a region in order", "book check " HAAGLANDEN, 0, "006-residence-rule-2022: in order"},
    {"one book beside those before it", "book check " HAAGLANDEN "/book/004-two-development-years", 0, "in order"},
    {"a folder named with a slash at its end", "book check " HAAGLANDEN "/book/002-phased-introduction/", 0,
     "in order"},
    {"a variant beside the region's books",
     "book check --book " HAAGLANDEN " " HAAGLANDEN "/variants/003-bridging-contracts-2020-pxq", 0, "in order"},
    {"a variant without them", "book check " HAAGLANDEN "/variants/003-bridging-contracts-2020-pxq", 1,
     "decision.yaml:6: the book is number 3, and the next is 1"},
    {"two at once, one of them faulty", "book check " HAAGLANDEN " " FAULTY, 1, "001-faulty: 6 faults"},
    {"a faulty book", "book check " FAULTY, 1, "001-faulty/book.yaml:9: unknown key `naam` in a municipality"},
    {"for a program", "book check --json " FAULTY, 1, "\"in_order\": false"},
    {"no such folder", "book check nowhere", 2, "nowhere cannot be read: No such file or directory"},
    {"a folder without a book", "book check proto", 2, "proto holds no .yaml file"},
    {"no folder", "book check", 2, "name the folder of a book"},
    {"an unknown option", "book check --boek x", 2, "unrecognized option"},
    {"what a book changes", "book diff " HAAGLANDEN "/book/004-two-development-years", 0,
     "    was  PIC / PIC, running convert on 2021-01-01\n    now  PIC / PXQ, running keep"},
    {"for a program", "book diff --json " HAAGLANDEN "/book/006-residence-rule-2022", 0, "\"before\": \"guardian\""},
    {"a book that is not in order changes nothing", "book diff " FAULTY "/book/001-faulty", 1,
     "is not in order (6 faults)"},
    {"a diff of nothing", "book diff", 2, "name the folder of a book"},
    {"the books of a region", "book list --book " HAAGLANDEN, 0, "Voortzetting productiebekostiging"},
    {"for a program", "book list --json " HAAGLANDEN, 0, "\"slug\": \"phased-introduction\""},
    {"a list with a faulty book", "book list " FAULTY, 1, "not in order"},
    {"the books of nowhere", "book list", 2, "--book deploy/regions/haaglanden"},
    {"what there is", "--help", 0, "picq book check|diff|list"},
    {"nothing asked", "", 2, "Exit status: 0 done, 1 the answer is no"},
    {"an unknown command", "boek", 2, "there is no command `boek`"},
    {"an unknown command about books", "book burn", 2, "there is no command `burn`; `picq book --help` names them all"},
};

static void picq_book_answers_what_an_operator_asks(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Said said = picq(CASES[i].arguments);
        if (said.status != CASES[i].status || !strstr(said.text, CASES[i].says))
            fail_msg("%s: picq %s gives %d and says\n%s", CASES[i].story, CASES[i].arguments, said.status, said.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(picq_book_answers_what_an_operator_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
