#include "intake/core/session.h"

#include <string.h>

enum { KEY_SIZE_MAX = 40 };

typedef struct Session {
    char key[KEY_SIZE_MAX + 1];
    uint8_t name[SESSION_NAME_SIZE_MAX];
    size_t name_size;
    uint64_t next;     /* the number that is expected */
    uint64_t asked;    /* a resend was asked from this number on; 0: it was not */
    uint64_t heard_at; /* in the order of all that was heard; 0: no session stands here */
} Session;

struct Sessions {
    Session *sessions;
    size_t count;
    size_t max;
    uint64_t heard;
};

Sessions *sessions_new(Arena *arena, size_t max)
{
    Sessions *sessions = ARENA_NEW(arena, Sessions);
    sessions->sessions = ARENA_MANY(arena, Session, max);
    sessions->max = max;
    return sessions;
}

static bool is_named(const Session *session, const char *key, Bytes name)
{
    return session->heard_at != 0 && strcmp(session->key, key) == 0 &&
           bytes_equal((Bytes){session->name, session->name_size}, name);
}

/* The session of that name, or else a free place, or that of the one that was silent longest. */
static Session *find(Sessions *sessions, const char *key, Bytes name)
{
    Session *silent = &sessions->sessions[0];
    for (size_t i = 0; i < sessions->count; i++) {
        Session *session = &sessions->sessions[i];
        if (is_named(session, key, name))
            return session;
        if (session->heard_at < silent->heard_at)
            silent = session;
    }
    return sessions->count < sessions->max ? &sessions->sessions[sessions->count++] : silent;
}

static void begin(Session *session, const char *key, Bytes name, uint64_t oldest)
{
    *session = (Session){.next = oldest, .name_size = name.size};
    memcpy(session->key, key, strlen(key));
    memcpy(session->name, name.data, name.size);
}

SessionAnswer sessions_hear(Sessions *sessions, const char *key, Bytes name, uint64_t number, uint64_t oldest,
                            uint64_t *from_out)
{
    if (strlen(key) > KEY_SIZE_MAX || name.size == 0 || name.size > SESSION_NAME_SIZE_MAX)
        return SESSION_REFUSE;
    if (oldest == 0 || number < oldest || number == UINT64_MAX)
        return SESSION_REFUSE;

    Session *session = find(sessions, key, name);
    if (!is_named(session, key, name))
        begin(session, key, name, oldest);
    session->heard_at = ++sessions->heard;

    /* What came before the oldest was received, here or at another door. */
    if (session->next < oldest)
        session->next = oldest;

    if (number > session->next) {
        if (session->asked == session->next)
            return SESSION_WAIT;
        session->asked = session->next;
        *from_out = session->next;
        return SESSION_RESEND;
    }
    if (number == session->next)
        session->next++;
    session->asked = 0;
    return SESSION_TAKE;
}
