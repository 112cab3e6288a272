#include "billing/load.h"

#include "billing/load_rows.h"
#include "billing/load_years.h"
#include "billing/sql.h"

#include <string.h>

/* One question of the load: what it asks of, and who reads its rows. */
typedef struct Question Question;
typedef void Answer(const Question *question, Standing *standing);

struct Question {
    Arena *arena;
    const Query *query;
    Params *params;
    Rows *rows;
    void **asked; /* what stands behind each place */
    size_t count;
    Answer *answer;
};

enum { QUESTIONS = 9 };

/* the columns that every question begins with */

typedef struct Names {
    Column *partition;
    Column *conversation;
    Column *name;
} Names;

static Names names_new(Params *params)
{
    return (Names){
        .partition = params_column(params, COLUMN_INT2),
        .conversation = params_column(params, COLUMN_INT8),
        .name = params_column(params, COLUMN_TEXT),
    };
}

static void add_name(Names *names, const Conversation *conversation, const char *name)
{
    column_int(names->partition, conversation->partition);
    column_int(names->conversation, conversation->number);
    column_text(names->name, name);
}

static Question question_new(Arena *arena, const Query *query, Answer *answer, size_t count_max)
{
    return (Question){
        .arena = arena,
        .query = query,
        .params = params_new(arena),
        .asked = ARENA_MANY(arena, void *, count_max),
        .answer = answer,
    };
}

/* Rows live as long as the transaction, so what is read from them is borrowed. */

static void *behind(const Question *question, size_t row, int place)
{
    return question->asked[rows_int(question->rows, row, place) - 1];
}

/* allocations */

/* An allocation with when its care started and stopped. */
typedef struct CaredColumns {
    int place, start_day, stop_day, stop_reason;
    GrantedColumns granted;
} CaredColumns;

static CaredColumns cared_columns(const Rows *rows)
{
    return (CaredColumns){
        .place = rows_column(rows, "place"),
        .start_day = rows_column(rows, "start_day"),
        .stop_day = rows_column(rows, "stop_day"),
        .stop_reason = rows_column(rows, "stop_reason"),
        .granted = granted_columns(rows),
    };
}

static void read_cared(const Rows *rows, size_t row, const CaredColumns *at, Standing *standing, Allocation *allocation)
{
    const Allocated granted = granted_of(rows, row, &at->granted);
    standing_grant(standing, allocation, &granted);
    if (!rows_null(rows, row, at->start_day))
        standing_start(allocation, rows_day(rows, row, at->start_day));
    if (!rows_null(rows, row, at->stop_reason))
        standing_stop(allocation, rows_day(rows, row, at->stop_day), (StopReason)rows_int(rows, row, at->stop_reason));
}

/* What was asked for is known from here on, even when the tables do not have it. */
static void answer_allocations(const Question *question, Standing *standing)
{
    for (size_t i = 0; i < question->count; i++)
        ((Allocation *)question->asked[i])->read = true;
    CaredColumns at = cared_columns(question->rows);
    for (size_t row = 0; row < rows_count(question->rows); row++)
        read_cared(question->rows, row, &at, standing, behind(question, row, at.place));
}

static Question ask_of_allocations(Arena *arena, const Query *query, Answer *answer, const Standing *standing)
{
    Met met = standing_unread_allocations(standing);
    Question question = question_new(arena, query, answer, met.count);
    Names names = names_new(question.params);
    for (size_t i = 0; i < met.count; i++) {
        const Allocation *allocation = met.items[i];
        add_name(&names, allocation->conversation, allocation->number);
        question.asked[question.count++] = met.items[i];
    }
    return question;
}

typedef struct DeliveredColumns {
    int counted, amount_cents, starts, ends;
} DeliveredColumns;

static DeliveredColumns delivered_columns(const Rows *rows)
{
    return (DeliveredColumns){
        .counted = rows_column(rows, "counted"),
        .amount_cents = rows_column(rows, "amount_cents"),
        .starts = rows_column(rows, "starts"),
        .ends = rows_column(rows, "ends"),
    };
}

static void forget_delivered(Allocation *allocation)
{
    allocation->volume_open = 0;
    allocation->amount_open = (Money){0};
    allocation->starts_open = 0;
    allocation->ends_open = 0;
}

static void add_delivered(const Rows *rows, size_t row, const DeliveredColumns *at, Allocation *allocation)
{
    allocation->volume_open += rows_int(rows, row, at->counted);
    allocation->amount_open.cents += rows_int(rows, row, at->amount_cents);
    allocation->starts_open += (int32_t)rows_int(rows, row, at->starts);
    allocation->ends_open += (int32_t)rows_int(rows, row, at->ends);
}

/* A client's other allocations are known as far as relapse needs; one that is named later is read then. */
static void answer_care(const Question *question, Standing *standing)
{
    const Rows *rows = question->rows;
    CaredColumns cared = cared_columns(rows);
    DeliveredColumns delivered = delivered_columns(rows);
    int number = rows_column(rows, "number");
    for (size_t row = 0; row < rows_count(rows); row++) {
        const CareOfClient *care = behind(question, row, cared.place);
        Allocation *allocation = standing_allocation(standing, care->conversation, rows_text(rows, row, number));
        if (allocation->read)
            continue;
        read_cared(rows, row, &cared, standing, allocation);
        forget_delivered(allocation);
        add_delivered(rows, row, &delivered, allocation);
    }
    for (size_t i = 0; i < question->count; i++)
        ((CareOfClient *)question->asked[i])->read = true;
}

static Question ask_care(Arena *arena, const Standing *standing)
{
    Met met = standing_unread_cares(standing);
    Question question = question_new(arena, BILLING_LOAD_CARE, answer_care, met.count);
    Names names = names_new(question.params);
    for (size_t i = 0; i < met.count; i++) {
        const CareOfClient *care = met.items[i];
        add_name(&names, care->conversation, care->client);
        question.asked[question.count++] = met.items[i];
    }
    return question;
}

/* what was approved before */

static void answer_delivered(const Question *question, Standing *standing)
{
    for (size_t i = 0; i < question->count; i++)
        forget_delivered(question->asked[i]);

    const Rows *rows = question->rows;
    DeliveredColumns at = delivered_columns(rows);
    int place = rows_column(rows, "place");
    int category = rows_column(rows, "category");
    int code = rows_column(rows, "code");
    int first_day = rows_column(rows, "first_day");
    int debets = rows_column(rows, "debets");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Allocation *allocation = behind(question, row, place);
        add_delivered(rows, row, &at, allocation);
        ProductMonth *month = standing_month(standing, allocation, rows_text(rows, row, category),
                                             rows_text(rows, row, code), rows_day(rows, row, first_day));
        month->debets_open = (int32_t)rows_int(rows, row, debets);
    }
}

static void answer_adjusted(const Question *question, Standing *standing)
{
    (void)standing;
    const Rows *rows = question->rows;
    int place = rows_column(rows, "place");
    int amount_cents = rows_column(rows, "amount_cents");
    int counted = rows_column(rows, "counted");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Allocation *allocation = behind(question, row, place);
        allocation->amount_open.cents += rows_int(rows, row, amount_cents);
        allocation->volume_open += rows_int(rows, row, counted);
    }
}

/* lines by their references */

static void answer_references(const Question *question, Standing *standing)
{
    (void)standing;
    int place = rows_column(question->rows, "place");
    int approved = rows_column(question->rows, "approved");
    for (size_t row = 0; row < rows_count(question->rows); row++) {
        Reference *reference = behind(question, row, place);
        reference->state = rows_bool(question->rows, row, approved) ? LINE_APPROVED : LINE_REJECTED;
    }
}

static Question ask_references(Arena *arena, const Standing *standing)
{
    Met met = standing_references(standing);
    Question question = question_new(arena, BILLING_LOAD_REFERENCES, answer_references, met.count);
    Names names = names_new(question.params);
    for (size_t i = 0; i < met.count; i++) {
        const Reference *reference = met.items[i];
        if (!reference->declared_asked)
            continue;
        add_name(&names, reference->conversation, reference->text);
        question.asked[question.count++] = met.items[i];
    }
    return question;
}

typedef struct DebetColumns {
    int place, reference, allocation, client, category, code, first_day, last_day, volume, unit, tariff_cents,
        amount_cents, declared_volume, declared_tariff_cents, declared_amount_cents, credits, formula, rated_volume,
        credited;
} DebetColumns;

static DebetColumns debet_columns(const Rows *rows)
{
    return (DebetColumns){
        .place = rows_column(rows, "place"),
        .reference = rows_column(rows, "reference"),
        .allocation = rows_column(rows, "allocation"),
        .client = rows_column(rows, "client"),
        .category = rows_column(rows, "category"),
        .code = rows_column(rows, "code"),
        .first_day = rows_column(rows, "first_day"),
        .last_day = rows_column(rows, "last_day"),
        .volume = rows_column(rows, "volume"),
        .unit = rows_column(rows, "unit"),
        .tariff_cents = rows_column(rows, "tariff_cents"),
        .amount_cents = rows_column(rows, "amount_cents"),
        .declared_volume = rows_column(rows, "declared_volume"),
        .declared_tariff_cents = rows_column(rows, "declared_tariff_cents"),
        .declared_amount_cents = rows_column(rows, "declared_amount_cents"),
        .credits = rows_column(rows, "credits"),
        .formula = rows_column(rows, "formula"),
        .rated_volume = rows_column(rows, "rated_volume"),
        .credited = rows_column(rows, "credited"),
    };
}

/* The debet line as its provider declared it: of its own, what a credit may copy. */
static const JudgedLine *read_declared(const Question *question, size_t row, const DebetColumns *at, const Line *like)
{
    const Rows *rows = question->rows;
    Line *line = ARENA_NEW(question->arena, Line);
    *line = *like;
    line->volume = rows_int(rows, row, at->declared_volume);
    line->tariff_given = !rows_null(rows, row, at->declared_tariff_cents);
    line->tariff = (Money){rows_int(rows, row, at->declared_tariff_cents)};
    JudgedLine *declared = ARENA_NEW(question->arena, JudgedLine);
    *declared = (JudgedLine){.line = line, .amount = {rows_int(rows, row, at->declared_amount_cents)}};
    return declared;
}

static const JudgedLine *read_debet(const Question *question, size_t row, const DebetColumns *at, Standing *standing,
                                    Reference *reference)
{
    const Rows *rows = question->rows;
    Allocation *allocation =
        standing_allocation(standing, reference->conversation, rows_text(rows, row, at->allocation));
    const char *category = rows_text(rows, row, at->category);
    const char *code = rows_text(rows, row, at->code);
    Period period = {rows_day(rows, row, at->first_day), rows_day(rows, row, at->last_day)};

    const char *text = rows_text(rows, row, at->reference);
    bool made = strcmp(text, reference->text) != 0;
    Reference *own = reference;
    if (made) {
        own = ARENA_NEW(question->arena, Reference);
        *own = (Reference){.conversation = reference->conversation, .text = text, .state = LINE_APPROVED};
    }

    Line *line = ARENA_NEW(question->arena, Line);
    *line = (Line){
        .reference = own,
        .allocation = allocation,
        .month = standing_month(standing, allocation, category, code, period.first),
        .client = rows_text(rows, row, at->client),
        .category = category,
        .code = code,
        .period = period,
        .volume = rows_int(rows, row, at->volume),
        .unit = (Unit)rows_int(rows, row, at->unit),
        .tariff_given = !rows_null(rows, row, at->tariff_cents),
        .tariff = {rows_int(rows, row, at->tariff_cents)},
        .match_code = "",
        .match_reason = "",
        .match_sentence = "",
    };
    JudgedLine *debet = ARENA_NEW(question->arena, JudgedLine);
    *debet = (JudgedLine){
        .line = line,
        .reason = BILLING_APPROVED,
        .amount = {rows_int(rows, row, at->amount_cents)},
        .inputs = {.formula = (BillingFormula)rows_int(rows, row, at->formula),
                   .volume = rows_int(rows, row, at->rated_volume)},
        .declared = made ? read_declared(question, row, at, line) : NULL,
    };
    return debet;
}

/* A credit is no debet: it stands as approved, with no line to copy. */
static void answer_debets(const Question *question, Standing *standing)
{
    DebetColumns at = debet_columns(question->rows);
    for (size_t row = 0; row < rows_count(question->rows); row++) {
        Reference *reference = behind(question, row, at.place);
        reference->state = LINE_APPROVED;
        reference->credited = rows_bool(question->rows, row, at.credited);
        if (rows_null(question->rows, row, at.credits))
            reference->line = read_debet(question, row, &at, standing, reference);
    }
}

/* Rows come in order of place, after the debets. What is credited in vain has no line. */
static void answer_adjustments(const Question *question, Standing *standing)
{
    (void)standing;
    const Rows *rows = question->rows;
    int place = rows_column(rows, "place");
    int way = rows_column(rows, "way");
    int document = rows_column(rows, "document");
    int amount_cents = rows_column(rows, "amount_cents");
    int counted = rows_column(rows, "counted");
    Adjusted *adjusted = ARENA_MANY(question->arena, Adjusted, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++) {
        adjusted[row] = (Adjusted){
            .way = (Corrections)rows_int(rows, row, way),
            .document = rows_text(rows, row, document),
            .amount = {rows_int(rows, row, amount_cents)},
            .counted = rows_int(rows, row, counted),
        };
        JudgedLine *debet = (JudgedLine *)(uintptr_t)((Reference *)behind(question, row, place))->line;
        if (debet && debet->adjusted_count++ == 0)
            debet->adjusted = &adjusted[row];
    }
}

static Question ask_credited(Arena *arena, const Query *query, Answer *answer, const Standing *standing)
{
    Met met = standing_references(standing);
    Question question = question_new(arena, query, answer, met.count);
    Names names = names_new(question.params);
    for (size_t i = 0; i < met.count; i++) {
        const Reference *reference = met.items[i];
        if (!reference->credit_asked)
            continue;
        add_name(&names, reference->conversation, reference->text);
        question.asked[question.count++] = met.items[i];
    }
    return question;
}

/* declarations by their numbers */

static void answer_numbers(const Question *question, Standing *standing)
{
    (void)standing;
    int place = rows_column(question->rows, "place");
    for (size_t row = 0; row < rows_count(question->rows); row++)
        ((DeclarationNumber *)behind(question, row, place))->used = true;
}

static Question ask_numbers(Arena *arena, const Standing *standing)
{
    Met met = standing_numbers(standing);
    Question question = question_new(arena, BILLING_LOAD_NUMBERS, answer_numbers, met.count);
    Names names = names_new(question.params);
    for (size_t i = 0; i < met.count; i++) {
        const DeclarationNumber *declaration = met.items[i];
        add_name(&names, declaration->conversation, declaration->text);
        question.asked[question.count++] = met.items[i];
    }
    return question;
}

/* Rows come in order of place and year. */
static void answer_payables(const Question *question, Standing *standing)
{
    (void)standing;
    const Rows *rows = question->rows;
    int place = rows_column(rows, "place");
    int service_year = rows_column(rows, "service_year");
    int amount_cents = rows_column(rows, "amount_cents");
    Payable *payables = ARENA_MANY(question->arena, Payable, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++) {
        DeclarationNumber *declaration = behind(question, row, place);
        payables[row] = (Payable){(int32_t)rows_int(rows, row, service_year), {rows_int(rows, row, amount_cents)}};
        if (declaration->payable_count++ == 0)
            declaration->payables = &payables[row];
    }
}

static Question ask_payables(Arena *arena, const Standing *standing)
{
    Met met = standing_numbers(standing);
    Question question = question_new(arena, BILLING_LOAD_PAYABLES, answer_payables, met.count);
    Names names = names_new(question.params);
    for (size_t i = 0; i < met.count; i++) {
        const DeclarationNumber *declaration = met.items[i];
        if (!declaration->payable_asked)
            continue;
        add_name(&names, declaration->conversation, declaration->text);
        question.asked[question.count++] = met.items[i];
    }
    return question;
}

Status billing_load(Turn *turn, Library *library, Batch batch, Facts *facts)
{
    Arena *arena = turn->arena;
    const Standing *standing = facts->standing;
    Question questions[QUESTIONS] = {
        ask_of_allocations(arena, BILLING_LOAD_ALLOCATIONS, answer_allocations, standing),
        ask_of_allocations(arena, BILLING_LOAD_DELIVERED, answer_delivered, standing),
        ask_of_allocations(arena, BILLING_LOAD_ADJUSTED, answer_adjusted, standing),
        ask_care(arena, standing),
        ask_references(arena, standing),
        ask_credited(arena, BILLING_LOAD_DEBETS, answer_debets, standing),
        ask_credited(arena, BILLING_LOAD_ADJUSTMENTS, answer_adjustments, standing),
        ask_numbers(arena, standing),
        ask_payables(arena, standing),
    };

    Rows *books, *years;
    Ask asks[QUESTIONS + 2] = {library_question(arena, batch, &books), billing_years_question(arena, batch, &years)};
    size_t count = 2;
    for (size_t i = 0; i < QUESTIONS; i++)
        if (questions[i].count > 0)
            asks[count++] = (Ask){questions[i].query, questions[i].params, &questions[i].rows};
    TRY(database_ask_all(turn->database, asks, count));

    TRY(library_answer(library, turn, books));
    ClosedYears closed[PARTITIONS];
    billing_years_answer(arena, years, closed);
    for (size_t i = 0; i < facts->count; i++)
        facts->list[i].fact.closed = closed[facts->list[i].heard->partition];
    for (size_t i = 0; i < QUESTIONS; i++)
        if (questions[i].count > 0)
            questions[i].answer(&questions[i], facts->standing);
    return STATUS_OK;
}
