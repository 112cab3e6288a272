#include "book/books.h"

#include "book/force.h"

#include <stdlib.h>
#include <string.h>

bool books_add(Books *books, const Book *book, Day known)
{
    if (books->count == BOOKS_MAX)
        return false;
    if (books->count > 0) {
        const KnownBook *last = &books->known[books->count - 1];
        if (book->number <= last->book->number || day_compare(known, last->known) < 0)
            return false;
    }
    books->known[books->count++] = (KnownBook){book, known};
    return true;
}

const Book *books_newest(const Books *books, Day known)
{
    for (size_t i = books->count; i-- > 0;)
        if (day_compare(books->known[i].known, known) <= 0)
            return books->known[i].book;
    return NULL;
}

const Book *books_numbered(const Books *books, int32_t number)
{
    for (size_t i = 0; i < books->count; i++)
        if (books->known[i].book->number == number)
            return books->known[i].book;
    return NULL;
}

const Entry *books_entry_at(const Books *books, int32_t number, const char *file, int32_t line)
{
    const Book *book = books_numbered(books, number);
    for (Kind kind = 0; book && kind < KINDS; kind++)
        for (size_t i = 0; i < book->shelves[kind].count; i++) {
            const Entry *entry = shelf_entry(book, kind, i);
            if (entry->line == line && strcmp(entry->file, file) == 0)
                return entry;
        }
    return NULL;
}

/* region */

const Region *books_region(const Books *books, Day day, Day known)
{
    return (const Region *)in_force(books, KIND_REGION, (Key){0}, day, known);
}

const Municipality *books_municipality(const Books *books, const char *code, Day day, Day known)
{
    return (const Municipality *)in_force(books, KIND_MUNICIPALITY, (Key){.texts = {code}}, day, known);
}

/* What an entry of a newer book took the place of is not in force any more. */
size_t books_municipalities(const Books *books, Day day, Day known, const Municipality **list_out, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < books->count; i++) {
        const Book *book = books->known[i].book;
        for (size_t j = 0; j < book->shelves[KIND_MUNICIPALITY].count && count < room; j++) {
            const Municipality *entry = (const Municipality *)shelf_entry(book, KIND_MUNICIPALITY, j);
            if (books_municipality(books, entry->code, day, known) == entry)
                list_out[count++] = entry;
        }
    }
    return count;
}

const ResidenceRule *books_residence(const Books *books, Day day, Day known)
{
    return (const ResidenceRule *)in_force(books, KIND_RESIDENCE, (Key){0}, day, known);
}

const RetentionRule *books_retention(const Books *books, Day day, Day known)
{
    return (const RetentionRule *)in_force(books, KIND_RETENTION, (Key){0}, day, known);
}

bool books_is_holiday(const Books *books, Day day, Day known)
{
    return in_force(books, KIND_HOLIDAY, (Key){.number = day.number}, day, known) != NULL;
}

bool books_is_working_day(const Books *books, Day day, Day known)
{
    return day_weekday(day) <= 5 && !books_is_holiday(books, day, known);
}

Day books_working_day_after(const Books *books, Day day, int32_t count, Day known)
{
    while (count > 0 && day_compare(day, DAY_LAST) < 0) {
        day = day_plus(day, 1);
        count -= books_is_working_day(books, day, known);
    }
    return day;
}

int64_t books_number_floor(const Books *books, Day known)
{
    const Region *region = books_region(books, known, known);
    return region ? region->number_floor : 0;
}

static bool in_care_on(const CohortRule *rule, Period care)
{
    return day_compare(care.first, rule->reference_day) <= 0 &&
           day_compare(rule->reference_day, day_plus(care.last, rule->gap_days)) <= 0;
}

Cohort cohort_by_rule(const CohortRule *rule, const Period *care_periods, size_t count)
{
    if (rule->everyone)
        return rule->everyone;
    for (size_t i = 0; i < count; i++)
        if (in_care_on(rule, care_periods[i]))
            return COHORT_EXISTING;
    return COHORT_NEW;
}

Cohort books_cohort(const Books *books, const Period *care_periods, size_t count, Day day, Day known,
                    const CohortRule **rule_out)
{
    const CohortRule *rule = (const CohortRule *)in_force(books, KIND_COHORT, (Key){0}, day, known);
    if (rule_out)
        *rule_out = rule;
    return rule ? cohort_by_rule(rule, care_periods, count) : (Cohort)0;
}

/* catalogue */

static const Word *word(const Books *books, Kind kind, const char *code, Day day, Day known)
{
    return (const Word *)in_force(books, kind, (Key){.texts = {code}}, day, known);
}

const Word *books_segment(const Books *books, const char *code, Day day, Day known)
{
    return word(books, KIND_SEGMENT, code, day, known);
}

const Word *books_profile(const Books *books, const char *code, Day day, Day known)
{
    return word(books, KIND_PROFILE, code, day, known);
}

const Word *books_intensity(const Books *books, const char *code, Day day, Day known)
{
    return word(books, KIND_INTENSITY, code, day, known);
}

const Product *books_product(const Books *books, const char *code, Day day, Day known)
{
    return (const Product *)in_force(books, KIND_PRODUCT, (Key){.texts = {code}}, day, known);
}

const Product *books_pic_product(const Books *books, const char *segment, Pic pic, Day day, Day known)
{
    Key key = {.texts = {segment, pic.profile, pic.intensity}};
    return (const Product *)in_force(books, KIND_PIC_PRODUCT, key, day, known);
}

bool product_has_unit(const Product *product, Unit unit)
{
    for (size_t i = 0; i < product->unit_count; i++)
        if (product->units[i] == unit)
            return true;
    return false;
}

/* providers and contracts */

const Provider *books_provider(const Books *books, const char *agb, Day day, Day known)
{
    return (const Provider *)in_force(books, KIND_PROVIDER, (Key){.texts = {agb}}, day, known);
}

const char *books_provider_code(const Books *books, const char *agb, Day day, Day known)
{
    const Entry *alias = in_force(books, KIND_ALIAS, (Key){.texts = {agb}}, day, known);
    return alias ? ((const ProviderAlias *)alias)->same_as : agb;
}

static const Contract *unless_ended(const Entry *entry)
{
    const Contract *contract = (const Contract *)entry;
    return contract && contract->kind != CONTRACT_ENDED ? contract : NULL;
}

const Contract *books_contract(const Books *books, const char *provider, const char *segment, const char *municipality,
                               Day day, Day known)
{
    Key key = {.texts = {provider, segment, municipality}};
    return unless_ended(in_force(books, KIND_CONTRACT, key, day, known));
}

static int by_code(const void *code, const void *listed)
{
    return strcmp(code, *(const char *const *)listed);
}

bool contract_covers_product(const Contract *contract, const Product *product)
{
    if (strcmp(contract->segment, product->segment) != 0)
        return false;
    if (product->pic.profile)
        return contract_covers_pic(contract, product->pic);
    if (contract->all_products)
        return true;
    return contract->product_count &&
           bsearch(product->code, contract->products, contract->product_count, sizeof *contract->products, by_code);
}

bool contract_covers_pic(const Contract *contract, Pic pic)
{
    if (contract->all_pics)
        return true;
    for (size_t i = 0; i < contract->pic_count; i++) {
        const Pic *covered = &contract->pics[i];
        if (strcmp(covered->profile, pic.profile) == 0 &&
            (!covered->intensity || strcmp(covered->intensity, pic.intensity) == 0))
            return true;
    }
    return false;
}

/* funding */

static Key funding_key(const char *municipality, const char *segment, Cohort cohort)
{
    return (Key){.texts = {municipality, segment}, .number = (int32_t)cohort};
}

const FundingRule *books_funding(const Books *books, const char *municipality, const char *segment, Cohort cohort,
                                 Day day, Day known)
{
    return (const FundingRule *)in_force(books, KIND_FUNDING, funding_key(municipality, segment, cohort), day, known);
}

static void pieces_add(Arena *arena, Pieces *pieces, size_t *room, Piece piece)
{
    Piece *last = pieces->count ? &pieces->pieces[pieces->count - 1] : NULL;
    if (last && last->contract == piece.contract && last->funding == piece.funding) {
        last->period.last = piece.period.last;
        return;
    }
    if (pieces->count == *room) {
        *room = *room ? 2 * *room : 4;
        Piece *wider = ARENA_MANY(arena, Piece, *room);
        if (pieces->count)
            memcpy(wider, pieces->pieces, pieces->count * sizeof *wider);
        pieces->pieces = wider;
    }
    pieces->pieces[pieces->count++] = piece;
}

Pieces books_pieces(Arena *arena, const Books *books, const char *provider, const char *municipality,
                    const char *segment, Cohort cohort, Period period, Day known)
{
    Key contract_key = {.texts = {provider, segment, municipality}};
    Key rule_key = funding_key(municipality, segment, cohort);
    Pieces pieces = {0};
    size_t room = 0;
    for (Day day = period.first; day_compare(day, period.last) <= 0;) {
        Day last = in_force_until(books, KIND_CONTRACT, contract_key, day, period.last, known);
        last = in_force_until(books, KIND_FUNDING, rule_key, day, last, known);
        Piece piece = {
            .period = {day, last},
            .contract = unless_ended(in_force(books, KIND_CONTRACT, contract_key, day, known)),
            .funding = (const FundingRule *)in_force(books, KIND_FUNDING, rule_key, day, known),
        };
        pieces_add(arena, &pieces, &room, piece);
        day = day_plus(last, 1);
    }
    return pieces;
}

/* tariffs */

static const PxqTariff *pxq_tariff(const Books *books, const char *product, const char *municipality,
                                   const char *provider, Day day, Day known)
{
    Key key = {.texts = {product, municipality, provider}};
    const PxqTariff *tariff = (const PxqTariff *)in_force(books, KIND_PXQ_TARIFF, key, day, known);
    return tariff && !tariff->none ? tariff : NULL;
}

const PxqTariff *books_pxq_tariff(const Books *books, const char *product, const char *municipality,
                                  const char *provider, Day day, Day known)
{
    const PxqTariff *tariff = pxq_tariff(books, product, municipality, provider, day, known);
    if (!tariff)
        tariff = pxq_tariff(books, product, NULL, provider, day, known);
    if (!tariff)
        tariff = pxq_tariff(books, product, municipality, NULL, day, known);
    return tariff ? tariff : pxq_tariff(books, product, NULL, NULL, day, known);
}

static const PicTariff *pic_tariff(const Books *books, const char *segment, Pic pic, const char *municipality,
                                   const char *provider, Day day, Day known)
{
    Key key = {.texts = {segment, pic.profile, pic.intensity, municipality, provider}};
    const PicTariff *tariff = (const PicTariff *)in_force(books, KIND_PIC_TARIFF, key, day, known);
    return tariff && !tariff->none ? tariff : NULL;
}

const PicTariff *books_pic_tariff(const Books *books, const char *segment, Pic pic, const char *municipality,
                                  const char *provider, Day day, Day known)
{
    const PicTariff *tariff = pic_tariff(books, segment, pic, municipality, provider, day, known);
    if (!tariff)
        tariff = pic_tariff(books, segment, pic, NULL, provider, day, known);
    if (!tariff)
        tariff = pic_tariff(books, segment, pic, municipality, NULL, day, known);
    return tariff ? tariff : pic_tariff(books, segment, pic, NULL, NULL, day, known);
}

/* terms */

const PaymentTerms *books_payment_terms(const Books *books, const char *segment, Pic pic, const char *provider, Day day,
                                        Day known)
{
    const char *providers[] = {provider, NULL};
    const char *profiles[] = {pic.profile, NULL};
    for (int p = 0; p < 2; p++)
        for (int f = 0; f < 2; f++) {
            Key key = {.texts = {segment, profiles[f], pic.intensity, providers[p]}};
            const Entry *terms = in_force(books, KIND_TERMS, key, day, known);
            if (terms)
                return (const PaymentTerms *)terms;
        }
    return NULL;
}

/* granting */

/* The narrowest band of the run that the volume fits in. */
static const GrantingRule *narrowest(const Book *book, size_t first, size_t count, int64_t volume, Day day)
{
    const GrantingRule *found = NULL;
    for (size_t i = first; i < first + count; i++) {
        const GrantingRule *rule = (const GrantingRule *)shelf_entry(book, KIND_GRANTING, i);
        if (!period_has(rule->entry.holds, day) || (rule->unit && volume > rule->volume_max))
            continue;
        if (!found || rule->volume_max < found->volume_max)
            found = rule;
    }
    return found;
}

/* All bands of one unit and frequency are one agreement: the newest book that gives any for the day gives them all. */
static const GrantingRule *granting(const Books *books, Key key, int64_t volume, Day day, Day known)
{
    Sought sought = sought_key(key);
    for (size_t i = books->count; i-- > 0;) {
        const Book *book = books->known[i].book;
        if (day_compare(books->known[i].known, known) > 0 || !book_in_force(book, KIND_GRANTING, &sought, day))
            continue;
        size_t first = 0;
        size_t count = shelf_find(book, KIND_GRANTING, &sought, &first);
        return narrowest(book, first, count, volume, day);
    }
    return NULL;
}

const GrantingRule *books_granting(const Books *books, Referrer referrer, const char *segment, int64_t volume,
                                   Unit unit, Frequency frequency, Day day, Day known)
{
    const GrantingRule *rule = NULL;
    bool in_minutes = unit == UNIT_MINUTE;
    const char *unit_word = unit_name(in_minutes ? UNIT_HOUR : unit);
    const char *frequency_word = frequency_name(frequency);
    if (unit_word && frequency_word) {
        Key band = {.texts = {segment, referrer_name(referrer), unit_word, frequency_word}};
        int64_t hours = volume / 60 + (volume % 60 > 0);
        rule = granting(books, band, in_minutes ? hours : volume, day, known);
    }
    if (!rule)
        rule = granting(books, (Key){.texts = {segment, referrer_name(referrer)}}, volume, day, known);
    return rule;
}

const Substitution *books_substitution(const Books *books, const Product *product, Day day, Day known)
{
    Key own = {.texts = {product->segment, product->code}};
    Key general = {.texts = {product->segment, NULL, unit_name(product->unit)}};
    const Entry *rule = in_force(books, KIND_SUBSTITUTION, own, day, known);
    if (!rule)
        rule = in_force(books, KIND_SUBSTITUTION, general, day, known);
    return (const Substitution *)rule;
}

/* money and results to steer by */

const Budget *books_budget(const Books *books, const char *municipality, int32_t year, Day known)
{
    Key key = {.texts = {municipality}, .number = year};
    return (const Budget *)in_force(books, KIND_BUDGET, key, day_of(year, 1, 1), known);
}

const Target *books_target(const Books *books, const char *code, Day day, Day known)
{
    return (const Target *)in_force(books, KIND_TARGET, (Key){.texts = {code}}, day, known);
}

static int by_target_code(const void *a, const void *b)
{
    return strcmp((*(const Target *const *)a)->code, (*(const Target *const *)b)->code);
}

Targets books_targets(Arena *arena, const Books *books, Day day, Day known)
{
    size_t room = 0, count = 0;
    for (size_t b = 0; b < books->count; b++)
        room += books->known[b].book->shelves[KIND_TARGET].count;
    const Target **list = ARENA_MANY(arena, const Target *, room);
    for (size_t b = 0; b < books->count; b++)
        for (size_t i = 0; i < books->known[b].book->shelves[KIND_TARGET].count; i++) {
            const Target *target = (const Target *)shelf_entry(books->known[b].book, KIND_TARGET, i);
            if (books_target(books, target->code, day, known) == target)
                list[count++] = target;
        }
    if (count > 1)
        qsort(list, count, sizeof *list, by_target_code);
    return (Targets){list, count};
}

/* what there is */

static const Kind NAMED_ON[] = {
    [NAMED_MUNICIPALITIES] = KIND_MUNICIPALITY,
    [NAMED_PROVIDERS] = KIND_PROVIDER,
    [NAMED_SEGMENTS] = KIND_SEGMENT,
    [NAMED_PROFILES] = KIND_PROFILE,
    [NAMED_INTENSITIES] = KIND_INTENSITY,
};

static Named named(NamedKind kind, const Entry *entry)
{
    if (kind == NAMED_MUNICIPALITIES)
        return (Named){((const Municipality *)entry)->code, ((const Municipality *)entry)->name};
    if (kind == NAMED_PROVIDERS)
        return (Named){((const Provider *)entry)->agb, ((const Provider *)entry)->name};
    return (Named){((const Word *)entry)->code, ((const Word *)entry)->name};
}

/* The same code: where it stands in the list; otherwise where it would. */
static size_t place_of(const Named *list, size_t count, const char *code, bool *found_out)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(list[middle].code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *found_out = low < count && strcmp(list[low].code, code) == 0;
    return low;
}

/* Entries of one code stand in the order of their periods, and books in the order of their numbers: the last is newest. */
Named *books_named(Arena *arena, const Books *books, NamedKind kind, Day known, size_t *count_out)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; i < books->count; i++)
        most += books->known[i].book->shelves[NAMED_ON[kind]].count;
    Named *list = ARENA_MANY(arena, Named, most);
    for (size_t i = 0; i < books->count && day_compare(books->known[i].known, known) <= 0; i++)
        for (size_t j = 0; j < books->known[i].book->shelves[NAMED_ON[kind]].count; j++) {
            bool found;
            Named one = named(kind, shelf_entry(books->known[i].book, NAMED_ON[kind], j));
            size_t place = place_of(list, count, one.code, &found);
            if (!found)
                memmove(&list[place + 1], &list[place], (count++ - place) * sizeof *list);
            list[place] = one;
        }
    *count_out = count;
    return list;
}

bool books_any_synthetic(const Books *books, Day known)
{
    for (size_t i = 0; i < books->count && day_compare(books->known[i].known, known) <= 0; i++)
        for (Kind kind = 0; kind < KINDS; kind++)
            for (size_t j = 0; j < books->known[i].book->shelves[kind].count; j++)
                if (shelf_entry(books->known[i].book, kind, j)->synthetic)
                    return true;
    return false;
}
