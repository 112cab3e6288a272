#include "service/turn.h"

struct TurnSaid {
    const char *house;
    int32_t already;
    Said *list;
    size_t count;
    size_t room;
    int16_t after_partition; /* where the message stands that the newest ones were said after; position 0: none yet */
    int64_t after_position;
    int32_t after_count;
};

void turn_begin(Turn *turn, const char *house, int32_t already)
{
    turn->said = ARENA_NEW(turn->arena, TurnSaid);
    turn->said->house = house;
    turn->said->already = already;
}

/* By its place, since what was put aside is heard again in the place of the word that said so. */
static bool is_after(const TurnSaid *said, const Heard *heard)
{
    return said->after_position == heard->position && said->after_partition == heard->partition;
}

static Said *next(Turn *turn)
{
    TurnSaid *said = turn->said;
    if (said->count == said->room) {
        size_t room = said->room ? said->room * 2 : 64;
        Said *list = ARENA_MANY(turn->arena, Said, room);
        if (said->count)
            memcpy(list, said->list, said->count * sizeof *list);
        said->list = list;
        said->room = room;
    }
    return &said->list[said->count++];
}

void turn_say_bytes(Turn *turn, const Heard *heard, const char *type, Bytes data)
{
    turn_say_about(turn, heard, heard->subject, type, data);
}

void turn_say_about(Turn *turn, const Heard *heard, const char *subject, const char *type, Bytes data)
{
    TurnSaid *said = turn->said;
    if (!is_after(said, heard)) {
        said->after_count = said->after_position > 0 ? 0 : said->already;
        said->after_partition = heard->partition;
        said->after_position = heard->position;
    }
    *next(turn) = (Said){
        .partition = heard->partition,
        .id = arena_format(turn->arena, "%s/%s.%d", heard->id, said->house, ++said->after_count),
        .type = type,
        .subject = subject,
        .time_us = heard->time_us,
        .known = heard->known,
        .data = data,
    };
}

void turn_say(Turn *turn, const Heard *heard, const char *type, const ProtobufCMessage *message)
{
    turn_say_bytes(turn, heard, type, message_pack(turn->arena, message));
}

Said *turn_said(const Turn *turn, size_t *count_out)
{
    *count_out = turn->said->count;
    return turn->said->list;
}

int32_t turn_said_after(const Turn *turn, const Heard *heard)
{
    return is_after(turn->said, heard) ? turn->said->after_count : turn->said->already;
}
