#include "service/claims.h"

#include "process/log.h"
#include "service/sql.h"

#include <string.h>

void claims_forget(Claims *claims)
{
    *claims = (Claims){.count = 0};
}

int claims_share(int rank, int replicas)
{
    return PARTITIONS / replicas + (rank < PARTITIONS % replicas);
}

/* Where the replica begins to look, so that replicas that start together do not reach for the same ones. */
static int first_of(int rank, int replicas)
{
    int larger = PARTITIONS % replicas;
    return PARTITIONS / replicas * rank + (rank < larger ? rank : larger);
}

static Status find_rank(Database *database, Arena *arena, const char *replica, int stale_ms, int *rank_out,
                        int *replicas_out)
{
    Params *params = params_new(arena);
    params_int4(params, stale_ms);
    Rows *rows;
    TRY(database_ask(database, SERVICE_LIST_REPLICAS, params, &rows));

    int name = rows_column(rows, "name");
    int rank = -1;
    for (size_t row = 0; row < rows_count(rows); row++)
        if (strcmp(rows_text(rows, row, name), replica) == 0)
            rank = (int)row;
    *rank_out = rank;
    *replicas_out = (int)rows_count(rows);
    return STATUS_OK;
}

static Status release(Claims *claims, Database *database, Arena *arena, int first, int too_many)
{
    Params *params = params_new(arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    for (int step = PARTITIONS - 1; step >= 0 && too_many > 0; step--) {
        int partition = (first + step) % PARTITIONS;
        if (!claims->mine[partition])
            continue;
        column_int(partitions, partition);
        claims->mine[partition] = false;
        claims->count--;
        too_many--;
    }
    return database_ask(database, SERVICE_RELEASE_PARTITIONS, params, NULL);
}

static Status claim(Claims *claims, Database *database, Arena *arena, int first, int most)
{
    Params *params = params_new(arena);
    Column *candidates = params_column(params, COLUMN_INT2);
    for (int step = 0; step < PARTITIONS; step++) {
        int partition = (first + step) % PARTITIONS;
        if (!claims->mine[partition])
            column_int(candidates, partition);
    }
    params_int4(params, most);

    Rows *rows;
    TRY(database_ask(database, SERVICE_CLAIM_PARTITIONS, params, &rows));
    int partition = rows_column(rows, "partition");
    for (size_t row = 0; row < rows_count(rows); row++)
        claims->mine[rows_int(rows, row, partition)] = true;
    claims->count += (int)rows_count(rows);
    return STATUS_OK;
}

Status claims_tend(Claims *claims, Database *database, Arena *arena, const char *replica, int stale_ms,
                   bool *changed_out)
{
    int rank, replicas;
    TRY(find_rank(database, arena, replica, stale_ms, &rank, &replicas));
    claims->replicas = replicas;
    *changed_out = false;
    if (rank < 0)
        return STATUS_OK; /* the first sign of life is still under way */

    int share = claims_share(rank, replicas);
    int first = first_of(rank, replicas);
    int before = claims->count;
    if (claims->count > share)
        TRY(release(claims, database, arena, first, claims->count - share));
    else if (claims->count < share)
        TRY(claim(claims, database, arena, first, share - claims->count));

    if (claims->count != before) {
        *changed_out = true;
        log_event(LOG_INFO, "PARTITIONS-SHARED", "replica=%s partitions=%d replicas=%d", replica, claims->count,
                  replicas);
    }
    return STATUS_OK;
}
