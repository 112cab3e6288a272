#include "monitoring/web/neighbours.h"

#include "http/fetch.h"
#include "process/clock.h"

#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <time.h>

enum {
    NEIGHBOURS_MAX = 64,
    PATIENCE_MS = 140,      /* with a neighbour */
    ANSWER_WITHIN_MS = 160, /* whatever its thread is doing */
    KEPT_MS = 1000,
    ALL_IS_WELL = 200,
};

typedef struct Neighbour {
    Neighbours *all;
    const char *house;
    const char *place;
    thrd_t thread;
    int64_t round; /* in which it was asked for what it said */
    HouseSaid said;
} Neighbour;

struct Neighbours {
    Arena *arena; /* of names and places */
    Neighbour list[NEIGHBOURS_MAX];
    size_t count;
    size_t started;
    mtx_t lock;
    cnd_t asked;
    cnd_t answered;
    int64_t round; /* grows when all are to be asked anew */
    int64_t asked_at_ms;
    bool stopping;
};

static HouseSaid ask_once(Arena *arena, const Neighbour *neighbour)
{
    Page page;
    Status status = fetch_page_within(arena, neighbour->place, "/metrics", "", PATIENCE_MS, &page);
    HouseSaid said = {.up = false};
    if (status == STATUS_OK && page.status == ALL_IS_WELL)
        said = house_read(page.body);
    arena_reset(arena);
    return said;
}

static int keep_asking(void *argument)
{
    Neighbour *neighbour = argument;
    Neighbours *all = neighbour->all;
    Arena *arena = arena_new();
    mtx_lock(&all->lock);
    while (!all->stopping) {
        if (neighbour->round == all->round) {
            cnd_wait(&all->asked, &all->lock);
            continue;
        }
        int64_t round = all->round;
        mtx_unlock(&all->lock);
        HouseSaid said = ask_once(arena, neighbour);
        mtx_lock(&all->lock);
        neighbour->said = said;
        neighbour->round = round;
        cnd_broadcast(&all->answered);
    }
    mtx_unlock(&all->lock);
    arena_free(arena);
    return 0;
}

/* "billing=http://10.0.0.7:8080" */
static Status name_neighbour(Neighbours *all, const char *word)
{
    const char *equals = strchr(word, '=');
    if (!equals || equals == word || !equals[1])
        return FAULT(STATUS_STOP, "PICQ_HOUSES has \"%s\": write house=http://address:port, or house=/path/of/a/socket",
                     word);
    if (all->count == NEIGHBOURS_MAX)
        return FAULT(STATUS_STOP, "PICQ_HOUSES names more than %d places", NEIGHBOURS_MAX);
    all->list[all->count++] = (Neighbour){
        .all = all,
        .house = arena_text_sized(all->arena, word, (size_t)(equals - word)),
        .place = equals + 1,
    };
    return STATUS_OK;
}

static Status name_all(Neighbours *all, const char *setting)
{
    for (const char *from = setting; *from;) {
        size_t size = strcspn(from, ",");
        const char *word = arena_text_sized(all->arena, from, size);
        if (*word)
            TRY(name_neighbour(all, word));
        from += size + (from[size] == ',');
    }
    return STATUS_OK;
}

static Status start_all(Neighbours *all)
{
    for (; all->started < all->count; all->started++) {
        Neighbour *neighbour = &all->list[all->started];
        if (thrd_create(&neighbour->thread, keep_asking, neighbour) != thrd_success)
            return FAULT(STATUS_STOP, "no thread to ask how %s is", neighbour->house);
    }
    return STATUS_OK;
}

Status neighbours_open(Settings *settings, Neighbours **neighbours_out)
{
    Neighbours *all = calloc(1, sizeof *all);
    if (!all)
        abort();
    all->arena = arena_new();
    all->asked_at_ms = -KEPT_MS;
    mtx_init(&all->lock, mtx_plain);
    cnd_init(&all->asked);
    cnd_init(&all->answered);
    Status status = name_all(all, settings_text(settings, "PICQ_HOUSES", ""));
    if (status == STATUS_OK)
        status = start_all(all);
    if (status != STATUS_OK) {
        neighbours_free(all);
        return status;
    }
    *neighbours_out = all;
    return STATUS_OK;
}

void neighbours_free(Neighbours *all)
{
    if (!all)
        return;
    mtx_lock(&all->lock);
    all->stopping = true;
    cnd_broadcast(&all->asked);
    mtx_unlock(&all->lock);
    for (size_t i = 0; i < all->started; i++)
        thrd_join(all->list[i].thread, NULL);
    cnd_destroy(&all->asked);
    cnd_destroy(&all->answered);
    mtx_destroy(&all->lock);
    arena_free(all->arena);
    free(all);
}

static bool all_have_answered(const Neighbours *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->list[i].round != all->round)
            return false;
    return true;
}

static struct timespec moment_after(int wait_ms)
{
    struct timespec moment;
    timespec_get(&moment, TIME_UTC);
    moment.tv_nsec += (long)wait_ms * 1000000;
    moment.tv_sec += moment.tv_nsec / 1000000000;
    moment.tv_nsec %= 1000000000;
    return moment;
}

static void ask_all(Neighbours *all)
{
    int64_t now_ms = clock_steady_ms();
    if (now_ms - all->asked_at_ms >= KEPT_MS) {
        all->asked_at_ms = now_ms;
        all->round++;
        cnd_broadcast(&all->asked);
    }
    const struct timespec moment = moment_after(ANSWER_WITHIN_MS);
    while (!all_have_answered(all) && cnd_timedwait(&all->answered, &all->lock, &moment) == thrd_success)
        ;
}

const HouseReplica *neighbours_ask(Neighbours *all, Arena *arena, size_t *count_out)
{
    *count_out = 0;
    if (!all)
        return NULL;
    HouseReplica *replicas = ARENA_MANY(arena, HouseReplica, all->count);
    mtx_lock(&all->lock);
    ask_all(all);
    for (size_t i = 0; i < all->count; i++) {
        const Neighbour *neighbour = &all->list[i];
        replicas[i].house = arena_text(arena, neighbour->house);
        if (neighbour->round == all->round)
            replicas[i].said = neighbour->said;
    }
    *count_out = all->count;
    mtx_unlock(&all->lock);
    return replicas;
}
