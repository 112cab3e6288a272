#include "intake/record.h"

#include "intake/house.h"
#include "intake/sql.h"

static Status note(Turn *turn, const Opening *openings, size_t count)
{
    Params *params = params_new(turn->arena);
    Column *owners = params_column(params, COLUMN_TEXT);
    Column *reasons = params_column(params, COLUMN_TEXT);
    Column *words = params_column(params, COLUMN_TEXT);
    Column *addresses = params_column(params, COLUMN_TEXT);
    Column *first_positions = params_column(params, COLUMN_INT8);
    Column *last_positions = params_column(params, COLUMN_INT8);
    Column *clients = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < count; i++) {
        column_text(owners, openings[i].owner);
        column_text(reasons, openings[i].why);
        column_text(words, openings[i].words);
        column_text(addresses, openings[i].where);
        column_int(first_positions, openings[i].first_position);
        column_int(last_positions, openings[i].last_position);
        column_text(clients, openings[i].reference);
    }
    return database_ask(turn->database, INTAKE_NOTE_READINGS, params, NULL);
}

Status record_open(Turn *turn, Opening *openings, size_t count)
{
    const House *house = turn->house;
    if (count == 0)
        return STATUS_OK;
    TRY(note(turn, openings, count));
    for (size_t i = 0; i < count; i++)
        if (!vault_unseal(house->vault, turn->arena, openings[i].reference, openings[i].sealed, &openings[i].record))
            return FAULT(STATUS_STOP, "the record of client %s does not open: was the vault's key changed?",
                         openings[i].reference);
    return STATUS_OK;
}
