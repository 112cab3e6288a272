#include "intake/core/index.h"

#include "support/unit.h"

static void what_was_added_is_found_by_its_name(void **state)
{
    Arena *arena = *state;
    Index *index = index_new(arena);
    int things[5000];
    for (size_t i = 0; i < COUNT(things); i++) {
        const char *name = arena_format(arena, "thing-%zu", i);
        assert_null(index_find(index, (Bytes){(const uint8_t *)name, strlen(name)}));
        index_add(index, (Bytes){(const uint8_t *)name, strlen(name)}, &things[i]);
    }
    for (size_t i = 0; i < COUNT(things); i++) {
        const char *name = arena_format(arena, "thing-%zu", i);
        assert_ptr_equal(index_find(index, (Bytes){(const uint8_t *)name, strlen(name)}), &things[i]);
    }
    assert_null(index_find(index, (Bytes){(const uint8_t *)"nothing", 7}));
    assert_int_equal(index_count(index), COUNT(things));
    assert_ptr_equal(index_thing(index, 4321), &things[4321]);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_added_is_found_by_its_name)};
    return cmocka_run_group_tests_name("index", tests, arena_setup, arena_teardown);
}
