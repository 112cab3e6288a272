#include "intake/load_person.h"

#include "intake/sql.h"

#include <string.h>

int32_t intake_load_kept_years(const House *house, Day today)
{
    const RetentionRule *rule = books_retention(&house->books, today, today);
    return rule ? rule->years : 0;
}

enum { PART_PERSON, PART_ALLOCATION, PART_SAID };

/* The rows of one person stand together: itself, its allocations, and what was said of its care. */
static Remembered remembered_of(Arena *arena, const Rows *rows, size_t row, size_t count)
{
#define TEXT(name) rows_text(rows, row, rows_column(rows, #name))
#define INT(name) rows_int(rows, row, rows_column(rows, #name))
#define DAY(name) rows_day(rows, row, rows_column(rows, #name))
    RememberedCare *allocations = ARENA_MANY(arena, RememberedCare, count);
    CareSaid *care = ARENA_MANY(arena, CareSaid, count);
    Remembered remembered = {
        .reference = TEXT(reference), .named = DAY(named_on), .allocations = allocations, .care = care};
    for (size_t end = row + count; row < end; row++) {
        Period period = {DAY(first_day), DAY(last_day)};
        if (INT(part) == PART_ALLOCATION)
            allocations[remembered.allocation_count++] = (RememberedCare){
                TEXT(conversation), TEXT(allocation), period, rows_bool(rows, row, rows_column(rows, "removed"))};
        else if (INT(part) == PART_SAID)
            care[remembered.care_count++] =
                (CareSaid){INT(number), (CareSaidKind)INT(kind), TEXT(conversation), TEXT(allocation), period};
    }
    return remembered;
#undef TEXT
#undef INT
#undef DAY
}

Status intake_load_remembered(Database *database, Arena *arena, Day last, const Remembered **list_out,
                              size_t *count_out)
{
    Params *params = params_new(arena);
    params_day(params, last);
    Rows *rows;
    TRY(database_ask(database, INTAKE_LIST_REMEMBERED, params, &rows));
    Remembered *list = ARENA_MANY(arena, Remembered, rows_count(rows));
    int reference = rows_column(rows, "reference");
    size_t count = 0;
    for (size_t row = 0, end; row < rows_count(rows); row = end) {
        for (end = row + 1; end < rows_count(rows); end++)
            if (strcmp(rows_text(rows, end, reference), rows_text(rows, row, reference)) != 0)
                break;
        list[count++] = remembered_of(arena, rows, row, end - row);
    }
    *list_out = list;
    *count_out = count;
    return STATUS_OK;
}

Status intake_load_due(Turn *turn, Day today, Submission *said)
{
    said->kept_years = intake_load_kept_years(turn->house, today);
    if (said->kept_years == 0)
        return STATUS_OK;
    return intake_load_remembered(turn->database, turn->arena, forget_last_day_due(today, said->kept_years),
                                  &said->remembered, &said->remembered_count);
}
