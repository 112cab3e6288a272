#include "billing/core/statement.h"

#include "billing/core/ledger.h"

#include <stdlib.h>
#include <string.h>

/* kinds */

StatementKind statement_kind(int32_t service_year, const Allocated *granted, const char *category, const char *code)
{
    bool is_pic = granted && granted->funding == FUNDING_PIC;
    return (StatementKind){
        .service_year = service_year,
        .pic = is_pic ? granted->pic : (Pic){"", ""},
        .category = is_pic ? "" : category,
        .code = is_pic ? "" : code,
    };
}

StatementRow statement_row_of_work(int32_t year, const Allocation *allocation, const Work *work)
{
    return (StatementRow){
        .kind = statement_kind(year, &allocation->granted, "", ""),
        .in_progress = work->in_progress,
        .ahead = work->ahead,
        .obligation = work->obligation,
    };
}

static int order_of_kinds(const StatementKind *a, const StatementKind *b)
{
    int order = (a->service_year > b->service_year) - (a->service_year < b->service_year);
    order = order ? order : strcmp(a->pic.profile, b->pic.profile);
    order = order ? order : strcmp(a->pic.intensity, b->pic.intensity);
    order = order ? order : strcmp(a->category, b->category);
    return order ? order : strcmp(a->code, b->code);
}

static int order_of_entries(const void *a, const void *b)
{
    const StatementEntry *left = a;
    const StatementEntry *right = b;
    int64_t before = left->conversation->number;
    int64_t after = right->conversation->number;
    return before == after ? order_of_kinds(&left->row.kind, &right->row.kind) : before < after ? -1 : 1;
}

/* sums */

static bool add(StatementRow *sum, const StatementRow *row)
{
    sum->lines += row->lines;
    sum->rejected_lines += row->rejected_lines;
    sum->credited_lines += row->credited_lines;
    sum->undeclared += row->undeclared;
    return money_add(sum->declared, row->declared, &sum->declared) &&
           money_add(sum->approved, row->approved, &sum->approved) &&
           money_add(sum->rejected, row->rejected, &sum->rejected) &&
           money_add(sum->credited, row->credited, &sum->credited) &&
           money_add(sum->corrected, row->corrected, &sum->corrected) &&
           money_add(sum->in_progress, row->in_progress, &sum->in_progress) &&
           money_add(sum->ahead, row->ahead, &sum->ahead) &&
           money_add(sum->obligation, row->obligation, &sum->obligation);
}

static bool is_something(const StatementRow *row)
{
    return row->lines || row->rejected_lines || row->credited_lines || row->undeclared || row->declared.cents ||
           row->approved.cents || row->rejected.cents || row->credited.cents || row->corrected.cents ||
           row->in_progress.cents || row->ahead.cents || row->obligation.cents;
}

/* The entries of one conversation, which stand together in order of kind. */
static bool add_up(Arena *arena, int32_t year, const StatementEntry *entries, size_t count, Statement *statement_out)
{
    StatementRow *rows = ARENA_MANY(arena, StatementRow, count);
    size_t kinds = 0;
    for (size_t i = 0; i < count; i++) {
        const StatementRow *row = &entries[i].row;
        if (!is_something(row))
            continue;
        if (kinds == 0 || order_of_kinds(&rows[kinds - 1].kind, &row->kind) != 0)
            rows[kinds++] = (StatementRow){.kind = row->kind};
        if (!add(&rows[kinds - 1], row))
            return false;
    }
    *statement_out = (Statement){
        .conversation = entries[0].conversation,
        .year = year,
        .rows = rows,
        .count = kinds,
        .digest = statement_digest(arena, entries[0].conversation, year, rows, kinds),
    };
    return true;
}

/* Whether the sums of all rows fit too: whoever adds them up need not ask again. */
static bool sums_fit(const Statement *statement)
{
    StatementRow sum = {0};
    Money cost;
    for (size_t i = 0; i < statement->count; i++)
        if (!add(&sum, &statement->rows[i]))
            return false;
    return money_add(sum.approved, sum.corrected, &cost) && money_add(cost, money_negated(sum.credited), &cost);
}

bool statements_add_up(Arena *arena, int32_t year, StatementEntry *entries, size_t count, Statements *statements_out)
{
    if (count > 0)
        qsort(entries, count, sizeof *entries, order_of_entries);
    Statements statements = {.list = ARENA_MANY(arena, Statement, count)};
    for (size_t first = 0, end = 0; first < count; first = end) {
        while (end < count && entries[end].conversation->number == entries[first].conversation->number)
            end++;
        Statement *statement = &statements.list[statements.count];
        if (!add_up(arena, year, entries + first, end - first, statement) || !sums_fit(statement))
            return false;
        statements.count += statement->count > 0;
    }
    *statements_out = statements;
    return true;
}

StatementRow statement_sum(const Statement *statement)
{
    StatementRow sum = {.kind = {.pic = {"", ""}, .category = "", .code = ""}};
    for (size_t i = 0; i < statement->count; i++)
        if (!add(&sum, &statement->rows[i]))
            break;
    return sum;
}

Money statement_cost(const StatementRow *row)
{
    return (Money){row->approved.cents - row->credited.cents + row->corrected.cents};
}

/* the digest */

static const char *row_text(Arena *arena, const StatementRow *row)
{
    const StatementKind *kind = &row->kind;
    return arena_format(arena, "%d|%s|%s|%s|%s|%lld|%lld|%lld|%lld|%lld|%lld|%lld|%lld|%lld|%lld|%lld|%lld\n",
                        kind->service_year, kind->pic.profile, kind->pic.intensity, kind->category, kind->code,
                        (long long)row->lines, (long long)row->declared.cents, (long long)row->approved.cents,
                        (long long)row->rejected_lines, (long long)row->rejected.cents, (long long)row->credited_lines,
                        (long long)row->credited.cents, (long long)row->corrected.cents,
                        (long long)row->in_progress.cents, (long long)row->ahead.cents,
                        (long long)row->obligation.cents, (long long)row->undeclared);
}

Digest statement_digest(Arena *arena, const Conversation *conversation, int32_t year, const StatementRow *rows,
                        size_t count)
{
    const char **texts = ARENA_MANY(arena, const char *, count + 1);
    texts[0] = arena_format(arena, "statement 1|%s|%s|%d\n", conversation->municipality, conversation->provider, year);
    size_t size = strlen(texts[0]);
    for (size_t i = 0; i < count; i++) {
        texts[i + 1] = row_text(arena, &rows[i]);
        size += strlen(texts[i + 1]);
    }
    uint8_t *bytes = arena_take(arena, size);
    size_t place = 0;
    for (size_t i = 0; i <= count; i++) {
        memcpy(bytes + place, texts[i], strlen(texts[i]));
        place += strlen(texts[i]);
    }
    return digest_of((Bytes){bytes, size});
}

/* postings */

static void post(Postings *postings, const char *document, Account debet, Account credit, int32_t service_year,
                 int32_t booked_year, Money amount)
{
    if (amount.cents == 0)
        return;
    postings->postings[postings->count++] = (Posting){debet, service_year, booked_year, amount, document};
    postings->postings[postings->count++] =
        (Posting){credit, service_year, booked_year, money_negated(amount), document};
}

static void post_both(Postings *postings, const Statement *statement, const char *document, int32_t booked_year,
                      int64_t sign)
{
    StatementRow sum = statement_sum(statement);
    post(postings, document, ACCOUNT_WORK_IN_PROGRESS, ACCOUNT_ACCRUED, statement->year, booked_year,
         (Money){sign * sum.in_progress.cents});
    post(postings, document, ACCOUNT_OBLIGATION, ACCOUNT_COMMITTED, statement->year, booked_year,
         (Money){sign * sum.obligation.cents});
}

enum { POSTINGS_OF_ONE = 8 };

Postings statement_post(Arena *arena, const Statement *statement, ClosedYears closed, Day known)
{
    int32_t next = statement->year + 1;
    Postings postings = {.postings = ARENA_MANY(arena, Posting, POSTINGS_OF_ONE)};
    post_both(&postings, statement, arena_format(arena, "afsluiting~%d", statement->year), statement->year, 1);
    post_both(&postings, statement, arena_format(arena, "opening~%d", next), ledger_year(closed, next, known), -1);
    return postings;
}

Postings statement_post_back(Arena *arena, const Statement *statement, ClosedYears closed, Day known)
{
    int32_t next = ledger_year(closed, statement->year + 1, known);
    Postings postings = {.postings = ARENA_MANY(arena, Posting, POSTINGS_OF_ONE)};
    post_both(&postings, statement, arena_format(arena, "heropening~%d~%d", statement->year, statement->year),
              statement->year, -1);
    post_both(&postings, statement, arena_format(arena, "heropening~%d~%d", statement->year, next), next, 1);
    return postings;
}
