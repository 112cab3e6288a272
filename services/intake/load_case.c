#include "intake/load_case.h"

#include "base/partition.h"
#include "intake/load_person.h"
#include "intake/sql.h"

#include <string.h>

static Bytes name_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

Status intake_hold_fates(Turn *turn)
{
    return database_run(turn->database, "hold fates", "LOCK TABLE client_fate IN ACCESS EXCLUSIVE MODE");
}

/* A conversation's partition is that of the codes in its name. */
static int16_t partition_of_conversation(Arena *arena, const char *conversation)
{
    size_t size = strcspn(conversation, "/");
    return partition_of(arena_text_sized(arena, conversation, size), conversation + size + (conversation[size] == '/'));
}

static Place place_of(Arena *arena, const Rows *rows, size_t row, const char *prefix)
{
    const char *conversation = rows_text(rows, row, rows_column(rows, arena_format(arena, "%sconversation", prefix)));
    return (Place){
        .conversation = conversation,
        .municipality = rows_text(rows, row, rows_column(rows, arena_format(arena, "%smunicipality", prefix))),
        .provider = rows_text(rows, row, rows_column(rows, arena_format(arena, "%sprovider", prefix))),
        .partition = *conversation ? partition_of_conversation(arena, conversation) : 0,
    };
}

/* care that goes */

static AnsweredAllocation answered_of(Arena *arena, const Rows *rows, size_t row)
{
#define TEXT(name) rows_text(rows, row, rows_column(rows, #name))
#define INT(name) rows_int(rows, row, rows_column(rows, #name))
    return (AnsweredAllocation){
        .place = place_of(arena, rows, row, ""),
        .number = TEXT(number),
        .reference = TEXT(reference),
        .trajectory = TEXT(trajectory),
        .segment = TEXT(segment),
        .pic = {TEXT(profile), TEXT(intensity)},
        .funding = (Funding)INT(funding),
        .product = {TEXT(category), TEXT(code), INT(volume), (Unit)INT(unit), (Frequency)INT(frequency)},
        .period = {rows_day(rows, row, rows_column(rows, "first_day")),
                   rows_day(rows, row, rows_column(rows, "last_day"))},
        .removed = rows_bool(rows, row, rows_column(rows, "removed")),
        .referrer = (Referrer)INT(referrer),
        .results = TEXT(results),
    };
#undef TEXT
#undef INT
}

static void answer_care(Arena *arena, Allocated *const *asked, const Rows *rows)
{
    int place = rows_column(rows, "asked");
    int has_case = rows_column(rows, "has_case");
    AnsweredAllocation *list = ARENA_MANY(arena, AnsweredAllocation, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++) {
        Allocated *allocated = asked[rows_int(rows, row, place) - 1];
        AnsweredCare *care = &allocated->care;
        list[row] = answered_of(arena, rows, row);
        if (care->count++ == 0)
            care->list = &list[row];
        if (strcmp(list[row].number, allocated->number) == 0)
            care->named = &list[row];
        care->has_case = care->has_case || rows_bool(rows, row, has_case);
    }
}

Status intake_load_care(Turn *turn, Docket *docket)
{
    Allocated **asked = ARENA_MANY(turn->arena, Allocated *, index_count(docket->allocated));
    size_t count = 0;
    Params *params = params_new(turn->arena);
    Column *conversations = params_column(params, COLUMN_TEXT);
    Column *numbers = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < index_count(docket->allocated); i++) {
        Allocated *allocated = index_thing(docket->allocated, i);
        if (!allocated->goes)
            continue;
        column_text(conversations, allocated->conversation);
        column_text(numbers, allocated->number);
        asked[count++] = allocated;
    }
    if (count == 0)
        return STATUS_OK;
    Rows *rows;
    TRY(database_ask(turn->database, INTAKE_LOAD_CARE, params, &rows));
    answer_care(turn->arena, asked, rows);
    return STATUS_OK;
}

/* cases */

static LinkedCase case_of(Arena *arena, const Rows *rows, size_t row)
{
#define TEXT(name) rows_text(rows, row, rows_column(rows, #name))
    return (LinkedCase){
        .id = TEXT(id),
        .owner = TEXT(owner),
        .sent_id = TEXT(sent_id),
        .kind = (CaseKind)rows_int(rows, row, rows_column(rows, "kind")),
        .reference = TEXT(reference),
        .into = TEXT(into_reference),
        .from = place_of(arena, rows, row, ""),
        .allocation = TEXT(allocation),
        .to = place_of(arena, rows, row, "to_"),
        .day = rows_day(rows, row, rows_column(rows, "day")),
        .consent = TEXT(consent),
        .opened = rows_day(rows, row, rows_column(rows, "opened_on")),
        .state = (CaseState)rows_int(rows, row, rows_column(rows, "state")),
        .why = TEXT(why),
        .waits_for = TEXT(waits_for),
    };
#undef TEXT
}

static LinkedCase *cases_of(Arena *arena, const Rows *rows)
{
    LinkedCase *cases = ARENA_MANY(arena, LinkedCase, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++)
        cases[row] = case_of(arena, rows, row);
    return cases;
}

static Status load_case(Turn *turn, Submission *said)
{
    Params *params = params_new(turn->arena);
    params_text(params, said->case_id);
    Rows *rows;
    TRY(database_ask(turn->database, INTAKE_LOAD_CASE, params, &rows));
    said->closes = rows_count(rows) ? cases_of(turn->arena, rows) : NULL;
    return STATUS_OK;
}

/* clients */

static ClientFate fate_of(const Rows *rows, size_t row)
{
    int died_on = rows_column(rows, "died_on");
    return (ClientFate){
        .reference = rows_text(rows, row, rows_column(rows, "reference")),
        .into = rows_text(rows, row, rows_column(rows, "into_reference")),
        .died = !rows_null(rows, row, died_on),
        .died_on = rows_null(rows, row, died_on) ? DAY_LAST : rows_day(rows, row, died_on),
    };
}

static Status load_places(Turn *turn, Submission *said)
{
    Person *person = said->client_count ? said->clients[0].person : NULL;
    if (!person || !person->reference)
        return STATUS_OK;
    Params *client = params_new(turn->arena);
    params_text(client, person->reference);
    Params *of_one = params_new(turn->arena);
    column_text(params_column(of_one, COLUMN_TEXT), person->reference);
    Rows *places, *fates;
    const Ask asks[] = {{INTAKE_LOAD_PLACES, client, &places}, {INTAKE_LOAD_FATES, of_one, &fates}};
    TRY(database_ask_all(turn->database, asks, sizeof asks / sizeof asks[0]));

    Place *list = ARENA_MANY(turn->arena, Place, rows_count(places));
    for (size_t row = 0; row < rows_count(places); row++)
        list[row] = place_of(turn->arena, places, row, "");
    said->places = list;
    said->place_count = rows_count(places);
    if (rows_count(fates))
        person->fate = fate_of(fates, 0);
    return STATUS_OK;
}

Status intake_load_alone(Turn *turn, Docket *docket)
{
    if (!docket->alone)
        return STATUS_OK;
    if (docket->alone->kind == FACT_PERSONS_FORGOTTEN)
        return intake_load_due(turn, docket->standing.today, docket->alone);
    return docket->alone->case_id ? load_case(turn, docket->alone) : load_places(turn, docket->alone);
}

/* answers */

static bool is_new(Index *index, const char *text)
{
    if (index_find(index, name_of(text)))
        return false;
    index_add(index, name_of(text), (void *)(uintptr_t)text);
    return true;
}

static Params *ask_fates(Arena *arena, const CaseNews *news)
{
    Params *params = params_new(arena);
    Column *references = params_column(params, COLUMN_TEXT);
    Index *named = index_new(arena);
    for (size_t i = 0; i < news->allocation_count; i++)
        if (is_new(named, news->allocations[i].answered.reference))
            column_text(references, news->allocations[i].answered.reference);
    return params;
}

static Params *ask_waiting(Arena *arena, const CaseNews *news)
{
    Params *params = params_new(arena);
    Column *facts = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < news->answer_count; i++)
        column_text(facts, news->answers[i].about);
    return params;
}

/* What begins is no end of anything; NULL when that is all. */
static Params *ask_unended(Arena *arena, const CaseNews *news)
{
    size_t count = 0;
    Params *params = params_new(arena);
    Column *conversations = params_column(params, COLUMN_TEXT);
    Column *numbers = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < news->allocation_count; i++) {
        if (news->allocations[i].begins)
            continue;
        column_text(conversations, news->allocations[i].answered.place.conversation);
        column_text(numbers, news->allocations[i].answered.number);
        count++;
    }
    return count ? params : NULL;
}

static void answer_fates(Arena *arena, const Rows *rows, CaseNews *news)
{
    for (size_t row = 0; rows && row < rows_count(rows); row++) {
        ClientFate fate = fate_of(rows, row);
        ClientFate *kept = arena_copy(arena, &fate, sizeof fate);
        index_add(news->fates, name_of(kept->reference), kept);
    }
}

static void answer_waiting(Arena *arena, const Rows *rows, CaseNews *news)
{
    LinkedCase *cases = rows ? cases_of(arena, rows) : NULL;
    for (size_t row = 0; rows && row < rows_count(rows); row++)
        index_add(news->waiting, name_of(cases[row].waits_for), &cases[row]);
}

/* Who is whom is asked first: from then on nobody changes it. */
Status intake_load_news(Turn *turn, CaseNews *news)
{
    Arena *arena = turn->arena;
    Rows *fates = NULL, *waiting = NULL, *unended = NULL;
    Ask asks[3];
    size_t count = 0;
    const Params *ended = ask_unended(arena, news);
    if (news->allocation_count)
        asks[count++] = (Ask){INTAKE_LOAD_FATES, ask_fates(arena, news), &fates};
    if (ended)
        asks[count++] = (Ask){INTAKE_LOAD_UNENDED, ended, &unended};
    if (news->answer_count)
        asks[count++] = (Ask){INTAKE_LOAD_WAITING, ask_waiting(arena, news), &waiting};
    if (count)
        TRY(database_ask_all(turn->database, asks, count));

    news->fates = index_new(arena);
    news->waiting = index_new(arena);
    answer_fates(arena, fates, news);
    answer_waiting(arena, waiting, news);
    if (unended) {
        news->unended = cases_of(arena, unended);
        news->unended_count = rows_count(unended);
    }
    return STATUS_OK;
}
