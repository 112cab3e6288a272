#include "intake/core/docket.h"

#include <string.h>

Docket docket_new(Arena *arena, size_t count)
{
    return (Docket){
        .arena = arena,
        .said = ARENA_MANY(arena, Submission, count),
        .senders = index_new(arena),
        .sent = index_new(arena),
        .persons = index_new(arena),
        .allocated = index_new(arena),
        .proposals = index_new(arena),
        .matters = index_new(arena),
    };
}

/* Two words side by side, each with its NUL, so that no other two make the same name. */
static Bytes name_of(Arena *arena, const char *first, const char *second)
{
    size_t first_size = strlen(first) + 1;
    size_t second_size = strlen(second) + 1;
    uint8_t *name = arena_take(arena, first_size + second_size);
    memcpy(name, first, first_size);
    memcpy(name + first_size, second, second_size);
    return (Bytes){name, first_size + second_size};
}

Sender *docket_sender(Docket *docket, const char *key)
{
    Bytes name = {(const uint8_t *)key, strlen(key)};
    Sender *sender = index_find(docket->senders, name);
    if (!sender) {
        sender = ARENA_NEW(docket->arena, Sender);
        sender->key = key;
        index_add(docket->senders, name, sender);
    }
    return sender;
}

SentId *docket_sent(Docket *docket, const char *owner, const char *id)
{
    Bytes name = name_of(docket->arena, owner, id);
    SentId *sent = index_find(docket->sent, name);
    if (!sent) {
        sent = ARENA_NEW(docket->arena, SentId);
        sent->owner = owner;
        sent->id = id;
        index_add(docket->sent, name, sent);
    }
    return sent;
}

Person *docket_person(Docket *docket, const uint8_t *bsn_hash)
{
    Bytes name = {bsn_hash, BSN_HASH_SIZE};
    Person *person = index_find(docket->persons, name);
    if (!person) {
        person = ARENA_NEW(docket->arena, Person);
        person->bsn_hash = bsn_hash;
        index_add(docket->persons, name, person);
    }
    return person;
}

Allocated *docket_allocated(Docket *docket, const char *conversation, const char *number)
{
    Bytes name = name_of(docket->arena, conversation, number);
    Allocated *allocated = index_find(docket->allocated, name);
    if (!allocated) {
        allocated = ARENA_NEW(docket->arena, Allocated);
        allocated->conversation = conversation;
        allocated->number = number;
        index_add(docket->allocated, name, allocated);
    }
    return allocated;
}

Proposal *docket_proposal(Docket *docket, int32_t number, const char *digest)
{
    Bytes name = name_of(docket->arena, arena_format(docket->arena, "%d", number), digest);
    Proposal *proposal = index_find(docket->proposals, name);
    if (!proposal) {
        proposal = ARENA_NEW(docket->arena, Proposal);
        proposal->number = number;
        proposal->digest = digest;
        index_add(docket->proposals, name, proposal);
    }
    return proposal;
}

Matter *docket_matter(Docket *docket, const char *subject)
{
    Bytes name = {(const uint8_t *)subject, strlen(subject)};
    Matter *matter = index_find(docket->matters, name);
    if (!matter) {
        matter = ARENA_NEW(docket->arena, Matter);
        matter->subject = subject;
        index_add(docket->matters, name, matter);
    }
    return matter;
}
