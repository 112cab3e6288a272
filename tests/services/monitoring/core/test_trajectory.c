#include "services/monitoring/core/courses.h"

#include <stdlib.h>

/* What was told, day after day: "allocated 2020-01-01 2020-12-31" of allocation 7 unless another is named. */
typedef struct Remark {
    ToldWhat what;
    const char *known, *first, *last;
    uint32_t allocation;
    StopReason reason;
    bool removed;
    Funding funding;
} Remark;

enum { REMARKS_MOST = 6 };

#define ALLOCATED(number, day, from, until)                             \
    {                                                                   \
        TOLD_ALLOCATED, day, from, until, number, 0, false, FUNDING_PXQ \
    }
#define AS_PIC(number, day, from, until)                                \
    {                                                                   \
        TOLD_ALLOCATED, day, from, until, number, 0, false, FUNDING_PIC \
    }
#define REMOVED(number, day, from, until)                              \
    {                                                                  \
        TOLD_ALLOCATED, day, from, until, number, 0, true, FUNDING_PXQ \
    }
#define STARTED(number, day)                              \
    {                                                     \
        TOLD_STARTED, day, day, NULL, number, 0, false, 0 \
    }
#define STOPPED(number, day, why)                           \
    {                                                       \
        TOLD_STOPPED, day, day, NULL, number, why, false, 0 \
    }

static const struct {
    const char *story;
    Remark remarks[REMARKS_MOST];
    const char *began, *last; /* as known on 2020-12-31; "": there is no trajectory */
    bool ended;
} CASES[] = {
    {"it runs",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2021-06-30"), STARTED(7, "2020-01-06")},
     "2020-01-06",
     "2020-12-31",
     false},
    {"nobody told that it started",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2020-06-30")},
     "2020-01-01",
     "2020-06-30",
     true},
    {"it stopped as planned",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2021-06-30"), STARTED(7, "2020-01-06"),
      STOPPED(7, "2020-05-04", STOP_AS_PLANNED)},
     "2020-01-06",
     "2020-05-04",
     true},
    {"a stop for a while is none",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2021-06-30"), STARTED(7, "2020-01-06"),
      STOPPED(7, "2020-05-04", STOP_TEMPORARY)},
     "2020-01-06",
     "2020-12-31",
     false},
    {"it stopped for good and started again",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2021-06-30"), STARTED(7, "2020-01-06"),
      STOPPED(7, "2020-05-04", STOP_EARLY_BY_CLIENT), STARTED(7, "2020-06-01")},
     "2020-01-06",
     "2020-12-31",
     false},
    {"one of two products stopped",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2020-12-31"), ALLOCATED(8, "2020-01-01", "2020-01-01", "2021-06-30"),
      STARTED(7, "2020-01-06"), STARTED(8, "2020-01-13"), STOPPED(7, "2020-05-04", STOP_AS_PLANNED)},
     "2020-01-06",
     "2020-12-31",
     false},
    {"both stopped",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2020-12-31"), ALLOCATED(8, "2020-01-01", "2020-01-01", "2021-06-30"),
      STARTED(7, "2020-01-06"), STARTED(8, "2020-01-13"), STOPPED(8, "2020-04-04", STOP_AS_PLANNED),
      STOPPED(7, "2020-05-04", STOP_AS_PLANNED)},
     "2020-01-06",
     "2020-05-04",
     true},
    {"one stopped and the other was never used",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2020-12-31"), ALLOCATED(8, "2020-01-01", "2020-01-01", "2021-06-30"),
      STARTED(7, "2020-01-06"), STOPPED(7, "2020-05-04", STOP_AS_PLANNED)},
     "2020-01-06",
     "2020-05-04",
     true},
    {"one stopped and the other is still to begin",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2020-05-31"), ALLOCATED(8, "2020-05-01", "2020-06-01", "2021-06-30"),
      STARTED(7, "2020-01-06"), STOPPED(7, "2020-05-31", STOP_AS_PLANNED)},
     "2020-01-06",
     "2020-12-31",
     false},
    {"converted: the same trajectory under another number",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2020-12-31"), STARTED(7, "2020-01-06"),
      ALLOCATED(7, "2020-05-01", "2020-01-01", "2020-05-31"), AS_PIC(8, "2020-05-01", "2020-06-01", "2021-06-30")},
     "2020-01-06",
     "2020-12-31",
     false},
    {"cut short",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2020-12-31"), STARTED(7, "2020-01-06"),
      ALLOCATED(7, "2020-05-01", "2020-01-01", "2020-05-31")},
     "2020-01-06",
     "2020-05-31",
     true},
    {"taken away before it began",
     {ALLOCATED(7, "2020-01-01", "2020-02-01", "2020-12-31"), REMOVED(7, "2020-01-10", "2020-02-01", "2020-02-01")},
     "",
     "",
     false},
    {"what became known later is not known",
     {ALLOCATED(7, "2020-01-01", "2020-01-01", "2021-06-30"),
      STARTED(7, "2020-01-06"),
      {TOLD_STOPPED, "2021-01-02", "2020-12-20", NULL, 7, STOP_AS_PLANNED, false, 0}},
     "2020-01-06",
     "2020-12-31",
     false},
};

static Bytes pack(Arena *arena, const Remark *remarks)
{
    uint8_t *bytes = arena_take_many(arena, REMARKS_MOST, TOLD_BYTES_MAX);
    size_t size = 0;
    for (const Remark *remark = remarks; remark < remarks + REMARKS_MOST && remark->what; remark++) {
        Told told = {
            .what = remark->what,
            .known = day_at(remark->known),
            .allocation = remark->allocation,
            .first = day_at(remark->first),
            .funding = remark->funding,
            .removed = remark->removed,
            .reason = remark->reason,
        };
        if (remark->last)
            told.last = day_at(remark->last);
        size += told_pack(bytes + size, &told);
    }
    return (Bytes){bytes, size};
}

static void care_lasts_from_its_start_to_its_end(void **state)
{
    Courses *here = *state;
    Day known_on = day_at("2020-12-31");
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Trajectory one = {.segment = "S"};
        assert_true(trajectory_told(here->arena, pack(here->arena, CASES[i].remarks), known_on, known_on, &one));
        bool there = day_compare(one.allocated, DAY_LAST) < 0;
        if (there != (*CASES[i].began != '\0'))
            fail_msg("%s: there %d", CASES[i].story, there);
        if (!there)
            continue;
        trajectories_follow((Trajectories){&one, 1}, known_on);
        char began[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
        day_write(one.began, began);
        day_write(one.last, last);
        if (strcmp(began, CASES[i].began) != 0 || strcmp(last, CASES[i].last) != 0 || one.ended != CASES[i].ended)
            fail_msg("%s: from %s to %s, ended %d", CASES[i].story, began, last, one.ended);
    }
}

static void costs_are_those_known_of_care_up_to_the_horizon(void **state)
{
    Courses *here = *state;
    static const struct {
        const char *known, *month;
        int64_t cents;
    } COSTS[] = {{"2020-04-10", "2020-03-01", 1000},
                 {"2020-05-10", "2020-04-01", 500},
                 {"2020-06-10", "2020-03-01", -300},
                 {"2020-07-10", "2020-06-01", 70}};
    static const struct {
        const char *known_on, *horizon;
        int64_t cents;
    } ASKED[] = {{"2020-12-31", "2020-09-30", 1270},
                 {"2020-12-31", "2020-04-30", 1200},
                 {"2020-05-31", "2020-04-30", 1500},
                 {"2020-12-31", "2020-02-29", 0}};
    uint8_t bytes[COUNT(COSTS) * TOLD_BYTES_MAX];
    size_t size = 0;
    for (size_t i = 0; i < COUNT(COSTS); i++)
        size += told_pack(bytes + size, &(Told){.what = TOLD_COST,
                                                .known = day_at(COSTS[i].known),
                                                .first = day_at(COSTS[i].month),
                                                .amount = {COSTS[i].cents}});
    for (size_t i = 0; i < COUNT(ASKED); i++) {
        Trajectory one = {0};
        assert_true(trajectory_told(here->arena, (Bytes){bytes, size}, day_at(ASKED[i].known_on),
                                    day_at(ASKED[i].horizon), &one));
        assert_int_equal(one.cents, ASKED[i].cents);
    }
    Trajectory one = {0};
    assert_false(trajectory_told(here->arena, (Bytes){bytes, size - 1}, DAY_LAST, DAY_LAST, &one));
    bytes[0] = 9;
    assert_false(trajectory_told(here->arena, (Bytes){bytes, size}, DAY_LAST, DAY_LAST, &one));
}

static const struct {
    const char *story;
    int64_t client;
    const char *intensity, *first, *comes_back; /* of the other trajectory; "": none, or not after the first ended */
    bool ended;                                 /* the first one, on 2020-05-31 */
} NEXT[] = {
    {"nothing follows", 2, "WHOLE", "2020-06-01", "", true},
    {"another PIC the next day", 1, "YEARLY", "2020-06-01", "2020-06-01", false},
    {"back to products the next day", 1, "", "2020-06-01", "2020-06-01", false},
    {"the same again after a day without care", 1, "WHOLE", "2020-06-02", "2020-06-02", true},
    {"another that ran already", 1, "WHOLE", "2020-05-31", "", true},
};

static void who_goes_on_the_next_day_has_not_ended(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(NEXT); i++) {
        Trajectory list[] = {course(NEXT[i].client, NEXT[i].intensity, NEXT[i].first, NULL, 0),
                             course(1, "WHOLE", "2020-01-01", "2020-05-31", 0)};
        trajectories_follow((Trajectories){list, 2}, day_at("2020-12-31"));
        Trajectory *one = &list[0]; /* in order of client and first day */
        Day comes_back = *NEXT[i].comes_back ? day_at(NEXT[i].comes_back) : DAY_LAST;
        if (one->ended != NEXT[i].ended || day_compare(one->comes_back, comes_back) != 0)
            fail_msg("%s: ended %d", NEXT[i].story, one->ended);
        assert_int_equal(one->last.number, day_at("2020-05-31").number);
    }
}

/* The cells that were told, a line each: PIC, municipality, provider and how many. */
static void write_cell(const TrajectoryCell *cell, void *context)
{
    char *text = context;
    sprintf(text + strlen(text), "%s %s %s %zu\n", cell->segment ? cell->pic.intensity : "-",
            cell->municipality ? cell->municipality : "-", cell->provider ? cell->provider : "-", cell->count);
}

static void a_cell_is_told_of_each_municipality_and_each_provider_unless_one_is_asked(void **state)
{
    Courses *here = *state;
    Trajectory courses[] = {course(1, "WHOLE", "2020-01-01", NULL, 0), course(2, "YEARLY", "2020-01-01", NULL, 0),
                            course(3, "WHOLE", "2020-01-01", NULL, 0)};
    courses[2].municipality = "0518";
    courses[1].provider = "90000002";
    const Trajectory *list[] = {&courses[0], &courses[1], &courses[2]};
    Question question = courses_question(2020, "2020-12-31");
    char text[1000] = "";
    trajectories_cells(here->arena, list, 3, &question, CELLS_OF_ALL_PICS | CELLS_BY_PROVIDER, write_cell, text);
    assert_string_equal(text, "- - - 3\n- 0503 - 2\n- 0518 - 1\n- - 90000001 2\n- - 90000002 1\n"
                              "WHOLE - - 2\nWHOLE 0503 - 1\nWHOLE 0518 - 1\nWHOLE - 90000001 2\n"
                              "YEARLY - - 1\nYEARLY 0503 - 1\nYEARLY - 90000002 1\n");
    question.municipality = "0503";
    *text = '\0';
    const Trajectory *of_0503[] = {&courses[0], &courses[1]};
    trajectories_cells(here->arena, of_0503, 2, &question, CELLS_BY_PROVIDER, write_cell, text);
    assert_string_equal(text, "WHOLE 0503 - 1\nWHOLE 0503 90000001 1\nYEARLY 0503 - 1\nYEARLY 0503 90000002 1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(care_lasts_from_its_start_to_its_end, courses_setup, courses_teardown),
        cmocka_unit_test_setup_teardown(costs_are_those_known_of_care_up_to_the_horizon, courses_setup,
                                        courses_teardown),
        cmocka_unit_test(who_goes_on_the_next_day_has_not_ended),
        cmocka_unit_test_setup_teardown(a_cell_is_told_of_each_municipality_and_each_provider_unless_one_is_asked,
                                        courses_setup, courses_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
