#include "bus/guard.h"

#include "bus/key.h"
#include "bus/socket.h"
#include "bus/watch.h"

#include <pthread.h>
#include <stdatomic.h>

#define ZAP_ENDPOINT "inproc://zeromq.zap.01"

enum {
    DOMAINS_MAX = 8,
    DOMAIN_TEXT_SIZE = 32,
    DOORS_MAX = 16,
    KEY_BYTES = 32,
    WATCHED_EVENTS = ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
                     ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_MONITOR_STOPPED,
};

typedef struct KeyText {
    char text[KEY_TEXT_LENGTH + 1];
} KeyText;

/* The keys known in one domain, in order of their text. */
typedef struct KeyRing {
    char domain[DOMAIN_TEXT_SIZE];
    KeyText *keys;
    size_t count;
} KeyRing;

struct Guard {
    pthread_mutex_t lock; /* of the rings */
    KeyRing rings[DOMAINS_MAX];
    size_t ring_count;
    pthread_mutex_t talk; /* one order to the thread at a time */
    zactor_t *thread;
    bool at_post;        /* the thread holds the ZAP endpoint */
    atomic_uint watched; /* servers that are open */
    atomic_uint_fast64_t let_in;
    atomic_uint_fast64_t denied;
    atomic_uint_fast64_t unfinished;
    atomic_uint_fast64_t ended;
};

/* keys */

static int compare_keys(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(KeyText));
}

static KeyText *find_key(const KeyRing *ring, const KeyText *key)
{
    return ring->count ? bsearch(key, ring->keys, ring->count, sizeof(KeyText), compare_keys) : NULL;
}

static KeyRing *find_ring(Guard *guard, const char *domain)
{
    for (size_t i = 0; i < guard->ring_count; i++)
        if (streq(guard->rings[i].domain, domain))
            return &guard->rings[i];
    return NULL;
}

static KeyRing *find_or_add_ring(Guard *guard, const char *domain)
{
    KeyRing *ring = find_ring(guard, domain);
    if (ring || guard->ring_count == DOMAINS_MAX || strlen(domain) >= DOMAIN_TEXT_SIZE)
        return ring;
    ring = &guard->rings[guard->ring_count++];
    strcpy(ring->domain, domain);
    return ring;
}

static KeyText *keys_new(size_t count)
{
    KeyText *keys = calloc(count ? count : 1, sizeof(KeyText));
    if (!keys)
        abort();
    return keys;
}

static Status read_key(const char *text, KeyText *key_out)
{
    if (!key_is_public(text))
        return FAULT(STATUS_SET_ASIDE, "this is not a public key of %d characters", KEY_TEXT_LENGTH);
    memcpy(key_out->text, text, sizeof key_out->text);
    return STATUS_OK;
}

static size_t drop_doubles(KeyText *keys, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || compare_keys(&keys[i], &keys[kept - 1]) != 0)
            keys[kept++] = keys[i];
    return kept;
}

/* Takes the keys over. */
static Status replace_ring(Guard *guard, const char *domain, KeyText *keys, size_t count)
{
    KeyRing *ring = find_or_add_ring(guard, domain);
    if (!ring) {
        free(keys);
        return FAULT(STATUS_STOP, "the guard has no room for the domain '%s'", domain);
    }
    free(ring->keys);
    ring->keys = keys;
    ring->count = count;
    return STATUS_OK;
}

Status guard_replace(Guard *guard, const char *domain, const char *const *public_keys, size_t count)
{
    KeyText *keys = keys_new(count);
    for (size_t i = 0; i < count; i++) {
        Status status = read_key(public_keys[i], &keys[i]);
        if (status != STATUS_OK) {
            free(keys);
            return status;
        }
    }
    qsort(keys, count, sizeof(KeyText), compare_keys);
    count = drop_doubles(keys, count);

    pthread_mutex_lock(&guard->lock);
    Status status = replace_ring(guard, domain, keys, count);
    pthread_mutex_unlock(&guard->lock);
    return status;
}

static Status add_key(Guard *guard, const char *domain, const KeyText *key)
{
    const KeyRing *ring = find_ring(guard, domain);
    if (ring && find_key(ring, key))
        return STATUS_OK;

    size_t count = ring ? ring->count : 0;
    KeyText *keys = keys_new(count + 1);
    size_t before = 0;
    while (before < count && compare_keys(&ring->keys[before], key) < 0)
        before++;
    if (count) {
        memcpy(keys, ring->keys, before * sizeof(KeyText));
        memcpy(keys + before + 1, ring->keys + before, (count - before) * sizeof(KeyText));
    }
    keys[before] = *key;
    return replace_ring(guard, domain, keys, count + 1);
}

Status guard_allow(Guard *guard, const char *domain, const char *public_key)
{
    KeyText key;
    TRY(read_key(public_key, &key));

    pthread_mutex_lock(&guard->lock);
    Status status = add_key(guard, domain, &key);
    pthread_mutex_unlock(&guard->lock);
    return status;
}

void guard_forbid(Guard *guard, const char *domain, const char *public_key)
{
    KeyText key;
    if (!key_is_public(public_key))
        return;
    memcpy(key.text, public_key, sizeof key.text);

    pthread_mutex_lock(&guard->lock);
    KeyRing *ring = find_ring(guard, domain);
    KeyText *found = ring ? find_key(ring, &key) : NULL;
    if (found) {
        size_t after = (size_t)(ring->keys + ring->count - (found + 1));
        memmove(found, found + 1, after * sizeof(KeyText));
        ring->count--;
    }
    pthread_mutex_unlock(&guard->lock);
}

bool guard_allows(Guard *guard, const char *domain, const char *public_key)
{
    KeyText key;
    if (strlen(public_key) != KEY_TEXT_LENGTH)
        return false;
    memcpy(key.text, public_key, sizeof key.text);

    pthread_mutex_lock(&guard->lock);
    const KeyRing *ring = find_ring(guard, domain);
    bool known = ring && find_key(ring, &key);
    pthread_mutex_unlock(&guard->lock);
    return known;
}

GuardCounts guard_counts(const Guard *guard)
{
    return (GuardCounts){
        .let_in = atomic_load(&guard->let_in),
        .denied = atomic_load(&guard->denied),
        .unfinished = atomic_load(&guard->unfinished),
        .ended = atomic_load(&guard->ended),
    };
}

/* the thread */

typedef struct ZapRequest {
    zmsg_t *frames;
    char *version;
    char *number;
    char *domain;
    char *mechanism;
    zframe_t *credential;
} ZapRequest;

/* Frames: version, number, domain, address, routing id, mechanism, credentials. */
static ZapRequest zap_request_of(zmsg_t *frames)
{
    ZapRequest request = {.frames = frames};
    request.version = zmsg_popstr(frames);
    request.number = zmsg_popstr(frames);
    request.domain = zmsg_popstr(frames);
    char *address = zmsg_popstr(frames);
    zframe_t *routing_id = zmsg_pop(frames);
    request.mechanism = zmsg_popstr(frames);
    request.credential = zmsg_pop(frames);
    freen(address);
    zframe_destroy(&routing_id);
    return request;
}

static void zap_request_clear(ZapRequest *request)
{
    freen(request->version);
    freen(request->number);
    freen(request->domain);
    freen(request->mechanism);
    zframe_destroy(&request->credential);
    zmsg_destroy(&request->frames);
}

static bool may_come_in(Guard *guard, const ZapRequest *request, char *key_out)
{
    if (!request->mechanism || !streq(request->mechanism, "CURVE"))
        return false;
    if (!request->credential || zframe_size(request->credential) != KEY_BYTES)
        return false;
    zmq_z85_encode(key_out, zframe_data(request->credential), KEY_BYTES);
    return guard_allows(guard, request->domain, key_out);
}

static void answer_zap(Guard *guard, zsock_t *handler)
{
    zmsg_t *frames = zmsg_recv(handler);
    if (!frames)
        return;

    ZapRequest request = zap_request_of(frames);
    char key[KEY_TEXT_LENGTH + 1] = "";
    bool let_in = may_come_in(guard, &request, key);
    atomic_fetch_add(let_in ? &guard->let_in : &guard->denied, 1);
    zstr_sendx(handler, "1.0", request.number ? request.number : "", let_in ? "200" : "400",
               let_in ? "" : "this key is not known here", let_in ? key : "", "", NULL);
    zap_request_clear(&request);
}

/* What the thread looks at: its pipe, the ZAP endpoint, and the monitor of each door. */
typedef struct Post {
    Guard *guard;
    zsock_t *pipe;
    zsock_t *handler;
    zsock_t *doors[DOORS_MAX];
    size_t door_count;
} Post;

static void watch_door(Post *post, const char *endpoint)
{
    zsock_t *door = post->door_count < DOORS_MAX ? zsock_new(ZMQ_PAIR) : NULL;
    if (door) {
        /* Without a limit: the library's own thread would wait for a full queue. */
        zsock_set_rcvhwm(door, 0);
        if (zsock_connect(door, "%s", endpoint) == 0)
            post->doors[post->door_count++] = door;
        else
            zsock_destroy(&door);
    }
    zsock_signal(post->pipe, door ? 0 : 1);
}

/* An event is two frames: its number and value, and the endpoint. */
static void see_event(Post *post, size_t place)
{
    zmq_msg_t frames[2];
    size_t count;
    if (!socket_receive(post->doors[place], frames, 2, &count))
        return;

    uint16_t event = 0;
    if (zmq_msg_size(&frames[0]) >= sizeof event)
        memcpy(&event, zmq_msg_data(&frames[0]), sizeof event);
    socket_close_frames(frames, count, 2);

    if (event == ZMQ_EVENT_MONITOR_STOPPED) {
        zsock_destroy(&post->doors[place]);
        post->doors[place] = post->doors[--post->door_count];
        return;
    }
    atomic_fetch_add(event == ZMQ_EVENT_DISCONNECTED ? &post->guard->ended : &post->guard->unfinished, 1);
}

/* False when the guard is sent home. */
static bool hear_order(Post *post)
{
    char *order = NULL, *endpoint = NULL;
    zstr_recvx(post->pipe, &order, &endpoint, NULL);
    bool stay = order && streq(order, "WATCH") && endpoint;
    if (stay)
        watch_door(post, endpoint);
    zstr_free(&order);
    zstr_free(&endpoint);
    return stay;
}

static bool stand_once(Post *post)
{
    zmq_pollitem_t items[2 + DOORS_MAX] = {
        {.socket = zsock_resolve(post->pipe), .events = ZMQ_POLLIN},
        {.socket = zsock_resolve(post->handler), .events = ZMQ_POLLIN},
    };
    size_t doors = post->door_count;
    for (size_t i = 0; i < doors; i++)
        items[2 + i] = (zmq_pollitem_t){.socket = zsock_resolve(post->doors[i]), .events = ZMQ_POLLIN};

    if (zmq_poll(items, (int)(2 + doors), -1) < 0)
        return errno == EINTR;

    if (items[1].revents)
        answer_zap(post->guard, post->handler);
    /* From the last to the first: a door that closes gives its place to the last one. */
    for (size_t i = doors; i-- > 0;)
        if (items[2 + i].revents)
            see_event(post, i);
    return !items[0].revents || hear_order(post);
}

static void stand_guard(zsock_t *pipe, void *argument)
{
    Post post = {.guard = argument, .pipe = pipe, .handler = zsock_new(ZMQ_REP)};
    post.guard->at_post = post.handler && zsock_bind(post.handler, "%s", ZAP_ENDPOINT) == 0;
    zsock_signal(pipe, 0);

    bool stay = true;
    while (stay)
        stay = post.guard->at_post ? stand_once(&post) : hear_order(&post);

    for (size_t i = 0; i < post.door_count; i++)
        zsock_destroy(&post.doors[i]);
    /* Closing a socket frees its name later, unbinding it at once. */
    if (post.guard->at_post)
        zsock_unbind(post.handler, "%s", ZAP_ENDPOINT);
    zsock_destroy(&post.handler);
}

/* doors */

Status watch_begin(Guard *guard, zsock_t *socket)
{
    static atomic_uint doors;
    char endpoint[64];
    snprintf(endpoint, sizeof endpoint, "inproc://picq.door.%u", atomic_fetch_add(&doors, 1));
    if (zmq_socket_monitor(zsock_resolve(socket), endpoint, WATCHED_EVENTS) != 0)
        return FAULT(STATUS_STOP, "the guard cannot watch a door: %s", zmq_strerror(errno));

    pthread_mutex_lock(&guard->talk);
    zstr_sendx(guard->thread, "WATCH", endpoint, NULL);
    bool watched = zsock_wait(guard->thread) == 0;
    pthread_mutex_unlock(&guard->talk);
    if (watched) {
        atomic_fetch_add(&guard->watched, 1);
        return STATUS_OK;
    }

    zmq_socket_monitor(zsock_resolve(socket), NULL, 0);
    return FAULT(STATUS_STOP, "the guard watches %d doors, and no more", DOORS_MAX);
}

void watch_end(Guard *guard, zsock_t *socket)
{
    atomic_fetch_sub(&guard->watched, 1);
    zmq_socket_monitor(zsock_resolve(socket), NULL, 0);
}

/* life */

Status guard_open(Guard **guard_out)
{
    socket_prepare_library();
    Guard *guard = calloc(1, sizeof(Guard));
    if (!guard)
        abort();
    pthread_mutex_init(&guard->lock, NULL);
    pthread_mutex_init(&guard->talk, NULL);
    guard->thread = zactor_new(stand_guard, guard);
    if (!guard->thread || !guard->at_post) {
        guard_free(guard);
        return FAULT(STATUS_STOP, "this process has a guard already, or no sockets left");
    }
    *guard_out = guard;
    return STATUS_OK;
}

void guard_free(Guard *guard)
{
    if (!guard)
        return;
    /* A server whose guard has left would wait for ever to tell what happens at its door. */
    if (atomic_load(&guard->watched))
        abort();
    zactor_destroy(&guard->thread);
    for (size_t i = 0; i < guard->ring_count; i++)
        free(guard->rings[i].keys);
    pthread_mutex_destroy(&guard->lock);
    pthread_mutex_destroy(&guard->talk);
    free(guard);
}

void guard_freep(Guard **guard)
{
    guard_free(*guard);
    *guard = NULL;
}
