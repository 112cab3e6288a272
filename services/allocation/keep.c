#include "allocation/keep.h"

#include "allocation/sql.h"
#include "db/copy.h"

/* One table: opened with its first row, so that a batch that has none costs nothing. */
typedef struct Table {
    const char *columns;
    int16_t count;
    Copy *copy;
} Table;

typedef struct Keeping {
    Turn *turn;
    const HeardFact *fact; /* whose decision is being kept */
    const AllocationDecision *decision;
} Keeping;

/* What every row says last: when it was known, and from which message. */
static void copy_origin(Copy *copy, const Keeping *keeping)
{
    copy_day(copy, keeping->fact->heard->known);
    copy_text(copy, keeping->fact->heard->id);
}

static Status row(Table *table, const Keeping *keeping)
{
    if (!table->copy)
        TRY(copy_open(keeping->turn->database, keeping->turn->arena, table->columns, &table->copy));
    copy_row(table->copy, table->count);
    copy_int2(table->copy, keeping->fact->heard->partition);
    return STATUS_OK;
}

static Status keep_trajectory(Table *table, const Keeping *keeping)
{
    const Trajectory *trajectory = keeping->decision->trajectory;
    if (!keeping->decision->trajectory_begins)
        return STATUS_OK;

    TRY(row(table, keeping));
    copy_text(table->copy, trajectory->id);
    copy_text(table->copy, trajectory->client);
    copy_text(table->copy, trajectory->segment);
    copy_int2(table->copy, (int16_t)trajectory->content);
    copy_text(table->copy, trajectory->pic.profile);
    copy_text(table->copy, trajectory->pic.intensity);
    copy_texts(table->copy, trajectory->results.list, trajectory->results.count);
    copy_origin(table->copy, keeping);
    return STATUS_OK;
}

static Status keep_version(Table *table, const Keeping *keeping, const Allocation *allocation)
{
    TRY(row(table, keeping));
    Copy *copy = table->copy;
    copy_text(copy, allocation->municipality);
    copy_text(copy, allocation->number);
    copy_int4(copy, allocation->version);
    copy_text(copy, allocation->provider);
    copy_text(copy, allocation->client);
    copy_text(copy, allocation->trajectory);
    copy_text(copy, allocation->segment);
    copy_text(copy, allocation->pic.profile);
    copy_text(copy, allocation->pic.intensity);
    copy_int2(copy, (int16_t)allocation->funding);
    copy_int2(copy, (int16_t)allocation->cohort);
    copy_text(copy, allocation->product.category);
    copy_text(copy, allocation->product.code);
    copy_int8(copy, allocation->product.volume);
    copy_int2(copy, (int16_t)allocation->product.unit);
    copy_int2(copy, (int16_t)allocation->product.frequency);
    copy_day(copy, allocation->period.first);
    copy_day(copy, allocation->period.last);
    copy_text(copy, allocation->contract);
    copy_int2(copy, (int16_t)allocation->referrer);
    copy_int4(copy, allocation->book);
    copy_bool(copy, allocation->taken_over);
    copy_bool(copy, allocation->removed);
    copy_int2(copy, (int16_t)allocation->change);
    copy_origin(copy, keeping);
    return STATUS_OK;
}

static Status keep_allocations(Table *table, const Keeping *keeping)
{
    for (size_t i = 0; i < keeping->decision->ended.count; i++)
        TRY(keep_version(table, keeping, &keeping->decision->ended.list[i]));
    for (size_t i = 0; i < keeping->decision->begun.count; i++)
        TRY(keep_version(table, keeping, &keeping->decision->begun.list[i]));
    return STATUS_OK;
}

static Status keep_numbers(Table *table, const Keeping *keeping)
{
    Allocations gained = keeping->decision->joined_client ? keeping->decision->ended : keeping->decision->begun;
    for (size_t i = 0; i < gained.count; i++) {
        const Allocation *begun = &gained.list[i];
        TRY(row(table, keeping));
        copy_text(table->copy, begun->client);
        copy_text(table->copy, begun->municipality);
        copy_text(table->copy, begun->provider);
        copy_text(table->copy, begun->number);
        if (keeping->decision->moved_client)
            copy_day(table->copy, keeping->decision->moved_from);
        else
            copy_null(table->copy);
    }
    return STATUS_OK;
}

static bool begins_to_wait(const RequestJudged *request)
{
    return request && request->state == REQUEST_PENDING && request->version == 1;
}

static Status keep_waiting(Table *table, const Keeping *keeping)
{
    const RequestJudged *request = keeping->decision->request;
    if (!begins_to_wait(request))
        return STATUS_OK;

    TRY(row(table, keeping));
    copy_text(table->copy, request->client);
    copy_text(table->copy, keeping->fact->said.fact.conversation.municipality);
    copy_text(table->copy, keeping->fact->said.fact.conversation.provider);
    copy_text(table->copy, request->reference);
    return STATUS_OK;
}

static Status keep_request(Table *table, const Keeping *keeping)
{
    const RequestJudged *request = keeping->decision->request;
    if (!request)
        return STATUS_OK;

    TRY(row(table, keeping));
    Copy *copy = table->copy;
    copy_text(copy, keeping->fact->said.fact.conversation.municipality);
    copy_text(copy, keeping->fact->said.fact.conversation.provider);
    copy_text(copy, request->reference);
    copy_int4(copy, request->version);
    copy_text(copy, request->client);
    copy_int2(copy, (int16_t)request->state);
    copy_text(copy, allocation_reason_name(request->reason));
    if (request->state == REQUEST_PENDING)
        copy_day(copy, request->due);
    else
        copy_null(copy);
    if (begins_to_wait(request))
        copy_bytes(copy, keeping->fact->heard->data);
    else
        copy_null(copy);
    copy_origin(copy, keeping);
    return STATUS_OK;
}

static Status keep_delivery(Table *table, const Keeping *keeping)
{
    const Notice *notice = keeping->decision->notice;
    if (!notice || keeping->decision->notice_kind == FACT_OUTCOME)
        return STATUS_OK;

    TRY(row(table, keeping));
    copy_text(table->copy, keeping->fact->said.fact.conversation.municipality);
    copy_text(table->copy, notice->allocation);
    copy_int8(table->copy, keeping->fact->heard->position);
    copy_bool(table->copy, keeping->decision->notice_kind == FACT_START);
    copy_day(table->copy, notice->day);
    copy_int2(table->copy, (int16_t)notice->stop);
    copy_origin(table->copy, keeping);
    return STATUS_OK;
}

static Status keep_doubts(Table *table, const Keeping *keeping)
{
    for (size_t i = 0; i < keeping->decision->doubt_count; i++) {
        const CohortDoubt *doubt = &keeping->decision->doubts[i];
        TRY(row(table, keeping));
        copy_text(table->copy, doubt->allocation->municipality);
        copy_text(table->copy, doubt->allocation->number);
        copy_int8(table->copy, keeping->fact->heard->position);
        copy_int2(table->copy, (int16_t)doubt->would_be);
        copy_origin(table->copy, keeping);
    }
    return STATUS_OK;
}

/* A COPY has the connection to itself, so the tables are written one after another. */
static Status keep_table(Turn *turn, const HeardFacts *facts, const AllocationDecision *decisions, Table table,
                         Status (*keep)(Table *table, const Keeping *keeping))
{
    for (size_t i = 0; i < facts->count; i++)
        TRY(keep(&table, &(Keeping){turn, &facts->list[i], &decisions[i]}));
    return table.copy ? copy_close(table.copy) : STATUS_OK;
}

/* Counters are the one thing that is changed in place; a batch that numbers nothing leaves them alone. */
static Status keep_counts(Turn *turn, const HeardFacts *facts, const AllocationDecision *decisions,
                          const Standing *standing)
{
    Params *counts = params_new(turn->arena);
    Column *partition = params_column(counts, COLUMN_INT2);
    Column *allocations = params_column(counts, COLUMN_INT8);
    Column *trajectories = params_column(counts, COLUMN_INT8);
    Params *uses = params_new(turn->arena);
    Column *use_partition = params_column(uses, COLUMN_INT2);
    Column *municipality = params_column(uses, COLUMN_TEXT);
    Column *segment = params_column(uses, COLUMN_TEXT);
    Column *contract = params_column(uses, COLUMN_TEXT);

    int16_t counted = -1;
    bool used = false;
    for (size_t i = 0; i < facts->count; i++) {
        const AllocationDecision *decision = &decisions[i];
        int16_t here = facts->list[i].heard->partition;
        if (decision->begun.count && here != counted) {
            counted = here;
            column_int(partition, here);
            column_int(allocations, standing->partitions[here].allocation_count);
            column_int(trajectories, standing->partitions[here].trajectory_count);
        }
        for (size_t j = 0; decision->counts_as_new && j < decision->begun.count; j++) {
            used = true;
            column_int(use_partition, here);
            column_text(municipality, decision->begun.list[j].municipality);
            column_text(segment, decision->begun.list[j].segment);
            column_text(contract, decision->begun.list[j].contract);
        }
    }
    const Ask asks[] = {{ALLOCATION_KEEP_NUMBER_COUNTS, counts, NULL}, {ALLOCATION_KEEP_CONTRACT_USE, uses, NULL}};
    return counted < 0 ? STATUS_OK : database_ask_all(turn->database, asks, used ? 2 : 1);
}

Status allocation_keep(Turn *turn, const HeardFacts *facts, const AllocationDecision *decisions,
                       const Standing *standing)
{
    static const struct {
        Table table;
        Status (*keep)(Table *table, const Keeping *keeping);
    } TABLES[] = {
        {{"trajectory(partition, id, client, segment, content, profile, intensity, results, known_day, heard_id)", 10,
          NULL},
         keep_trajectory},
        {{"allocation(partition, municipality, number, version, provider, client, trajectory, segment, profile,"
          " intensity, funding, cohort, category, code, volume, unit, frequency, first_day, last_day, contract,"
          " referrer, book, taken_over, removed, change, known_day, heard_id)",
          27, NULL},
         keep_allocations},
        {{"client_number(partition, client, municipality, provider, number, moved_from)", 6, NULL}, keep_numbers},
        {{"request(partition, municipality, provider, reference, version, client, state, reason, due_day, asked,"
          " known_day, heard_id)",
          12, NULL},
         keep_request},
        {{"client_request(partition, client, municipality, provider, reference)", 5, NULL}, keep_waiting},
        {{"delivery(partition, municipality, number, position, started, day, stop_reason, known_day, heard_id)", 9,
          NULL},
         keep_delivery},
        {{"cohort_doubt(partition, municipality, number, position, would_be, known_day, heard_id)", 7, NULL},
         keep_doubts},
    };
    for (size_t i = 0; i < sizeof TABLES / sizeof TABLES[0]; i++)
        TRY(keep_table(turn, facts, decisions, TABLES[i].table, TABLES[i].keep));
    return keep_counts(turn, facts, decisions, standing);
}
