/* Reports as an operator reads them: the real monitoring, asked by the real picq. */
#include "services/monitoring/observatory.h"

#include "bus/key.h"
#include "monitoring/core/monitoring.h"

#include <jansson.h>

#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
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
    char text[1000000];
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

/* What the API answers: its status, and all of it with its headers. */
static void get(const char *token, const char *target, const char *header)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, path_of("http"));
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(connect(file, (const struct sockaddr *)&address, sizeof address), 0);
    dprintf(file, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s%s%s%s\r\n", target,
            *token ? "Authorization: Bearer " : "", token, *token ? "\r\n" : "", header);
    size_t size = 0;
    for (ssize_t got; (got = read(file, said.text + size, sizeof said.text - 1 - size)) > 0;)
        size += (size_t)got;
    close(file);
    said.text[size] = '\0';
    said.status = atoi(said.text + strlen("HTTP/1.1 "));
}

static const char *body(void)
{
    const char *end = strstr(said.text, "\r\n\r\n");
    assert_non_null(end);
    return end + 4;
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

#define DELFT "0123456789abcdef-delft"
#define REGION "0123456789abcdef-region"
#define COUNCIL "0123456789abcdef-council"

static const struct {
    const char *story, *token, *arguments;
    int status;
    const char *says;
} CASES[] = {
    {"a controller sees its municipality to the cent", DELFT, "table spending --municipality 0503 --year 2020 --csv", 0,
     "0503,,,,,41,43,410000\r\n"},
    {"under its own name", DELFT, "--municipality 0503 --year 2020", 0, "Delft, 2020, as known on 2020-06-30"},
    {"and its clients", DELFT, "--municipality 0503 --year 2020", 0, "March      30                12"},
    {"and its ledger, which sums to zero", DELFT, "--municipality 0503 --year 2020", 0, "sum      € 0,00"},
    {"with money as the Dutch write it", DELFT, "--municipality 0503 --year 2020", 0, "€ 4.100,00"},
    {"what was owed for March is told as it was known in April", DELFT,
     "table spending --municipality 0503 --year 2020 --known-on 2020-04-30 --csv", 0, "0503,,,,,42,42,420000\r\n"},
    {"the region as a whole, for who may see all of it", REGION, "table spending --year 2020 --csv", 0,
     "\r\n,,,,,45,47,450000\r\n"},
    {"the four of Wassenaar exactly", REGION, "table spending --municipality 0629 --csv", 0,
     "0629,,,,2020-03,4,4,40000\r\n"},
    {"a council sees counts rounded to five", COUNCIL, "--municipality 0503 --year 2020", 0,
     "Counts are rounded to five."},
    {"and nothing of the four of Wassenaar", COUNCIL, "table spending --municipality 0629 --year 2020 --csv", 0,
     "0629,,,,,.,.,.\r\n"},
    {"a controller of Delft is a wider audience in Wassenaar", DELFT,
     "table spending --municipality 0629 --year 2020 --json", 0, "\"exact\": false"},
    {"and in the region", DELFT, "table spending --year 2020 --json", 0, "\"exact\": false"},
    {"a council sees whole months", COUNCIL, "table spending --year 2020 --known-on 2020-06-08 --json", 0,
     "\"known_on\": \"2020-05-31\""},
    {"what was granted in Delft", DELFT, "table decisions --municipality 0503 --year 2020 --csv", 0,
     "0503,GRANTED,BY_RULE,,42,42\r\n"},
    {"what was granted in the region", REGION, "table decisions --year 2020 --csv", 0, ",GRANTED,BY_RULE,,46,46\r\n"},
    {"a council sees that something was refused, and not why", COUNCIL,
     "table decisions --municipality 0503 --year 2020 --csv", 0, "0503,REFUSED,,,.,.\r\n"},
    {"what was refused", DELFT, "--municipality 0503 --year 2020", 0, "REFUSED  NO_CONTRACT"},
    {"what each provider delivered", DELFT, "table providers --municipality 0503 --year 2020 --csv", 0,
     "90000001,0503,41,43,410000,0,1.0000\r\n"},
    {"month by month", DELFT, "table provider-months --municipality 0503 --provider 90000001 --year 2020 --csv", 0,
     "90000001,2020-03,410000,43\r\n"},
    {"and nothing of one who delivered nothing", DELFT,
     "table providers --municipality 0503 --provider 90000002 --year 2020 --csv", 0,
     "provider,municipality,clients,lines,cents,rejected_lines,share\r\n"},
    {"not of who is no controller of it", COUNCIL, "table providers --municipality 0503", 1,
     "for the controllers of a municipality only"},
    {"a table for people", REGION, "table rejections --year 2020", 0, "Rejected lines by national return code"},
    {"all tables by name", REGION, "table", 0, "provider-months"},
    {"a table that is none", REGION, "table nothing", 1, "There is no table nothing."},
    {"a filter that a table does not take", REGION, "table spending --provider 90000001", 1,
     "The parameter \"provider\" does not belong to the table spending."},
    {"a municipality of another region", REGION, "table spending --municipality 0344", 1,
     "The books know no municipality 0344."},
    {"a letter without a file", COUNCIL, "council --municipality 0503 --year 2020", 2, "the --html file to write"},
    {"the letter to a council", COUNCIL, "council --municipality 0503 --year 2020 --html /dev/stdout", 0,
     "het college van burgemeester en wethouders van Delft"},
    {"a year without care", REGION, "--year 1999", 0, "the region, 1999"},
    {"all of it for programs", REGION, "--year 2020 --json", 0, "\"newest_day\": \"2020-06-30\""},
    {"who shows no token", "", "--year 2020", 1, "monitoring does not know who asks"},
    {"who shows a wrong one", "0123456789abcdef-nobody", "--year 2020", 1, "monitoring does not know who asks"},
    {"a municipality that is no code", REGION, "--municipality Delft", 2, "a code of four digits"},
    {"a day that is no day", REGION, "--known-on 2020-02-30", 2, "a day is written 2020-06-08"},
};

static void tables_are_read_by_those_who_may(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        picq(CASES[i].token, CASES[i].arguments);
        if (said.status != CASES[i].status || !strstr(said.text, CASES[i].says))
            fail_msg("%s: status %d, and no \"%s\" in:\n%s", CASES[i].story, said.status, CASES[i].says, said.text);
    }
}

static const struct {
    const char *story, *token, *target;
    int status;
    const char *says;
} ASKED[] = {
    {"no token", "", "/v1/tables/spending", 401, "\"title\":\"Onbekend wie er vraagt\""},
    {"a wrong token", "0123456789abcdef-nobody", "/v1/region", 401, "Authorization: Bearer"},
    {"a table that is not wide, without being its controller", COUNCIL, "/v1/tables/ledger?municipality=0503", 403,
     "De tabel ledger is alleen voor wie de gemeente beheert."},
    {"a controller who does not say of which municipality", DELFT, "/v1/tables/providers", 403, "municipality=0518"},
    {"an unknown table", REGION, "/v1/tables/nothing", 404, "Er is geen tabel nothing."},
    {"an unknown path", REGION, "/v1/nothing", 404, "Hier is niets: /v1/nothing."},
    {"a slash at the end", REGION, "/v1/tables/spending/", 404, "Er is geen tabel spending/."},
    {"a parameter that nobody knows", REGION, "/v1/tables/spending?colour=red", 400,
     "De parameter \\\"colour\\\" hoort niet bij de tabel spending. Wel: municipality, year, known-on, format."},
    {"the old name of known-on", REGION, "/v1/tables/spending?known_on=2020-06-08", 400, "known_on"},
    {"a filter of another table", REGION, "/v1/tables/decisions?profile=PROFIEL1", 400, "profile"},
    {"the same twice", REGION, "/v1/tables/spending?year=2020&year=2019", 400, "meer dan eens"},
    {"a year that is none", REGION, "/v1/tables/spending?year=20", 400, "year=2020"},
    {"a day that is none", REGION, "/v1/tables/spending?known-on=2020-02-30", 400, "known-on=2020-12-31"},
    {"a municipality that is no code", REGION, "/v1/tables/spending?municipality=Delft", 400, "municipality=0518"},
    {"one of another region", REGION, "/v1/tables/spending?municipality=0344", 400, "geen gemeente 0344"},
    {"a format that is none", REGION, "/v1/tables/spending?format=xml", 400, "json of csv"},
    {"the list takes nothing", REGION, "/v1/tables?year=2020", 400, "de lijst van tabellen"},
    {"what is empty is not said", REGION, "/v1/tables/spending?municipality=&year=&known-on=&format=", 200,
     "\"question\":{\"municipality\":null,\"provider\":null,\"profile\":null,\"intensity\":null,\"year\":2020,"
     "\"known_on\":\"2020-06-30\"},\"exact\":true"},
    {"a row of the region's year", REGION, "/v1/tables/spending?year=2020", 200,
     "{\"municipality\":null,\"segment\":null,\"content\":null,\"funding\":null,\"month\":null,\"clients\":45,"
     "\"lines\":47,\"cents\":450000}"},
    {"a row of which the figures are hidden says so", COUNCIL, "/v1/tables/spending?municipality=0629", 200,
     "\"clients\":null,\"lines\":null,\"cents\":null,\"hidden\":[\"clients\",\"lines\",\"cents\"]}"},
    {"the region as its controllers see it", REGION, "/v1/region", 200,
     "\"reader\":{\"name\":\"region\",\"exact\":\"*\"}"},
    {"with the codes of providers", REGION, "/v1/region", 200, "\"providers\":[{\"code\":\"9000000"},
    {"and as a council does, without them", COUNCIL, "/v1/region", 200, "\"providers\":[]"},
    {"a controller of Delft", DELFT, "/v1/region", 200, "\"reader\":{\"name\":\"delft\",\"exact\":[\"0503\"]}"},
    {"what the books say is invented", COUNCIL, "/v1/region", 200, "\"synthetic\":true"},
    {"its books", COUNCIL, "/v1/region", 200,
     "{\"number\":1,\"slug\":\"pxq-contracts-to-2019\",\"known_day\":\"2019-01-01\""},
    {"a letter to nobody's council", COUNCIL, "/v1/letters/council?year=2020", 400, "Voor welke gemeente is de brief?"},
    {"a letter with a filter that it does not take", COUNCIL, "/v1/letters/council?municipality=0503&provider=90000001",
     400, "hoort niet bij de brief aan de raad"},
    {"the letter to the council of Delft", COUNCIL, "/v1/letters/council?municipality=0503&year=2020", 200,
     "Geachte leden van de raad"},
    {"which tells anybody the same, its controller too", DELFT, "/v1/letters/council?municipality=0629&year=2020", 200,
     "Wat de hulp kost noemen wij niet"},
    {"the description, for anybody", "", "/v1/openapi.json", 200, "\"openapi\":\"3.0.3\""},
};

static void a_question_is_answered_or_told_what_is_wrong_with_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ASKED); i++) {
        get(ASKED[i].token, ASKED[i].target, "");
        bool problem = strstr(said.text, "Content-Type: application/problem+json\r\n");
        if (said.status != ASKED[i].status || !strstr(said.text, ASKED[i].says) ||
            !strstr(said.text, "API-Version: 1.0.0\r\n") || problem != (said.status != 200))
            fail_msg("%s: status %d, and no \"%s\" in:\n%s", ASKED[i].story, said.status, ASKED[i].says, said.text);
    }
}

static void a_problem_tells_what_where_and_what_to_do(void **state)
{
    (void)state;
    get(REGION, "/v1/tables/spending?colour=red", "");
    json_t *problem = json_loads(body(), 0, NULL);
    assert_string_equal(json_string_value(json_object_get(problem, "type")), "about:blank");
    assert_string_equal(json_string_value(json_object_get(problem, "title")), "De vraag klopt niet");
    assert_int_equal(json_integer_value(json_object_get(problem, "status")), 400);
    assert_non_null(strstr(json_string_value(json_object_get(problem, "english")),
                           "The parameter \"colour\" does not belong to the table spending."));
    json_decref(problem);
}

static void a_table_is_csv_for_who_would_rather_have_that(void **state)
{
    (void)state;
    static const char HEADING[] = "municipality,verdict,reason,month,facts,allocations\r\n";
    get(REGION, "/v1/tables/decisions?format=csv", "");
    assert_memory_equal(body(), HEADING, strlen(HEADING));
    assert_non_null(strstr(said.text, "Content-Type: text/csv; charset=utf-8; header=present\r\n"));
    get(REGION, "/v1/tables/decisions", "Accept: text/csv\r\n");
    assert_memory_equal(body(), HEADING, strlen(HEADING));
    get(REGION, "/v1/tables/decisions", "Accept: application/json, text/csv;q=0.5\r\n");
    assert_true(*body() == '{');
}

/* Every $ref of the description has to lead somewhere. */
static void follow(const json_t *root, const json_t *json)
{
    const char *reference = json_string_value(json_object_get(json, "$ref"));
    const json_t *found = root;
    char *rest = reference ? arena_text(here->arena, reference + strlen("#/")) : NULL;
    for (const char *name; (name = strsep(&rest, "/"));)
        found = json_object_get(found, name);
    if (!found)
        fail_msg("%s leads nowhere", reference);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)json, key, value) follow(root, value);
    for (size_t i = 0; i < json_array_size(json); i++)
        follow(root, json_array_get(json, i));
}

static void the_description_holds_every_table_and_follows_the_rules_for_apis(void **state)
{
    (void)state;
    get(REGION, "/v1/tables", "");
    json_t *cards = json_loads(body(), 0, NULL);
    get("", "/v1/openapi.json", "");
    json_t *described = json_loads(body(), 0, NULL);
    assert_non_null(described);
    follow(described, described);
    json_t *paths = json_object_get(described, "paths");
    assert_true(json_array_size(cards) >= 8);
    for (size_t i = 0; i < json_array_size(cards); i++) {
        const char *name = json_string_value(json_object_get(json_array_get(cards, i), "name"));
        if (!json_object_get(paths, arena_format(here->arena, "/tables/%s", name)))
            fail_msg("the description has no table %s", name);
    }
    const char *path, *status;
    json_t *methods, *answer;
    json_object_foreach(paths, path, methods)
    {
        assert_true(path[strlen(path) - 1] != '/');
        assert_int_equal(json_object_size(methods), 1);
        json_object_foreach(json_object_get(json_object_get(methods, "get"), "responses"), status, answer)
        {
            if (*status == '2')
                assert_non_null(json_object_get(json_object_get(answer, "headers"), "API-Version"));
            else
                assert_string_equal(json_string_value(json_object_get(answer, "$ref")),
                                    "#/components/responses/Problem");
        }
    }
    static const char *const CONTACT[] = {"name", "email", "url"};
    for (size_t i = 0; i < COUNT(CONTACT); i++)
        assert_non_null(json_object_get(json_object_get(json_object_get(described, "info"), "contact"), CONTACT[i]));
    json_decref(described);
    json_decref(cards);
}

static void a_wide_audience_is_told_of_wide_tables_only(void **state)
{
    (void)state;
    get(COUNCIL, "/v1/tables", "");
    assert_null(strstr(body(), "\"wide\":false"));
    assert_null(strstr(body(), "\"name\":\"ledger\""));
    get(DELFT, "/v1/tables", "");
    assert_non_null(strstr(body(), "\"name\":\"ledger\""));
}

/* Neither a client's reference nor the number made of it, nor an allocation's. */
static void no_answer_holds_a_client_or_an_allocation(void **state)
{
    (void)state;
    get(REGION, "/v1/tables", "");
    json_t *cards = json_loads(body(), 0, NULL);
    for (size_t i = 0; i < json_array_size(cards); i++) {
        const char *name = json_string_value(json_object_get(json_array_get(cards, i), "name"));
        get(REGION, arena_format(here->arena, "/v1/tables/%s?year=2020", name), "");
        assert_int_equal(said.status, 200);
        for (int client = 0; client < 46; client++) {
            const char *reference = arena_format(here->arena, "client-%d", client);
            const char *number = arena_format(here->arena, "%lld", (long long)client_number(reference));
            const char *trajectory = arena_format(here->arena, "\"t-%d\"", client);
            const char *allocation = arena_format(here->arena, "%d", 640000 + client);
            if (strstr(body(), reference) || strstr(body(), number) || strstr(body(), trajectory) ||
                strstr(body(), allocation))
                fail_msg("%s tells of %s", name, reference);
        }
    }
    json_decref(cards);
}

/* What was answered before is answered again the same, until more is heard. */
static void an_answer_is_never_stale(void **state)
{
    (void)state;
    get(REGION, "/v1/tables/decisions?format=csv", "");
    char *before = arena_text(here->arena, body());
    get(REGION, "/v1/tables/decisions?format=csv", "");
    assert_string_equal(body(), before);
    test_database_run(here->database, "UPDATE decided SET facts = facts + 1; UPDATE inbox SET position = position + 1");
    get(REGION, "/v1/tables/decisions?format=csv", "");
    assert_string_not_equal(body(), before);
    test_database_run(here->database, "UPDATE decided SET facts = facts - 1; UPDATE inbox SET position = position + 1");
    get(REGION, "/v1/tables/decisions?format=csv", "");
    assert_string_equal(body(), before);
}

static void tables_follow_a_database_that_went_away_and_came_back(void **state)
{
    (void)state;
    test_database_run(here->database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                      " WHERE datname = current_database() AND application_name = 'tables'");
    get(REGION, "/v1/tables/ledger?year=2020", "");
    assert_int_equal(said.status, 200);
    assert_non_null(strstr(said.text, "\"account\":\"COST\",\"cents\":410000"));
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
        cmocka_unit_test(tables_are_read_by_those_who_may),
        cmocka_unit_test(a_question_is_answered_or_told_what_is_wrong_with_it),
        cmocka_unit_test(a_problem_tells_what_where_and_what_to_do),
        cmocka_unit_test(a_table_is_csv_for_who_would_rather_have_that),
        cmocka_unit_test(the_description_holds_every_table_and_follows_the_rules_for_apis),
        cmocka_unit_test(a_wide_audience_is_told_of_wide_tables_only),
        cmocka_unit_test(no_answer_holds_a_client_or_an_allocation),
        cmocka_unit_test(an_answer_is_never_stale),
        cmocka_unit_test(tables_follow_a_database_that_went_away_and_came_back),
        cmocka_unit_test(a_service_that_is_away_is_the_world_away),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
