#include "allocation/core/plan.h"

#include "base/money.h"
#include "book/monthly.h"

#include <string.h>

/* What one planning reads, and what it has made so far. */
typedef struct Planning {
    Arena *arena;
    const CareAsked *asked;
    const Standing *standing;
    const Books *books;
    Period *care_periods; /* those of the client, with room for this care itself */
    Pieces pieces;
    Cohort *cohorts; /* one for each piece */
    Allocation *allocations;
    Plan plan;
} Planning;

/* the client */

static Cohort cohort_on(const Planning *planning, Day day, Day *rule_last_out)
{
    const CareAsked *asked = planning->asked;
    const ClientStanding *client = standing_client(planning->standing, asked->conversation, asked->client.reference);
    if (asked->cohort)
        return asked->cohort;
    if (client->moved && day_compare(client->moved_from, day) <= 0)
        return COHORT_NEW;

    /* Who is given care up to a day is in care on it. */
    size_t count = asked->client.care_period_count;
    Period own = {asked->in_care_since, day_plus(day, -1)};
    if (period_days(own))
        planning->care_periods[count++] = own;

    const CohortRule *rule = NULL;
    Cohort cohort = books_cohort(planning->books, planning->care_periods, count, day, asked->known, &rule);
    if (rule && rule_last_out)
        *rule_last_out = rule->entry.holds.last;
    return cohort;
}

static Planning planning_of(Arena *arena, const CareAsked *asked, const Standing *standing)
{
    size_t count = asked->client.care_period_count;
    Planning planning = {
        .arena = arena,
        .asked = asked,
        .standing = standing,
        .books = standing_partition(standing, asked->conversation)->books,
        .care_periods = ARENA_MANY(arena, Period, count + 1),
    };
    if (count)
        memcpy(planning.care_periods, asked->client.care_periods, count * sizeof(Period));
    return planning;
}

Cohort plan_cohort(Arena *arena, const CareAsked *asked, const Standing *standing, Day day)
{
    Planning planning = planning_of(arena, asked, standing);
    return cohort_on(&planning, day, NULL);
}

/* pieces: runs of days under one contract, one funding rule and one cohort */

static void add_piece(Planning *planning, size_t *room, Piece piece, Cohort cohort)
{
    if (planning->pieces.count == *room) {
        size_t wider = *room ? 2 * *room : 8;
        Piece *pieces = ARENA_MANY(planning->arena, Piece, wider);
        Cohort *cohorts = ARENA_MANY(planning->arena, Cohort, wider);
        if (*room) {
            memcpy(pieces, planning->pieces.pieces, *room * sizeof *pieces);
            memcpy(cohorts, planning->cohorts, *room * sizeof *cohorts);
        }
        planning->pieces.pieces = pieces;
        planning->cohorts = cohorts;
        *room = wider;
    }
    planning->pieces.pieces[planning->pieces.count] = piece;
    planning->cohorts[planning->pieces.count++] = cohort;
}

/* A client can change cohort within the period: where the rule for it ends, or where contract or funding changes. */
static AllocationReason cut(Planning *planning)
{
    const CareAsked *asked = planning->asked;
    size_t room = 0;
    Day from = asked->period.first;

    while (day_compare(from, asked->period.last) <= 0) {
        Day rule_last = DAY_LAST;
        Cohort cohort = cohort_on(planning, from, &rule_last);
        if (!cohort)
            return ALLOCATION_COHORT_UNKNOWN;

        Period until = {from, day_earliest(asked->period.last, day_latest(rule_last, from))};
        Pieces pieces = books_pieces(planning->arena, planning->books, asked->conversation.provider,
                                     asked->conversation.municipality, asked->segment, cohort, until, asked->known);
        for (size_t i = 0; i < pieces.count; i++) {
            Piece piece = pieces.pieces[i];
            if (i > 0 && cohort_on(planning, piece.period.first, NULL) != cohort)
                break;
            add_piece(planning, &room, piece, cohort);
            from = day_plus(piece.period.last, 1);
        }
    }
    return ALLOCATION_FITS;
}

static AllocationReason covered(const Pieces *pieces)
{
    size_t bare = 0;
    for (size_t i = 0; i < pieces->count; i++)
        bare += !pieces->pieces[i].contract;
    if (bare == pieces->count)
        return ALLOCATION_NO_CONTRACT;
    return bare ? ALLOCATION_CONTRACT_HAS_GAP : ALLOCATION_FITS;
}

static AllocationReason funded(const Pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++)
        if (!pieces->pieces[i].funding)
            return ALLOCATION_FUNDING_UNKNOWN;
    return ALLOCATION_FITS;
}

/* Agreements end: care without an end runs past one of them, and then it is the end that is missing. */
static AllocationReason agreed(Planning *planning)
{
    AllocationReason reason = cut(planning);
    if (!reason)
        reason = covered(&planning->pieces);
    if (!reason)
        reason = funded(&planning->pieces);
    bool lasts = reason == ALLOCATION_NO_CONTRACT || !period_is_open(planning->asked->period);
    return reason && !lasts ? ALLOCATION_END_DATE_MISSING : reason;
}

static bool same_funding(const Piece *a, const Piece *b)
{
    return a->funding->content == b->funding->content && a->funding->funding == b->funding->funding;
}

/* 0 when there are several. */
static Funding one_funding(const Pieces *pieces)
{
    Funding funding = pieces->pieces[0].funding->funding;
    for (size_t i = 1; i < pieces->count; i++)
        if (pieces->pieces[i].funding->funding != funding)
            return 0;
    return funding;
}

/* Neighbouring pieces that are given and paid alike make one allocation: the end of a contract is no end of care. */
static size_t run_of(const Pieces *pieces, size_t first)
{
    size_t next = first + 1;
    while (next < pieces->count && same_funding(&pieces->pieces[first], &pieces->pieces[next]))
        next++;
    return next;
}

/* what is asked, before it is known how it is funded */

static AllocationReason readable(const Planning *planning)
{
    const CareAsked *asked = planning->asked;
    const Books *books = planning->books;
    Day first = asked->period.first;

    if (period_days(asked->period) < 1)
        return ALLOCATION_PERIOD_IS_EMPTY;
    if (!books_municipality(books, asked->conversation.municipality, first, asked->known))
        return ALLOCATION_MUNICIPALITY_UNKNOWN;
    if (!books_segment(books, asked->segment, first, asked->known))
        return ALLOCATION_SEGMENT_UNKNOWN;

    const Region *region = books_region(books, first, asked->known);
    if (region && region->age_by_person && asked->client.age_first >= region->age_by_person)
        return ALLOCATION_CLIENT_TOO_OLD;

    for (size_t i = 0; i < asked->products.count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(asked->products.list[i].code, asked->products.list[j].code) == 0)
                return ALLOCATION_PRODUCT_NAMED_TWICE;
    return ALLOCATION_FITS;
}

/* A year of an allocation that is paid by the month has the tariff of its first day. */
static bool monthly_amount(const Books *books, const char *segment, Pic pic, Conversation conversation, Period period,
                           Day known, Money *amount_out)
{
    Money amount = {0};
    int32_t parts = monthly_parts(period);
    for (int32_t month = 0; month < parts; month += MONTHS_PER_YEAR) {
        int32_t of_year = parts - month < MONTHS_PER_YEAR ? parts - month : MONTHS_PER_YEAR;
        const PicTariff *tariff =
            books_pic_tariff(books, segment, pic, conversation.municipality, conversation.provider,
                             monthly_price_day(period.first, month), known);
        Money year;
        if (!tariff || !monthly_parts_amount(tariff->price, of_year, &year) || !money_add(amount, year, &amount))
            return false;
    }
    *amount_out = amount;
    return true;
}

/* One amount for the whole, or all the monthly parts that can fall due: billing pays neither more nor less. At most the cap. */
bool plan_pic_amount(const Books *books, const char *segment, Pic pic, Conversation conversation, Period period,
                     Day known, int64_t *cents_out)
{
    const PicTariff *tariff =
        books_pic_tariff(books, segment, pic, conversation.municipality, conversation.provider, period.first, known);
    const PaymentTerms *terms = books_payment_terms(books, segment, pic, conversation.provider, period.first, known);
    if (!tariff || !terms)
        return false;

    Money amount = tariff->price;
    if (terms->shape == PAYMENT_MONTHLY && !monthly_amount(books, segment, pic, conversation, period, known, &amount))
        return false;
    bool capped = terms->amount_cap.cents > 0 && amount.cents > terms->amount_cap.cents;
    *cents_out = capped ? terms->amount_cap.cents : amount.cents;
    return true;
}

/* one run of pieces becomes one allocation or, paid by product, several */

typedef struct Run {
    const Piece *pieces;
    size_t count;
    Period period;
    Cohort cohort;
    bool whole; /* nothing was cut off of what was asked */
} Run;

static void add_allocation(Planning *planning, const Run *run, AllocatedProduct product)
{
    const CareAsked *asked = planning->asked;
    planning->allocations[planning->plan.count++] = (Allocation){
        .number = "",
        .version = 1,
        .provider = asked->conversation.provider,
        .municipality = asked->conversation.municipality,
        .client = asked->client.reference,
        .trajectory = "",
        .segment = asked->segment,
        .pic = {"", ""},
        .funding = run->pieces[0].funding->funding,
        .cohort = run->cohort,
        .product = product,
        .period = run->period,
        .contract = run->pieces[0].contract->id,
        .referrer = asked->referrer,
        .book = book_number(books_newest(planning->books, asked->known)),
        .known = asked->known,
    };
}

/* What was not said, or was said of days that this run leaves out, comes from the book's substitution rule. */
static bool complete(const Planning *planning, const Run *run, const Product *of, AllocatedProduct *product)
{
    if (product->frequency == FREQUENCY_IN_TOTAL && !run->whole)
        product->volume = 0;
    if (product->volume > 0 && product->unit && product->frequency)
        return true;

    const Substitution *rule = books_substitution(planning->books, of, run->period.first, planning->asked->known);
    if (!rule || rule->by_person || (product->unit && product->unit != rule->unit))
        return false;
    if (rule->frequency == FREQUENCY_IN_TOTAL && !run->whole)
        return false;
    product->volume = rule->volume;
    product->unit = rule->unit;
    product->frequency = rule->frequency;
    return true;
}

static bool all_cover(const Run *run, const Product *product)
{
    for (size_t i = 0; i < run->count; i++)
        if (!contract_covers_product(run->pieces[i].contract, product))
            return false;
    return true;
}

static AllocationReason plan_product(Planning *planning, const Run *run, AllocatedProduct product)
{
    const CareAsked *asked = planning->asked;
    const Product *of = books_product(planning->books, product.code, run->period.first, asked->known);
    if (!of || of->pic.profile || strcmp(of->segment, asked->segment) != 0 ||
        (!text_empty(product.category) && strcmp(of->category, product.category) != 0))
        return ALLOCATION_PRODUCT_UNKNOWN;
    product.category = of->category;
    product.code = of->code;

    if (!all_cover(run, of))
        return ALLOCATION_PRODUCT_NOT_IN_CONTRACT;
    if (product.unit && !product_has_unit(of, product.unit))
        return ALLOCATION_UNIT_NOT_OF_PRODUCT;
    if (!complete(planning, run, of, &product))
        return ALLOCATION_VOLUME_MISSING;
    if (product.frequency == FREQUENCY_PER_WEEK && period_is_open(run->period))
        return ALLOCATION_END_DATE_MISSING;

    add_allocation(planning, run, product);
    return ALLOCATION_FITS;
}

static AllocationReason plan_products(Planning *planning, const Run *run)
{
    AllocatedProducts products = planning->asked->products;
    if (products.count == 0)
        return ALLOCATION_PRODUCTS_MISSING;
    for (size_t i = 0; i < products.count; i++) {
        AllocationReason reason = plan_product(planning, run, products.list[i]);
        if (reason)
            return reason;
    }
    return ALLOCATION_FITS;
}

static AllocationReason plan_pic(Planning *planning, const Run *run)
{
    const CareAsked *asked = planning->asked;
    for (size_t i = 0; i < run->count; i++)
        if (!contract_covers_pic(run->pieces[i].contract, asked->pic))
            return ALLOCATION_PIC_NOT_IN_CONTRACT;
    if (period_is_open(run->period))
        return ALLOCATION_END_DATE_MISSING;

    const Product *carries =
        books_pic_product(planning->books, asked->segment, asked->pic, run->period.first, asked->known);
    int64_t cents;
    if (!carries || !plan_pic_amount(planning->books, asked->segment, asked->pic, asked->conversation, run->period,
                                     asked->known, &cents))
        return ALLOCATION_PIC_WITHOUT_PRICE;

    add_allocation(planning, run,
                   (AllocatedProduct){carries->category, carries->code, cents, UNIT_EURO, FREQUENCY_IN_TOTAL});
    return ALLOCATION_FITS;
}

static AllocationReason plan_content(const Planning *planning, Day day)
{
    const CareAsked *asked = planning->asked;
    if (pic_empty(asked->pic))
        return ALLOCATION_PIC_MISSING;
    if (!books_profile(planning->books, asked->pic.profile, day, asked->known) ||
        !books_intensity(planning->books, asked->pic.intensity, day, asked->known))
        return ALLOCATION_PIC_UNKNOWN;
    return asked->results.count ? ALLOCATION_FITS : ALLOCATION_RESULTS_MISSING;
}

static AllocationReason plan_run(Planning *planning, const Run *run)
{
    const FundingRule *rule = run->pieces[0].funding;
    if (rule->content == CONTENT_PIC) {
        AllocationReason reason = plan_content(planning, run->period.first);
        if (reason)
            return reason;
        planning->plan.content = CONTENT_PIC;
    }
    return rule->funding == FUNDING_PIC ? plan_pic(planning, run) : plan_products(planning, run);
}

static AllocationReason plan_runs(Planning *planning)
{
    const Pieces *pieces = &planning->pieces;
    planning->plan.funding = one_funding(pieces);
    size_t per_run = planning->asked->products.count + 1;
    planning->allocations = ARENA_MANY(planning->arena, Allocation, pieces->count * per_run);
    planning->plan.content = CONTENT_NONE;

    for (size_t first = 0, next; first < pieces->count; first = next) {
        next = run_of(pieces, first);
        Run run = {
            .pieces = &pieces->pieces[first],
            .count = next - first,
            .period = {pieces->pieces[first].period.first, pieces->pieces[next - 1].period.last},
            .cohort = planning->cohorts[first],
            .whole = first == 0 && next == pieces->count,
        };
        AllocationReason reason = plan_run(planning, &run);
        if (reason)
            return reason;
    }
    return ALLOCATION_FITS;
}

/* who may grant it */

/* The strictest word about any part holds for the whole; what binds binds whatever the volume. */
static Granting granting_of(const Planning *planning)
{
    const CareAsked *asked = planning->asked;
    Granting whole = GRANTING_BY_RULE;
    for (size_t i = 0; i < planning->plan.count; i++) {
        const Allocation *allocation = &planning->allocations[i];
        const GrantingRule *rule = books_granting(
            planning->books, asked->referrer, asked->segment, allocation->product.volume, allocation->product.unit,
            allocation->product.frequency, allocation->period.first, asked->known);
        if (rule && rule->granting == GRANTING_BINDING)
            return GRANTING_BINDING;
        if (!rule || rule->granting == GRANTING_BY_PERSON)
            whole = GRANTING_BY_PERSON;
    }
    return whole;
}

/* Beyond the age at which youth care ends by law, a person may let it go on. */
static bool comes_of_age(const Planning *planning)
{
    const CareAsked *asked = planning->asked;
    const Region *region = books_region(planning->books, asked->period.first, asked->known);
    return region && region->age_by_rule && asked->client.age_last >= region->age_by_rule;
}

static bool above_ceiling(const Planning *planning)
{
    for (size_t i = 0; i < planning->pieces.count; i++) {
        const Contract *contract = planning->pieces.pieces[i].contract;
        if (contract->new_allocations_max < 0)
            continue;
        int64_t used = standing_contract_use(planning->standing, planning->asked->conversation, contract);
        for (size_t j = 0; j < planning->plan.count; j++)
            used += strcmp(planning->allocations[j].contract, contract->id) == 0;
        if (used > contract->new_allocations_max)
            return true;
    }
    return false;
}

Plan plan_care(Arena *arena, const CareAsked *asked, const Standing *standing)
{
    Planning planning = planning_of(arena, asked, standing);
    AllocationReason reason;

    if ((reason = readable(&planning)) || (reason = agreed(&planning)) || (reason = plan_runs(&planning)))
        return (Plan){.reason = reason, .funding = planning.plan.funding};

    if (planning.plan.content == CONTENT_PIC)
        for (size_t i = 0; i < planning.plan.count; i++)
            planning.allocations[i].pic = asked->pic;

    planning.plan.allocations = planning.allocations;
    planning.plan.granting = granting_of(&planning);
    planning.plan.above_ceiling = above_ceiling(&planning);
    planning.plan.comes_of_age = comes_of_age(&planning);
    return planning.plan;
}
