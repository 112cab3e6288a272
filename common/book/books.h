/*
 * Books: what holds on a day, as it was known on a day.
 *
 * In force for day D as known on K: of the entries that hold on D in books known on or before
 * K, the one of the highest book number. Where an entry may be narrower than another (a tariff
 * of one provider), the narrowest in force wins, whatever its book. NULL means that the books
 * say nothing: nobody guesses.
 *
 * An answer is borrowed from the book that it stands in, which outlives the Books.
 */
#pragma once

#include "base/arena.h"
#include "book/book.h"

enum { BOOKS_MAX = 256 };

typedef struct KnownBook {
    const Book *book;
    Day known;
} KnownBook;

/* The books that a partition has heard, in order. A value: copy it as you like. */
typedef struct Books {
    size_t count;
    KnownBook known[BOOKS_MAX];
} Books;

/* False, and nothing added, when the number does not come after the last one, the day comes before it, or there is no room. */
[[nodiscard]] bool books_add(Books *books, const Book *book, Day known);

/* The newest book known on the day: its number is that of the decisions made under it. NULL before the first. */
const Book *books_newest(const Books *books, Day known);
const Book *books_numbered(const Books *books, int32_t number);

/*
 * An entry by where it stands, so that what rests on it can cite it; one of them where a line writes out many. NULL
 * when no book of that number has an entry there.
 */
const Entry *books_entry_at(const Books *books, int32_t number, const char *file, int32_t line);

/* region */

const Region *books_region(const Books *books, Day day, Day known);
const Municipality *books_municipality(const Books *books, const char *code, Day day, Day known);

/* All that the region has on the day, each once, into a list with room for so many; how many there are. */
size_t books_municipalities(const Books *books, Day day, Day known, const Municipality **list_out, size_t room);
const ResidenceRule *books_residence(const Books *books, Day day, Day known);

/* NULL: no book says how long a person is known. */
const RetentionRule *books_retention(const Books *books, Day day, Day known);

/* Holidays are days of the calendar and know no period; a working day is Monday to Friday and no holiday. */
bool books_is_holiday(const Books *books, Day day, Day known);
bool books_is_working_day(const Books *books, Day day, Day known);

/* The count-th working day after the day, which itself does not count. */
Day books_working_day_after(const Books *books, Day day, int32_t count, Day known);

/* The floor that allocation numbers are counted from; 0 when no book gives one. */
int64_t books_number_floor(const Books *books, Day known);

/*
 * Whether the client counts as new or existing for care that begins on the day. `rule_out` may
 * be NULL. 0 when no rule holds.
 */
Cohort books_cohort(const Books *books, const Period *care_periods, size_t count, Day day, Day known,
                    const CohortRule **rule_out);

/* What a rule makes of a client with these care periods. */
Cohort cohort_by_rule(const CohortRule *rule, const Period *care_periods, size_t count);

/* catalogue */

const Word *books_segment(const Books *books, const char *code, Day day, Day known);
const Word *books_profile(const Books *books, const char *code, Day day, Day known);
const Word *books_intensity(const Books *books, const char *code, Day day, Day known);
const Product *books_product(const Books *books, const char *code, Day day, Day known);

/* The own product code that carries the PIC. */
const Product *books_pic_product(const Books *books, const char *segment, Pic pic, Day day, Day known);

/* Whether the product may be declared in this unit (an hour product may say minutes where the book says so). */
bool product_has_unit(const Product *product, Unit unit);

/* providers and contracts */

const Provider *books_provider(const Books *books, const char *agb, Day day, Day known);

/* The code under which the provider's conversations go on: that of an earlier name, or agb itself. */
const char *books_provider_code(const Books *books, const char *agb, Day day, Day known);

const Contract *books_contract(const Books *books, const char *provider, const char *segment, const char *municipality,
                               Day day, Day known);

/* Whether it covers a product, which must be of its segment, or a PIC. */
bool contract_covers_product(const Contract *contract, const Product *product);
bool contract_covers_pic(const Contract *contract, Pic pic);

/* funding */

const FundingRule *books_funding(const Books *books, const char *municipality, const char *segment, Cohort cohort,
                                 Day day, Day known);

/* A run of days on which contract and funding are the same; NULL where there is none. */
typedef struct Piece {
    Period period;
    const Contract *contract;
    const FundingRule *funding;
} Piece;

typedef struct Pieces {
    Piece *pieces;
    size_t count;
} Pieces;

/* The period cut where contract or funding rule becomes another, in order, without gap or overlap. */
Pieces books_pieces(Arena *arena, const Books *books, const char *provider, const char *municipality,
                    const char *segment, Cohort cohort, Period period, Day known);

/* tariffs: the provider's own, else the municipality's, else the region's */

const PxqTariff *books_pxq_tariff(const Books *books, const char *product, const char *municipality,
                                  const char *provider, Day day, Day known);
const PicTariff *books_pic_tariff(const Books *books, const char *segment, Pic pic, const char *municipality,
                                  const char *provider, Day day, Day known);

/* terms: the provider's own before all providers', the profile's own before all profiles' */

const PaymentTerms *books_payment_terms(const Books *books, const char *segment, Pic pic, const char *provider, Day day,
                                        Day known);

/* granting */

/*
 * Who may grant what is asked: the narrowest band of volume that it fits in, else the rule
 * without a band. Minutes are compared with bands in hours; a PIC is asked as UNIT_EURO,
 * FREQUENCY_IN_TOTAL and its price in cents. NULL: a person must judge.
 */
const GrantingRule *books_granting(const Books *books, Referrer referrer, const char *segment, int64_t volume,
                                   Unit unit, Frequency frequency, Day day, Day known);

/* The product's own rule, else that of its segment; NULL or by_person: a person must say. */
const Substitution *books_substitution(const Books *books, const Product *product, Day day, Day known);

/* money and results to steer by */

const Budget *books_budget(const Books *books, const char *municipality, int32_t year, Day known);
const Target *books_target(const Books *books, const char *code, Day day, Day known);

/* Every target in force on the day, in order of code. */
typedef struct Targets {
    const Target *const *list;
    size_t count;
} Targets;

Targets books_targets(Arena *arena, const Books *books, Day day, Day known);

/* what there is */

typedef enum NamedKind {
    NAMED_MUNICIPALITIES,
    NAMED_PROVIDERS,
    NAMED_SEGMENTS,
    NAMED_PROFILES,
    NAMED_INTENSITIES,
} NamedKind;

typedef struct Named {
    const char *code;
    const char *name; /* the newest */
} Named;

/* All that a book known on the day names, whenever it holds, each once, in order of code. Lives in the arena. */
Named *books_named(Arena *arena, const Books *books, NamedKind kind, Day known, size_t *count_out);

/* Whether any entry of the books known on the day is invented. */
bool books_any_synthetic(const Books *books, Day known);
