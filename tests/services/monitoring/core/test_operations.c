/* How the houses are, and what waits for a person, as it is told. */
#include "monitoring/core/houses.h"
#include "monitoring/core/waiting.h"

#include "services/monitoring/core/told.h"

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static const char METRICS[] = "# HELP picq_waiting_messages Messages that neighbours have said.\n"
                              "# TYPE picq_waiting_messages gauge\n"
                              "picq_waiting_messages 12\n"
                              "picq_waiting_oldest_seconds 340\n"
                              "picq_set_aside_total 9\n"
                              "picq_set_aside_messages 3\n"
                              "picq_replicas 2\n"
                              "picq_partitions 32\n"
                              "picq_partitions_stopped 1\n";

static void a_replica_tells_of_itself_in_its_metrics(void **state)
{
    (void)state;
    HouseSaid said = house_read(METRICS);
    assert_true(said.up);
    assert_int_equal(said.waiting, 12);
    assert_int_equal(said.oldest_seconds, 340);
    assert_int_equal(said.set_aside, 3);
    assert_int_equal(said.replicas, 2);
    assert_int_equal(said.partitions_stopped, 1);
    assert_int_equal(house_read("").waiting, 0);
    assert_int_equal(house_read("picq_waiting_messages").waiting, 0);
}

static void a_house_is_what_its_replicas_are_together(void **state)
{
    static const HouseReplica REPLICAS[] = {
        /*                 up    waits  age  aside replicas stopped */
        {"intake", {true, 0, 0, 0, 1, 0}},      {"billing", {true, 12, 340, 3, 3, 1}},
        {"billing", {false, 0, 0, 0, 0, 0}},    {"billing", {true, 30, 20, 3, 3, 0}},
        {"monitoring", {false, 0, 0, 0, 0, 0}},
    };
    Table table = table_new(*state, &houses_card);
    houses_tell(REPLICAS, COUNT(REPLICAS), &table);
    assert_int_equal(table.row_count, 3);
    assert_told(&table, "up", "nothing waits", "intake", "yes 0 0 0 1 0");
    assert_told(&table, "up", "each has messages of its own; all see what lies aside", "billing", "yes 42 340 3 3 1");
    assert_told(&table, "up", "of a house that is away nothing is known", "monitoring", "no - - - - -");
}

static const struct {
    const char *municipality, *due;
    int64_t requests;
} OPEN[] = {
    {"0503", "2020-06-05", 2},
    {"0503", "2020-06-08", 1},
    {"0503", "2020-06-10", 4},
    {"0518", "2020-06-01", 3},
};

static const OpenRequests *open_ones(Arena *arena)
{
    OpenRequests *open = ARENA_MANY(arena, OpenRequests, COUNT(OPEN));
    for (size_t i = 0; i < COUNT(OPEN); i++)
        open[i] = (OpenRequests){OPEN[i].municipality, day_at(OPEN[i].due), OPEN[i].requests};
    return open;
}

static void a_request_is_overdue_when_its_day_is_past(void **state)
{
    Table table = table_new(*state, &open_requests_card);
    Question question = {"", "", "", "", 2020, day_at("2020-06-08"), true};
    open_requests_tell(&question, open_ones(*state), COUNT(OPEN), &table);
    assert_int_equal(table.row_count, 4);
    assert_told(&table, "requests", "last week", "0503 2020-06-05", "2 yes");
    assert_told(&table, "requests", "today is not past", "0503 2020-06-08", "1 no");
    assert_told(&table, "requests", "to come", "0503 2020-06-10", "4 no");
}

static void each_municipality_sees_what_is_open_and_what_is_due_next(void **state)
{
    static const struct {
        const char *story, *known_on, *municipality, *row, *figures;
    } CASES[] = {
        {"two late, five in time", "2020-06-08", "", "0503", "7 2 2020-06-08"},
        {"all late: nothing is due next", "2020-06-08", "", "0518", "3 3 -"},
        {"the region", "2020-06-08", "", "-", "10 5 2020-06-08"},
        {"a day later", "2020-06-09", "", "0503", "7 3 2020-06-10"},
        {"who asks for one municipality sees that one", "2020-06-08", "0503", "-", NULL},
        {"and that nothing is open where nothing is", "2020-06-08", "0637", "0637", "0 0 -"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table = table_new(*state, &deadlines_card);
        Question question = {CASES[i].municipality, "", "", "", 2020, day_at(CASES[i].known_on), true};
        bool elsewhere = strcmp(CASES[i].municipality, "0637") == 0;
        deadlines_tell(&question, open_ones(*state),
                       elsewhere                  ? 0
                       : CASES[i].municipality[0] ? 3
                                                  : COUNT(OPEN),
                       &table);
        assert_told(&table, "open_requests", CASES[i].story, CASES[i].row, CASES[i].figures);
    }
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_replica_tells_of_itself_in_its_metrics),
        STORY(a_house_is_what_its_replicas_are_together),
        STORY(a_request_is_overdue_when_its_day_is_past),
        STORY(each_municipality_sees_what_is_open_and_what_is_due_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
