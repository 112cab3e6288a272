/* What is owed and why, as a person reads it: the real billing, asked by the real picq. */
#include "bus/key.h"
#include "services/billing/web/office.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char READERS[] = "aastad 0123456789abcdef-aastad 0503\n"
                              "elsewhere 0123456789abcdef-elsewhere 0518\n"
                              "region 0123456789abcdef-region *\n";

static Office *office;
static char folder[] = "/tmp/picq-billing-XXXXXX";
static pid_t billing;

/* What picq said last. */
static struct {
    int status;
    char text[200000];
} said;

static char *path_of(const char *name)
{
    return arena_format(office->story->arena, "%s/%s", folder, name);
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

static pid_t start_billing(void)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    setenv("PICQ_DATABASE", office->billing->connection, 1);
    setenv("PICQ_KEYS", folder, 1);
    setenv("PICQ_LISTEN", "tcp://127.0.0.1:*", 1);
    setenv("PICQ_ALLOCATION", "tcp://127.0.0.1:9", 1); /* nobody answers there */
    setenv("PICQ_HTTP", path_of("http"), 1);
    setenv("PICQ_READERS", path_of("readers"), 1);
    execl(BILLING_PROGRAM, "billing", NULL);
    _exit(127);
}

static void picq(const char *token, const char *arguments)
{
    char command[1000];
    snprintf(command, sizeof command, "PICQ_BILLING_HTTP=%s/http PICQ_TOKEN=%s %s %s 2>&1", folder, token, PICQ_PROGRAM,
             arguments);
    FILE *output = popen(command, "r");
    assert_non_null(output);
    size_t size = fread(said.text, 1, sizeof said.text - 1, output);
    said.text[size] = '\0';
    said.status = WEXITSTATUS(pclose(output));
}

static void assert_said(int status, const char *words)
{
    if (said.status != status || !strstr(said.text, words))
        fail_msg("status %d instead of %d; no \"%s\" in\n%s", said.status, status, words, said.text);
}

static void await_billing(void)
{
    for (int tries = 0; tries < 200; tries++) {
        picq("0123456789abcdef-region", "verify --year 2018");
        if (said.status == 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    fail_msg("billing does not answer: %s", said.text);
}

static int begin(void **state)
{
    office = office_new();
    office_play_a_year(office);
    *state = office;
    assert_non_null(mkdtemp(folder));
    write_file("readers", READERS);
    static const char *const HOUSES[] = {"billing", "allocation", "monitoring", "intake"};
    for (size_t i = 0; i < COUNT(HOUSES); i++)
        make_key(HOUSES[i]);
    billing = start_billing();
    await_billing();
    return 0;
}

static int end(void **state)
{
    (void)state;
    if (billing > 0) {
        kill(billing, SIGTERM);
        waitpid(billing, NULL, 0);
    }
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    (void)!system(command);
    office_free(office);
    return 0;
}

#define CONVERSATION " --municipality 0503 --provider 90000001"
#define MARCH_2020 "owed --municipality 0503 --month 2020-03 --known-on 2020-08-02"

static void who_may_not_read_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *story, *token, *arguments;
        int status;
        const char *words;
    } CASES[] = {
        {"nobody", "", MARCH_2020, 1, "does not know who asks"},
        {"another secret", "0123456789abcdef-nobody", "explain R-17" CONVERSATION, 1, "does not know who asks"},
        {"another municipality", "0123456789abcdef-elsewhere", MARCH_2020, 1,
         "billing answers 403: this token may not"},
        {"its line", "0123456789abcdef-elsewhere", "explain R-17" CONVERSATION, 1, "billing answers 403"},
        {"one municipality asks for the region", "0123456789abcdef-aastad", "verify --year 2020", 1,
         "this token may not read the lines of the whole region"},
        {"its own", "0123456789abcdef-aastad", MARCH_2020, 0, "0503, care of 2020-03"},
        {"its own line", "0123456789abcdef-aastad", "explain R-17" CONVERSATION, 0, "R-17"},
        {"the region reads all", "0123456789abcdef-region", MARCH_2020, 0, "0503, care of 2020-03"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        picq(CASES[i].token, CASES[i].arguments);
        if (said.status != CASES[i].status || !strstr(said.text, CASES[i].words))
            fail_msg("%s: %d, %s", CASES[i].story, said.status, said.text);
    }
}

static void what_is_no_question_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        int status;
        const char *words;
    } CASES[] = {
        {"owed --month 2020-03", 2, "name the municipality and the month"},
        {"owed --municipality 503 --month 2020-03", 2, "a municipality is a code of four digits"},
        {"owed --municipality 0503 --month 2020-13", 2, "a month is written 2020-03"},
        {MARCH_2020 " --since 2020-09-01", 2, "--since is no later than --known-on, which is 2020-08-02"},
        {"owed --municipality 0503 --month 2020-03 --known-on yesterday", 2, "--known-on is a day"},
        {"explain" CONVERSATION, 2, "name the line"},
        {"explain R-17 --municipality 0503", 2, "name the conversation"},
        {"explain R-17 --lang fr" CONVERSATION, 2, "--lang is nl or en"},
        {"explain 'R 99&x=1'" CONVERSATION, 1, "billing answers 404: no line of this conversation"},
        {"verify", 2, "name the year of service"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        picq("0123456789abcdef-region", CASES[i].arguments);
        assert_said(CASES[i].status, CASES[i].words);
    }
}

static void what_is_owed_is_a_table_with_a_total(void **state)
{
    (void)state;
    picq("0123456789abcdef-region", MARCH_2020 " --provider 90000001");
    assert_said(0, "0503 with 90000001, care of 2020-03, as known on 2020-08-02\n");
    assert_said(0,
                "R-17   45A53 2020-03-01/2020-03-31  € 500,00    € 0,00    € 20,00    € 0,00   € 0,00    € 520,00\n");
    assert_said(0,
                "total                               € 4.366,86  € 0,00    € 30,95    € 0,00   € 0,00    € 4.397,81\n");
    picq("0123456789abcdef-region", MARCH_2020);
    assert_said(0, "90000002  4      € 4.366,86   € 0,00    € 0,00     € 0,00   € 30,95   € 4.397,81\n");
    assert_said(0, "total     12     € 13.100,58  € 0,00    € 30,95    € 30,95  € 30,95   € 13.193,43\n");
    picq("0123456789abcdef-region", "owed --municipality 0503 --month 2020-03 --known-on 2020-08-03");
    assert_said(0, "(a day that has not ended: it may still change)");
}

static void a_difference_is_a_table_with_its_facts(void **state)
{
    (void)state;
    picq("0123456789abcdef-region", MARCH_2020 " --since 2020-08-01");
    assert_said(
        0,
        "provider  2020-08-01   2020-08-02   difference  because\ntotal     € 13.193,43  € 13.193,43  € 0,00      \n");
    picq("0123456789abcdef-region", MARCH_2020 " --provider 90000002 --since 2020-06-08");
    assert_said(0, "R-18   € 250,00    € 260,00    € 10,00     \n");
    assert_said(0, "€ 10,00     2020-07-07 expected by book 2 test-2: R-18 in verzoek~2\n");
    assert_said(0, "total  € 4.366,86  € 4.397,81  € 30,95     \n");
    assert_said(0, "€ 30,95     expected by book 2 test-2: 3 facts\n");
}

static void json_is_as_it_was_answered(void **state)
{
    (void)state;
    picq("0123456789abcdef-region", MARCH_2020 " --json");
    json_t *answer = json_loads(said.text, 0, NULL);
    assert_string_equal(json_string_value(json_object_get(answer, "known_on")), "2020-08-02");
    json_decref(answer);
    picq("0123456789abcdef-region", "explain R-17 --json" CONVERSATION);
    answer = json_loads(said.text, 0, NULL);
    assert_int_equal(json_integer_value(json_object_get(answer, "net_cents")), 52000);
    json_decref(answer);
    picq("0123456789abcdef-region", "verify --year 2020 --json");
    answer = json_loads(said.text, 0, NULL);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(answer, "lines"), "agree")), 21);
    json_decref(answer);
}

static void a_line_explains_itself_in_dutch(void **state)
{
    (void)state;
    picq("0123456789abcdef-aastad", "explain R-19" CONVERSATION);
    assert_said(0,
                "Een declareerde op 8 april 2020 bij de gemeente Aastad, in declaratie D-3 onder R-19: Begeleiding "
                "(45A04), 95 minuten, van 1 maart 2020 tot en met 31 maart 2020 (toewijzing A3, cliënt c-1).\n"
                "Het tarief is € 73,80 per uur, volgens het besluit ‘Decision 1’ van 1 januari 2019 (boek 1, book.yaml "
                "regel 27); dit is niet openbaar en hier synthetisch.\n"
                "Het bedrag is € 73,80 × 95 / 60 = € 116,85, één keer afgerond op hele centen, een halve cent naar "
                "boven.\n"
                "Op 7 juli 2020 werd het besluit ‘Decision 2’ van 1 januari 2019 (boek 2) bekend. Daarom is R-19 "
                "teruggenomen met R-19~2c (€ -116,85) en vervangen door R-19~2: € 117,80 (nota~2).\n");
    assert_said(0, "Alles bij elkaar komt de regel op € 117,80.\n"
                   "Opnieuw berekend uit de bewaarde gegevens kloppen alle 3 bedragen tot op de cent, en de "
                   "vingerafdrukken ook.\n");
    assert_said(0, "\nvolume            95                       ");
    assert_said(0, "\nvingerafdruk van R-19~2  ");
    picq("0123456789abcdef-aastad", "explain R-19 --lang en" CONVERSATION);
    assert_said(0, "On 8 April 2020 Een declared to the municipality of Aastad, in declaration D-3 under R-19:");
    picq("0123456789abcdef-aastad", "explain R-20" CONVERSATION);
    assert_said(0, "De regel is afgekeurd met de landelijke retourcode 9389: Voor deze productperiode is al een "
                   "debetprestatie toegekend die niet is gecrediteerd.\n");
}

/* The planted fault. */
static void what_was_changed_by_hand_is_found(void **state)
{
    (void)state;
    picq("0123456789abcdef-region", "verify --year 2020");
    assert_said(0, "21 of 21 lines agree, and 8 of 8 adjustments\n");
    office_run(office, "UPDATE line SET amount_cents = amount_cents + 1 WHERE reference = 'R-21' AND conversation ="
                       " 50390000001");
    picq("0123456789abcdef-region", "verify --year 2020");
    assert_said(1, "0503 90000001 R-21: stored € 3.500,02, computed again € 3.500,01; the amount differs; the digest "
                   "differs\n20 of 21 lines agree, and 8 of 8 adjustments\n");
    picq("0123456789abcdef-region", "verify --year 2020 --json");
    assert_int_equal(said.status, 1);
    picq("0123456789abcdef-region", "explain R-21" CONVERSATION);
    assert_said(1, "LET OP: het bedrag van R-21 klopt niet. Bewaard is € 3.500,02, opnieuw berekend € 3.500,01.\n");
    office_run(office, "UPDATE line SET amount_cents = amount_cents - 1 WHERE reference = 'R-21' AND conversation ="
                       " 50390000001");
}

static void a_service_that_is_away_is_no_answer(void **state)
{
    (void)state;
    char command[400];
    snprintf(command, sizeof command, "PICQ_BILLING_HTTP=%s/nobody %s verify --year 2020 2>&1", folder, PICQ_PROGRAM);
    assert_int_equal(WEXITSTATUS(system(command)), 3);
    snprintf(command, sizeof command, "PICQ_BILLING_HTTP= %s verify --year 2020 2>&1", PICQ_PROGRAM);
    assert_int_equal(WEXITSTATUS(system(command)), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may_not_read_is_refused),
        cmocka_unit_test(what_is_no_question_is_told),
        cmocka_unit_test(what_is_owed_is_a_table_with_a_total),
        cmocka_unit_test(a_difference_is_a_table_with_its_facts),
        cmocka_unit_test(json_is_as_it_was_answered),
        cmocka_unit_test(a_line_explains_itself_in_dutch),
        cmocka_unit_test(what_was_changed_by_hand_is_found),
        cmocka_unit_test(a_service_that_is_away_is_no_answer),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
