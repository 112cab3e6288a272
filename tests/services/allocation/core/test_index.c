#include "allocation/core/index.h"

#include "support/unit.h"

static void what_was_put_is_found_and_nothing_else(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    Arena *arena = arena_new();
    Index index = {0};
    static int things[MANY];
    for (int i = 0; i < MANY; i++)
        index_put(&index, arena, (IndexKey){i % 64, {"0503", arena_format(arena, "%d", i)}}, &things[i]);
    for (int i = 0; i < MANY; i++) {
        const char *number = arena_format(arena, "%d", i);
        assert_ptr_equal(index_find(&index, (IndexKey){i % 64, {"0503", number}}), &things[i]);
        assert_null(index_find(&index, (IndexKey){(i + 1) % 64, {"0503", number}}));
        assert_null(index_find(&index, (IndexKey){i % 64, {"0503", number, ""}}));
    }
    assert_int_equal(index.count, MANY);
    arena_free(arena);
}

static void the_border_between_texts_is_part_of_the_key(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Index index = {0};
    int thing;
    index_put(&index, arena, (IndexKey){1, {"ab", "c"}}, &thing);
    assert_null(index_find(&index, (IndexKey){1, {"a", "bc"}}));
    assert_null(index_find(&(Index){0}, (IndexKey){1, {"ab", "c"}}));
    arena_free(arena);
}

static void what_is_put_again_takes_the_place_of_the_first(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Index index = {0};
    int first, second;
    index_put(&index, arena, (IndexKey){1, {"a"}}, &first);
    index_put(&index, arena, (IndexKey){1, {"a"}}, &second);
    assert_ptr_equal(index_find(&index, (IndexKey){1, {"a"}}), &second);
    assert_int_equal(index.count, 1);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_found_and_nothing_else),
        cmocka_unit_test(the_border_between_texts_is_part_of_the_key),
        cmocka_unit_test(what_is_put_again_takes_the_place_of_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
