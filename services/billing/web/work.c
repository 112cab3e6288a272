#include "billing/web/work.h"

#include "base/partition.h"
#include "billing/core/standing.h"
#include "billing/core/work.h"
#include "billing/load_work.h"
#include "billing/sql.h"
#include "book/words.h"
#include "http/json.h"

typedef struct Telling {
    const WorkQuestion *question;
    const Trajectory *list; /* by conversation, then by number */
    size_t count;
    bool open;
} Telling;

/* reading */

static Status ask(Arena *arena, Database *database, const WorkQuestion *question, Rows **rows_out, bool *open_out,
                  bool partitions[PARTITIONS])
{
    bool all = *question->provider == '\0';
    int64_t first, last;
    if (!conversation_number(question->municipality, all ? "00000000" : question->provider, &first) ||
        !conversation_number(question->municipality, all ? "99999999" : question->provider, &last))
        return FAULT(STATUS_SET_ASIDE, "no conversation of a municipality with a provider");

    Params *params = params_new(arena), *unended = params_new(arena);
    Column *in = params_column(params, COLUMN_INT2), *unended_in = params_column(unended, COLUMN_INT2);
    for (int16_t partition = 0; partition < PARTITIONS; partition++) {
        partitions[partition] = all || partition == partition_of(question->municipality, question->provider);
        if (!partitions[partition])
            continue;
        column_int(in, partition);
        column_int(unended_in, partition);
    }
    params_int8(params, first);
    params_int8(params, last);
    params_day(params, question->on);
    params_day(params, question->known_on);
    params_day(unended, question->known_on);

    Rows *count;
    const Ask asks[] = {{BILLING_LOAD_WORK, params, rows_out}, {BILLING_COUNT_UNENDED, unended, &count}};
    TRY(database_ask_all(database, asks, sizeof asks / sizeof *asks));
    *open_out = rows_int(count, 0, rows_column(count, "partitions")) > 0;
    return STATUS_OK;
}

static Status load(Arena *arena, Database *database, Library *library, Telling *telling)
{
    Rows *rows;
    bool partitions[PARTITIONS];
    TRY(ask(arena, database, telling->question, &rows, &telling->open, partitions));
    TRY(library_read(library, database, arena, partitions));
    telling->list = billing_work_of(arena, rows, library, telling->question->on, telling->question->known_on);
    telling->count = rows_count(rows);
    return STATUS_OK;
}

/* adding up */

typedef struct WorkSum {
    int64_t trajectories;
    Money delivered, paid, in_progress, ahead, obligation;
} WorkSum;

static bool is_something(const Work *work)
{
    return work->reason != BILLING_APPROVED || work->delivered.cents != 0 || work->paid.cents != 0;
}

static bool add(WorkSum *sum, const Work *work)
{
    sum->trajectories++;
    return money_add(sum->delivered, work->delivered, &sum->delivered) &&
           money_add(sum->paid, work->paid, &sum->paid) &&
           money_add(sum->in_progress, work->in_progress, &sum->in_progress) &&
           money_add(sum->ahead, work->ahead, &sum->ahead) &&
           money_add(sum->obligation, work->obligation, &sum->obligation);
}

/* Of one conversation, or NULL of all; false when a sum does not fit. */
static bool sum_of(const Telling *telling, const Conversation *conversation, WorkSum *sum_out)
{
    WorkSum sum = {0};
    for (size_t i = 0; i < telling->count; i++) {
        const Trajectory *trajectory = &telling->list[i];
        bool counts = !conversation || trajectory->allocation->conversation == conversation;
        if (counts && is_something(&trajectory->work) && !add(&sum, &trajectory->work))
            return false;
    }
    *sum_out = sum;
    return true;
}

/* writing */

static void put_amounts(json_t *json, Money delivered, Money paid, Money in_progress, Money ahead, Money obligation)
{
    json_put_cents(json, "delivered_cents", delivered);
    json_put_cents(json, "paid_cents", paid);
    json_put_cents(json, "in_progress_cents", in_progress);
    json_put_cents(json, "ahead_cents", ahead);
    json_put_cents(json, "obligation_cents", obligation);
}

static void put_sum(json_t *json, const WorkSum *sum)
{
    json_put_int(json, "trajectories", sum->trajectories);
    put_amounts(json, sum->delivered, sum->paid, sum->in_progress, sum->ahead, sum->obligation);
}

static json_t *trajectory_as_json(const Trajectory *trajectory)
{
    const Allocation *allocation = trajectory->allocation;
    const Work *work = &trajectory->work;
    json_t *json = json_object();
    json_put_text(json, "allocation", allocation->number);
    json_put_text(json, "trajectory", allocation->granted.trajectory);
    json_put_text(json, "client", allocation->granted.client);
    json_put_text(json, "profile", allocation->granted.pic.profile);
    json_put_text(json, "intensity", allocation->granted.pic.intensity);
    json_put_period(json, allocation->granted.period);
    if (work->method)
        json_put_text(json, "method", vocabulary_name(&book_work_in_progress, (int)work->method));
    if (work->reason != BILLING_APPROVED)
        json_put_text(json, "reason", billing_reason_name(work->reason));
    put_amounts(json, work->delivered, work->paid, work->in_progress, work->ahead, work->obligation);
    return json;
}

static json_t *trajectories_as_json(const Telling *telling)
{
    json_t *list = json_array();
    for (size_t i = 0; i < telling->count; i++)
        if (is_something(&telling->list[i].work))
            json_array_append_new(list, trajectory_as_json(&telling->list[i]));
    return list;
}

static bool providers_as_json(const Telling *telling, json_t *list)
{
    for (size_t i = 0; i < telling->count; i++) {
        const Conversation *conversation = telling->list[i].allocation->conversation;
        if (i > 0 && telling->list[i - 1].allocation->conversation == conversation)
            continue;
        WorkSum sum;
        if (!sum_of(telling, conversation, &sum))
            return false;
        if (sum.trajectories == 0)
            continue;
        json_t *json = json_object();
        json_put_text(json, "provider", conversation->provider);
        put_sum(json, &sum);
        json_array_append_new(list, json);
    }
    return true;
}

static bool as_json(const Telling *telling, json_t *json)
{
    const WorkQuestion *question = telling->question;
    json_put_text(json, "municipality", question->municipality);
    json_put_text(json, "provider", question->provider);
    json_put_day(json, "on", question->on);
    json_put_day(json, "known_on", question->known_on);
    json_object_set_new(json, "open", json_boolean(telling->open));
    if (*question->provider) {
        json_object_set_new(json, "trajectories", trajectories_as_json(telling));
    } else {
        json_t *providers = json_array();
        json_object_set_new(json, "providers", providers);
        if (!providers_as_json(telling, providers))
            return false;
    }
    WorkSum sum;
    if (!sum_of(telling, NULL, &sum))
        return false;
    json_t *total = json_object();
    put_sum(total, &sum);
    json_object_set_new(json, "total", total);
    return true;
}

Status work_write(Arena *arena, Database *database, Library *library, const WorkQuestion *question, char **json_out)
{
    Telling telling = {.question = question};
    TRY(load(arena, database, library, &telling));
    json_t *json = json_object();
    if (!as_json(&telling, json)) {
        json_decref(json);
        return FAULT(STATUS_STOP, "a total does not fit in an amount");
    }
    *json_out = json_finish(arena, json);
    return STATUS_OK;
}
