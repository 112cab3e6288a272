#include "billing/core/billing.h"

#include <string.h>

static const struct {
    const char *name;
    const char *code;
    const char *english;
    const char *dutch;
} REASONS[] = {
#define REASON(name, code, english, dutch) {#name, code, english, dutch},
    BILLING_REASONS(REASON)
#undef REASON
};

static const struct {
    const char *name;
    const char *english;
} FORMULAS[] = {
#define FORMULA(name, english) {#name, english},
    BILLING_FORMULAS(FORMULA)
#undef FORMULA
};

const char *billing_reason_name(BillingReason reason)
{
    return REASONS[reason].name;
}

const char *billing_reason_code(BillingReason reason)
{
    return REASONS[reason].code;
}

const char *billing_reason_english(BillingReason reason)
{
    return REASONS[reason].english;
}

const char *billing_reason_dutch(BillingReason reason)
{
    return REASONS[reason].dutch;
}

BillingReason billing_reason_named(const char *name)
{
    int reason = 0;
    while (reason < BILLING_REASON_COUNT && strcmp(REASONS[reason].name, name) != 0)
        reason++;
    return (BillingReason)reason;
}

const char *billing_formula_name(BillingFormula formula)
{
    return FORMULAS[formula].name;
}

const char *billing_formula_english(BillingFormula formula)
{
    return FORMULAS[formula].english;
}

BillingFormula billing_formula_named(const char *name)
{
    int formula = 0;
    while (formula < BILLING_FORMULA_COUNT && strcmp(FORMULAS[formula].name, name) != 0)
        formula++;
    return (BillingFormula)formula;
}

const char *account_name(Account account)
{
    switch (account) {
    case ACCOUNT_COST:
        return "COST";
    case ACCOUNT_PAYABLE:
        return "PAYABLE";
    case ACCOUNT_PAID:
        return "PAID";
    case ACCOUNT_EXPECTED_CORRECTION:
        return "EXPECTED_CORRECTION";
    case ACCOUNT_WORK_IN_PROGRESS:
        return "WORK_IN_PROGRESS";
    case ACCOUNT_ACCRUED:
        return "ACCRUED";
    case ACCOUNT_OBLIGATION:
        return "OBLIGATION";
    case ACCOUNT_COMMITTED:
        return "COMMITTED";
    }
    return "";
}
