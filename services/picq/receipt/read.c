#include "picq/receipt/receipt.h"

/* "" for what was not said. */
static const char *text(const json_t *json, const char *name)
{
    const char *value = json_string_value(json_object_get(json, name));
    return value ? value : "";
}

static int64_t number(const json_t *json, const char *name)
{
    return json_integer_value(json_object_get(json, name));
}

static Money cents(const json_t *json, const char *name)
{
    return (Money){number(json, name)};
}

static Portion portion(const json_t *json, const char *name)
{
    const json_t *pair = json_object_get(json, name);
    return (Portion){json_integer_value(json_array_get(pair, 0)), json_integer_value(json_array_get(pair, 1))};
}

static Citation citation(const json_t *parent, const char *name)
{
    const json_t *json = json_object_get(parent, name);
    return (Citation){
        .book = (int32_t)number(json, "book"),
        .decision = text(json, "decision"),
        .decided = text(json, "decided"),
        .file = text(json, "file"),
        .line = number(json, "line"),
        .rests_on = text(json, "rests_on"),
        .synthetic = json_is_true(json_object_get(json, "synthetic")),
    };
}

static Rating rating(const json_t *parent)
{
    const json_t *json = json_object_get(parent, "rating");
    return (Rating){
        .formula = text(json, "formula"),
        .price = cents(json, "price_cents"),
        .volume = number(json, "volume"),
        .month = number(json, "month"),
        .share = portion(json, "share"),
        .part = portion(json, "part"),
        .start = cents(json, "start_cents"),
        .month_price = cents(json, "month_cents"),
        .price_at = citation(json, "price"),
        .terms_at = citation(json, "terms"),
        .granted_under = citation(json, "granted_under"),
        .rated_under = citation(json, "rated_under"),
        .stored = cents(json, "stored_cents"),
        .recomputed = cents(json, "recomputed_cents"),
        .digest = text(json, "digest"),
        .digest_recomputed = text(json, "digest_recomputed"),
        .agrees = json_is_true(json_object_get(json, "agrees")),
    };
}

/* By its name, else by its code. */
static const char *name_or_code(const json_t *json, const char *name, const char *code)
{
    return *text(json, name) ? text(json, name) : text(json, code);
}

static ReceiptLine read_line(const json_t *json)
{
    const json_t *allocation = json_object_get(json, "allocation");
    return (ReceiptLine){
        .reference = text(json, "reference"),
        .position = number(json, "position"),
        .by_billing = *text(json, "origin") != '\0',
        .document = text(json, "document"),
        .known = text(json, "known_day"),
        .client = text(json, "client"),
        .allocation = text(allocation, "number"),
        .contract = text(allocation, "contract"),
        .code = text(json, "code"),
        .product = text(json, "product"),
        .profile = name_or_code(allocation, "profile_name", "profile"),
        .intensity = name_or_code(allocation, "intensity_name", "intensity"),
        .first_day = text(json, "first_day"),
        .last_day = text(json, "last_day"),
        .volume = number(json, "volume"),
        .unit = text(json, "unit"),
        .credits = text(json, "credits"),
        .approved = json_is_true(json_object_get(json, "approved")),
        .return_code = text(json, "return_code"),
        .sentence_nl = text(json, "sentence_nl"),
        .sentence_en = text(json, "sentence_en"),
        .amount = cents(json, "cents"),
        .cause = citation(json, "cause"),
        .rating = rating(json),
    };
}

static ReceiptAdjustment read_adjustment(const json_t *json)
{
    const char *way = text(json, "way");
    return (ReceiptAdjustment){
        .reference = text(json, "reference"),
        .position = number(json, "position"),
        .settled = *way == 'S',
        .document = text(json, "document"),
        .known = text(json, "known_day"),
        .taken_back_by = text(json, "taken_back_by"),
        .amount = cents(json, "cents"),
        .cause = citation(json, "cause"),
        .rating = rating(json),
    };
}

bool receipt_read(Arena *arena, const json_t *json, Receipt *receipt_out)
{
    const json_t *lines = json_object_get(json, "lines"), *adjustments = json_object_get(json, "adjustments");
    size_t line_count = json_array_size(lines), adjustment_count = json_array_size(adjustments);
    if (line_count == 0)
        return false;

    ReceiptLine *all_lines = ARENA_MANY(arena, ReceiptLine, line_count);
    for (size_t i = 0; i < line_count; i++)
        all_lines[i] = read_line(json_array_get(lines, i));
    ReceiptAdjustment *all_adjustments = ARENA_MANY(arena, ReceiptAdjustment, adjustment_count);
    for (size_t i = 0; i < adjustment_count; i++)
        all_adjustments[i] = read_adjustment(json_array_get(adjustments, i));
    *receipt_out = (Receipt){
        .municipality = name_or_code(json, "municipality_name", "municipality"),
        .provider = name_or_code(json, "provider_name", "provider"),
        .lines = all_lines,
        .line_count = line_count,
        .adjustments = all_adjustments,
        .adjustment_count = adjustment_count,
        .net = cents(json, "net_cents"),
        .agrees = json_is_true(json_object_get(json, "agrees")),
    };
    return true;
}
