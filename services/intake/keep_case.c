#include "intake/keep_case.h"

#include "db/copy.h"
#include "intake/sql.h"

#include <string.h>

static Bytes name_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

/* what was admitted */

static Status copy_cases(Turn *turn, const Admission *admission)
{
    Copy *copy;
    TRY(copy_open(turn->database, turn->arena,
                  "linked_case(id, owner, sent_id, kind, reference, into_reference, conversation, municipality,"
                  " provider, allocation, to_conversation, to_municipality, to_provider, day, consent, opened_on,"
                  " state, why, waits_for, changed_on)",
                  &copy));
    for (size_t i = 0; i < admission->case_count; i++) {
        const LinkedCase *linked = &admission->cases[i];
        copy_row(copy, 20);
        copy_text(copy, linked->id);
        copy_text(copy, linked->owner);
        copy_text(copy, linked->sent_id);
        copy_int2(copy, (int16_t)linked->kind);
        copy_text(copy, linked->reference);
        copy_text(copy, linked->into);
        copy_text(copy, linked->from.conversation);
        copy_text(copy, linked->from.municipality);
        copy_text(copy, linked->from.provider);
        copy_text(copy, linked->allocation);
        copy_text(copy, linked->to.conversation);
        copy_text(copy, linked->to.municipality);
        copy_text(copy, linked->to.provider);
        copy_day(copy, linked->day);
        copy_text(copy, linked->consent);
        copy_day(copy, linked->opened);
        copy_int2(copy, (int16_t)linked->state);
        copy_text(copy, linked->why);
        copy_text(copy, linked->waits_for);
        copy_day(copy, linked->opened);
    }
    return copy_close(copy);
}

static Status supersede(Turn *turn, const LinkedCase *linked)
{
    Params *params = params_new(turn->arena);
    column_text(params_column(params, COLUMN_TEXT), linked->from.conversation);
    column_text(params_column(params, COLUMN_TEXT), linked->allocation);
    params_day(params, linked->opened);
    return database_ask(turn->database, INTAKE_SUPERSEDE_CASES, params, NULL);
}

static Status keep_move(Turn *turn, const Admission *admission)
{
    TRY(supersede(turn, &admission->cases[0]));
    return copy_cases(turn, admission);
}

static Status keep_death(Turn *turn, const Admission *admission)
{
    const ClientFate *fate = &admission->said->clients[0].person->fate;
    Params *params = params_new(turn->arena);
    params_text(params, admission->stamps[0].reference);
    if (fate->died)
        params_day(params, fate->died_on);
    else
        params_text(params, NULL);
    TRY(database_ask(turn->database, INTAKE_KEEP_DEATH, params, NULL));
    return admission->case_count ? copy_cases(turn, admission) : STATUS_OK;
}

/* The record as it was opened, under the number that is right. */
static Status rekey(Turn *turn, const Admission *admission)
{
    const House *house = turn->house;
    const Person *right = admission->said->correct;
    PersonRecord record = {.bsn = admission->said->correct_bsn, .name = right->name, .birth = right->birth};
    Params *person = params_new(turn->arena);
    params_text(person, right->reference);
    params_bytes(person, (Bytes){right->bsn_hash, BSN_HASH_SIZE});
    params_bytes(person, vault_seal(house->vault, turn->arena, right->reference, &record));
    return database_ask(turn->database, INTAKE_REKEY_PERSON, person, NULL);
}

static Status join(Turn *turn, const Admission *admission)
{
    Params *params = params_new(turn->arena);
    params_text(params, admission->stamps[0].reference);
    params_text(params, admission->said->correct->reference);
    TRY(database_ask(turn->database, INTAKE_JOIN_CLIENTS, params, NULL));
    return admission->case_count ? copy_cases(turn, admission) : STATUS_OK;
}

static Status keep_correction(Turn *turn, const Admission *admission)
{
    const Person *right = admission->said->correct;
    bool is_same_person = strcmp(right->reference, admission->stamps[0].reference) == 0;
    return is_same_person ? rekey(turn, admission) : join(turn, admission);
}

static Status keep_closing(Turn *turn, const Admission *admission)
{
    const LinkedCase *closed = admission->said->closes;
    return intake_keep_changed(turn, &closed, 1, admission->known);
}

static Status keep_forgotten(Turn *turn, const Admission *admission)
{
    const Submission *said = admission->said;
    Params *params = params_new(turn->arena);
    Column *references = params_column(params, COLUMN_TEXT);
    Column *last_days = params_column(params, COLUMN_DAY);
    for (size_t i = 0; i < admission->forgotten_count; i++) {
        column_text(references, admission->forgotten[i].reference);
        column_day(last_days, admission->forgotten[i].last);
    }
    params_day(params, admission->known);
    params_text(params, said->is_from_clock ? "clock" : said->sender->owner);
    params_text(params, said->id);
    params_text(params, said->is_from_clock ? "" : said->why_asked);
    return database_ask(turn->database, INTAKE_FORGET_PERSONS, params, NULL);
}

Status intake_keep_case(Turn *turn, const Admission *admission)
{
    static const struct {
        FactKind kind;
        Status (*keep)(Turn *turn, const Admission *admission);
    } KEEPS[] = {
        {FACT_CARE_MOVED, keep_move},
        {FACT_CLIENT_DIED, keep_death},
        {FACT_BSN_CORRECTED, keep_correction},
        {FACT_CASE_CLOSED, keep_closing},
        {FACT_PERSONS_FORGOTTEN, keep_forgotten},
    };
    for (size_t i = 0; i < sizeof KEEPS / sizeof KEEPS[0]; i++)
        if (KEEPS[i].kind == admission->said->kind)
            return KEEPS[i].keep(turn, admission);
    return STATUS_OK;
}

/* what was answered */

static const char *reference_now(const CaseNews *news, const char *reference)
{
    const ClientFate *fate = index_find(news->fates, name_of(reference));
    return fate && *fate->into ? fate->into : reference;
}

/* A number that is answered twice counts once: the newest word is the last, with the results that any of them said. */
static Index *newest_of_each(Arena *arena, const CaseNews *news)
{
    Index *newest = index_new(arena);
    for (size_t i = news->allocation_count; i-- > 0;) {
        AnsweredAllocation *answered = &news->allocations[i].answered;
        const char *name = arena_format(arena, "%s/%s", answered->place.conversation, answered->number);
        AnsweredAllocation *later = index_find(newest, name_of(name));
        if (!later)
            index_add(newest, name_of(name), answered);
        else if (!later->results)
            later->results = answered->results;
    }
    return newest;
}

Status intake_keep_answered(Turn *turn, const CaseNews *news)
{
    if (news->allocation_count == 0)
        return STATUS_OK;
    enum { COLUMNS = 20 };
    static const ColumnType TYPES[COLUMNS] = {COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT,
                                              COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_INT2,
                                              COLUMN_TEXT, COLUMN_TEXT, COLUMN_INT8, COLUMN_INT2, COLUMN_INT2,
                                              COLUMN_DAY,  COLUMN_DAY,  COLUMN_BOOL, COLUMN_INT2, COLUMN_TEXT};
    Params *params = params_new(turn->arena);
    Column *columns[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = params_column(params, TYPES[i]);

    Index *newest = newest_of_each(turn->arena, news);
    for (size_t i = 0; i < index_count(newest); i++) {
        const AnsweredAllocation *one = index_thing(newest, i);
        Column **column = columns;
        column_text(*column++, one->place.conversation);
        column_text(*column++, one->number);
        column_text(*column++, reference_now(news, one->reference));
        column_text(*column++, one->place.municipality);
        column_text(*column++, one->place.provider);
        column_text(*column++, one->trajectory);
        column_text(*column++, one->segment);
        column_text(*column++, one->pic.profile);
        column_text(*column++, one->pic.intensity);
        column_int(*column++, one->funding);
        column_text(*column++, one->product.category);
        column_text(*column++, one->product.code);
        column_int(*column++, one->product.volume);
        column_int(*column++, one->product.unit);
        column_int(*column++, one->product.frequency);
        column_day(*column++, one->period.first);
        column_day(*column++, one->period.last);
        column_bool(*column++, one->removed);
        column_int(*column++, one->referrer);
        if (one->results)
            column_text(*column, one->results);
        else
            column_null(*column);
    }
    return database_ask(turn->database, INTAKE_KEEP_ANSWERED, params, NULL);
}

Status intake_keep_changed(Turn *turn, const LinkedCase *const *cases, size_t count, Day today)
{
    if (count == 0)
        return STATUS_OK;
    Params *params = params_new(turn->arena);
    Column *ids = params_column(params, COLUMN_TEXT);
    Column *states = params_column(params, COLUMN_INT2);
    Column *whys = params_column(params, COLUMN_TEXT);
    Column *waits = params_column(params, COLUMN_TEXT);
    params_day(params, today);
    for (size_t i = 0; i < count; i++) {
        column_text(ids, cases[i]->id);
        column_int(states, cases[i]->state);
        column_text(whys, cases[i]->why);
        column_text(waits, cases[i]->waits_for);
    }
    return database_ask(turn->database, INTAKE_CHANGE_CASES, params, NULL);
}
