#include "picq/receipt/write.h"

#include <string.h>

typedef struct Writing {
    Arena *arena;
    const Receipt *receipt;
    Language language;
    const char *text;
} Writing;

enum { SLOTS_MAX = 24 };

/* What the places of a sentence may be filled with. */
typedef struct Slots {
    Slot list[SLOTS_MAX];
    size_t count;
} Slots;

static void fill(Slots *slots, const char *name, const char *text)
{
    if (slots->count < SLOTS_MAX)
        slots->list[slots->count++] = (Slot){name, text};
}

static const char *filled(const Writing *writing, Sentence sentence, const Slots *slots)
{
    return sentence_fill(writing->arena, sentence, writing->language, slots->list, slots->count);
}

static void say(Writing *writing, Sentence sentence, const Slots *slots)
{
    writing->text = arena_format(writing->arena, "%s%s\n", writing->text, filled(writing, sentence, slots));
}

/* words for what stands in a place */

static const char *euros(const Writing *writing, Money amount)
{
    return money_write_dutch(amount, arena_take(writing->arena, MONEY_TEXT_SIZE));
}

static const char *number(const Writing *writing, int64_t value)
{
    return arena_format(writing->arena, "%lld", (long long)value);
}

static const char *day(const Writing *writing, const char *text)
{
    return day_words(writing->arena, text, writing->language);
}

/* 70% where it is whole, else 7/30. */
static const char *portion(const Writing *writing, Portion portion)
{
    if (portion.denominator > 0 && portion.numerator <= INT32_MAX && portion.numerator * 100 % portion.denominator == 0)
        return arena_format(writing->arena, "%lld%%", (long long)(portion.numerator * 100 / portion.denominator));
    return arena_format(writing->arena, "%lld/%lld", (long long)portion.numerator, (long long)portion.denominator);
}

static bool is_all(Portion portion)
{
    return portion.numerator == portion.denominator;
}

/* A volume in euros is an amount in cents; one that was left to the region is what it came to. */
static const char *volume(const Writing *writing, const ReceiptLine *line)
{
    if (strcmp(line->unit, "EURO") == 0)
        return euros(writing, line->volume ? (Money){line->volume} : line->amount);
    return arena_format(writing->arena, "%lld %s", (long long)line->volume,
                        unit_words(line->unit, line->volume != 1, writing->language));
}

static const char *care(const Writing *writing, const ReceiptLine *line)
{
    if (*line->profile)
        return arena_format(writing->arena, "%s %s (%s)", line->profile, line->intensity, line->code);
    return *line->product ? arena_format(writing->arena, "%s (%s)", line->product, line->code) : line->code;
}

static const char *where(const Writing *writing, const Citation *citation)
{
    Slots slots = {0};
    fill(&slots, "book", number(writing, citation->book));
    fill(&slots, "decision", citation->decision);
    fill(&slots, "decided", day(writing, citation->decided));
    fill(&slots, "file", citation->file);
    fill(&slots, "line", number(writing, citation->line));
    fill(&slots, "rests_on", citation->rests_on);
    if (!*citation->decision)
        return filled(writing, SENTENCE_BOOK, &slots);
    if (!*citation->file)
        return filled(writing, SENTENCE_DECISION, &slots);
    bool rests_elsewhere = *citation->rests_on && strcmp(citation->rests_on, citation->decision) != 0;
    const char *words = filled(writing, rests_elsewhere ? SENTENCE_WHERE_RESTING : SENTENCE_WHERE, &slots);
    if (!citation->synthetic)
        return words;
    slots.count = 0;
    fill(&slots, "where", words);
    return filled(writing, SENTENCE_SYNTHETIC, &slots);
}

/* how an amount follows */

static bool is_formula(const Rating *rating, const char *name)
{
    return strcmp(rating->formula, name) == 0;
}

static bool is_of_trajectory(const Rating *rating)
{
    return is_formula(rating, "START_PART") || is_formula(rating, "END_PART") || is_formula(rating, "WHOLE") ||
           is_formula(rating, "PRO_RATA_END") || is_formula(rating, "PRO_RATA_WHOLE");
}

/* The price stands in the terms where it is their cap. */
static bool is_capped(const Rating *rating)
{
    return rating->price_at.book > 0 && rating->price_at.book == rating->terms_at.book &&
           rating->price_at.line == rating->terms_at.line && strcmp(rating->price_at.file, rating->terms_at.file) == 0;
}

/* The unit of a line that is rated by its own unit, or by the hour. */
static const char *tariff_unit(const Writing *writing, const ReceiptLine *line, const Rating *rating)
{
    const char *unit = is_formula(rating, "MINUTES_AT_HOUR_TARIFF") ? "HOUR" : line->unit;
    return unit_words(unit, false, writing->language);
}

static void say_agreement(Writing *writing, const ReceiptLine *line, const Rating *rating)
{
    Slots slots = {0};
    fill(&slots, "price", euros(writing, rating->price));
    fill(&slots, "unit", tariff_unit(writing, line, rating));
    fill(&slots, "where", where(writing, &rating->price_at));
    if (rating->price_at.book == 0)
        return;
    say(writing,
        is_formula(rating, "MONTH_PART") ? SENTENCE_YEAR_PRICE
        : is_capped(rating)              ? SENTENCE_TRAJECTORY_CAP
        : is_of_trajectory(rating)       ? SENTENCE_TRAJECTORY_PRICE
                                         : SENTENCE_TARIFF,
        &slots);
    if (rating->terms_at.book == 0)
        return;
    slots.count = 0;
    fill(&slots, "where", where(writing, &rating->terms_at));
    say(writing, SENTENCE_TERMS, &slots);
}

/* A sentence is called as its formula; after an early end another one tells of the part that is paid. */
static Sentence sentence_of(const Writing *writing, const Rating *rating)
{
    bool early = rating->part.denominator > 0 && !is_all(rating->part);
    Sentence sentence = SENTENCE_COUNT;
    if (early)
        sentence = sentence_named(arena_format(writing->arena, "%s_EARLY", rating->formula));
    return sentence == SENTENCE_COUNT ? sentence_named(rating->formula) : sentence;
}

static void say_formula(Writing *writing, const Rating *rating)
{
    Sentence sentence = sentence_of(writing, rating);
    if (sentence == SENTENCE_COUNT)
        return;
    Slots slots = {0};
    fill(&slots, "price", euros(writing, rating->price));
    fill(&slots, "volume", number(writing, rating->volume));
    fill(&slots, "month", number(writing, rating->month));
    fill(&slots, "share", portion(writing, rating->share));
    fill(&slots, "part", portion(writing, rating->part));
    fill(&slots, "start", euros(writing, rating->start));
    fill(&slots, "month_price", euros(writing, rating->month_price));
    fill(&slots, "amount", euros(writing, rating->stored));
    say(writing, sentence, &slots);
}

/* what happened, one after another */

static Slots slots_of_line(const Writing *writing, const ReceiptLine *line)
{
    Slots slots = {0};
    fill(&slots, "provider", writing->receipt->provider);
    fill(&slots, "municipality", writing->receipt->municipality);
    fill(&slots, "known", day(writing, line->known));
    fill(&slots, "document", line->document);
    fill(&slots, "reference", line->reference);
    fill(&slots, "credits", line->credits);
    fill(&slots, "care", care(writing, line));
    fill(&slots, "volume", volume(writing, line));
    fill(&slots, "first", day(writing, line->first_day));
    fill(&slots, "last", day(writing, line->last_day));
    fill(&slots, "allocation", line->allocation);
    fill(&slots, "client", *line->client ? line->client : sentence_words(SENTENCE_UNKNOWN, writing->language));
    fill(&slots, "amount", euros(writing, line->amount));
    fill(&slots, "code", line->return_code);
    fill(&slots, "why", writing->language == DUTCH ? line->sentence_nl : line->sentence_en);
    fill(&slots, "where", where(writing, &line->cause));
    return slots;
}

static void say_declared(Writing *writing, const ReceiptLine *line)
{
    Slots slots = slots_of_line(writing, line);
    if (!line->approved) {
        say(writing, *line->credits ? SENTENCE_CREDIT_REJECTED : SENTENCE_DECLARED, &slots);
        say(writing, *line->return_code ? SENTENCE_REJECTED_WITH_CODE : SENTENCE_REJECTED, &slots);
    } else if (*line->credits) {
        say(writing, SENTENCE_CREDITED, &slots);
    } else {
        say(writing, SENTENCE_DECLARED, &slots);
        say_agreement(writing, line, &line->rating);
        say_formula(writing, &line->rating);
    }
}

/* The credit line that billing made with a debet line. */
static const ReceiptLine *credit_beside(const Receipt *receipt, const ReceiptLine *debet)
{
    for (size_t i = 0; i < receipt->line_count; i++) {
        const ReceiptLine *line = &receipt->lines[i];
        if (line->by_billing && *line->credits && line->position == debet->position)
            return line;
    }
    return NULL;
}

/* Both lines in one sentence, told by the debet. */
static void say_self_billed(Writing *writing, const ReceiptLine *line)
{
    const ReceiptLine *credit = *line->credits ? NULL : credit_beside(writing->receipt, line);
    if (!credit)
        return;
    Slots slots = {0};
    fill(&slots, "credits", credit->credits);
    fill(&slots, "credit", credit->reference);
    fill(&slots, "taken", euros(writing, credit->amount));
    Slots of_line = slots_of_line(writing, line);
    for (size_t i = 0; i < of_line.count; i++)
        if (strcmp(of_line.list[i].name, "credits") != 0)
            fill(&slots, of_line.list[i].name, of_line.list[i].text);
    say(writing, SENTENCE_SELF_BILLED, &slots);
    say_agreement(writing, line, &line->rating);
    say_formula(writing, &line->rating);
}

static const ReceiptLine *line_named(const Receipt *receipt, const char *reference)
{
    for (size_t i = 0; i < receipt->line_count; i++)
        if (strcmp(receipt->lines[i].reference, reference) == 0)
            return &receipt->lines[i];
    return receipt->lines;
}

static void say_adjustment(Writing *writing, const ReceiptAdjustment *adjustment)
{
    Slots slots = {0};
    fill(&slots, "known", day(writing, adjustment->known));
    fill(&slots, "where", where(writing, &adjustment->cause));
    fill(&slots, "document", adjustment->document);
    fill(&slots, "credit", adjustment->taken_back_by);
    fill(&slots, "amount", euros(writing, adjustment->amount));
    fill(&slots, "after", euros(writing, adjustment->rating.stored));
    if (!*adjustment->rating.formula) {
        say(writing, *adjustment->taken_back_by ? SENTENCE_TAKEN_BACK_BY_CREDIT : SENTENCE_TAKEN_BACK, &slots);
        return;
    }
    say(writing, adjustment->settled ? SENTENCE_SETTLED : SENTENCE_EXPECTED, &slots);
    say_agreement(writing, line_named(writing->receipt, adjustment->reference), &adjustment->rating);
    say_formula(writing, &adjustment->rating);
}

/* In the order in which it happened: at one position the lines come first. */
static void say_all(Writing *writing)
{
    const Receipt *receipt = writing->receipt;
    size_t line = 0, adjustment = 0;
    while (line < receipt->line_count || adjustment < receipt->adjustment_count) {
        bool line_is_next =
            adjustment == receipt->adjustment_count ||
            (line < receipt->line_count && receipt->lines[line].position <= receipt->adjustments[adjustment].position);
        if (!line_is_next)
            say_adjustment(writing, &receipt->adjustments[adjustment++]);
        else if (receipt->lines[line].by_billing)
            say_self_billed(writing, &receipt->lines[line++]);
        else
            say_declared(writing, &receipt->lines[line++]);
    }
}

/* whether it still comes out */

typedef struct Rated {
    const char *reference; /* of an adjustment with its document */
    const char *contract;
    const Rating *rating;
} Rated;

typedef struct RatedList {
    Rated *list;
    size_t count;
} RatedList;

static RatedList all_rated(Arena *arena, const Receipt *receipt)
{
    RatedList rated = {ARENA_MANY(arena, Rated, receipt->line_count + receipt->adjustment_count), 0};
    for (size_t i = 0; i < receipt->line_count; i++) {
        const ReceiptLine *line = &receipt->lines[i];
        if (*line->rating.formula)
            rated.list[rated.count++] = (Rated){line->reference, line->contract, &line->rating};
    }
    for (size_t i = 0; i < receipt->adjustment_count; i++) {
        const ReceiptAdjustment *adjustment = &receipt->adjustments[i];
        const char *name = arena_format(arena, "%s %s", adjustment->reference, adjustment->document);
        if (*adjustment->rating.formula)
            rated.list[rated.count++] =
                (Rated){name, line_named(receipt, adjustment->reference)->contract, &adjustment->rating};
    }
    return rated;
}

static void say_what_disagrees(Writing *writing, const Rated *rated)
{
    const Rating *rating = rated->rating;
    Slots slots = {0};
    fill(&slots, "reference", rated->reference);
    fill(&slots, "amount", euros(writing, rating->stored));
    fill(&slots, "recomputed", euros(writing, rating->recomputed));
    if (rating->stored.cents != rating->recomputed.cents)
        say(writing, SENTENCE_AMOUNT_DISAGREES, &slots);
    if (strcmp(rating->digest, rating->digest_recomputed) != 0)
        say(writing, SENTENCE_DIGEST_DISAGREES, &slots);
}

static void say_whether_it_agrees(Writing *writing)
{
    RatedList rated = all_rated(writing->arena, writing->receipt);
    if (rated.count == 0)
        return;
    Slots slots = {0};
    fill(&slots, "count", number(writing, (int64_t)rated.count));
    fill(&slots, "net", euros(writing, writing->receipt->net));
    if (rated.count > 1)
        say(writing, SENTENCE_NET, &slots);
    if (writing->receipt->agrees)
        say(writing, rated.count > 1 ? SENTENCE_ALL_AGREE : SENTENCE_AGREES, &slots);
    for (size_t i = 0; !writing->receipt->agrees && i < rated.count; i++)
        say_what_disagrees(writing, &rated.list[i]);
}

const char *receipt_words(Arena *arena, const Receipt *receipt, Language language)
{
    Writing writing = {arena, receipt, language, ""};
    say_all(&writing);
    say_whether_it_agrees(&writing);
    return writing.text;
}

/* the inputs */

typedef const char *InputText(const Writing *writing, const Rated *rated);

static const char *text_of_reference(const Writing *writing, const Rated *rated)
{
    (void)writing;
    return rated->reference;
}

static const char *text_of_formula(const Writing *writing, const Rated *rated)
{
    (void)writing;
    return rated->rating->formula;
}

static const char *text_of_price(const Writing *writing, const Rated *rated)
{
    return rated->rating->price.cents ? euros(writing, rated->rating->price) : "";
}

static const char *text_of_volume(const Writing *writing, const Rated *rated)
{
    return rated->rating->volume ? number(writing, rated->rating->volume) : "";
}

static const char *text_of_month(const Writing *writing, const Rated *rated)
{
    return rated->rating->month ? number(writing, rated->rating->month) : "";
}

static const char *text_of_fraction(const Writing *writing, Portion portion)
{
    return portion.denominator
               ? arena_format(writing->arena, "%lld/%lld", (long long)portion.numerator, (long long)portion.denominator)
               : "";
}

static const char *text_of_share(const Writing *writing, const Rated *rated)
{
    return text_of_fraction(writing, rated->rating->share);
}

static const char *text_of_part(const Writing *writing, const Rated *rated)
{
    return text_of_fraction(writing, rated->rating->part);
}

static const char *text_of_amount(const Writing *writing, const Rated *rated)
{
    return euros(writing, rated->rating->stored);
}

static const char *text_of_recomputed(const Writing *writing, const Rated *rated)
{
    return euros(writing, rated->rating->recomputed);
}

static const char *book_of(const Writing *writing, const Citation *citation)
{
    if (citation->book == 0)
        return "";
    Slots slots = {0};
    fill(&slots, "book", number(writing, citation->book));
    const char *book = filled(writing, SENTENCE_BOOK, &slots);
    return *citation->file
               ? arena_format(writing->arena, "%s, %s:%lld", book, citation->file, (long long)citation->line)
               : book;
}

static const char *text_of_price_at(const Writing *writing, const Rated *rated)
{
    return book_of(writing, &rated->rating->price_at);
}

static const char *text_of_terms_at(const Writing *writing, const Rated *rated)
{
    return book_of(writing, &rated->rating->terms_at);
}

static const char *text_of_contract(const Writing *writing, const Rated *rated)
{
    (void)writing;
    return rated->contract;
}

static const char *text_of_granted(const Writing *writing, const Rated *rated)
{
    return book_of(writing, &rated->rating->granted_under);
}

static const char *text_of_rated(const Writing *writing, const Rated *rated)
{
    return book_of(writing, &rated->rating->rated_under);
}

static const struct {
    Sentence label;
    InputText *text;
} INPUTS[] = {
    {SENTENCE_LABEL_LINE, text_of_reference},
    {SENTENCE_LABEL_FORMULA, text_of_formula},
    {SENTENCE_LABEL_PRICE, text_of_price},
    {SENTENCE_LABEL_VOLUME, text_of_volume},
    {SENTENCE_LABEL_MONTH, text_of_month},
    {SENTENCE_LABEL_SHARE, text_of_share},
    {SENTENCE_LABEL_PART, text_of_part},
    {SENTENCE_LABEL_AMOUNT, text_of_amount},
    {SENTENCE_LABEL_RECOMPUTED, text_of_recomputed},
    {SENTENCE_LABEL_PRICE_AT, text_of_price_at},
    {SENTENCE_LABEL_TERMS_AT, text_of_terms_at},
    {SENTENCE_LABEL_CONTRACT, text_of_contract},
    {SENTENCE_LABEL_GRANTED, text_of_granted},
    {SENTENCE_LABEL_RATED, text_of_rated},
};

enum { INPUT_ROWS = sizeof INPUTS / sizeof *INPUTS };

static bool fill_row(const Writing *writing, const RatedList *rated, size_t input, InputRow *row)
{
    bool any = false;
    row->label = sentence_words(INPUTS[input].label, writing->language);
    row->texts = ARENA_MANY(writing->arena, const char *, rated->count);
    for (size_t i = 0; i < rated->count; i++) {
        row->texts[i] = INPUTS[input].text(writing, &rated->list[i]);
        any |= *row->texts[i] != '\0';
    }
    return any;
}

InputTable receipt_inputs(Arena *arena, const Receipt *receipt, Language language)
{
    const Writing writing = {arena, receipt, language, ""};
    RatedList rated = all_rated(arena, receipt);
    InputTable table = {.rows = ARENA_MANY(arena, InputRow, INPUT_ROWS), .column_count = rated.count};
    for (size_t input = 0; rated.count && input < INPUT_ROWS; input++)
        table.row_count += fill_row(&writing, &rated, input, &table.rows[table.row_count]);
    return table;
}

const char *receipt_digests(Arena *arena, const Receipt *receipt, Language language)
{
    Writing writing = {arena, receipt, language, ""};
    RatedList rated = all_rated(arena, receipt);
    for (size_t i = 0; i < rated.count; i++) {
        Slots slots = {0};
        fill(&slots, "reference", rated.list[i].reference);
        writing.text = arena_format(arena, "%s%s  %s\n", writing.text, filled(&writing, SENTENCE_LABEL_DIGEST, &slots),
                                    rated.list[i].rating->digest);
    }
    return writing.text;
}
