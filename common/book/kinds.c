/*
 * The kinds of entries: by what each is found, and what it says in words.
 */
#include "book/shelf.h"
#include "book/words.h"

static const char *nobody(Arena *arena, const Entry *entry)
{
    (void)arena;
    (void)entry;
    return "";
}

static const char *or_any(const char *text, const char *any)
{
    return text ? text : any;
}

/* "€ 1,234,567.89": in no book is an amount below zero. */
static const char *euros(Arena *arena, Money amount)
{
    int64_t whole = amount.cents / 100;
    const char *words = arena_format(arena, "%lld", (long long)(whole % 1000));
    for (; whole >= 1000; whole /= 1000)
        words = arena_format(arena, "%lld,%s%s", (long long)(whole / 1000 % 1000),
                             &"00"[whole % 1000 >= 100  ? 2
                                   : whole % 1000 >= 10 ? 1
                                                        : 0],
                             words);
    return arena_format(arena, "€ %s.%02lld", words, (long long)(amount.cents % 100));
}

/* For whom a tariff or term holds. */
static const char *scope(Arena *arena, const char *provider, const char *municipality)
{
    if (provider && municipality)
        return arena_format(arena, "provider %s in %s", provider, municipality);
    if (provider)
        return arena_format(arena, "provider %s", provider);
    return municipality ? municipality : "";
}

/* region */

static Key region_key(const Entry *entry)
{
    (void)entry;
    return (Key){0};
}

static const char *region_about(Arena *arena, const Entry *entry)
{
    (void)arena;
    (void)entry;
    return "region";
}

static const char *region_says(Arena *arena, const Entry *entry)
{
    const Region *region = (const Region *)entry;
    const char *words = arena_format(arena, "%s (%s), allocation numbers from %lld", region->name, region->code,
                                     (long long)region->number_floor);
    if (region->age_by_rule)
        words = arena_format(arena, "%s, by rule to the age of %d", words, region->age_by_rule);
    if (region->age_by_person)
        words = arena_format(arena, "%s, by a person to that of %d", words, region->age_by_person);
    char above[MONEY_TEXT_SIZE];
    return region->auditor_above.cents ? arena_format(arena, "%s, an auditor's report above %s a year", words,
                                                      money_write_dutch(region->auditor_above, above))
                                       : words;
}

static Key municipality_key(const Entry *entry)
{
    return (Key){.texts = {((const Municipality *)entry)->code}};
}

static const char *municipality_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "municipality %s", ((const Municipality *)entry)->code);
}

static const char *municipality_says(Arena *arena, const Entry *entry)
{
    (void)arena;
    return ((const Municipality *)entry)->name;
}

static const char *residence_about(Arena *arena, const Entry *entry)
{
    (void)arena;
    (void)entry;
    return "residence";
}

static const char *residence_says(Arena *arena, const Entry *entry)
{
    (void)arena;
    return vocabulary_name(&book_residences, (int)((const ResidenceRule *)entry)->residence);
}

static const char *retention_about(Arena *arena, const Entry *entry)
{
    (void)arena;
    (void)entry;
    return "retention";
}

static const char *retention_says(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "%d years after the last day of care", ((const RetentionRule *)entry)->years);
}

static Key holiday_key(const Entry *entry)
{
    return (Key){.number = ((const Holiday *)entry)->day.number};
}

static const char *holiday_about(Arena *arena, const Entry *entry)
{
    char day[DAY_TEXT_SIZE];
    return arena_format(arena, "holiday %s", day_write(((const Holiday *)entry)->day, day));
}

static const char *holiday_says(Arena *arena, const Entry *entry)
{
    (void)arena;
    return ((const Holiday *)entry)->name;
}

static const char *cohort_about(Arena *arena, const Entry *entry)
{
    (void)arena;
    (void)entry;
    return "cohort";
}

static const char *cohort_says(Arena *arena, const Entry *entry)
{
    const CohortRule *rule = (const CohortRule *)entry;
    if (rule->everyone)
        return arena_format(arena, "everyone is %s", cohort_name(rule->everyone));
    char day[DAY_TEXT_SIZE];
    return arena_format(arena, "in care on %s is EXISTING, a gap of %d days counts",
                        day_write(rule->reference_day, day), rule->gap_days);
}

/* catalogue */

static Key word_key(const Entry *entry)
{
    return (Key){.texts = {((const Word *)entry)->code}};
}

static const char *segment_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "segment %s", ((const Word *)entry)->code);
}

static const char *profile_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "profile %s", ((const Word *)entry)->code);
}

static const char *intensity_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "intensity %s", ((const Word *)entry)->code);
}

static const char *word_says(Arena *arena, const Entry *entry)
{
    (void)arena;
    return ((const Word *)entry)->name;
}

static Key product_key(const Entry *entry)
{
    return (Key){.texts = {((const Product *)entry)->code}};
}

static Key pic_product_key(const Entry *entry)
{
    const Product *product = (const Product *)entry;
    return (Key){.texts = {product->segment, product->pic.profile, product->pic.intensity}};
}

static const char *product_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "product %s", ((const Product *)entry)->code);
}

static const char *product_says(Arena *arena, const Entry *entry)
{
    const Product *product = (const Product *)entry;
    const char *words =
        arena_format(arena, "%s, %s, category %s, by", product->name, product->segment, product->category);
    for (size_t i = 0; i < product->unit_count; i++)
        words = arena_format(arena, "%s %s", words, unit_name(product->units[i]));
    return product->pic.profile
               ? arena_format(arena, "%s, carries %s/%s", words, product->pic.profile, product->pic.intensity)
               : words;
}

/* providers and contracts */

static Key provider_key(const Entry *entry)
{
    return (Key){.texts = {((const Provider *)entry)->agb}};
}

static const char *provider_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "provider %s", ((const Provider *)entry)->agb);
}

static const char *provider_says(Arena *arena, const Entry *entry)
{
    (void)arena;
    return ((const Provider *)entry)->name;
}

static Key alias_key(const Entry *entry)
{
    return (Key){.texts = {((const ProviderAlias *)entry)->agb}};
}

static const char *alias_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "AGB code %s", ((const ProviderAlias *)entry)->agb);
}

static const char *alias_says(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "is provider %s", ((const ProviderAlias *)entry)->same_as);
}

static Key contract_key(const Entry *entry)
{
    const Contract *contract = (const Contract *)entry;
    return (Key){.texts = {contract->provider, contract->segment, contract->municipality}};
}

static const char *contract_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "contract %s", ((const Contract *)entry)->segment);
}

static const char *contract_whom(Arena *arena, const Entry *entry)
{
    const Contract *contract = (const Contract *)entry;
    return arena_format(arena, "%s in %s", contract->provider, contract->municipality);
}

static const char *contract_products(Arena *arena, const Contract *contract)
{
    if (contract->all_products)
        return "all products";
    const char *words = contract->product_count ? "products" : "no products";
    for (size_t i = 0; i < contract->product_count; i++)
        words = arena_format(arena, "%s %s", words, contract->products[i]);
    return words;
}

static const char *contract_pics(Arena *arena, const Contract *contract)
{
    if (contract->all_pics)
        return "all PICs";
    const char *words = contract->pic_count ? "PICs" : "no PICs";
    for (size_t i = 0; i < contract->pic_count; i++)
        words =
            arena_format(arena, "%s %s/%s", words, contract->pics[i].profile, or_any(contract->pics[i].intensity, "*"));
    return words;
}

static const char *contract_says(Arena *arena, const Entry *entry)
{
    const Contract *contract = (const Contract *)entry;
    if (contract->kind == CONTRACT_ENDED)
        return "none";
    const char *ceiling = contract->new_allocations_max < 0 ? ""
                                                            : arena_format(arena, ", at most %lld new allocations",
                                                                           (long long)contract->new_allocations_max);
    return arena_format(arena, "%s, %s, %s, corrections %s%s",
                        vocabulary_name(&book_contract_kinds, (int)contract->kind), contract_products(arena, contract),
                        contract_pics(arena, contract), vocabulary_name(&book_corrections, (int)contract->corrections),
                        ceiling);
}

/* funding */

static Key funding_key(const Entry *entry)
{
    const FundingRule *rule = (const FundingRule *)entry;
    return (Key){.texts = {rule->municipality, rule->segment}, .number = (int32_t)rule->cohort};
}

static const char *funding_about(Arena *arena, const Entry *entry)
{
    const FundingRule *rule = (const FundingRule *)entry;
    return arena_format(arena, "funding %s %s", rule->segment, cohort_name(rule->cohort));
}

static const char *funding_whom(Arena *arena, const Entry *entry)
{
    (void)arena;
    return ((const FundingRule *)entry)->municipality;
}

static const char *funding_says(Arena *arena, const Entry *entry)
{
    const FundingRule *rule = (const FundingRule *)entry;
    const char *words = arena_format(arena, "%s / %s, running %s", content_name(rule->content),
                                     funding_name(rule->funding), vocabulary_name(&book_running, (int)rule->running));
    if (rule->running != RUNNING_CONVERT)
        return words;
    char day[DAY_TEXT_SIZE];
    return arena_format(arena, "%s on %s", words, day_write(rule->convert_on, day));
}

/* tariffs */

static Key pxq_tariff_key(const Entry *entry)
{
    const PxqTariff *tariff = (const PxqTariff *)entry;
    return (Key){.texts = {tariff->product, tariff->municipality, tariff->provider}};
}

static const char *pxq_tariff_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "tariff of product %s", ((const PxqTariff *)entry)->product);
}

static const char *pxq_tariff_whom(Arena *arena, const Entry *entry)
{
    const PxqTariff *tariff = (const PxqTariff *)entry;
    return scope(arena, tariff->provider, tariff->municipality);
}

static const char *pxq_tariff_says(Arena *arena, const Entry *entry)
{
    const PxqTariff *tariff = (const PxqTariff *)entry;
    if (tariff->none)
        return "none of its own";
    return arena_format(arena, "%s per %s", euros(arena, tariff->price), unit_name(tariff->unit));
}

static Key pic_tariff_key(const Entry *entry)
{
    const PicTariff *tariff = (const PicTariff *)entry;
    return (Key){
        .texts = {tariff->segment, tariff->pic.profile, tariff->pic.intensity, tariff->municipality, tariff->provider}};
}

static const char *pic_tariff_about(Arena *arena, const Entry *entry)
{
    const PicTariff *tariff = (const PicTariff *)entry;
    return arena_format(arena, "tariff of %s %s/%s", tariff->segment, tariff->pic.profile, tariff->pic.intensity);
}

static const char *pic_tariff_whom(Arena *arena, const Entry *entry)
{
    const PicTariff *tariff = (const PicTariff *)entry;
    return scope(arena, tariff->provider, tariff->municipality);
}

static const char *pic_tariff_says(Arena *arena, const Entry *entry)
{
    const PicTariff *tariff = (const PicTariff *)entry;
    return tariff->none ? "none of its own" : euros(arena, tariff->price);
}

/* payment terms */

static Key terms_key(const Entry *entry)
{
    const PaymentTerms *terms = (const PaymentTerms *)entry;
    return (Key){.texts = {terms->segment, terms->profile, terms->intensity, terms->provider}};
}

static const char *terms_about(Arena *arena, const Entry *entry)
{
    const PaymentTerms *terms = (const PaymentTerms *)entry;
    return arena_format(arena, "payment of %s %s/%s", terms->segment, or_any(terms->profile, "*"), terms->intensity);
}

static const char *terms_whom(Arena *arena, const Entry *entry)
{
    return scope(arena, ((const PaymentTerms *)entry)->provider, NULL);
}

static const char *early_ends(Arena *arena, const PaymentTerms *terms)
{
    const char *words = "";
    for (int reason = 0; reason < STOP_REASONS; reason++)
        if (terms->early_end[reason] && reason != STOP_AS_PLANNED)
            words = arena_format(arena, "%s, %s pays %s", words, stop_reason_name((StopReason)reason),
                                 vocabulary_name(&book_early_ends, (int)terms->early_end[reason]));
    if (terms->change_of_pic)
        words = arena_format(arena, "%s, a change of PIC pays %s", words,
                             vocabulary_name(&book_early_ends, (int)terms->change_of_pic));
    if (terms->change_of_funding)
        words = arena_format(arena, "%s, a change of funding pays %s", words,
                             vocabulary_name(&book_early_ends, (int)terms->change_of_funding));
    return words;
}

/* What most terms leave as it is. */
static const char *further_terms(Arena *arena, const PaymentTerms *terms)
{
    const char *words = "";
    if (terms->pro_rata_of == PRO_RATA_OF_WHOLE_PRICE)
        words = ", pro rata of the whole price";
    if (!terms->start_after_change_of_pic)
        words = arena_format(arena, "%s, no new start after a change of PIC", words);
    if (terms->amount_cap.cents)
        words = arena_format(arena, "%s, at most %s", words, euros(arena, terms->amount_cap));
    return words;
}

static const char *terms_says(Arena *arena, const Entry *entry)
{
    const PaymentTerms *terms = (const PaymentTerms *)entry;
    const char *shape =
        terms->shape == PAYMENT_MONTHLY
            ? "twelve parts a year"
            : arena_format(arena, "%lld/%lld at the start, the rest at the end",
                           (long long)terms->start_share_numerator, (long long)terms->start_share_denominator);
    return arena_format(
        arena, "%s, start due by %s, end due by %s, relapse within %d days, expected %d days, work in progress %s%s%s",
        shape, vocabulary_name(&book_due_facts, (int)terms->start_due),
        vocabulary_name(&book_due_facts, (int)terms->end_due), terms->relapse_days, terms->expected_days,
        vocabulary_name(&book_work_in_progress, (int)terms->work_in_progress), early_ends(arena, terms),
        further_terms(arena, terms));
}

/* granting */

/* Bands of one unit and frequency differ in where they end, so that is part of the key. */
static Key granting_key(const Entry *entry)
{
    const GrantingRule *rule = (const GrantingRule *)entry;
    return (Key){.texts = {rule->segment, referrer_name(rule->referrer), rule->unit ? unit_name(rule->unit) : NULL,
                           rule->unit ? frequency_name(rule->frequency) : NULL}};
}

static const char *granting_about(Arena *arena, const Entry *entry)
{
    const GrantingRule *rule = (const GrantingRule *)entry;
    const char *words = arena_format(arena, "granting %s asked by %s", rule->segment, referrer_name(rule->referrer));
    if (!rule->unit)
        return words;
    return arena_format(arena, "%s up to %lld %s %s", words, (long long)rule->volume_max, unit_name(rule->unit),
                        frequency_name(rule->frequency));
}

static const char *granting_says(Arena *arena, const Entry *entry)
{
    (void)arena;
    return vocabulary_name(&book_grantings, (int)((const GrantingRule *)entry)->granting);
}

static Key substitution_key(const Entry *entry)
{
    const Substitution *rule = (const Substitution *)entry;
    return (Key){.texts = {rule->segment, rule->product, rule->product ? NULL : unit_name(rule->unit)}};
}

static const char *substitution_about(Arena *arena, const Entry *entry)
{
    const Substitution *rule = (const Substitution *)entry;
    if (rule->product)
        return arena_format(arena, "volume not told, product %s", rule->product);
    return arena_format(arena, "volume not told, %s by %s", rule->segment, unit_name(rule->unit));
}

static const char *substitution_says(Arena *arena, const Entry *entry)
{
    const Substitution *rule = (const Substitution *)entry;
    if (rule->by_person)
        return "a person says";
    return arena_format(arena, "%lld %s %s", (long long)rule->volume, unit_name(rule->unit),
                        frequency_name(rule->frequency));
}

/* money and results to steer by */

static Key budget_key(const Entry *entry)
{
    const Budget *budget = (const Budget *)entry;
    return (Key){.texts = {budget->municipality}, .number = budget->year};
}

static const char *budget_about(Arena *arena, const Entry *entry)
{
    const Budget *budget = (const Budget *)entry;
    return arena_format(arena, "budget of %s for %d", budget->municipality, budget->year);
}

static const char *budget_says(Arena *arena, const Entry *entry)
{
    return euros(arena, ((const Budget *)entry)->amount);
}

static Key target_key(const Entry *entry)
{
    return (Key){.texts = {((const Target *)entry)->code}};
}

static const char *target_about(Arena *arena, const Entry *entry)
{
    return arena_format(arena, "target %s", ((const Target *)entry)->code);
}

static const char *target_says(Arena *arena, const Entry *entry)
{
    const Target *target = (const Target *)entry;
    const char *where = target->municipality_count ? " in" : "";
    for (size_t i = 0; i < target->municipality_count; i++)
        where = arena_format(arena, "%s %s", where, target->municipalities[i]);
    return arena_format(arena, "%s, %s%s: %s at %s %lld", target->name, or_any(target->segment, "all segments"), where,
                        vocabulary_name(&book_measures, (int)target->measure), target->at_most ? "most" : "least",
                        (long long)target->aim);
}

/* clang-format off */
const KindCard kind_cards[KINDS] = {
    /*                     section          size                    found by          about               whom             says */
    [KIND_REGION]       = {"region",        sizeof(Region),         region_key,       region_about,       nobody,          region_says},
    [KIND_MUNICIPALITY] = {"municipalities", sizeof(Municipality),  municipality_key, municipality_about, nobody,          municipality_says},
    [KIND_RESIDENCE]    = {"residence",     sizeof(ResidenceRule),  region_key,       residence_about,    nobody,          residence_says},
    [KIND_RETENTION]    = {"retention",     sizeof(RetentionRule),  region_key,       retention_about,    nobody,          retention_says},
    [KIND_HOLIDAY]      = {"holidays",      sizeof(Holiday),        holiday_key,      holiday_about,      nobody,          holiday_says},
    [KIND_COHORT]       = {"cohort",        sizeof(CohortRule),     region_key,       cohort_about,       nobody,          cohort_says},
    [KIND_SEGMENT]      = {"segments",      sizeof(Word),           word_key,         segment_about,      nobody,          word_says},
    [KIND_PROFILE]      = {"profiles",      sizeof(Word),           word_key,         profile_about,      nobody,          word_says},
    [KIND_INTENSITY]    = {"intensities",   sizeof(Word),           word_key,         intensity_about,    nobody,          word_says},
    [KIND_PRODUCT]      = {"products",      sizeof(Product),        product_key,      product_about,      nobody,          product_says},
    [KIND_PIC_PRODUCT]  = {"products",      sizeof(Product),        pic_product_key,  product_about,      nobody,          product_says},
    [KIND_PROVIDER]     = {"providers",     sizeof(Provider),       provider_key,     provider_about,     nobody,          provider_says},
    [KIND_ALIAS]        = {"aliases",       sizeof(ProviderAlias),  alias_key,        alias_about,        nobody,          alias_says},
    [KIND_CONTRACT]     = {"contracts",     sizeof(Contract),       contract_key,     contract_about,     contract_whom,   contract_says},
    [KIND_FUNDING]      = {"funding",       sizeof(FundingRule),    funding_key,      funding_about,      funding_whom,    funding_says},
    [KIND_PXQ_TARIFF]   = {"pxq_tariffs",   sizeof(PxqTariff),      pxq_tariff_key,   pxq_tariff_about,   pxq_tariff_whom, pxq_tariff_says},
    [KIND_PIC_TARIFF]   = {"pic_tariffs",   sizeof(PicTariff),      pic_tariff_key,   pic_tariff_about,   pic_tariff_whom, pic_tariff_says},
    [KIND_TERMS]        = {"payment_terms", sizeof(PaymentTerms),   terms_key,        terms_about,        terms_whom,      terms_says},
    [KIND_GRANTING]     = {"granting",      sizeof(GrantingRule),   granting_key,     granting_about,     nobody,          granting_says},
    [KIND_SUBSTITUTION] = {"substitutions", sizeof(Substitution),   substitution_key, substitution_about, nobody,          substitution_says},
    [KIND_BUDGET]       = {"budgets",       sizeof(Budget),         budget_key,       budget_about,       nobody,          budget_says},
    [KIND_TARGET]       = {"targets",       sizeof(Target),         target_key,       target_about,       nobody,          target_says},
};
/* clang-format on */
