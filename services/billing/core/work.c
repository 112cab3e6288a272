#include "billing/core/work.h"

#include "billing/core/part.h"
#include "billing/core/rate.h"
#include "book/monthly.h"

/* One trajectory, with what is agreed of it. */
typedef struct Agreed {
    Allocation then; /* as it stood on the day */
    const PaymentTerms *terms;
    const Books *books;
    Day on;
    Day known;
} Agreed;

static Allocation as_it_stood(const Allocation *allocation, Day on)
{
    Allocation then = *allocation;
    then.started = then.started && day_compare(then.start, on) <= 0;
    then.stopped = then.stopped && day_compare(then.stop, on) <= 0;
    if (day_compare(then.granted.period.last, on) > 0)
        then.granted.goes_on_by = 0;
    return then;
}

static BillingReason price_of(const Agreed *agreed, Day day, PartPrice *price_out)
{
    return part_price(&agreed->then, agreed->terms, agreed->books, (Period){day, day}, agreed->known, price_out);
}

static Money at_most_cap(const Agreed *agreed, Money worth)
{
    Money cap = agreed->terms->amount_cap;
    return cap.cents > 0 && worth.cents > cap.cents ? cap : worth;
}

/* The first so many months, each at the price of its year. */
static BillingReason worth_of_months(const Agreed *agreed, int32_t months, Money *worth_out)
{
    Money worth = {0};
    for (int32_t year = 0; year * MONTHS_PER_YEAR < months; year++) {
        int32_t left = months - year * MONTHS_PER_YEAR;
        PartPrice price;
        Money part;
        BillingReason reason = price_of(agreed, part_year_begins(&agreed->then, year), &price);
        if (reason != BILLING_APPROVED)
            return reason;
        if (!monthly_parts_amount(price.price, left < MONTHS_PER_YEAR ? left : MONTHS_PER_YEAR, &part) ||
            !money_add(worth, part, &worth))
            return BILLING_AMOUNT_TOO_LARGE;
    }
    *worth_out = at_most_cap(agreed, worth);
    return BILLING_APPROVED;
}

static bool has_begun(const Agreed *agreed)
{
    if (agreed->terms->start_due == DUE_BY_MESSAGE && !agreed->then.started)
        return false;
    return day_compare(part_first_care_day(&agreed->then), agreed->on) <= 0;
}

static bool has_ended(const Agreed *agreed)
{
    return part_has_ended(&agreed->then, agreed->terms) &&
           day_compare(part_last_care_day(&agreed->then), agreed->on) <= 0;
}

/* All that this number may come to, and what of it falls due by the facts up to the day. */
typedef struct Parts {
    BillingReason reason;
    Money all;
    Money due;
    Money start;
} Parts;

/* The month in which care ended may pay a part of itself. */
static BillingReason add_last_month(const Agreed *agreed, Money *due)
{
    Day last = part_last_care_day(&agreed->then);
    Period month = period_meet(period_month(last), agreed->then.granted.period);
    PartPrice price;
    Money amount;
    BillingReason reason = price_of(agreed, month.first, &price);
    if (reason != BILLING_APPROVED)
        return reason;
    DueParts parts = part_due(&agreed->then, agreed->terms, &price, month);
    if (!parts.count)
        return BILLING_APPROVED;
    if (!billing_rate(&parts.choices[0], &amount) || !money_add(*due, amount, due))
        return BILLING_AMOUNT_TOO_LARGE;
    return BILLING_APPROVED;
}

static Parts months(const Agreed *agreed)
{
    Parts parts = {0};
    int32_t all = part_months_until(&agreed->then, agreed->then.granted.period.last);
    parts.reason = worth_of_months(agreed, all, &parts.all);
    if (parts.reason != BILLING_APPROVED || !has_begun(agreed))
        return parts;
    if (!has_ended(agreed)) {
        parts.reason = worth_of_months(agreed, part_months_until(&agreed->then, agreed->on), &parts.due);
        return parts;
    }
    Day eve = day_plus(period_month(part_last_care_day(&agreed->then)).first, -1);
    parts.reason = worth_of_months(agreed, part_months_until(&agreed->then, eve), &parts.due);
    if (parts.reason == BILLING_APPROVED)
        parts.reason = add_last_month(agreed, &parts.due);
    return parts;
}

static Parts start_and_end(const Agreed *agreed)
{
    PartPrice price;
    BillingReason reason = price_of(agreed, agreed->then.granted.period.first, &price);
    if (reason != BILLING_APPROVED)
        return (Parts){.reason = reason};

    RatingInputs start = part_start(&agreed->then, agreed->terms, &price);
    RatingInputs whole = part_whole(&agreed->then, agreed->terms, &price);
    Parts parts = {.reason = BILLING_APPROVED};
    if (!billing_rate(&start, &parts.start) || !billing_rate(&whole, &parts.all))
        return (Parts){.reason = BILLING_AMOUNT_TOO_LARGE};
    if (has_ended(agreed))
        parts.due = parts.all;
    else if (has_begun(agreed))
        parts.due = parts.start;
    return parts;
}

static bool share_of(Money all, int32_t days, int32_t of_days, Money *share_out)
{
    return money_share_half_up(all, days < of_days ? days : of_days, of_days, share_out);
}

/* What ended is worth what falls due of it; what runs, by the method. */
static BillingReason delivered(const Agreed *agreed, const Parts *parts, Money *delivered_out)
{
    *delivered_out = (Money){0};
    if (!has_begun(agreed))
        return BILLING_APPROVED;

    Period care = {part_first_care_day(&agreed->then), day_earliest(agreed->on, part_last_care_day(&agreed->then))};
    WorkInProgress method = has_ended(agreed) ? WORK_BY_PART : agreed->terms->work_in_progress;
    bool fits = true;
    switch (method) {
    case WORK_BY_PART:
        *delivered_out = parts->due;
        break;
    case WORK_LINEAR:
        fits = share_of(parts->all, period_days(care), period_days(agreed->then.granted.period), delivered_out);
        break;
    case WORK_BY_EXPECTED_DURATION:
        fits = share_of(parts->all, period_days(care), agreed->terms->expected_days, delivered_out);
        break;
    }
    return fits ? BILLING_APPROVED : BILLING_AMOUNT_TOO_LARGE;
}

static Money at_least_nothing(int64_t cents)
{
    return (Money){cents > 0 ? cents : 0};
}

static Work nothing(BillingReason reason, const PaymentTerms *terms)
{
    return (Work){.reason = reason, .method = terms ? terms->work_in_progress : 0};
}

Work work_on(const Allocation *allocation, const Books *books, Day on, Day known)
{
    const Allocated *granted = &allocation->granted;
    const PaymentTerms *terms = books_payment_terms(books, granted->segment, granted->pic,
                                                    allocation->conversation->provider, granted->period.first, known);
    if (!terms)
        return nothing(BILLING_TERMS_ABSENT, NULL);
    if (granted->removed)
        return nothing(BILLING_APPROVED, terms);
    if (part_resumes(allocation, terms))
        return nothing(BILLING_CARE_RESUMED, terms);

    Agreed agreed = {as_it_stood(allocation, on), terms, books, on, known};
    Parts parts = terms->shape == PAYMENT_MONTHLY ? months(&agreed) : start_and_end(&agreed);
    Work work = {.method = terms->work_in_progress, .paid = allocation->amount_open};
    work.reason = parts.reason == BILLING_APPROVED ? delivered(&agreed, &parts, &work.delivered) : parts.reason;
    if (work.reason != BILLING_APPROVED)
        return nothing(work.reason, terms);

    work.in_progress = at_least_nothing(work.delivered.cents - work.paid.cents);
    work.ahead = at_least_nothing(work.paid.cents - work.delivered.cents);
    if (allocation->starts_open > 0 && allocation->ends_open == 0)
        work.obligation = at_least_nothing(parts.all.cents - parts.start.cents);
    return work;
}
