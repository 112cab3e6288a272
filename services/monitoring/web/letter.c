#include "monitoring/web/letter.h"

#include "monitoring/core/audience.h"
#include "monitoring/core/council.h"

/* NULL where monitoring has no such table. */
static Status make(const Desk *desk, const char *name, int32_t year, const Table **table_out)
{
    const TableEntry *entry = table_entry(name);
    if (!entry || !entry->card->wide)
        return STATUS_OK;
    Question question = *desk->question;
    question.year = year;
    Desk here = *desk;
    here.question = &question;
    Table *table = ARENA_NEW(desk->arena, Table);
    *table = table_new(desk->arena, entry->card);
    TRY(entry->make(&here, table));
    table_widen(table);
    *table_out = table;
    return STATUS_OK;
}

/* The region's results stand beside those of the municipality. */
static Status make_of_region(const Desk *desk, const char *name, const Table **table_out)
{
    Question question = *desk->question;
    question.municipality = "";
    Desk here = *desk;
    here.question = &question;
    return make(&here, name, question.year, table_out);
}

Status letter_write(const Desk *desk, Bytes *letter_out)
{
    const Question *question = desk->question;
    CouncilFound found = {
        .municipality = question->municipality,
        .year = question->year,
        .known_on = question->known_on,
        .books = desk->books,
    };
    TRY(make(desk, "spending", question->year, &found.spending));
    TRY(make(desk, "spending", question->year - 1, &found.spending_before));
    TRY(make(desk, "forecast", question->year, &found.forecast));
    TRY(make(desk, "funding-paths", question->year, &found.paths));
    TRY(make(desk, "to-move", question->year, &found.to_move));
    TRY(make_of_region(desk, "results", &found.results));
    *letter_out = council_write(desk->arena, &found);
    return STATUS_OK;
}
