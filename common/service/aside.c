#include "service/aside.h"

#include "process/log.h"
#include "proto/street.pb-c.h"
#include "service/sql.h"

#include <string.h>

bool aside_is_word(const Heard *heard)
{
    return strncmp(heard->type, "street.", strlen("street.")) == 0;
}

Status aside_put(Turn *turn, const char *house, const Heard *heard, const char *reason)
{
    Params *params = params_new(turn->arena);
    params_int2(params, heard->partition);
    params_text(params, heard->source);
    params_int8(params, heard->position);
    params_text(params, heard->id);
    params_text(params, heard->type);
    params_text(params, heard->subject);
    params_time_us(params, heard->time_us);
    params_day(params, heard->known);
    params_bytes(params, heard->data);
    params_text(params, reason);
    TRY(database_ask(turn->database, SERVICE_PUT_ASIDE, params, NULL));

    Street__SetAside word = STREET__SET_ASIDE__INIT;
    word.house = arena_text(turn->arena, house);
    word.id = arena_text(turn->arena, heard->id);
    word.type = arena_text(turn->arena, heard->type);
    word.reason = arena_text(turn->arena, reason);
    word.heard = (ProtobufCBinaryData){heard->data.size, arena_copy(turn->arena, heard->data.data, heard->data.size)};
    turn_say(turn, heard, ASIDE_TYPE, &word.base);

    log_about(heard->id);
    log_event(LOG_ERROR, "MESSAGE-SET-ASIDE", "partition=%d position=%lld reason=\"%s\"", heard->partition,
              (long long)heard->position, reason);
    log_about(NULL);
    return STATUS_OK;
}

static Status load_original(Turn *turn, const Heard *word, const char *id, AsideDecision *decision)
{
    Params *params = params_new(turn->arena);
    params_int2(params, word->partition);
    params_text(params, id);
    params_text(params, turn->cursor.size > 0 ? "RETRIED" : "ASIDE");
    Rows *rows;
    TRY(database_ask(turn->database, SERVICE_LOAD_ASIDE, params, &rows));
    if (rows_count(rows) == 0)
        return STATUS_OK;

    decision->found = true;
    decision->again = *word;
    decision->again.source = rows_text(rows, 0, rows_column(rows, "source"));
    decision->again.type = rows_text(rows, 0, rows_column(rows, "type"));
    decision->again.subject = rows_text(rows, 0, rows_column(rows, "subject"));
    decision->again.data = rows_bytes(rows, 0, rows_column(rows, "data"));
    return STATUS_OK;
}

static Status settle(Turn *turn, const Heard *heard, const Street__Retried *word, bool retried)
{
    Params *params = params_new(turn->arena);
    params_int2(params, heard->partition);
    params_text(params, word->id);
    params_text(params, retried ? "RETRIED" : "DROPPED");
    params_text(params, heard->id);
    params_day(params, heard->known);
    params_text(params, word->reason);
    return database_ask(turn->database, SERVICE_SETTLE_ASIDE, params, NULL);
}

Status aside_decision(Turn *turn, const char *house, const Heard *heard, AsideDecision *decision_out)
{
    AsideDecision decision = {.retried = strcmp(heard->type, ASIDE_RETRIED) == 0};
    bool dropped = strcmp(heard->type, ASIDE_DROPPED) == 0;
    if (decision.retried || dropped) {
        /* Retried and Dropped have the same fields with the same numbers. */
        const Street__Retried *word = message_unpack(turn->arena, &street__retried__descriptor, heard->data);
        if (!word)
            return FAULT(STATUS_SET_ASIDE, "%s does not parse", heard->type);
        decision.for_us = strcmp(word->house, house) == 0;
        if (decision.for_us) {
            TRY(load_original(turn, heard, word->id, &decision));
            TRY(settle(turn, heard, word, decision.retried));
        }
    }
    *decision_out = decision;
    return STATUS_OK;
}
