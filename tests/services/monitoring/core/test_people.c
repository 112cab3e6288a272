#include "monitoring/core/people.h"

#include "support/unit.h"

static void a_client_is_who_it_turned_out_to_be(void **state)
{
    (void)state;
    static const Joined JOINED[] = {{1, 2}, {2, 5}, {7, 5}, {8, 9}, {9, 8}};
    static const struct {
        const char *story;
        int64_t client;
        size_t known;
        int64_t is;
    } CASES[] = {
        {"nothing was found out", 1, 0, 1},
        {"one step", 1, 1, 2},
        {"who it turned out to be turned out to be another", 1, 2, 5},
        {"a second one of the same person", 7, 3, 5},
        {"the person itself", 5, 3, 5},
        {"somebody else", 3, 3, 3},
        {"a ring, which nobody makes, ends", 8, 5, 9},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t is = people_joined((JoinedClients){JOINED, CASES[i].known}, CASES[i].client);
        if (is != CASES[i].is)
            fail_msg("%s: %lld", CASES[i].story, (long long)is);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_client_is_who_it_turned_out_to_be)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
