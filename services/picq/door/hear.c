#include "picq/door/hear.h"

#include "proto/door.pb-c.h"

static Reply hear_receipt(Arena *arena, const Door__Receipt *said)
{
    switch (said->state) {
    case DOOR__RECEIPT__STATE__VALUE__ADMITTED:
    case DOOR__RECEIPT__STATE__VALUE__REFUSED:
        return (Reply){
            .kind = REPLY_RECEIPT,
            .receipt =
                {
                    .number = said->number,
                    .admitted = said->state == DOOR__RECEIPT__STATE__VALUE__ADMITTED,
                    .heard_before = said->heard_before,
                    .message_id = arena_text(arena, said->message_id),
                    .code = arena_text(arena, said->code),
                    .sentence = arena_text(arena, said->sentence),
                },
        };
    case DOOR__RECEIPT__STATE__VALUE__RESEND:
        return (Reply){.kind = REPLY_RESEND, .resend_from = said->number};
    case DOOR__RECEIPT__STATE__VALUE__UNKNOWN:
    case _DOOR__RECEIPT__STATE__VALUE_IS_INT_SIZE:
        break;
    }
    return (Reply){.kind = REPLY_NOTHING};
}

static Reply hear_mailbox(Arena *arena, const Door__Mailbox *said)
{
    Letter *letters = ARENA_MANY(arena, Letter, said->n_letters);
    for (size_t i = 0; i < said->n_letters; i++) {
        ProtobufCBinaryData line = said->letters[i]->message;
        letters[i] = (Letter){said->letters[i]->position, {arena_copy(arena, line.data, line.len), line.len}};
    }
    return (Reply){
        .kind = REPLY_MAILBOX,
        .mailbox = {said->number, said->head, letters, said->n_letters, arena_text(arena, said->refusal)},
    };
}

Reply hear_reply(Arena *arena, Bytes bytes)
{
    Reply reply = {.kind = REPLY_NOTHING};
    Door__FromDoor *said = door__from_door__unpack(NULL, bytes.size, bytes.data);
    if (said && said->what_case == DOOR__FROM_DOOR__WHAT_RECEIPT)
        reply = hear_receipt(arena, said->receipt);
    else if (said && said->what_case == DOOR__FROM_DOOR__WHAT_MAILBOX)
        reply = hear_mailbox(arena, said->mailbox);
    door__from_door__free_unpacked(said, NULL);
    return reply;
}
