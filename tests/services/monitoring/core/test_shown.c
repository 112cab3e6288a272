#include "monitoring/core/shown.h"

#include "monitoring/core/clients.h"
#include "support/unit.h"

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

static const char *const CODES[] = {"0503", "0518", "0603"};
enum { DELFT, THE_HAGUE, RIJSWIJK, REGION, WHOLE_YEAR = 12 };

static const Kind PXQ = {"SPECIALIST", CONTENT_NONE, FUNDING_PXQ};
static const Kind PIC = {"SPECIALIST", CONTENT_PIC, FUNDING_PIC};

typedef struct Told {
    Arena *arena;
    ShownMoney money[100];
    ShownCrowd crowds[100];
    ShownClient clients[1000];
    bool nothing[(COUNT(CODES) + 1) * (WHOLE_YEAR + 1)];
    ShownFound found;
} Told;

/* So many clients of a municipality have care of a kind in a month; they are the same every month. */
static void care(Told *told, size_t municipality, Kind kind, int32_t month, int64_t count)
{
    ClientLines *clients = ARENA_MANY(told->arena, ClientLines, (size_t)count);
    for (int64_t i = 0; i < count; i++)
        clients[i] = (ClientLines){(int64_t)municipality * 1000 + kind.content * 100 + i, 1};
    told->money[told->found.money_count++] = (ShownMoney){CODES[municipality], kind, month, count, count * 100};
    told->crowds[told->found.crowd_count++] =
        (ShownCrowd){CODES[municipality], kind, month, clients_pack(told->arena, clients, (size_t)count)};
}

static void allocate(Told *told, size_t municipality, int32_t first, int32_t last, int64_t first_client, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        told->clients[told->found.client_count++] = (ShownClient){CODES[municipality], first_client + i, first, last};
}

/* January to March: The Hague and Rijswijk have forty clients each, and allocations for them until December. */
static Told *told_new(Arena *arena)
{
    Told *told = ARENA_NEW(arena, Told);
    told->arena = arena;
    told->found.municipalities = CODES;
    told->found.municipality_count = COUNT(CODES);
    told->found.money = told->money;
    told->found.crowds = told->crowds;
    told->found.clients = told->clients;
    for (size_t municipality = THE_HAGUE; municipality <= RIJSWIJK; municipality++) {
        for (int32_t month = 1; month <= 3; month++)
            care(told, municipality, PXQ, month, 40);
        allocate(told, municipality, 1, 12, (int64_t)municipality * 1000, 40);
    }
    return told;
}

static bool hidden(Told *told, size_t municipality, size_t month)
{
    Cube shown;
    told->found.nothing = told->nothing;
    assert_true(shown_make(told->arena, &told->found, &shown));
    return cube_at(&shown, municipality, 0, month)->hidden;
}

static void a_month_with_enough_clients_is_shown(void **state)
{
    Told *told = told_new(*state);
    for (int32_t month = 1; month <= 3; month++)
        care(told, DELFT, PXQ, month, 10);
    allocate(told, DELFT, 1, 12, 1, 10);
    for (size_t municipality = 0; municipality <= REGION; municipality++)
        for (size_t month = 0; month <= WHOLE_YEAR; month++)
            assert_false(hidden(told, municipality, month));
}

static void a_month_with_few_is_hidden_and_so_is_what_it_could_be_worked_out_from(void **state)
{
    Told *told = told_new(*state);
    care(told, DELFT, PXQ, 1, 9);
    care(told, DELFT, PXQ, 2, 20);
    care(told, DELFT, PXQ, 3, 30);
    allocate(told, DELFT, 1, 12, 1, 30);
    assert_true(hidden(told, DELFT, 0));
    assert_true(hidden(told, DELFT, 1));                                  /* or the year would tell */
    assert_true(hidden(told, THE_HAGUE, 0) || hidden(told, RIJSWIJK, 0)); /* or the region would */
    assert_false(hidden(told, DELFT, 2));
    assert_false(hidden(told, REGION, 0));
}

static void who_is_behind_a_month_to_come_has_an_allocation_in_it(void **state)
{
    Told *told = told_new(*state);
    for (int32_t month = 1; month <= 3; month++)
        care(told, DELFT, PXQ, month, 10);
    allocate(told, DELFT, 1, 11, 1, 10);
    allocate(told, DELFT, 12, 12, 1, 9);
    allocate(told, DELFT, 12, 12, 5, 5); /* of the same clients */
    assert_false(hidden(told, DELFT, 10));
    assert_true(hidden(told, DELFT, 11));
}

static void two_clients_who_are_one_are_one_behind_it(void **state)
{
    Told *told = told_new(*state);
    for (int32_t month = 1; month <= 3; month++)
        care(told, DELFT, PXQ, month, 10);
    allocate(told, DELFT, 1, 12, 1, 10);
    static const Joined JOINED[] = {{100, 101}};
    assert_false(hidden(told, DELFT, 1));
    told->found.joined = (JoinedClients){JOINED, COUNT(JOINED)};
    assert_true(hidden(told, DELFT, 1));
}

static void a_municipality_without_any_figure_hides_no_other(void **state)
{
    Told *told = told_new(*state);
    assert_true(hidden(told, DELFT, 0));
    assert_true(hidden(told, THE_HAGUE, 0) || hidden(told, RIJSWIJK, 0));
    for (size_t month = 0; month <= WHOLE_YEAR; month++)
        told->nothing[DELFT * (WHOLE_YEAR + 1) + month] = true;
    for (size_t municipality = 0; municipality <= REGION; municipality++)
        for (size_t month = 0; month <= WHOLE_YEAR; month++)
            assert_false(hidden(told, municipality, month));
}

/*
 * Five of Delft have a PIC in March, forty in February, when no other care is declared. Of those
 * with a PIC February is hidden, or the year would tell March; and since they are all of February,
 * so is February of all kinds.
 */
static void what_is_hidden_of_a_kind_of_care_does_not_follow_from_the_month(void **state)
{
    Told *told = told_new(*state);
    care(told, DELFT, PXQ, 1, 30);
    care(told, DELFT, PIC, 2, 40);
    care(told, DELFT, PXQ, 3, 20);
    allocate(told, DELFT, 1, 12, 1, 30);
    assert_false(hidden(told, DELFT, 1));
    care(told, DELFT, PIC, 3, 5);
    assert_true(hidden(told, DELFT, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_with_enough_clients_is_shown),
        cmocka_unit_test(a_month_with_few_is_hidden_and_so_is_what_it_could_be_worked_out_from),
        cmocka_unit_test(who_is_behind_a_month_to_come_has_an_allocation_in_it),
        cmocka_unit_test(two_clients_who_are_one_are_one_behind_it),
        cmocka_unit_test(a_municipality_without_any_figure_hides_no_other),
        cmocka_unit_test(what_is_hidden_of_a_kind_of_care_does_not_follow_from_the_month),
    };
    return cmocka_run_group_tests_name("shown", tests, setup, teardown);
}
