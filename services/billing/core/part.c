#include "billing/core/part.h"

#include "billing/core/rate.h"
#include "book/monthly.h"

#include <string.h>

static Day within(Period period, Day day)
{
    return day_latest(period.first, day_earliest(period.last, day));
}

Day part_first_care_day(const Allocation *allocation)
{
    Period period = allocation->granted.period;
    return allocation->started ? within(period, allocation->start) : period.first;
}

Day part_last_care_day(const Allocation *allocation)
{
    Period period = allocation->granted.period;
    return allocation->stopped ? within(period, allocation->stop) : period.last;
}

Day part_year_begins(const Allocation *allocation, int32_t year)
{
    return monthly_price_day(allocation->granted.period.first, year * MONTHS_PER_YEAR);
}

int32_t part_months_until(const Allocation *allocation, Day day)
{
    Period granted = allocation->granted.period;
    return monthly_parts((Period){granted.first, day_earliest(day, granted.last)});
}

static const PicTariff *tariff_on(const Allocation *allocation, const Books *books, Day day, Day known)
{
    const Allocated *granted = &allocation->granted;
    return books_pic_tariff(books, granted->segment, granted->pic, allocation->conversation->municipality,
                            allocation->conversation->provider, day, known);
}

/* Paid by the month: the year of the trajectory that the product period begins in. */
static int32_t year_of(const Allocation *allocation, const PaymentTerms *terms, Period product_period)
{
    int32_t months = months_between(allocation->granted.period.first, product_period.first);
    return terms->shape == PAYMENT_MONTHLY && months > 0 ? months / MONTHS_PER_YEAR : 0;
}

static BillingReason years_before(const Allocation *allocation, const Books *books, int32_t years, Day known,
                                  Money *sum_out)
{
    Money sum = {0};
    for (int32_t year = 0; year < years; year++) {
        const PicTariff *tariff = tariff_on(allocation, books, part_year_begins(allocation, year), known);
        if (!tariff)
            return BILLING_TARIFF_ABSENT;
        if (!money_add(sum, tariff->price, &sum))
            return BILLING_AMOUNT_TOO_LARGE;
    }
    *sum_out = sum;
    return BILLING_APPROVED;
}

BillingReason part_price(const Allocation *allocation, const PaymentTerms *terms, const Books *books,
                         Period product_period, Day known, PartPrice *price_out)
{
    int32_t year = year_of(allocation, terms, product_period);
    const PicTariff *tariff = tariff_on(allocation, books, part_year_begins(allocation, year), known);
    if (!tariff)
        return BILLING_TARIFF_ABSENT;

    PartPrice price = {.price = tariff->price, .entry = &tariff->entry};
    Money cap = terms->amount_cap;
    if (terms->shape == PAYMENT_START_END && cap.cents > 0 && price.price.cents > cap.cents)
        price = (PartPrice){.price = cap, .entry = &terms->entry, .capped = true};
    if (terms->shape == PAYMENT_MONTHLY && cap.cents > 0) {
        BillingReason reason = years_before(allocation, books, year, known, &price.before);
        if (reason != BILLING_APPROVED)
            return reason;
    }
    *price_out = price;
    return BILLING_APPROVED;
}

static DueParts nothing_due(BillingReason reason)
{
    return (DueParts){.reason = reason};
}

static bool same_pic(Pic a, Pic b)
{
    return strcmp(a.profile, b.profile) == 0 && strcmp(a.intensity, b.intensity) == 0;
}

/* Whether the later of two begins so shortly after the earlier that both are one trajectory. */
static bool are_one(const Allocation *earlier, const Allocation *later, const PaymentTerms *terms)
{
    bool went_on = earlier->granted.goes_on_by == FUNDING_PIC; /* under another PIC, so nothing resumes */
    return !went_on && same_pic(earlier->granted.pic, later->granted.pic) &&
           day_compare(later->granted.period.first, day_plus(part_last_care_day(earlier), terms->relapse_days)) <= 0;
}

bool part_resumes(const Allocation *allocation, const PaymentTerms *terms)
{
    if (terms->relapse_days < 1 || !allocation->care)
        return false;

    for (const Allocation *other = allocation->care->allocations; other; other = other->next_of_client) {
        int order = day_compare(other->granted.period.first, allocation->granted.period.first);
        if (other == allocation || other->amount_open.cents <= 0)
            continue;
        if (order < 0 && are_one(other, allocation, terms))
            return true;
        if (order > 0 && allocation->amount_open.cents <= 0 && are_one(allocation, other, terms))
            return true;
    }
    return false;
}

/* Whether the trajectory goes on from another PIC that ended the day before. */
static bool follows_another_pic(const Allocation *allocation)
{
    if (!allocation->care)
        return false;

    Day eve = day_plus(allocation->granted.period.first, -1);
    for (const Allocation *other = allocation->care->allocations; other; other = other->next_of_client)
        if (other->granted.goes_on_by == FUNDING_PIC && day_compare(other->granted.period.last, eve) == 0 &&
            strcmp(other->granted.segment, allocation->granted.segment) == 0)
            return true;
    return false;
}

static bool has_start(const Allocation *allocation, const PaymentTerms *terms)
{
    return terms->start_after_change_of_pic || !follows_another_pic(allocation);
}

/* What a conversion pays that ended this trajectory; 0 when none did, or when the terms leave it to the stop. */
static EarlyEnd change_pays(const Allocation *allocation, const PaymentTerms *terms)
{
    bool ended_before = allocation->stopped && day_compare(allocation->stop, allocation->granted.period.last) < 0;
    if (ended_before || !allocation->granted.goes_on_by)
        return 0;
    return allocation->granted.goes_on_by == FUNDING_PIC ? terms->change_of_pic : terms->change_of_funding;
}

bool part_has_ended(const Allocation *allocation, const PaymentTerms *terms)
{
    return allocation->stopped || change_pays(allocation, terms);
}

static EarlyEnd end_pays(const Allocation *allocation, const PaymentTerms *terms)
{
    EarlyEnd change = change_pays(allocation, terms);
    if (change)
        return change;
    return allocation->stopped ? terms->early_end[allocation->stop_reason] : EARLY_END_PAYS_ALL;
}

/* How much of the part is paid that falls due when the care ends. */
static Fraction part_paid(EarlyEnd pays, Fraction pro_rata)
{
    switch (pays) {
    case EARLY_END_PAYS_ALL:
        return FRACTION_ALL;
    case EARLY_END_PAYS_PRO_RATA:
        return pro_rata;
    case EARLY_END_PAYS_NOTHING:
        break;
    }
    return FRACTION_NOTHING;
}

Money part_paid_before(const Allocation *allocation)
{
    Money paid = allocation->amount_open;
    const Allocation *other = allocation->care ? allocation->care->allocations : NULL;
    for (; other; other = other->next_of_client)
        if (other != allocation && strcmp(other->granted.trajectory, allocation->granted.trajectory) == 0)
            paid.cents += other->amount_open.cents;
    return paid;
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

static BillingFormula formula_of(bool start, bool end, bool of_whole_price)
{
    if (start && end)
        return of_whole_price ? BILLING_FORMULA_PRO_RATA_WHOLE : BILLING_FORMULA_WHOLE;
    if (start)
        return BILLING_FORMULA_START_PART;
    return of_whole_price ? BILLING_FORMULA_PRO_RATA_END : BILLING_FORMULA_END_PART;
}

/* Whether a part falls due: by a fact in this period it must be declared, by the declaration it may be. */
typedef struct Falls {
    bool must;
    bool may;
} Falls;

static Falls start_falls(const Allocation *allocation, const PaymentTerms *terms, Period product_period)
{
    if (allocation->starts_open > 0 || !has_start(allocation, terms))
        return (Falls){0};
    if (terms->start_due == DUE_BY_DECLARATION)
        return (Falls){.may = true};
    return (Falls){.must = allocation->started && period_has(product_period, part_first_care_day(allocation))};
}

/* A stop says that care had started; a death does not. */
static bool died_unstarted(const Allocation *allocation)
{
    return allocation->stopped && !allocation->started && allocation->stop_reason == STOP_DEATH;
}

static Falls end_falls(const Allocation *allocation, const PaymentTerms *terms, Period product_period)
{
    if (allocation->ends_open > 0)
        return (Falls){0};
    if (terms->end_due == DUE_BY_DECLARATION)
        return (Falls){.may = true};
    bool ended = part_has_ended(allocation, terms) && !died_unstarted(allocation);
    return (Falls){.must = ended && period_has(product_period, part_last_care_day(allocation))};
}

static BillingReason why_nothing(const Allocation *allocation, const PaymentTerms *terms, bool end_due)
{
    if (end_due)
        return BILLING_EARLY_END_PAYS_NO_PART;
    if (allocation->ends_open == 0 && !has_start(allocation, terms))
        return BILLING_CHANGE_PAYS_NO_START;
    if (allocation->starts_open == 0 && terms->start_due == DUE_BY_MESSAGE && !allocation->started)
        return BILLING_CARE_NOT_STARTED;
    if (allocation->ends_open == 0 && terms->end_due == DUE_BY_MESSAGE && !part_has_ended(allocation, terms))
        return BILLING_CARE_NOT_STOPPED;
    return BILLING_PART_NOT_DUE;
}

static bool of_whole_price(const Allocation *allocation, const PaymentTerms *terms)
{
    return end_pays(allocation, terms) == EARLY_END_PAYS_PRO_RATA && terms->pro_rata_of == PRO_RATA_OF_WHOLE_PRICE;
}

/* Of start and end alike; the formula tells which. */
static RatingInputs inputs_of_ends(const Allocation *allocation, const PaymentTerms *terms, Money price)
{
    Period care = {part_first_care_day(allocation), part_last_care_day(allocation)};
    return (RatingInputs){
        .price = price,
        .share = {terms->start_share_numerator, terms->start_share_denominator},
        .part = part_paid(end_pays(allocation, terms), days_over(care, terms->expected_days)),
    };
}

RatingInputs part_start(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price)
{
    RatingInputs inputs = inputs_of_ends(allocation, terms, price->price);
    inputs.formula = has_start(allocation, terms) ? BILLING_FORMULA_START_PART : BILLING_FORMULA_NONE;
    return inputs;
}

RatingInputs part_whole(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price)
{
    RatingInputs inputs = inputs_of_ends(allocation, terms, price->price);
    inputs.formula = formula_of(has_start(allocation, terms), true, of_whole_price(allocation, terms));
    return inputs;
}

static DueParts start_and_end_due(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price,
                                  Period product_period)
{
    Falls start = start_falls(allocation, terms, product_period);
    Falls end = end_falls(allocation, terms, product_period);
    bool ends_here = end.must || (end.may && period_has(product_period, part_last_care_day(allocation)));

    RatingInputs inputs = inputs_of_ends(allocation, terms, price->price);
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
    DueParts due = {.reason = BILLING_APPROVED, .capped = price->capped};
    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
        if (!WAYS[i].start && !WAYS[i].end)
            continue;
        inputs.formula = formula_of(WAYS[i].start, WAYS[i].end, of_whole_price(allocation, terms));
        add_choice(&due, inputs);
    }
    return due.count ? due : nothing_due(why_nothing(allocation, terms, end.must || ends_here));
}

static bool ends_within(const Allocation *allocation, const PaymentTerms *terms, Period product_period)
{
    return part_has_ended(allocation, terms) && period_has(product_period, part_last_care_day(allocation));
}

/* What a month pays, of its calendar days where another number goes on in it. */
static Fraction part_of_month(const Allocation *allocation, const PaymentTerms *terms, Period product_period)
{
    if (!ends_within(allocation, terms, product_period))
        return FRACTION_ALL;
    Period care = {product_period.first, part_last_care_day(allocation)};
    Period month = change_pays(allocation, terms) ? period_month(product_period.first) : product_period;
    return part_paid(end_pays(allocation, terms), days_over(care, period_days(month)));
}

/* What the cap leaves after the months before this one, whether or not they were declared. */
static Money left_under_cap(const PaymentTerms *terms, const PartPrice *price, int32_t month)
{
    Money in_year;
    if (!monthly_parts_amount(price->price, month - 1, &in_year))
        return (Money){0};
    int64_t left = terms->amount_cap.cents - price->before.cents - in_year.cents;
    return (Money){left > 0 ? left : 0};
}

/* The month in which the cap is reached pays what the cap leaves, and later ones nothing. */
static bool keep_under_cap(const PaymentTerms *terms, const PartPrice *price, RatingInputs *inputs)
{
    Money left = left_under_cap(terms, price, inputs->month);
    Money amount;
    Money month;
    if (terms->amount_cap.cents == 0 || !billing_rate(inputs, &amount) || amount.cents <= left.cents ||
        !monthly_part(inputs->price, inputs->month, &month))
        return false;
    inputs->part = (Fraction){left.cents, month.cents};
    return true;
}

static RatingInputs month_inputs(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price,
                                 Period product_period, bool *capped_out)
{
    int32_t months = months_between(allocation->granted.period.first, product_period.first);
    RatingInputs inputs = {
        .formula = BILLING_FORMULA_MONTH_PART,
        .price = price->price,
        .month = months % MONTHS_PER_YEAR + 1,
        .share = FRACTION_NOTHING,
        .part = part_of_month(allocation, terms, product_period),
    };
    *capped_out = keep_under_cap(terms, price, &inputs);
    return inputs;
}

/* A part for each month of the allocation, on the day of the month on which it began. */
static DueParts month_due(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price,
                          Period product_period)
{
    Period granted = allocation->granted.period;
    if (terms->start_due == DUE_BY_MESSAGE &&
        !(allocation->started && day_compare(part_first_care_day(allocation), product_period.last) <= 0))
        return nothing_due(BILLING_CARE_NOT_STARTED);
    if (day_compare(part_last_care_day(allocation), product_period.first) < 0)
        return nothing_due(BILLING_PART_NOT_DUE);

    int32_t months = months_between(granted.first, product_period.first);
    if (months < 0 || months >= monthly_parts(granted))
        return nothing_due(BILLING_PART_NOT_DUE);

    DueParts due = {.reason = BILLING_APPROVED};
    add_choice(&due, month_inputs(allocation, terms, price, product_period, &due.capped));
    if (due.count)
        return due;
    if (due.capped)
        return nothing_due(BILLING_CAP_EXCEEDED);
    return nothing_due(ends_within(allocation, terms, product_period) ? BILLING_EARLY_END_PAYS_NO_PART
                                                                      : BILLING_PART_NOT_DUE);
}

static bool pays_start(BillingFormula formula)
{
    return formula == BILLING_FORMULA_START_PART || formula == BILLING_FORMULA_WHOLE ||
           formula == BILLING_FORMULA_PRO_RATA_WHOLE;
}

bool part_anew(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price, Period product_period,
               BillingFormula formula, RatingInputs *inputs_out)
{
    bool by_month = formula == BILLING_FORMULA_MONTH_PART;
    if (by_month != (terms->shape == PAYMENT_MONTHLY))
        return false;
    bool capped;
    if (by_month) {
        *inputs_out = month_inputs(allocation, terms, price, product_period, &capped);
        return true;
    }
    *inputs_out = inputs_of_ends(allocation, terms, price->price);
    inputs_out->formula =
        formula_of(pays_start(formula), formula != BILLING_FORMULA_START_PART, of_whole_price(allocation, terms));
    return true;
}

DueParts part_due(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price,
                  Period product_period)
{
    if (part_resumes(allocation, terms))
        return nothing_due(BILLING_CARE_RESUMED);
    if (terms->shape == PAYMENT_MONTHLY)
        return month_due(allocation, terms, price, product_period);
    return start_and_end_due(allocation, terms, price, product_period);
}
