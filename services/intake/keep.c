#include "intake/keep.h"

#include "db/copy.h"
#include "intake/keep_case.h"
#include "intake/sql.h"

#include <stdlib.h>
#include <string.h>

/* In one order for all replicas, so that two of them never wait for each other. */
static int by_owner_and_id(const void *a, const void *b)
{
    const SentId *const *left = a;
    const SentId *const *right = b;
    int order = strcmp((*left)->owner, (*right)->owner);
    return order ? order : strcmp((*left)->id, (*right)->id);
}

static int by_hash(const void *a, const void *b)
{
    const Person *const *left = a;
    const Person *const *right = b;
    return memcmp((*left)->bsn_hash, (*right)->bsn_hash, BSN_HASH_SIZE);
}

static Status keep_sent(Turn *turn, const Docket *docket)
{
    const SentId **fresh = ARENA_MANY(turn->arena, const SentId *, index_count(docket->sent));
    size_t count = 0;
    for (size_t i = 0; i < index_count(docket->sent); i++) {
        const SentId *sent = index_thing(docket->sent, i);
        if (sent->is_known && !sent->is_kept)
            fresh[count++] = sent;
    }
    if (count == 0)
        return STATUS_OK;
    qsort(fresh, count, sizeof *fresh, by_owner_and_id);

    Copy *copy;
    TRY(copy_open(turn->database, turn->arena, "sent(owner, id, content, admitted, code, sentence)", &copy));
    for (size_t i = 0; i < count; i++) {
        copy_row(copy, 6);
        copy_text(copy, fresh[i]->owner);
        copy_text(copy, fresh[i]->id);
        copy_bytes(copy, (Bytes){fresh[i]->content.bytes, DIGEST_SIZE});
        copy_bool(copy, fresh[i]->admitted);
        copy_text(copy, fresh[i]->admitted ? "" : fresh[i]->code);
        copy_text(copy, fresh[i]->sentence);
    }
    return copy_close(copy);
}

static Status keep_persons(Turn *turn, const Docket *docket)
{
    const House *house = turn->house;
    const Person **born = ARENA_MANY(turn->arena, const Person *, index_count(docket->persons));
    size_t count = 0;
    for (size_t i = 0; i < index_count(docket->persons); i++) {
        const Person *person = index_thing(docket->persons, i);
        if (person->is_born)
            born[count++] = person;
    }
    if (count == 0)
        return STATUS_OK;
    qsort(born, count, sizeof *born, by_hash);

    Copy *copy;
    TRY(copy_open(turn->database, turn->arena, "person(reference, bsn_hash, sealed, named_on)", &copy));
    for (size_t i = 0; i < count; i++) {
        PersonRecord record = {.bsn = born[i]->bsn, .name = born[i]->name, .birth = born[i]->birth};
        copy_row(copy, 4);
        copy_text(copy, born[i]->reference);
        copy_bytes(copy, (Bytes){born[i]->bsn_hash, BSN_HASH_SIZE});
        copy_bytes(copy, vault_seal(house->vault, turn->arena, born[i]->reference, &record));
        copy_day(copy, docket->standing.today);
    }
    return copy_close(copy);
}

static Status keep_named(Turn *turn, const Docket *docket)
{
    Params *params = params_new(turn->arena);
    Column *references = params_column(params, COLUMN_TEXT);
    params_day(params, docket->standing.today);
    bool any = false;
    for (size_t i = 0; i < index_count(docket->persons); i++) {
        const Person *person = index_thing(docket->persons, i);
        if (!person->is_named_anew || day_compare(person->named, docket->standing.today) >= 0)
            continue;
        any = true;
        column_text(references, person->reference);
    }
    return any ? database_ask(turn->database, INTAKE_NAME_PERSONS, params, NULL) : STATUS_OK;
}

static void copy_care(Copy *copy, const Admission *admission)
{
    for (size_t i = 0; i < admission->care_count; i++) {
        const CareSaid *care = &admission->care[i];
        copy_row(copy, 6);
        copy_text(copy, admission->stamps[0].reference);
        copy_int2(copy, (int16_t)care->kind);
        copy_text(copy, care->conversation);
        copy_text(copy, care->allocation);
        copy_day(copy, care->period.first);
        copy_day(copy, care->period.last);
    }
}

static Status keep_care(Turn *turn, const Docket *docket, const Admission *admissions)
{
    size_t count = 0;
    for (size_t i = 0; i < docket->count; i++)
        for (const Admission *one = &admissions[i]; one; one = one->next)
            count += one->care_count;
    if (count == 0)
        return STATUS_OK;

    Copy *copy;
    TRY(copy_open(turn->database, turn->arena,
                  "care_said(reference, kind, conversation, allocation, first_day, last_day)", &copy));
    for (size_t i = 0; i < docket->count; i++)
        for (const Admission *one = &admissions[i]; one; one = one->next)
            copy_care(copy, one);
    return copy_close(copy);
}

static Status keep_allocated(Turn *turn, const Docket *docket)
{
    Params *params = params_new(turn->arena);
    Column *conversations = params_column(params, COLUMN_TEXT);
    Column *numbers = params_column(params, COLUMN_TEXT);
    Column *references = params_column(params, COLUMN_TEXT);
    bool any = false;
    for (size_t i = 0; i < index_count(docket->allocated); i++) {
        const Allocated *allocated = index_thing(docket->allocated, i);
        if (!allocated->is_new)
            continue;
        any = true;
        column_text(conversations, allocated->conversation);
        column_text(numbers, allocated->number);
        column_text(references, allocated->person->reference);
    }
    return any ? database_ask(turn->database, INTAKE_KEEP_ALLOCATED, params, NULL) : STATUS_OK;
}

/* what operators say: a few in a day, kept one by one */

static Status keep_days(Turn *turn, const Admission *admission)
{
    Params *params = params_new(turn->arena);
    params_day(params, admission->begun.first);
    params_day(params, admission->begun.last);
    return database_ask(turn->database, INTAKE_KEEP_DAYS, params, NULL);
}

static Status keep_proposal(Turn *turn, const Admission *admission)
{
    const Proposal *proposal = admission->said->proposal;
    Params *params = params_new(turn->arena);
    params_int4(params, proposal->number);
    params_text(params, proposal->digest);
    params_text(params, proposal->slug);
    params_text(params, admission->said->sender->owner);
    params_bytes(params, proposal->contents);
    return database_ask(turn->database, INTAKE_KEEP_PROPOSAL, params, NULL);
}

static Status publish_proposal(Turn *turn, const Admission *admission)
{
    const Proposal *proposal = admission->said->proposal;
    Params *params = params_new(turn->arena);
    params_int4(params, proposal->number);
    params_text(params, proposal->digest);
    params_text(params, admission->said->sender->owner);
    params_day(params, admission->known);
    return database_ask(turn->database, INTAKE_PUBLISH_PROPOSAL, params, NULL);
}

static Status propose_matter(Turn *turn, const Admission *admission)
{
    const Submission *said = admission->said;
    Params *params = params_new(turn->arena);
    params_text(params, said->matter->subject);
    params_text(params, said->sender->owner);
    params_bytes(params, said->contents);
    params_bool(params, said->kind == FACT_YEAR_PROPOSED && !said->reopened);
    return database_ask(turn->database, INTAKE_PROPOSE_MATTER, params, NULL);
}

static Status approve_matter(Turn *turn, const Admission *admission)
{
    Params *params = params_new(turn->arena);
    params_text(params, admission->approved.subject);
    params_text(params, admission->said->sender->owner);
    params_day(params, admission->known);
    return database_ask(turn->database, INTAKE_APPROVE_MATTER, params, NULL);
}

static Status give_key(Turn *turn, const Sender *sender)
{
    Params *key = params_new(turn->arena);
    params_text(key, sender->key);
    params_text(key, sender->owner);
    params_bool(key, sender->is_operator);

    Params *rights = params_new(turn->arena);
    params_text(rights, sender->key);
    Column *providers = params_column(rights, COLUMN_TEXT);
    Column *municipalities = params_column(rights, COLUMN_TEXT);
    Column *first_days = params_column(rights, COLUMN_DAY);
    Column *last_days = params_column(rights, COLUMN_DAY);
    for (size_t i = 0; i < sender->right_count; i++) {
        column_text(providers, sender->rights[i].provider);
        column_text(municipalities, "");
        column_day(first_days, sender->rights[i].period.first);
        column_day(last_days, sender->rights[i].period.last);
    }
    for (size_t i = 0; i < sender->municipality_count; i++) {
        column_text(providers, "");
        column_text(municipalities, sender->municipalities[i]);
        column_day(first_days, DAY_FIRST);
        column_day(last_days, DAY_LAST);
    }
    const Ask asks[] = {{INTAKE_GIVE_KEY, key, NULL}, {INTAKE_GIVE_RIGHTS, rights, NULL}};
    return database_ask_all(turn->database, asks, sizeof asks / sizeof asks[0]);
}

static Status keep_given_key(Turn *turn, const Admission *admission)
{
    Sender sender = admission->said->given_rights;
    sender.key = admission->said->given->key;
    return give_key(turn, &sender);
}

static Status keep_revoked_key(Turn *turn, const Admission *admission)
{
    Params *params = params_new(turn->arena);
    params_text(params, admission->said->given->key);
    return database_ask(turn->database, INTAKE_REVOKE_KEY, params, NULL);
}

static Status keep_particulars(Turn *turn, const Admission *admission)
{
    static const struct {
        FactKind kind;
        Status (*keep)(Turn *turn, const Admission *admission);
    } KEEPS[] = {
        {FACT_NEW_DAY, keep_days},
        {FACT_BOOK_PROPOSED, keep_proposal},
        {FACT_BOOK_APPROVED, publish_proposal},
        {FACT_KEY_GIVEN, keep_given_key},
        {FACT_KEY_REVOKED, keep_revoked_key},
        {FACT_YEAR_PROPOSED, propose_matter},
        {FACT_YEAR_APPROVED, approve_matter},
        {FACT_PAYMENT_MADE, propose_matter},
        {FACT_PAYMENT_APPROVED, approve_matter},
    };
    for (size_t i = 0; i < sizeof KEEPS / sizeof KEEPS[0]; i++)
        if (KEEPS[i].kind == admission->said->kind)
            return KEEPS[i].keep(turn, admission);
    return intake_keep_case(turn, admission);
}

Status intake_keep(Turn *turn, const Docket *docket, const Admission *admissions)
{
    TRY(keep_sent(turn, docket));
    TRY(keep_persons(turn, docket));
    TRY(keep_named(turn, docket));
    TRY(keep_care(turn, docket, admissions));
    TRY(keep_allocated(turn, docket));
    for (size_t i = 0; i < docket->count; i++)
        if (is_admitted(&admissions[i]) && !admissions[i].heard_before)
            TRY(keep_particulars(turn, &admissions[i]));
    return STATUS_OK;
}

Status intake_keep_operators(Turn *turn, const Sender *operators, size_t count)
{
    Params *params = params_new(turn->arena);
    Column *keys = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < count; i++)
        column_text(keys, operators[i].key);
    TRY(database_ask(turn->database, INTAKE_REVOKE_OPERATORS, params, NULL));
    for (size_t i = 0; i < count; i++)
        TRY(give_key(turn, &operators[i]));
    return STATUS_OK;
}
