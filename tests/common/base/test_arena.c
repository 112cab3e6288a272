#include "base/arena.h"

#include "support/unit.h"

static void what_is_taken_is_zero_even_after_a_reset(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (int round = 0; round < 3; round++) {
        unsigned char *bytes = arena_take(arena, 1000);
        for (size_t i = 0; i < 1000; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xff, 1000);
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_free(arena);
}

static void a_piece_larger_than_a_block_fits(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    char *small = arena_text(arena, "small");
    char *large = arena_take(arena, 3 * 1024 * 1024);
    memset(large, 'x', 3 * 1024 * 1024);
    assert_string_equal(small, "small");
    assert_string_equal(arena_format(arena, "%s-%d", small, 7), "small-7");
    assert_null(arena_text(arena, NULL));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_taken_is_zero_even_after_a_reset),
        cmocka_unit_test(a_piece_larger_than_a_block_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
