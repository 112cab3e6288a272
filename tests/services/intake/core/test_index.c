#include "intake/core/index.h"

#include "support/unit.h"

static void what_was_put_in_a_place_is_found_there(void **state)
{
    Arena *arena = *state;
    Index *index = index_new(arena);
    int things[5000];
    for (size_t i = 0; i < COUNT(things); i++) {
        const char *name = arena_format(arena, "thing-%zu", i);
        void **place = index_place(index, (Bytes){(const uint8_t *)name, strlen(name)});
        assert_null(*place);
        *place = &things[i];
    }
    for (size_t i = 0; i < COUNT(things); i++) {
        const char *name = arena_format(arena, "thing-%zu", i);
        assert_ptr_equal(index_find(index, (Bytes){(const uint8_t *)name, strlen(name)}), &things[i]);
    }
    assert_null(index_find(index, (Bytes){(const uint8_t *)"nothing", 7}));
}

static int arena_setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_put_in_a_place_is_found_there)};
    return cmocka_run_group_tests_name("index", tests, arena_setup, arena_teardown);
}
