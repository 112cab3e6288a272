#include "intake/ijw/message.h"
#include "intake/ijw/schema.h"

#include "support/unit.h"

static void rules_have_names_of_their_own(void **state)
{
    (void)state;
    for (int i = 0; i < IJW_RULE_COUNT; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(ijw_rule((IjwRule)i)->name, ijw_rule((IjwRule)j)->name);
}

static void every_rule_is_for_a_message_and_has_a_house(void **state)
{
    (void)state;
    for (int i = 0; i < IJW_RULE_COUNT; i++) {
        const IjwRuleRow *row = ijw_rule((IjwRule)i);
        assert_true(row->messages != 0 && (row->messages & ~(unsigned)IJW_ALL) == 0);
        assert_true(*ijw_house_name(row->house) && *ijw_level_name(row->level));
    }
}

static void a_folder_without_schemas_is_named(void **state)
{
    (void)state;
    const char *wrong = "";
    assert_null(ijw_schemas_open("/nowhere", &wrong));
    assert_string_equal(wrong, "JW305");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_have_names_of_their_own),
        cmocka_unit_test(every_rule_is_for_a_message_and_has_a_house),
        cmocka_unit_test(a_folder_without_schemas_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
