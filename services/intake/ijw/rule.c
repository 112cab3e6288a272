#include "intake/ijw/rule.h"

static const IjwRuleRow ROWS[] = {
#define X(NAME, LEVEL, MESSAGES, CODE, HOUSE, WORDS) {#NAME, IJW_##LEVEL, IJW_##MESSAGES, CODE, IJW_##HOUSE, WORDS},
    IJW_RULES(X)
#undef X
};

const IjwRuleRow *ijw_rule(IjwRule rule)
{
    return &ROWS[rule];
}

const char *ijw_level_name(IjwLevel level)
{
    static const char *const NAMES[] = {
        [IJW_FORM] = "form",
        [IJW_CONTENT] = "content",
        [IJW_ACROSS] = "across messages",
        [IJW_OUTSIDE] = "outside sources",
    };
    return NAMES[level];
}

const char *ijw_house_name(IjwHouse house)
{
    static const char *const NAMES[] = {
        [IJW_READER] = "reader",   [IJW_DOOR] = "door",     [IJW_ALLOCATION] = "allocation",
        [IJW_BILLING] = "billing", [IJW_NOBODY] = "nobody",
    };
    return NAMES[house];
}
