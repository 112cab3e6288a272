#include "billing/web/line.h"

#include "billing/core/standing.h"
#include "billing/sql.h"
#include "billing/web/stored.h"
#include "book/monthly.h"
#include "http/json.h"

#include <string.h>

/* What is told of one chain. */
typedef struct Telling {
    Arena *arena;
    const LineQuestion *question;
    const Books *books;
    bool agrees; /* all that was recomputed so far */
    Money net;
} Telling;

/* where it was agreed */

static json_t *decision_as_json(const Books *books, int32_t number)
{
    const Book *book = books_numbered(books, number);
    json_t *json = json_object();
    json_put_int(json, "book", number);
    if (!book)
        return json;
    Decision decision = book_decision(book);
    json_put_text(json, "slug", book_slug(book));
    json_put_text(json, "decision", decision.name);
    json_put_day(json, "decided", decision.decided);
    json_put_text(json, "source", decision.source);
    for (size_t i = 0; i < books->count; i++)
        if (books->known[i].book == book)
            json_put_day(json, "known_day", books->known[i].known);
    return json;
}

/* The decision of the book, and where in it the entry stands. */
static json_t *citation_as_json(const Books *books, int32_t number, const char *file, int32_t line)
{
    json_t *json = decision_as_json(books, number);
    const Entry *entry = books_entry_at(books, number, file, line);
    json_put_text(json, "file", file);
    json_put_int(json, "line", line);
    if (!entry)
        return json;
    json_put_text(json, "rests_on", entry->rests_on);
    json_object_set_new(json, "synthetic", json_boolean(entry->synthetic));
    json_put_period(json, entry->holds);
    return json;
}

static void put_citation(json_t *json, const char *name, const Telling *telling, const char *file, int32_t book,
                         int32_t line)
{
    if (book)
        json_object_set_new(json, name, citation_as_json(telling->books, book, file, line));
}

static void put_contract(json_t *json, const Telling *telling, const Rows *rows, size_t row)
{
    const char *id = rows_text(rows, row, rows_column(rows, "contract"));
    const Contract *contract =
        books_contract(telling->books, telling->question->provider, rows_text(rows, row, rows_column(rows, "segment")),
                       telling->question->municipality, rows_day(rows, row, rows_column(rows, "first_day")),
                       rows_day(rows, row, rows_column(rows, "granted_day")));
    json_put_text(json, "contract", id);
    if (!contract || strcmp(contract->id, id) != 0)
        return;
    const Entry *entry = &contract->entry;
    json_t *citation = citation_as_json(telling->books, book_number(entry->book), entry->file, entry->line);
    json_object_set_new(json, "contract_entry", citation);
}

/* what the amount was made from */

static json_t *fraction_as_json(Fraction fraction)
{
    return json_pack("[I, I]", (json_int_t)fraction.numerator, (json_int_t)fraction.denominator);
}

static json_t *inputs_as_json(const RatingInputs *inputs)
{
    json_t *json = json_object();
    if ((unsigned)inputs->formula < BILLING_FORMULA_COUNT) {
        json_put_text(json, "formula", billing_formula_name(inputs->formula));
        json_put_text(json, "words", billing_formula_english(inputs->formula));
    }
    json_put_cents(json, "price_cents", inputs->price);
    json_put_int(json, "volume", inputs->volume);
    if (inputs->month)
        json_put_int(json, "month", inputs->month);
    if (inputs->share.denominator)
        json_object_set_new(json, "share", fraction_as_json(inputs->share));
    if (inputs->part.denominator)
        json_object_set_new(json, "part", fraction_as_json(inputs->part));
    Money start;
    if (inputs->share.denominator && billing_start_part(inputs->price, inputs->share, &start))
        json_put_cents(json, "start_cents", start);
    Money month;
    if (inputs->month && monthly_part(inputs->price, inputs->month, &month))
        json_put_cents(json, "month_cents", month);
    return json;
}

static const char *digest_text(Arena *arena, Bytes bytes)
{
    Digest digest;
    if (bytes.size != sizeof digest.bytes)
        return "";
    memcpy(digest.bytes, bytes.data, bytes.size);
    return digest_write(&digest, arena_take(arena, DIGEST_TEXT_SIZE));
}

/* Inputs, what they rest on, and what comes out of them now. */
static json_t *rating_as_json(Telling *telling, const Rows *rows, size_t row)
{
    StoredColumns at = stored_columns(rows);
    Provenance stored = stored_provenance(telling->arena, rows, row, &at);
    Bytes digest = rows_bytes(rows, row, at.digest);
    Verified verified = billing_verify(&stored, digest);
    json_t *json = inputs_as_json(&stored.inputs);
    put_citation(json, "price", telling, stored.price_source, stored.price_book, stored.price_line);
    put_citation(json, "terms", telling, stored.terms_source, stored.terms_book, stored.terms_line);
    json_object_set_new(json, "granted_under", decision_as_json(telling->books, stored.granted_book));
    json_object_set_new(json, "rated_under", decision_as_json(telling->books, stored.rated_book));
    json_put_cents(json, "stored_cents", stored.amount);
    json_put_cents(json, "recomputed_cents", verified.amount);
    json_put_text(json, "digest", digest_text(telling->arena, digest));
    json_put_text(json, "digest_recomputed",
                  digest_text(telling->arena, (Bytes){verified.digest.bytes, sizeof verified.digest.bytes}));
    json_object_set_new(json, "agrees", json_boolean(verified_agrees(&verified)));
    telling->agrees &= verified_agrees(&verified);
    return json;
}

/* the care */

static void put_product(json_t *json, const Telling *telling, const char *code, Day day, Day known)
{
    const Product *product = books_product(telling->books, code, day, known);
    json_put_text(json, "code", code);
    json_put_text(json, "product", product ? product->name : "");
}

static void put_pic(json_t *json, const Telling *telling, Pic pic, Day day, Day known)
{
    const Word *profile = books_profile(telling->books, pic.profile, day, known);
    const Word *intensity = books_intensity(telling->books, pic.intensity, day, known);
    json_put_text(json, "profile", pic.profile);
    json_put_text(json, "profile_name", profile ? profile->name : "");
    json_put_text(json, "intensity", pic.intensity);
    json_put_text(json, "intensity_name", intensity ? intensity->name : "");
}

/* What was granted, as it was when the line was judged. */
static json_t *allocation_as_json(const Telling *telling, const Rows *rows, size_t row)
{
    json_t *json = json_object();
    Pic pic = {rows_text(rows, row, rows_column(rows, "profile")),
               rows_text(rows, row, rows_column(rows, "intensity"))};
    json_put_text(json, "number", rows_text(rows, row, rows_column(rows, "allocation")));
    if (rows_null(rows, row, rows_column(rows, "granted_book")))
        return json;
    json_put_text(json, "trajectory", rows_text(rows, row, rows_column(rows, "trajectory")));
    json_put_text(json, "segment", rows_text(rows, row, rows_column(rows, "segment")));
    json_put_text(json, "funding", funding_name((Funding)rows_int(rows, row, rows_column(rows, "funding"))));
    put_pic(json, telling, pic, rows_day(rows, row, rows_column(rows, "first_day")),
            rows_day(rows, row, rows_column(rows, "known_day")));
    json_put_int(json, "volume", rows_int(rows, row, rows_column(rows, "granted_volume")));
    json_put_text(json, "unit", unit_name((Unit)rows_int(rows, row, rows_column(rows, "granted_unit"))));
    json_put_text(json, "frequency",
                  frequency_name((Frequency)rows_int(rows, row, rows_column(rows, "granted_frequency"))));
    json_put_period(json, (Period){rows_day(rows, row, rows_column(rows, "granted_first_day")),
                                   rows_day(rows, row, rows_column(rows, "granted_last_day"))});
    json_put_int(json, "book", rows_int(rows, row, rows_column(rows, "granted_book")));
    put_contract(json, telling, rows, row);
    return json;
}

static void put_verdict(json_t *json, const Rows *rows, size_t row)
{
    const char *name = rows_text(rows, row, rows_column(rows, "reason"));
    BillingReason reason = *name ? billing_reason_named(name) : BILLING_APPROVED;
    bool by_allocation = reason == BILLING_REASON_COUNT; /* a name that it gave */
    if (by_allocation)
        reason = BILLING_MISMATCHED;
    json_object_set_new(json, "approved", json_boolean(*name == '\0'));
    json_put_text(json, "reason", name);
    json_put_text(json, "return_code", rows_text(rows, row, rows_column(rows, "return_code")));
    json_put_text(json, "sentence_nl", billing_reason_dutch(reason));
    json_put_text(json, "sentence_en",
                  by_allocation ? "the line does not fit the allocation" : billing_reason_english(reason));
}

static json_t *line_as_json(Telling *telling, const Rows *rows, size_t row)
{
    json_t *json = json_object();
    Period period = {rows_day(rows, row, rows_column(rows, "first_day")),
                     rows_day(rows, row, rows_column(rows, "last_day"))};
    Day known = rows_day(rows, row, rows_column(rows, "known_day"));
    const char *origin = rows_text(rows, row, rows_column(rows, "origin"));
    Money amount = {rows_int(rows, row, rows_column(rows, "amount_cents"))};

    json_put_text(json, "reference", rows_text(rows, row, rows_column(rows, "reference")));
    json_put_int(json, "position", rows_int(rows, row, rows_column(rows, "position")));
    json_put_text(json, "made_by", *origin ? "BILLING" : "PROVIDER");
    json_put_text(json, "document", rows_text(rows, row, rows_column(rows, "declaration")));
    json_put_day(json, "known_day", known);
    json_put_text(json, "client", rows_text(rows, row, rows_column(rows, "client")));
    json_put_text(json, "category", rows_text(rows, row, rows_column(rows, "category")));
    put_product(json, telling, rows_text(rows, row, rows_column(rows, "code")), period.first, known);
    json_put_period(json, period);
    json_put_int(json, "volume", rows_int(rows, row, rows_column(rows, "volume")));
    json_put_text(json, "unit", unit_name((Unit)rows_int(rows, row, rows_column(rows, "unit"))));
    if (!rows_null(rows, row, rows_column(rows, "tariff_cents")))
        json_put_int(json, "tariff_cents", rows_int(rows, row, rows_column(rows, "tariff_cents")));
    json_put_text(json, "credits", rows_text(rows, row, rows_column(rows, "credits")));
    json_put_text(json, "origin", origin);
    json_put_text(json, "replaces", rows_text(rows, row, rows_column(rows, "replaces")));
    put_verdict(json, rows, row);
    json_put_cents(json, "cents", amount);
    json_object_set_new(json, "allocation", allocation_as_json(telling, rows, row));
    if (*origin)
        json_object_set_new(
            json, "cause",
            decision_as_json(telling->books, (int32_t)rows_int(rows, row, rows_column(rows, "rated_book"))));
    if (rows_null(rows, row, rows_column(rows, "reason")))
        json_object_set_new(json, "rating", rating_as_json(telling, rows, row));
    return json;
}

static json_t *adjustment_as_json(Telling *telling, const Rows *rows, size_t row)
{
    int caused_by = rows_column(rows, "caused_by");
    json_t *json = json_object();
    json_put_text(json, "reference", rows_text(rows, row, rows_column(rows, "reference")));
    json_put_int(json, "position", rows_int(rows, row, rows_column(rows, "position")));
    json_put_text(json, "way",
                  rows_int(rows, row, rows_column(rows, "way")) == CORRECTIONS_SETTLED ? "SETTLED" : "EXPECTED");
    json_put_text(json, "document", rows_text(rows, row, rows_column(rows, "document")));
    json_put_day(json, "known_day", rows_day(rows, row, rows_column(rows, "known_day")));
    json_put_text(json, "taken_back_by", rows_text(rows, row, rows_column(rows, "credit")));
    json_put_int(json, "cents", rows_int(rows, row, rows_column(rows, "amount_cents")));
    if (!rows_null(rows, row, caused_by))
        json_object_set_new(json, "cause", decision_as_json(telling->books, (int32_t)rows_int(rows, row, caused_by)));
    if (!rows_null(rows, row, rows_column(rows, "formula")))
        json_object_set_new(json, "rating", rating_as_json(telling, rows, row));
    return json;
}

/* the chain */

typedef struct Chain {
    const Rows *lines;
    const Rows *adjustments;
} Chain;

static Status load(Arena *arena, Database *database, const LineQuestion *question, Chain *chain_out)
{
    int64_t conversation;
    if (!conversation_number(question->municipality, question->provider, &conversation))
        return FAULT(STATUS_SET_ASIDE, "no conversation of a municipality with a provider");
    int16_t partition = partition_of(question->municipality, question->provider);
    Params *of_line = params_new(arena);
    params_int2(of_line, partition);
    params_int8(of_line, conversation);
    params_text(of_line, question->reference);
    Rows *lines, *adjustments;
    TRY(database_ask(database, BILLING_LOAD_CHAIN, of_line, &lines));

    Params *of_chain = params_new(arena);
    params_int2(of_chain, partition);
    params_int8(of_chain, conversation);
    Column *references = params_column(of_chain, COLUMN_TEXT);
    for (size_t row = 0; row < rows_count(lines); row++)
        column_text(references, rows_text(lines, row, rows_column(lines, "reference")));
    TRY(database_ask(database, BILLING_LOAD_CHAIN_ADJUSTMENTS, of_chain, &adjustments));
    *chain_out = (Chain){lines, adjustments};
    return STATUS_OK;
}

static bool add_to_net(Telling *telling, const Rows *rows)
{
    int amount_cents = rows_column(rows, "amount_cents");
    for (size_t row = 0; row < rows_count(rows); row++)
        if (!money_add(telling->net, (Money){rows_int(rows, row, amount_cents)}, &telling->net))
            return false;
    return true;
}

static json_t *as_json(Telling *telling, const Chain *chain)
{
    const LineQuestion *question = telling->question;
    Day day = rows_day(chain->lines, 0, rows_column(chain->lines, "first_day"));
    const Municipality *municipality = books_municipality(telling->books, question->municipality, day, DAY_LAST);
    const Provider *provider = books_provider(telling->books, question->provider, day, DAY_LAST);
    json_t *json = json_object();
    json_put_text(json, "municipality", question->municipality);
    json_put_text(json, "municipality_name", municipality ? municipality->name : "");
    json_put_text(json, "provider", question->provider);
    json_put_text(json, "provider_name", provider ? provider->name : "");
    json_put_text(json, "reference", question->reference);
    json_t *lines = json_array();
    for (size_t row = 0; row < rows_count(chain->lines); row++)
        json_array_append_new(lines, line_as_json(telling, chain->lines, row));
    json_object_set_new(json, "lines", lines);
    json_t *adjustments = json_array();
    for (size_t row = 0; row < rows_count(chain->adjustments); row++)
        json_array_append_new(adjustments, adjustment_as_json(telling, chain->adjustments, row));
    json_object_set_new(json, "adjustments", adjustments);
    json_put_cents(json, "net_cents", telling->net);
    json_object_set_new(json, "agrees", json_boolean(telling->agrees));
    return json;
}

Status line_write(Arena *arena, Database *database, Library *library, const LineQuestion *question, char **json_out)
{
    Chain chain;
    TRY(load(arena, database, question, &chain));
    *json_out = NULL;
    if (rows_count(chain.lines) == 0)
        return STATUS_OK;

    int16_t partition = partition_of(question->municipality, question->provider);
    bool wanted[PARTITIONS] = {0};
    wanted[partition] = true;
    TRY(library_read(library, database, arena, wanted));
    Telling telling = {
        .arena = arena, .question = question, .books = library_books(library, partition), .agrees = true};
    if (!add_to_net(&telling, chain.lines) || !add_to_net(&telling, chain.adjustments))
        return FAULT(STATUS_STOP, "a total does not fit in an amount");
    *json_out = json_finish(arena, as_json(&telling, &chain));
    return STATUS_OK;
}
