#include "simulator/store.h"

#include "simulator/house.h"
#include "simulator/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void store_open(Store *store, int house)
{
    *store = (Store){.house = house};
    for (int i = 0; i < SESSIONS_MAX; i++) {
        store->sessions[i] = (Session){.store = store, .number = i, .arena = arena_new()};
    }
}

void store_close(Store *store)
{
    for (int i = 0; i < SESSIONS_MAX; i++)
        arena_free(store->sessions[i].arena);
    for (int partition = 0; partition < PARTITIONS; partition++) {
        Shelf *shelf = &store->shelves[partition];
        for (size_t i = 0; i < shelf->outbox_count; i++)
            free(shelf->outbox[i].data);
        for (size_t i = 0; i < shelf->asides_count; i++)
            free(shelf->asides[i].entry.data);
        free(shelf->outbox);
        free(shelf->kept);
        free(shelf->asides);
    }
}

int64_t store_now_ms(const Store *store)
{
    return world.now_ms + store->clock_ahead_ms;
}

/* ---- sessions ---- */

Session *session_open(Store *store)
{
    if (world.now_ms < store->away_until_ms)
        return NULL;
    for (int i = 0; i < SESSIONS_MAX; i++) {
        Session *session = &store->sessions[i];
        if (session->open)
            continue;
        *session = (Session){.store = store, .number = i, .arena = session->arena, .open = true};
        arena_reset(session->arena);
        return session;
    }
    return NULL;
}

static void give_free(Session *session)
{
    for (int partition = 0; partition < PARTITIONS; partition++) {
        Shelf *shelf = &session->store->shelves[partition];
        if (shelf->place_holder == session)
            shelf->place_holder = NULL;
        if (shelf->head_holder == session)
            shelf->head_holder = NULL;
    }
    session->first = session->last = NULL;
    session->in_transaction = false;
    session->failed = false;
    arena_reset(session->arena);
}

void session_kill(Session *session)
{
    if (session->dead)
        return;
    session->dead = true;
    give_free(session);
    for (int partition = 0; partition < PARTITIONS; partition++)
        session->store->shelves[partition].claimed &= ~(UINT64_C(1) << session->number);
}

void session_close(Session *session)
{
    session_kill(session);
    session->open = false;
}

typedef struct Taking {
    Session *session;
    Session **holder;
} Taking;

static bool can_take(void *asked)
{
    const Taking *taking = asked;
    return taking->session->dead || !*taking->holder || *taking->holder == taking->session;
}

bool session_take(Session *session, Session **holder)
{
    Taking taking = {session, holder};
    if (!can_take(&taking) && !world_wait(can_take, &taking, -1))
        return false;
    if (session->dead)
        return false;
    *holder = session;
    return true;
}

/* ---- changes ---- */

static void *grown(void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    *room = *room ? *room * 2 : 16;
    list = realloc(list, *room * size);
    if (!list)
        abort();
    return list;
}

static Entry owned(const Entry *entry)
{
    Entry copy = *entry;
    copy.data = malloc(entry->size + 1);
    if (!copy.data)
        abort();
    if (entry->size)
        memcpy(copy.data, entry->data, entry->size);
    return copy;
}

static void apply(Store *store, const Change *change)
{
    Shelf *shelf = &store->shelves[change->partition];
    switch (change->kind) {
    case CHANGE_PLACE:
        shelf->place = change->place;
        return;
    case CHANGE_HEAD:
        shelf->head = change->position;
        return;
    case CHANGE_OUTBOX:
        if (change->position != (int64_t)shelf->outbox_count + 1)
            world_found("partition %d of %s has position %lld in its log after %zu", change->partition,
                        house_name(store->house), (long long)change->position, shelf->outbox_count);
        shelf->outbox = grown(shelf->outbox, shelf->outbox_count, &shelf->outbox_room, sizeof *shelf->outbox);
        shelf->outbox[shelf->outbox_count++] = owned(&change->entry);
        return;
    case CHANGE_KEPT:
        shelf->kept = grown(shelf->kept, shelf->kept_count, &shelf->kept_room, sizeof *shelf->kept);
        shelf->kept[shelf->kept_count++] = change->kept;
        return;
    case CHANGE_ASIDE: {
        shelf->asides = grown(shelf->asides, shelf->asides_count, &shelf->asides_room, sizeof *shelf->asides);
        Aside *aside = &shelf->asides[shelf->asides_count++];
        *aside = (Aside){.position = change->position, .state = "ASIDE", .entry = owned(&change->entry)};
        return;
    }
    case CHANGE_SETTLED:
        for (size_t i = 0; i < shelf->asides_count; i++) {
            Aside *aside = &shelf->asides[i];
            if (strcmp(aside->entry.id, change->entry.id) == 0 && strcmp(aside->state, "ASIDE") == 0)
                snprintf(aside->state, sizeof aside->state, "%s", change->state);
        }
        return;
    }
}

Change *session_change(Session *session, ChangeKind kind, int16_t partition)
{
    Change *change = ARENA_NEW(session->arena, Change);
    change->kind = kind;
    change->partition = partition;
    return change;
}

void session_write(Session *session, Change *change, bool alone)
{
    if (alone) {
        apply(session->store, change);
        return;
    }
    if (session->last)
        session->last->next = change;
    else
        session->first = change;
    session->last = change;
}

void session_begin(Session *session)
{
    if (session->in_transaction)
        world_found("a transaction begins within another");
    session->in_transaction = true;
}

void session_commit(Session *session)
{
    bool touched[PARTITIONS] = {false};
    bool said = false;
    for (const Change *change = session->first; change; change = change->next) {
        apply(session->store, change);
        touched[change->partition] = true;
        said |= change->kind == CHANGE_OUTBOX;
    }
    give_free(session);
    for (int partition = 0; partition < PARTITIONS; partition++)
        if (touched[partition])
            house_check(session->store, partition);
    for (int i = 0; said && i < SESSIONS_MAX; i++)
        session->store->sessions[i].notified |= session->store->sessions[i].listens;
}

void session_rollback(Session *session)
{
    give_free(session);
}
