#include "billing/core/part.h"

#include "billing/core/rate.h"
#include "book/monthly.h"

#include <string.h>

static Day within(Period period, Day day)
{
    return day_latest(period.first, day_earliest(period.last, day));
}

static Day first_care_day(const Allocation *allocation)
{
    Period period = allocation->granted.period;
    return allocation->started ? within(period, allocation->start) : period.first;
}

static Day last_care_day(const Allocation *allocation)
{
    Period period = allocation->granted.period;
    return allocation->stopped ? within(period, allocation->stop) : period.last;
}

Day part_price_day(const Allocation *allocation, const PaymentTerms *terms, Period product_period)
{
    Day first = allocation->granted.period.first;
    if (terms->shape != PAYMENT_MONTHLY || day_compare(product_period.first, first) <= 0)
        return first;
    return monthly_price_day(first, months_between(first, product_period.first));
}

static DueParts nothing_due(BillingReason reason)
{
    return (DueParts){.reason = reason};
}

static bool same_pic(Pic a, Pic b)
{
    return strcmp(a.profile, b.profile) == 0 && strcmp(a.intensity, b.intensity) == 0;
}

/* Whether earlier care under the same PIC, paid before, ended so shortly ago that this is no new trajectory. */
static bool resumes(const Allocation *allocation, int32_t relapse_days)
{
    if (relapse_days < 1 || !allocation->care)
        return false;

    Day first = allocation->granted.period.first;
    for (const Allocation *other = allocation->care->allocations; other; other = other->next_of_client) {
        bool earlier = day_compare(other->granted.period.first, first) < 0;
        bool paid = other->amount_open.cents > 0;
        if (other == allocation || !earlier || !paid || !same_pic(other->granted.pic, allocation->granted.pic))
            continue;
        if (day_compare(first, day_plus(last_care_day(other), relapse_days)) <= 0)
            return true;
    }
    return false;
}

/* How much of the part is paid that falls due when the care ends. */
static Fraction part_paid(const Allocation *allocation, const PaymentTerms *terms, Fraction pro_rata)
{
    if (!allocation->stopped || allocation->stop_reason == STOP_AS_PLANNED)
        return FRACTION_ALL;

    switch (terms->early_end[allocation->stop_reason]) {
    case EARLY_END_PAYS_ALL:
        return FRACTION_ALL;
    case EARLY_END_PAYS_PRO_RATA:
        return pro_rata;
    case EARLY_END_PAYS_NOTHING:
        break;
    }
    return FRACTION_NOTHING;
}

static Fraction days_over(Period care, int32_t days)
{
    int32_t of_care = period_days(care);
    return of_care < days ? (Fraction){of_care, days} : FRACTION_ALL;
}

static bool amounts_to_something(const RatingInputs *inputs)
{
    Money amount;
    return billing_rate(inputs, &amount) && amount.cents > 0;
}

static void add_choice(DueParts *due, RatingInputs choice)
{
    for (size_t i = 0; i < due->count; i++)
        if (due->choices[i].formula == choice.formula)
            return;
    if (amounts_to_something(&choice))
        due->choices[due->count++] = choice;
}

static BillingFormula formula_of(bool start, bool end)
{
    if (start && end)
        return BILLING_FORMULA_WHOLE;
    return start ? BILLING_FORMULA_START_PART : BILLING_FORMULA_END_PART;
}

/* Whether a part falls due: by a fact in this period it must be declared, by the declaration it may be. */
typedef struct Falls {
    bool must;
    bool may;
} Falls;

static Falls start_falls(const Allocation *allocation, const PaymentTerms *terms, Period product_period)
{
    if (allocation->starts_open > 0)
        return (Falls){0};
    if (terms->start_due == DUE_BY_DECLARATION)
        return (Falls){.may = true};
    return (Falls){.must = allocation->started && period_has(product_period, first_care_day(allocation))};
}

static Falls end_falls(const Allocation *allocation, const PaymentTerms *terms, Period product_period)
{
    if (allocation->ends_open > 0)
        return (Falls){0};
    if (terms->end_due == DUE_BY_DECLARATION)
        return (Falls){.may = true};
    return (Falls){.must = allocation->stopped && period_has(product_period, last_care_day(allocation))};
}

static BillingReason why_nothing(const Allocation *allocation, const PaymentTerms *terms, bool end_due)
{
    if (end_due)
        return BILLING_EARLY_END_PAYS_NO_PART;
    if (allocation->starts_open == 0 && terms->start_due == DUE_BY_MESSAGE && !allocation->started)
        return BILLING_CARE_NOT_STARTED;
    if (allocation->ends_open == 0 && terms->end_due == DUE_BY_MESSAGE && !allocation->stopped)
        return BILLING_CARE_NOT_STOPPED;
    return BILLING_PART_NOT_DUE;
}

static RatingInputs start_and_end_inputs(const Allocation *allocation, const PaymentTerms *terms, Money price)
{
    Period care = {first_care_day(allocation), last_care_day(allocation)};
    return (RatingInputs){
        .price = price,
        .share = {terms->start_share_numerator, terms->start_share_denominator},
        .part = part_paid(allocation, terms, days_over(care, terms->expected_days)),
    };
}

static DueParts start_and_end_due(const Allocation *allocation, const PaymentTerms *terms, Money price,
                                  Period product_period)
{
    Falls start = start_falls(allocation, terms, product_period);
    Falls end = end_falls(allocation, terms, product_period);
    bool ends_here = end.must || (end.may && period_has(product_period, last_care_day(allocation)));

    RatingInputs inputs = start_and_end_inputs(allocation, terms, price);

    /* What is left to us comes first; then what the provider may mean instead. */
    const struct {
        bool start;
        bool end;
    } WAYS[] = {
        {start.must || start.may, ends_here},
        {start.must || start.may, end.must || end.may},
        {start.must || start.may, end.must},
        {start.must, end.must || end.may},
    };
    DueParts due = {.reason = BILLING_APPROVED};
    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
        if (!WAYS[i].start && !WAYS[i].end)
            continue;
        inputs.formula = formula_of(WAYS[i].start, WAYS[i].end);
        add_choice(&due, inputs);
    }
    return due.count ? due : nothing_due(why_nothing(allocation, terms, end.must || ends_here));
}

static bool ends_within(const Allocation *allocation, Period product_period)
{
    return allocation->stopped && period_has(product_period, last_care_day(allocation));
}

static RatingInputs month_inputs(const Allocation *allocation, const PaymentTerms *terms, Money price,
                                 Period product_period)
{
    int32_t months = months_between(allocation->granted.period.first, product_period.first);
    Period care = {product_period.first, last_care_day(allocation)};
    bool ends_here = ends_within(allocation, product_period);
    return (RatingInputs){
        .formula = BILLING_FORMULA_MONTH_PART,
        .price = price,
        .month = months % MONTHS_PER_YEAR + 1,
        .share = FRACTION_NOTHING,
        .part = ends_here ? part_paid(allocation, terms, days_over(care, period_days(product_period))) : FRACTION_ALL,
    };
}

/* A part for each month of the allocation, on the day of the month on which it began. */
static DueParts month_due(const Allocation *allocation, const PaymentTerms *terms, Money price, Period product_period)
{
    Period granted = allocation->granted.period;
    if (terms->start_due == DUE_BY_MESSAGE &&
        !(allocation->started && day_compare(first_care_day(allocation), product_period.last) <= 0))
        return nothing_due(BILLING_CARE_NOT_STARTED);
    if (day_compare(last_care_day(allocation), product_period.first) < 0)
        return nothing_due(BILLING_PART_NOT_DUE);

    int32_t months = months_between(granted.first, product_period.first);
    if (months < 0 || months >= monthly_parts(granted))
        return nothing_due(BILLING_PART_NOT_DUE);

    DueParts due = {.reason = BILLING_APPROVED};
    add_choice(&due, month_inputs(allocation, terms, price, product_period));
    if (due.count)
        return due;
    return nothing_due(ends_within(allocation, product_period) ? BILLING_EARLY_END_PAYS_NO_PART : BILLING_PART_NOT_DUE);
}

bool part_anew(const Allocation *allocation, const PaymentTerms *terms, Money price, Period product_period,
               BillingFormula formula, RatingInputs *inputs_out)
{
    bool by_month = formula == BILLING_FORMULA_MONTH_PART;
    if (by_month != (terms->shape == PAYMENT_MONTHLY))
        return false;
    *inputs_out = by_month ? month_inputs(allocation, terms, price, product_period)
                           : start_and_end_inputs(allocation, terms, price);
    inputs_out->formula = formula;
    return true;
}

DueParts part_due(const Allocation *allocation, const PaymentTerms *terms, Money price, Period product_period)
{
    if (resumes(allocation, terms->relapse_days))
        return nothing_due(BILLING_CARE_RESUMED);
    if (terms->shape == PAYMENT_MONTHLY)
        return month_due(allocation, terms, price, product_period);
    return start_and_end_due(allocation, terms, price, product_period);
}
