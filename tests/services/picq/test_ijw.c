/* picq ijw, as a provider or a builder of software types it. No service runs. */
#include "services/intake/ijw/sample.h"
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Desk {
    char folder[64];
    Arena *arena;
} Desk;

static int open_desk(void **state)
{
    Desk *desk = calloc(1, sizeof *desk);
    strcpy(desk->folder, "/tmp/picq-ijw-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    desk->arena = arena_new();
    *state = desk;
    return 0;
}

static int close_desk(void **state)
{
    Desk *desk = *state;
    assert_int_equal(system(arena_format(desk->arena, "rm -r %s", desk->folder)), 0);
    arena_free(desk->arena);
    free(desk);
    return 0;
}

static void put(const Desk *desk, const char *name, const char *text)
{
    FILE *stream = fopen(arena_format(desk->arena, "%s/%s", desk->folder, name), "w");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

/* What `picq ijw …` says on both streams, and its exit status. */
static const char *typed(const Desk *desk, const char *words, int *status_out)
{
    enum { ROOM = 256 * 1024 };
    char *said = arena_take(desk->arena, ROOM);
    FILE *stream = popen(arena_format(desk->arena, "cd %s && %s ijw %s 2>&1", desk->folder, PICQ_PROGRAM, words), "r");
    assert_non_null(stream);
    size_t size = fread(said, 1, ROOM - 1, stream);
    said[size] = '\0';
    int end = pclose(stream);
    *status_out = WIFEXITED(end) ? WEXITSTATUS(end) : -1;
    return said;
}

static void assert_typed(const Desk *desk, const char *words, int status, const char *said)
{
    int exit_status;
    const char *all = typed(desk, words, &exit_status);
    if (exit_status != status || !strstr(all, said))
        fail_msg("picq ijw %s: %d\n%s", words, exit_status, all);
}

static void every_fault_of_a_file_is_told_with_line_and_place(void **state)
{
    Desk *desk = *state;
    put(desk, "start.xml", sample(IJW_305));
    put(desk, "declaration.xml", sample_with(desk->arena, IJW_323, ">2500<", ">2501<"));
    assert_typed(desk, "check start.xml", 0, "start.xml: JW305 jw305:90000001:A1, in order\n");
    assert_typed(
        desk, "check declaration.xml start.xml", 1,
        "declaration.xml:8: TR358 0001 Bericht/Declaratie/TotaalIngediendBedrag: het totaal is niet de som van de "
        "prestaties, credit afgetrokken.\ndeclaration.xml: 1 fault\nstart.xml: JW305");
    assert_typed(desk, "check --json declaration.xml", 1, "\"rule\": \"TR358\"");
}

static void a_message_is_shown_as_lines_of_the_feed(void **state)
{
    Desk *desk = *state;
    put(desk, "stop.xml", sample(IJW_307));
    put(desk, "broken.xml", "<Bericht>");
    assert_typed(desk, "show stop.xml", 0, "{\"id\":\"jw307:90000001:A1.1\",\"municipality\":\"0503\",");
    assert_typed(desk, "show broken.xml", 1, "broken.xml has faults; `picq ijw check broken.xml` tells them\n");
}

static void the_rules_are_told_with_who_enforces_them(void **state)
{
    Desk *desk = *state;
    assert_typed(desk, "rules", 0, "TR338");
    assert_typed(desk, "rules --json", 0, "\"house\": \"billing\"");
}

static void what_cannot_be_is_said(void **state)
{
    Desk *desk = *state;
    put(desk, "start.xml", sample(IJW_305));
    assert_typed(desk, "check", 2, "name the files");
    assert_typed(desk, "check nowhere.xml", 2, "nowhere.xml cannot be read");
    setenv("PICQ_IJW_READER", "/nowhere/reader", 1);
    assert_typed(desk, "check start.xml", 3, "/nowhere/reader cannot be started");
    unsetenv("PICQ_IJW_READER");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_fault_of_a_file_is_told_with_line_and_place, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_message_is_shown_as_lines_of_the_feed, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(the_rules_are_told_with_who_enforces_them, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(what_cannot_be_is_said, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
