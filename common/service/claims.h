/*
 * Claims: which partitions this process works on.
 *
 * A claim is a session lock, and only shares out the work; it ends with its session. Replicas
 * share the partitions evenly: each has the same number, or one more.
 */
#pragma once

#include "base/partition.h"
#include "db/database.h"

typedef struct Claims {
    bool mine[PARTITIONS];
    int count;
    int replicas; /* that show life, this one too */
} Claims;

/* What a session that is gone had claimed is claimed no more. */
void claims_forget(Claims *claims);

/* Looks who shows life, gives back what is more than this replica's share, and claims what is free up to it. */
Status claims_tend(Claims *claims, Database *database, Arena *arena, const char *replica, int stale_ms,
                   bool *changed_out);

/* The share of the replica with this rank among so many: pure, for tests. */
int claims_share(int rank, int replicas);
