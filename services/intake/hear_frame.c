#include "intake/hear_frame.h"

#include "proto/door.pb-c.h"
#include "service/message.h"

static Bytes bytes_of(ProtobufCBinaryData data)
{
    return (Bytes){data.data, data.len};
}

Frame intake_hear_frame(Arena *arena, Bytes payload)
{
    const Door__ToDoor *asked = message_unpack(arena, &door__to_door__descriptor, payload);
    if (asked && asked->what_case == DOOR__TO_DOOR__WHAT_SUBMIT) {
        const Door__Submit *submit = asked->submit;
        bool is_national = submit->national.len > 0;
        return (Frame){
            .kind = FRAME_SUBMIT,
            .submit = {bytes_of(submit->session), submit->number, submit->oldest,
                       bytes_of(is_national ? submit->national : submit->message), is_national},
        };
    }
    if (asked && asked->what_case == DOOR__TO_DOOR__WHAT_READ) {
        const Door__Read *read = asked->read;
        return (Frame){
            .kind = FRAME_READ,
            .read = {read->number, read->municipality, read->provider, read->after, read->letters_max, read->wait_ms},
        };
    }
    return (Frame){.kind = FRAME_NOTHING};
}
