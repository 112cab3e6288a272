#include "billing/core/rate.h"

#include "book/monthly.h"

#include <string.h>

enum { MINUTES_PER_HOUR = 60 };

bool billing_minute_tariff(Money hour_tariff, Money *minute_tariff_out)
{
    return money_share_half_up(hour_tariff, 1, MINUTES_PER_HOUR, minute_tariff_out);
}

bool billing_start_part(Money price, Fraction share, Money *part_out)
{
    return money_share_half_up(price, share.numerator, share.denominator, part_out);
}

static bool end_part(const RatingInputs *inputs, Money *part_out)
{
    Money start;
    Money rest;
    return billing_start_part(inputs->price, inputs->share, &start) &&
           money_add(inputs->price, money_negated(start), &rest) &&
           money_share_half_up(rest, inputs->part.numerator, inputs->part.denominator, part_out);
}

static bool whole(const RatingInputs *inputs, Money *amount_out)
{
    Money start;
    Money end;
    return billing_start_part(inputs->price, inputs->share, &start) && end_part(inputs, &end) &&
           money_add(start, end, amount_out);
}

/* The price in proportion to the care, of which the start is paid whatever the care. */
static bool pro_rata_whole(const RatingInputs *inputs, Money *amount_out)
{
    Money start;
    Money care;
    if (!billing_start_part(inputs->price, inputs->share, &start) ||
        !money_share_half_up(inputs->price, inputs->part.numerator, inputs->part.denominator, &care))
        return false;
    *amount_out = care.cents > start.cents ? care : start;
    return true;
}

static bool pro_rata_end(const RatingInputs *inputs, Money *amount_out)
{
    Money start;
    Money all;
    return billing_start_part(inputs->price, inputs->share, &start) && pro_rata_whole(inputs, &all) &&
           money_add(all, money_negated(start), amount_out);
}

static bool month_part(const RatingInputs *inputs, Money *amount_out)
{
    Money month;
    return monthly_part(inputs->price, inputs->month, &month) &&
           money_share_half_up(month, inputs->part.numerator, inputs->part.denominator, amount_out);
}

bool billing_rate(const RatingInputs *inputs, Money *amount_out)
{
    switch (inputs->formula) {
    case BILLING_FORMULA_NONE:
        *amount_out = (Money){0};
        return true;
    case BILLING_FORMULA_VOLUME_TIMES_TARIFF:
        return money_times(inputs->price, inputs->volume, amount_out);
    case BILLING_FORMULA_MINUTES_AT_HOUR_TARIFF:
        return money_share_half_up(inputs->price, inputs->volume, MINUTES_PER_HOUR, amount_out);
    case BILLING_FORMULA_VOLUME_IN_CENTS:
        *amount_out = (Money){inputs->volume};
        return true;
    case BILLING_FORMULA_START_PART:
        return billing_start_part(inputs->price, inputs->share, amount_out);
    case BILLING_FORMULA_END_PART:
        return end_part(inputs, amount_out);
    case BILLING_FORMULA_WHOLE:
        return whole(inputs, amount_out);
    case BILLING_FORMULA_MONTH_PART:
        return month_part(inputs, amount_out);
    case BILLING_FORMULA_CREDIT:
        *amount_out = inputs->price;
        return true;
    case BILLING_FORMULA_PRO_RATA_END:
        return pro_rata_end(inputs, amount_out);
    case BILLING_FORMULA_PRO_RATA_WHOLE:
        return pro_rata_whole(inputs, amount_out);
    case BILLING_FORMULA_COUNT:
        break;
    }
    return false;
}

void billing_note_granted(JudgedLine *judged)
{
    const Allocation *allocation = judged->line->allocation;
    judged->contract = allocation->known ? allocation->granted.contract : "";
    judged->granted_book = allocation->granted.book;
}

Provenance billing_provenance(const JudgedLine *judged)
{
    const Line *line = judged->line;
    const Allocation *allocation = line->allocation;
    Provenance provenance = {
        .municipality = allocation->conversation->municipality,
        .provider = allocation->conversation->provider,
        .reference = line->reference->text,
        .allocation = allocation->number,
        .contract = judged->contract,
        .granted_book = judged->granted_book,
        .rated_book = judged->book,
        .price_source = "",
        .terms_source = "",
        .credits = judged->debet ? judged->debet->line->reference->text : "",
        .inputs = judged->inputs,
        .amount = judged->amount,
    };
    if (judged->price) {
        provenance.price_source = judged->price->file;
        provenance.price_book = book_number(judged->price->book);
        provenance.price_line = judged->price->line;
    }
    if (judged->terms) {
        provenance.terms_source = judged->terms->file;
        provenance.terms_book = book_number(judged->terms->book);
        provenance.terms_line = judged->terms->line;
    }
    return provenance;
}

/* Bytes that are the same on every machine: each text with its length before it, each number in eight bytes. */
enum { DIGESTED_MAX = 1024 };

typedef struct Digested {
    uint8_t bytes[DIGESTED_MAX];
    size_t size;
} Digested;

static void put_number(Digested *digested, int64_t number)
{
    if (DIGESTED_MAX - digested->size < sizeof number)
        return;
    uint64_t bits = (uint64_t)number;
    for (size_t i = 0; i < sizeof bits; i++)
        digested->bytes[digested->size++] = (uint8_t)(bits >> (8 * i));
}

/* A text that does not fit beside the others goes in as its own digest. */
static void put_text(Digested *digested, const char *text)
{
    enum { TEXT_MAX = 64 };
    size_t length = strlen(text);
    Digest longer;
    const void *bytes = text;
    put_number(digested, (int64_t)length);
    if (length > TEXT_MAX) {
        longer = digest_of((Bytes){(const uint8_t *)text, length});
        bytes = longer.bytes;
        length = sizeof longer.bytes;
    }
    memcpy(digested->bytes + digested->size, bytes, length);
    digested->size += length;
}

/* Eight texts of at most 64 bytes and twenty-four numbers fit in DIGESTED_MAX. */
Digest billing_digest(const Provenance *provenance)
{
    Digested digested;
    digested.size = 0;
    put_text(&digested, provenance->municipality);
    put_text(&digested, provenance->provider);
    put_text(&digested, provenance->reference);
    put_text(&digested, provenance->allocation);
    put_text(&digested, provenance->contract);
    put_text(&digested, provenance->price_source);
    put_text(&digested, provenance->terms_source);
    put_text(&digested, provenance->credits);
    put_number(&digested, provenance->granted_book);
    put_number(&digested, provenance->rated_book);
    put_number(&digested, provenance->price_book);
    put_number(&digested, provenance->price_line);
    put_number(&digested, provenance->terms_book);
    put_number(&digested, provenance->terms_line);
    put_number(&digested, provenance->inputs.formula);
    put_number(&digested, provenance->inputs.price.cents);
    put_number(&digested, provenance->inputs.volume);
    put_number(&digested, provenance->inputs.month);
    put_number(&digested, provenance->inputs.share.numerator);
    put_number(&digested, provenance->inputs.share.denominator);
    put_number(&digested, provenance->inputs.part.numerator);
    put_number(&digested, provenance->inputs.part.denominator);
    put_number(&digested, provenance->amount.cents);
    return digest_of((Bytes){digested.bytes, digested.size});
}
