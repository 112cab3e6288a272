#include "intake/hear_skim.h"

#include "proto/billing.pb-c.h"
#include "service/message.h"
#include "support/unit.h"

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

static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

/* Three lines, of which the second is rejected. */
static Bytes declaration(Arena *arena)
{
    Billing__DeclarationAnswered__Line lines[3];
    Billing__DeclarationAnswered__Line *list[3];
    for (int i = 0; i < 3; i++) {
        billing__declaration_answered__line__init(&lines[i]);
        lines[i].reference = arena_format(arena, "L-%d", i);
        lines[i].approved = i != 1;
        list[i] = &lines[i];
    }
    Billing__DeclarationAnswered answered = BILLING__DECLARATION_ANSWERED__INIT;
    answered.number = text("D-1");
    answered.lines = list;
    answered.n_lines = 3;
    return message_pack(arena, &answered.base);
}

static bool is_approved(Bytes line)
{
    return skim_number(line, 2) != 0;
}

static void a_field_is_found_without_unpacking_the_rest(void **state)
{
    Bytes message = declaration(*state);
    assert_string_equal(skim_text(*state, message, 1), "D-1");
    assert_string_equal(skim_text(*state, message, 2), "");
    assert_string_equal(skim_text(*state, skim_payload(message, 6), 1), "L-2"); /* the last of a list */
}

static void what_is_dropped_is_gone_and_the_rest_is_as_it_was(void **state)
{
    Bytes rejected = skim_without(*state, declaration(*state), 6, is_approved);
    Billing__DeclarationAnswered *answered =
        message_unpack(*state, &billing__declaration_answered__descriptor, rejected);
    assert_non_null(answered);
    assert_string_equal(answered->number, "D-1");
    assert_int_equal(answered->n_lines, 1);
    assert_string_equal(answered->lines[0]->reference, "L-1");
}

static void a_message_cut_anywhere_ends_there(void **state)
{
    Bytes message = declaration(*state);
    for (size_t size = 0; size < message.size; size++) {
        uint8_t *cut = arena_copy(*state, message.data, size);
        Bytes rest = {cut, size};
        SkimmedField field;
        size_t read = 0;
        while (skim_next(&rest, &field))
            read += field.whole.size;
        assert_true(read + rest.size == size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_is_found_without_unpacking_the_rest),
        cmocka_unit_test(what_is_dropped_is_gone_and_the_rest_is_as_it_was),
        cmocka_unit_test(a_message_cut_anywhere_ends_there),
    };
    return cmocka_run_group_tests_name("hear skim", tests, arena_setup, arena_teardown);
}
