/* Reports as an operator reads them: the real monitoring, asked by the real picq. */
#include "services/monitoring/observatory.h"

#include "bus/key.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char READERS[] = "delft 0123456789abcdef-delft 0503\n"
                              "region 0123456789abcdef-region *\n"
                              "council 0123456789abcdef-council public\n";

static Observatory *here;
static char folder[] = "/tmp/picq-monitoring-XXXXXX";
static pid_t monitoring;

/* What picq said last. */
static struct {
    int status;
    char text[200000];
} said;

static char *path_of(const char *name)
{
    return arena_format(here->arena, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void make_key(const char *name)
{
    Key *key;
    must(key_make(&key));
    must(key_save(key, path_of(name)));
    key_free(key);
}

static pid_t start_monitoring(void)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    setenv("PICQ_DATABASE", here->connection, 1);
    setenv("PICQ_KEYS", folder, 1);
    setenv("PICQ_BILLING", "tcp://127.0.0.1:9", 1); /* nobody answers there */
    setenv("PICQ_HTTP", path_of("http"), 1);
    setenv("PICQ_READERS", path_of("readers"), 1);
    execl(MONITORING_PROGRAM, "monitoring", NULL);
    _exit(127);
}

static void picq(const char *token, const char *arguments)
{
    char command[1000];
    snprintf(command, sizeof command, "PICQ_MONITORING=%s/http PICQ_TOKEN=%s %s report %s 2>&1", folder, token,
             PICQ_PROGRAM, arguments);
    FILE *output = popen(command, "r");
    assert_non_null(output);
    size_t size = fread(said.text, 1, sizeof said.text - 1, output);
    said.text[size] = '\0';
    said.status = WEXITSTATUS(pclose(output));
}

static void await_monitoring(void)
{
    for (int tries = 0; tries < 200; tries++) {
        picq("0123456789abcdef-region", "");
        if (said.status == 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    fail_msg("monitoring does not answer: %s", said.text);
}

/* March 2020: thirty clients in Delft on PxQ, twelve on PIC, four in Wassenaar. April takes one line back. */
static void say_what_happened(Says *says)
{
    BookFiles book;
    must(book_folder_read(says->arena, "deploy/regions/haaglanden/book/001-pxq-contracts-to-2019", &book));
    says_book(says, 0, "2019-01-01", &book);
    for (int i = 0; i < 46; i++) {
        bool wassenaar = i >= 42, pic = i >= 30 && !wassenaar;
        const char *municipality = wassenaar ? "0629" : "0503";
        const char *client = arena_format(says->arena, "client-%d", i);
        SaidLine line = {client, "SPECIALIST", pic ? "PROFIEL1" : "", pic ? 2 : 1, "2020-03-01", 10000, NULL, false};
        SaidAllocation allocation = {arena_format(says->arena, "%d", 640000 + i),
                                     client,
                                     "SPECIALIST",
                                     line.profile,
                                     line.funding,
                                     "2020-03-01",
                                     "2020-08-31"};
        int16_t partition = (int16_t)(i % 3);
        says_granted(says, partition, "2020-03-02", municipality, &allocation);
        says_answer(says, partition, "2020-04-05", municipality, &line, 1);
        if (i == 0) {
            SaidLine back = line;
            back.credit = true;
            says_answer(says, partition, "2020-05-05", municipality, &back, 1);
        }
    }
    says_refused(says, 1, "2020-06-30", "0503", "NO_CONTRACT");
}

static int begin(void **state)
{
    void *made;
    observatory_setup(&made);
    here = made;
    *state = made;
    say_what_happened(&here->says);
    observatory_hear(here, 7);
    assert_non_null(mkdtemp(folder));
    make_key("monitoring");
    make_key("billing");
    write_file("readers", READERS);
    monitoring = start_monitoring();
    await_monitoring();
    return 0;
}

static int end(void **state)
{
    kill(monitoring, SIGTERM);
    waitpid(monitoring, NULL, 0);
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
    return observatory_teardown(state);
}

static const struct {
    const char *story, *token, *arguments;
    int status;
    const char *says;
} CASES[] = {
    {"an operator sees its municipality to the cent", "0123456789abcdef-delft",
     "--municipality 0503 --year 2020 --json", 0, "\"cents_year\": 410000"},
    {"under its own name", "0123456789abcdef-delft", "--municipality 0503 --year 2020", 0,
     "Delft, 2020, as known on 2020-06-30"},
    {"and its clients", "0123456789abcdef-delft", "--municipality 0503 --year 2020", 0,
     "March      30                12"},
    {"and its ledger, which sums to zero", "0123456789abcdef-delft", "--municipality 0503 --year 2020", 0,
     "sum      € 0,00"},
    {"with money as the Dutch write it", "0123456789abcdef-delft", "--municipality 0503 --year 2020", 0, "€ 4.100,00"},
    {"what was owed for March is told as it was known in April", "0123456789abcdef-delft",
     "--municipality 0503 --year 2020 --known-on 2020-04-30 --json", 0, "\"cents_year\": 420000"},
    {"the region as a whole, for who may see all of it", "0123456789abcdef-region", "--year 2020 --json", 0,
     "\"cents_year\": 450000"},
    {"the four of Wassenaar exactly", "0123456789abcdef-region", "--municipality 0629 --json", 0,
     "\"clients_year\": 4"},
    {"a council sees counts rounded to five", "0123456789abcdef-council", "--municipality 0503 --year 2020", 0,
     "Counts are rounded to five."},
    {"and nothing of the four of Wassenaar", "0123456789abcdef-council", "--municipality 0629 --year 2020 --json", 0,
     "\"clients_year\": null"},
    {"an operator of Delft is a wider audience in Wassenaar", "0123456789abcdef-delft",
     "--municipality 0629 --year 2020 --json", 0, "\"exact\": false"},
    {"a council sees whole months", "0123456789abcdef-council", "--year 2020 --known-on 2020-06-08 --json", 0,
     "\"known_on\": \"2020-05-31\""},
    {"in all, the lines of Delft", "0123456789abcdef-delft", "--municipality 0503 --year 2020 --json", 0,
     "\"lines_approved\": 43"},
    {"in all, what was granted in Delft", "0123456789abcdef-delft", "--municipality 0503 --year 2020 --json", 0,
     "\"allocations_granted\": 42"},
    {"in all, what was granted in the region", "0123456789abcdef-region", "--year 2020 --json", 0,
     "\"allocations_granted\": 46"},
    {"what was refused", "0123456789abcdef-delft", "--municipality 0503 --year 2020", 0, "REFUSED  NO_CONTRACT"},
    {"a year without care", "0123456789abcdef-region", "--year 1999", 0, "the region, 1999"},
    {"who shows no token", "", "--year 2020", 1, "monitoring does not know who asks"},
    {"who shows a wrong one", "0123456789abcdef-nobody", "--year 2020", 1, "monitoring does not know who asks"},
    {"a municipality that is no code", "0123456789abcdef-region", "--municipality Delft", 2, "a code of four digits"},
    {"a day that is no day", "0123456789abcdef-region", "--known-on 2020-02-30", 2, "a day is written 2020-06-08"},
};

static void reports_are_read_by_those_who_may(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        picq(CASES[i].token, CASES[i].arguments);
        if (said.status != CASES[i].status || !strstr(said.text, CASES[i].says))
            fail_msg("%s: status %d, and no \"%s\" in:\n%s", CASES[i].story, said.status, CASES[i].says, said.text);
    }
}

static void the_report_follows_a_database_that_went_away_and_came_back(void **state)
{
    (void)state;
    test_database_run(here->database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                      " WHERE datname = current_database() AND application_name = 'report'");
    picq("0123456789abcdef-region", "--year 2020 --json");
    assert_int_equal(said.status, 0);
    assert_non_null(strstr(said.text, "\"cents_year\": 450000"));
}

static void a_service_that_is_away_is_the_world_away(void **state)
{
    (void)state;
    char command[1000];
    snprintf(command, sizeof command, "PICQ_MONITORING=http://127.0.0.1:9 %s report >/dev/null 2>&1", PICQ_PROGRAM);
    assert_int_equal(WEXITSTATUS(system(command)), 3);
    snprintf(command, sizeof command, "env -u PICQ_MONITORING %s report >/dev/null 2>&1", PICQ_PROGRAM);
    assert_int_equal(WEXITSTATUS(system(command)), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_are_read_by_those_who_may),
        cmocka_unit_test(the_report_follows_a_database_that_went_away_and_came_back),
        cmocka_unit_test(a_service_that_is_away_is_the_world_away),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
