/*
 * The questions, one function each; book_check at the end asks them in order. What it leans
 * on is asked only where the earlier books are the right ones.
 *
 * Names and prices are judged on the books together, as they would be after this one is
 * published; so a book that takes a price away is told so, though it has no contract itself.
 */
#include "book/check.h"

#include "book/force.h"

#include <string.h>

typedef struct Check {
    const Books *after; /* the earlier books and this one */
    const Book *book;
    BookFaults *faults;
    Arena *arena;
} Check;

static const char *day_words(Arena *arena, Day day)
{
    char text[DAY_TEXT_SIZE];
    return arena_text(arena, day_write(day, text));
}

/* Where the fault is mended: this book's own line, or an earlier book's with its number before it. */
static const char *file_of(const Check *check, const Entry *entry)
{
    if (entry->book == check->book)
        return entry->file;
    return arena_format(check->arena, "%03d-%s/%s", entry->book->number, entry->book->slug, entry->file);
}

[[gnu::format(printf, 4, 5)]] static void wrong(const Check *check, const Entry *entry, const char *what_to_do,
                                                const char *what, ...)
{
    va_list values;
    va_start(values, what);
    const char *words = arena_format_list(check->arena, what, values);
    va_end(values);
    book_fault_add(check->faults, file_of(check, entry), entry->line, what_to_do, "%s", words);
}

/* the number */

static bool is_next(const Check *check, const Books *earlier)
{
    const Book *newest = books_newest(earlier, DAY_LAST);
    int32_t next = newest ? newest->number + 1 : 1;
    if (check->book->number == next)
        return true;
    book_fault_add(check->faults, check->book->decision.file, check->book->decision.line,
                   arena_format(check->faults->arena,
                                "Number it %d in the decision and in the folder's name, or name the region whose books "
                                "come before it.",
                                next),
                   "the book is number %d, and the next is %d", check->book->number, next);
    return false;
}

/* overlap */

static bool same_band(Kind kind, const Entry *a, const Entry *b)
{
    return kind != KIND_GRANTING || ((const GrantingRule *)a)->volume_max == ((const GrantingRule *)b)->volume_max;
}

static void check_overlap_with_next(const Check *check, Kind kind, size_t index)
{
    const KindCard *card = &kind_cards[kind];
    const Entry *entry = shelf_entry(check->book, kind, index);
    Key key = card->key(entry);
    for (size_t i = index + 1; i < check->book->shelves[kind].count; i++) {
        const Entry *other = shelf_entry(check->book, kind, i);
        Key other_key = card->key(other);
        if (!key_equal(&key, &other_key))
            return;
        if (!period_overlaps(entry->holds, other->holds) || !same_band(kind, entry, other))
            continue;
        wrong(check, other, "Let one end before the other begins, or keep one.",
              "%s %s stands twice for %s: see %s line %d", card->about(check->arena, other),
              card->whom(check->arena, other),
              day_words(check->arena, day_latest(entry->holds.first, other->holds.first)), entry->file, entry->line);
        return;
    }
}

static void check_overlaps(const Check *check)
{
    for (Kind kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < check->book->shelves[kind].count; i++)
            check_overlap_with_next(check, kind, i);
}

/* names that nobody described */

/* Whether any book describes it on any day of the period. */
static const Entry *described(const Check *check, Kind kind, Key key, Period period)
{
    Sought sought = sought_key(key);
    for (size_t b = check->after->count; b-- > 0;) {
        const Book *book = check->after->known[b].book;
        size_t first = 0, count = shelf_find(book, kind, &sought, &first);
        for (size_t i = first; i < first + count; i++)
            if (period_overlaps(shelf_entry(book, kind, i)->holds, period))
                return shelf_entry(book, kind, i);
    }
    return NULL;
}

/* NULL is everyone or everything, and needs no description. */
static void must_know(const Check *check, const Entry *entry, Kind kind, const char *noun, const char *code)
{
    if (code && !described(check, kind, (Key){.texts = {code}}, entry->holds))
        wrong(check, entry, "Describe it in this book or an earlier one, or correct the code.",
              "%s %s is not described in this period", noun, code);
}

static void must_know_municipality(const Check *check, const Entry *entry, const char *code)
{
    must_know(check, entry, KIND_MUNICIPALITY, "municipality", code);
}

static void must_know_provider(const Check *check, const Entry *entry, const char *agb)
{
    must_know(check, entry, KIND_PROVIDER, "provider", agb);
}

static void must_know_segment(const Check *check, const Entry *entry, const char *code)
{
    must_know(check, entry, KIND_SEGMENT, "segment", code);
}

static void must_know_pic(const Check *check, const Entry *entry, Pic pic)
{
    must_know(check, entry, KIND_PROFILE, "profile", pic.profile);
    must_know(check, entry, KIND_INTENSITY, "intensity", pic.intensity);
}

static const Product *must_know_product(const Check *check, const Entry *entry, const char *code)
{
    must_know(check, entry, KIND_PRODUCT, "product", code);
    return code ? (const Product *)described(check, KIND_PRODUCT, (Key){.texts = {code}}, entry->holds) : NULL;
}

static void names_of_product(const Check *check, const Entry *entry)
{
    const Product *product = (const Product *)entry;
    must_know_segment(check, entry, product->segment);
    must_know_pic(check, entry, product->pic);
}

static void names_of_alias(const Check *check, const Entry *entry)
{
    must_know_provider(check, entry, ((const ProviderAlias *)entry)->same_as);
}

static void names_of_covered_pic(const Check *check, const Contract *contract, Pic pic)
{
    must_know_pic(check, &contract->entry, pic);
    Key key = {.texts = {contract->segment, pic.profile, pic.intensity}};
    if (pic.intensity && !described(check, KIND_PIC_PRODUCT, key, contract->entry.holds))
        wrong(check, &contract->entry, "Give it an own product code in `products:`.",
              "no product of %s carries the PIC %s/%s", contract->segment, pic.profile, pic.intensity);
}

static void names_of_contract(const Check *check, const Entry *entry)
{
    const Contract *contract = (const Contract *)entry;
    must_know_provider(check, entry, contract->provider);
    must_know_municipality(check, entry, contract->municipality);
    must_know_segment(check, entry, contract->segment);
    for (size_t i = 0; i < contract->product_count; i++) {
        const Product *product = must_know_product(check, entry, contract->products[i]);
        if (product && strcmp(product->segment, contract->segment) != 0)
            wrong(check, entry, "Leave it out, or make another contract for that segment.",
                  "product %s is of segment %s, the contract of %s", product->code, product->segment,
                  contract->segment);
    }
    for (size_t i = 0; i < contract->pic_count; i++)
        names_of_covered_pic(check, contract, contract->pics[i]);
}

static void names_of_funding(const Check *check, const Entry *entry)
{
    const FundingRule *rule = (const FundingRule *)entry;
    must_know_municipality(check, entry, rule->municipality);
    must_know_segment(check, entry, rule->segment);
}

static void names_of_pxq_tariff(const Check *check, const Entry *entry)
{
    const PxqTariff *tariff = (const PxqTariff *)entry;
    const Product *product = must_know_product(check, entry, tariff->product);
    must_know_municipality(check, entry, tariff->municipality);
    must_know_provider(check, entry, tariff->provider);
    if (product && product->unit != tariff->unit && product->unit && tariff->unit)
        wrong(check, entry, "Give the price of the product's first unit.",
              "a price for a %s, while product %s is counted in %s", unit_name(tariff->unit), tariff->product,
              unit_name(product->unit));
    if (tariff->unit == UNIT_HOUR && tariff->price.cents % 60 != 0)
        book_warning_add(check->faults, file_of(check, entry), entry->line,
                         "Choose a multiple of 60 cents, so that a minute has a whole price.",
                         "the hour price of product %s is not a multiple of 60 cents", tariff->product);
}

static void names_of_pic_tariff(const Check *check, const Entry *entry)
{
    const PicTariff *tariff = (const PicTariff *)entry;
    must_know_segment(check, entry, tariff->segment);
    must_know_pic(check, entry, tariff->pic);
    must_know_municipality(check, entry, tariff->municipality);
    must_know_provider(check, entry, tariff->provider);
}

static void names_of_terms(const Check *check, const Entry *entry)
{
    const PaymentTerms *terms = (const PaymentTerms *)entry;
    must_know_segment(check, entry, terms->segment);
    must_know_pic(check, entry, (Pic){terms->profile, terms->intensity});
    must_know_provider(check, entry, terms->provider);
}

static void names_of_granting(const Check *check, const Entry *entry)
{
    must_know_segment(check, entry, ((const GrantingRule *)entry)->segment);
}

static void names_of_substitution(const Check *check, const Entry *entry)
{
    const Substitution *rule = (const Substitution *)entry;
    must_know_segment(check, entry, rule->segment);
    const Product *product = must_know_product(check, entry, rule->product);
    if (product && rule->unit && !product_has_unit(product, rule->unit))
        wrong(check, entry, "Choose a unit of the product.", "product %s is not counted in %s", product->code,
              unit_name(rule->unit));
}

static void names_of_budget(const Check *check, const Entry *entry)
{
    must_know_municipality(check, entry, ((const Budget *)entry)->municipality);
}

static void names_of_target(const Check *check, const Entry *entry)
{
    const Target *target = (const Target *)entry;
    must_know_segment(check, entry, target->segment);
    for (size_t i = 0; i < target->municipality_count; i++)
        must_know_municipality(check, entry, target->municipalities[i]);
}

static void (*const NAMES_OF[KINDS])(const Check *, const Entry *) = {
    [KIND_PRODUCT] = names_of_product,
    [KIND_ALIAS] = names_of_alias,
    [KIND_CONTRACT] = names_of_contract,
    [KIND_FUNDING] = names_of_funding,
    [KIND_PXQ_TARIFF] = names_of_pxq_tariff,
    [KIND_PIC_TARIFF] = names_of_pic_tariff,
    [KIND_TERMS] = names_of_terms,
    [KIND_GRANTING] = names_of_granting,
    [KIND_SUBSTITUTION] = names_of_substitution,
    [KIND_BUDGET] = names_of_budget,
    [KIND_TARGET] = names_of_target,
};

static void check_names(const Check *check)
{
    for (Kind kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; NAMES_OF[kind] && i < check->book->shelves[kind].count; i++)
            NAMES_OF[kind](check, shelf_entry(check->book, kind, i));
}

/* days without an answer */

/* A question that has an answer or none, and the last day up to which that stays so. */
typedef bool Answered(const Check *check, const void *question, Day day, Day *until);

/* The first day of the period without an answer; false when every day has one. */
static bool first_gap(const Check *check, Answered *answered, const void *question, Period period, Day *gap_out)
{
    for (Day day = period.first; day_compare(day, period.last) <= 0;) {
        Day until = period.last;
        if (!answered(check, question, day, &until)) {
            *gap_out = day;
            return true;
        }
        day = day_plus(until, 1);
    }
    return false;
}

static Day sooner(const Check *check, Kind kind, Key key, Day day, Day until)
{
    return in_force_until(check->after, kind, key, day, until, DAY_LAST);
}

/* A contract's product or PIC, which must have a price. */
typedef struct Priced {
    const Contract *contract;
    const Product *product;
} Priced;

static bool pxq_is_priced(const Check *check, const void *question, Day day, Day *until)
{
    const Priced *asked = question;
    const char *product = asked->product->code, *provider = asked->contract->provider;
    const char *municipality = asked->contract->municipality;
    *until = sooner(check, KIND_PXQ_TARIFF, (Key){.texts = {product, municipality, provider}}, day, *until);
    *until = sooner(check, KIND_PXQ_TARIFF, (Key){.texts = {product, NULL, provider}}, day, *until);
    *until = sooner(check, KIND_PXQ_TARIFF, (Key){.texts = {product, municipality}}, day, *until);
    *until = sooner(check, KIND_PXQ_TARIFF, (Key){.texts = {product}}, day, *until);
    return books_pxq_tariff(check->after, product, municipality, provider, day, DAY_LAST);
}

static bool pic_is_priced(const Check *check, const void *question, Day day, Day *until)
{
    const Priced *asked = question;
    Pic pic = asked->product->pic;
    const char *segment = asked->contract->segment, *provider = asked->contract->provider;
    const char *municipality = asked->contract->municipality;
    for (int m = 0; m < 2; m++)
        for (int p = 0; p < 2; p++) {
            Key key = {.texts = {segment, pic.profile, pic.intensity, m ? municipality : NULL, p ? provider : NULL}};
            *until = sooner(check, KIND_PIC_TARIFF, key, day, *until);
        }
    return books_pic_tariff(check->after, segment, pic, municipality, provider, day, DAY_LAST);
}

static bool pic_has_terms(const Check *check, const void *question, Day day, Day *until)
{
    const Priced *asked = question;
    Pic pic = asked->product->pic;
    const char *segment = asked->contract->segment, *provider = asked->contract->provider;
    for (int f = 0; f < 2; f++)
        for (int p = 0; p < 2; p++) {
            Key key = {.texts = {segment, f ? pic.profile : NULL, pic.intensity, p ? provider : NULL}};
            *until = sooner(check, KIND_TERMS, key, day, *until);
        }
    return books_payment_terms(check->after, segment, pic, provider, day, DAY_LAST);
}

static bool has_cohort_rule(const Check *check, const void *question, Day day, Day *until)
{
    (void)question;
    *until = sooner(check, KIND_COHORT, (Key){0}, day, *until);
    return in_force(check->after, KIND_COHORT, (Key){0}, day, DAY_LAST);
}

/* Calls the question for each product, or PIC, that the contract covers on a day of the period; how many there are. */
static size_t each_covered(const Check *check, const Contract *contract, Kind kind, Period period,
                           void (*each)(const Check *, const Priced *, Period))
{
    size_t count = 0;
    for (size_t b = 0; b < check->after->count; b++) {
        const Book *book = check->after->known[b].book;
        for (size_t i = 0; i < book->shelves[kind].count; i++) {
            const Product *product = (const Product *)shelf_entry(book, kind, i);
            bool by_pic = kind == KIND_PIC_PRODUCT;
            Period both = period_meet(period, product->entry.holds);
            if (by_pic != (product->pic.profile != NULL) || period_days(both) == 0 ||
                !contract_covers_product(contract, product))
                continue;
            count++;
            each(check, &(Priced){contract, product}, both);
        }
    }
    return count;
}

static void check_product_price(const Check *check, const Priced *priced, Period period)
{
    Day gap;
    if (first_gap(check, pxq_is_priced, priced, period, &gap))
        wrong(check, &priced->contract->entry, "Add it to `pxq_tariffs:`, or leave the product out of the contract.",
              "product %s has no price on %s for every provider and municipality of the contract",
              priced->product->code, day_words(check->arena, gap));
}

static void check_pic_price(const Check *check, const Priced *priced, Period period)
{
    Day gap;
    Pic pic = priced->product->pic;
    if (first_gap(check, pic_is_priced, priced, period, &gap))
        wrong(check, &priced->contract->entry, "Add it to `pic_tariffs:`, or leave the PIC out of the contract.",
              "%s %s/%s has no price on %s for every provider and municipality of the contract",
              priced->contract->segment, pic.profile, pic.intensity, day_words(check->arena, gap));
    if (first_gap(check, pic_has_terms, priced, period, &gap))
        wrong(check, &priced->contract->entry, "Add it to `payment_terms:`.",
              "%s %s/%s has no payment terms on %s for every provider of the contract", priced->contract->segment,
              pic.profile, pic.intensity, day_words(check->arena, gap));
}

static void check_prices(const Check *check, const Piece *piece, Cohort cohort)
{
    const Contract *contract = piece->contract;
    bool by_pic = piece->funding->funding == FUNDING_PIC;
    size_t covered = by_pic ? each_covered(check, contract, KIND_PIC_PRODUCT, piece->period, check_pic_price)
                            : each_covered(check, contract, KIND_PRODUCT, piece->period, check_product_price);
    if (covered == 0)
        wrong(check, &contract->entry, by_pic ? "Let `pics:` name some." : "Let `products:` name some.",
              "%s %s is paid by %s from %s, and the contract covers none", contract->segment, cohort_name(cohort),
              by_pic ? "PIC" : "product", day_words(check->arena, piece->period.first));
}

/* Days of the contract on which one funding rule holds. */
static void check_funded(const Check *check, const Piece *piece, Cohort cohort)
{
    const Contract *contract = piece->contract;
    if (!piece->funding)
        wrong(check, &contract->entry, "Add a funding rule for these days, or let the contract end before them.",
              "no funding for %s %s %s from %s to %s", contract->municipality, contract->segment, cohort_name(cohort),
              day_words(check->arena, piece->period.first), day_words(check->arena, piece->period.last));
    else if (piece->funding->content == CONTENT_PIC && !contract->all_pics && contract->pic_count == 0)
        wrong(check, &contract->entry, "Let `pics:` name some.",
              "%s %s gets a PIC from %s, and the contract covers none", contract->segment, cohort_name(cohort),
              day_words(check->arena, piece->period.first));
}

/* Whether the same days are paid in the same way, so that the same prices are asked. */
static bool is_paid_alike(const Pieces *pieces, const Piece *piece)
{
    for (size_t i = 0; i < pieces->count; i++) {
        const Piece *other = &pieces->pieces[i];
        if (other->contract == piece->contract && other->funding &&
            other->funding->funding == piece->funding->funding && period_covers(other->period, piece->period))
            return true;
    }
    return false;
}

static void check_cohort_rule(const Check *check, const Contract *contract)
{
    Day gap;
    if (first_gap(check, has_cohort_rule, NULL, contract->entry.holds, &gap))
        wrong(check, &contract->entry, "Add a rule to `cohort:`.", "nothing says who is a new client on %s",
              day_words(check->arena, gap));
}

static void check_contract(const Check *check, const Contract *contract)
{
    check_cohort_rule(check, contract);
    Pieces priced = {0};
    for (Cohort cohort = COHORT_NEW; cohort <= COHORT_EXISTING; cohort++) {
        Pieces pieces = books_pieces(check->arena, check->after, contract->provider, contract->municipality,
                                     contract->segment, cohort, contract->entry.holds, DAY_LAST);
        for (size_t i = 0; i < pieces.count; i++) {
            const Piece *piece = &pieces.pieces[i];
            if (piece->contract != contract)
                continue;
            check_funded(check, piece, cohort);
            if (piece->funding && !is_paid_alike(&priced, piece))
                check_prices(check, piece, cohort);
        }
        priced = pieces;
    }
}

/* Whether the book says anything about these days that a contract's care leans on. */
static bool book_touches(const Book *book, Period period)
{
    static const Kind LEANT_ON[] = {KIND_COHORT,     KIND_PRODUCT,    KIND_CONTRACT, KIND_FUNDING,
                                    KIND_PXQ_TARIFF, KIND_PIC_TARIFF, KIND_TERMS};
    for (size_t k = 0; k < sizeof LEANT_ON / sizeof *LEANT_ON; k++)
        for (size_t i = 0; i < book->shelves[LEANT_ON[k]].count; i++)
            if (period_overlaps(shelf_entry(book, LEANT_ON[k], i)->holds, period))
                return true;
    return false;
}

static void check_contracts(const Check *check)
{
    for (size_t b = 0; b < check->after->count; b++) {
        const Book *book = check->after->known[b].book;
        for (size_t i = 0; i < book->shelves[KIND_CONTRACT].count; i++) {
            const Contract *contract = (const Contract *)shelf_entry(book, KIND_CONTRACT, i);
            if (contract->kind != CONTRACT_ENDED && book_touches(check->book, contract->entry.holds))
                check_contract(check, contract);
        }
    }
}

static void check_region(const Check *check)
{
    if (check->after->count == 1 && check->book->shelves[KIND_REGION].count == 0)
        book_fault_add(check->faults, check->book->decision.file, check->book->decision.line,
                       "Add `region:` with code, name and number_floor.", "the first book does not name the region");
}

void book_check(const Books *earlier, const Book *book, BookFaults *faults)
{
    Books *after = arena_copy(faults->arena, earlier, sizeof *earlier);
    Check check = {.after = after, .book = book, .faults = faults, .arena = faults->arena};
    bool next = is_next(&check, earlier);
    if (after->count < BOOKS_MAX)
        after->known[after->count++] = (KnownBook){book, DAY_LAST};
    check_overlaps(&check);
    if (next) {
        check_region(&check);
        check_names(&check);
        check_contracts(&check);
    }
    book_faults_sort(faults);
}
