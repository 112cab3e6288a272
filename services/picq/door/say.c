#include "picq/door/say.h"

#include "proto/door.pb-c.h"

static Bytes packed(Arena *arena, const Door__ToDoor *said)
{
    uint8_t *bytes = arena_take(arena, door__to_door__get_packed_size(said));
    return (Bytes){bytes, door__to_door__pack(said, bytes)};
}

static Bytes say_submit(Arena *arena, Door__Submit *submit, const uint8_t session[SESSION_SIZE], uint64_t number,
                        uint64_t oldest)
{
    submit->session = (ProtobufCBinaryData){SESSION_SIZE, (uint8_t *)session};
    submit->number = number;
    submit->oldest = oldest;
    Door__ToDoor said = DOOR__TO_DOOR__INIT;
    said.what_case = DOOR__TO_DOOR__WHAT_SUBMIT;
    said.submit = submit;
    return packed(arena, &said);
}

Bytes say_line(Arena *arena, const uint8_t session[SESSION_SIZE], uint64_t number, uint64_t oldest, Bytes line)
{
    Door__Submit submit = DOOR__SUBMIT__INIT;
    submit.message = (ProtobufCBinaryData){line.size, (uint8_t *)line.data};
    return say_submit(arena, &submit, session, number, oldest);
}

Bytes say_national(Arena *arena, const uint8_t session[SESSION_SIZE], uint64_t number, uint64_t oldest, Bytes file)
{
    Door__Submit submit = DOOR__SUBMIT__INIT;
    submit.national = (ProtobufCBinaryData){file.size, (uint8_t *)file.data};
    return say_submit(arena, &submit, session, number, oldest);
}

Bytes say_question(Arena *arena, uint64_t number, const MailboxQuestion *question)
{
    Door__Read read = DOOR__READ__INIT;
    read.municipality = (char *)question->municipality;
    read.provider = (char *)question->provider;
    read.after = question->after;
    read.letters_max = question->letters_max;
    read.wait_ms = question->wait_ms;
    read.number = number;
    Door__ToDoor said = DOOR__TO_DOOR__INIT;
    said.what_case = DOOR__TO_DOOR__WHAT_READ;
    said.read = &read;
    return packed(arena, &said);
}
