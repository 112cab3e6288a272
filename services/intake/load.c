#include "intake/load.h"

#include "intake/load_case.h"
#include "intake/record.h"
#include "intake/sql.h"

#include <string.h>

enum { QUESTIONS_MAX = 8 };

/* The questions of one round trip; nothing is asked about nothing. */
typedef struct Questions {
    Ask asks[QUESTIONS_MAX];
    size_t count;
    Arena *arena;
} Questions;

static Params *question(Questions *questions, const Query *query, Rows **rows_out)
{
    Params *params = params_new(questions->arena);
    questions->asks[questions->count++] = (Ask){query, params, rows_out};
    return params;
}

/* senders */

static void ask_senders(Questions *questions, const Docket *docket, size_t first, Rows **rows_out)
{
    if (first >= index_count(docket->senders))
        return;
    Column *keys = params_column(question(questions, INTAKE_LOAD_SENDERS, rows_out), COLUMN_TEXT);
    for (size_t i = first; i < index_count(docket->senders); i++)
        column_text(keys, ((const Sender *)index_thing(docket->senders, i))->key);
}

/* The rows of one key, which stand together, as its sender; gives the number of the row after them. */
static size_t answer_sender(Docket *docket, const Rows *rows, size_t row)
{
    int key = rows_column(rows, "key");
    int provider = rows_column(rows, "provider");
    int municipality = rows_column(rows, "municipality");
    int first_day = rows_column(rows, "first_day");
    int last_day = rows_column(rows, "last_day");

    Sender *sender = docket_sender(docket, rows_text(rows, row, key));
    sender->owner = rows_text(rows, row, rows_column(rows, "owner"));
    sender->is_operator = rows_bool(rows, row, rows_column(rows, "is_operator"));

    size_t end = row;
    while (end < rows_count(rows) && strcmp(rows_text(rows, end, key), sender->key) == 0)
        end++;
    Right *rights = ARENA_MANY(docket->arena, Right, end - row);
    const char **municipalities = ARENA_MANY(docket->arena, const char *, end - row);
    for (; row < end; row++) {
        if (*rows_text(rows, row, provider))
            rights[sender->right_count++] = (Right){rows_text(rows, row, provider),
                                                    {rows_day(rows, row, first_day), rows_day(rows, row, last_day)}};
        else if (strcmp(rows_text(rows, row, municipality), "*") == 0)
            sender->for_all = true;
        else if (*rows_text(rows, row, municipality))
            municipalities[sender->municipality_count++] = rows_text(rows, row, municipality);
    }
    sender->rights = rights;
    sender->municipalities = municipalities;
    return end;
}

static void answer_senders(Docket *docket, const Rows *rows)
{
    for (size_t row = 0; rows && row < rows_count(rows);)
        row = answer_sender(docket, rows, row);
}

Status intake_load_senders(Turn *turn, Docket *docket, size_t first)
{
    Questions questions = {.arena = turn->arena};
    Rows *rows = NULL;
    ask_senders(&questions, docket, first, &rows);
    TRY(database_ask_all(turn->database, questions.asks, questions.count));
    answer_senders(docket, rows);
    return STATUS_OK;
}

/* what ids were used for */

static void ask_sent(Questions *questions, const Docket *docket, Rows **rows_out)
{
    if (index_count(docket->sent) == 0)
        return;
    Params *params = question(questions, INTAKE_LOAD_SENT, rows_out);
    Column *owners = params_column(params, COLUMN_TEXT);
    Column *ids = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < index_count(docket->sent); i++) {
        const SentId *sent = index_thing(docket->sent, i);
        column_text(owners, sent->owner);
        column_text(ids, sent->id);
    }
}

static void answer_sent(Docket *docket, const Rows *rows)
{
    if (!rows)
        return;
    int owner = rows_column(rows, "owner");
    int id = rows_column(rows, "id");
    int content = rows_column(rows, "content");
    int admitted = rows_column(rows, "admitted");
    int code = rows_column(rows, "code");
    int sentence = rows_column(rows, "sentence");
    for (size_t row = 0; row < rows_count(rows); row++) {
        SentId *sent = docket_sent(docket, rows_text(rows, row, owner), rows_text(rows, row, id));
        Bytes digest = rows_bytes(rows, row, content);
        sent->is_known = true;
        sent->is_kept = true;
        sent->admitted = rows_bool(rows, row, admitted);
        sent->code = rows_text(rows, row, code);
        sent->sentence = rows_text(rows, row, sentence);
        memcpy(sent->content.bytes, digest.data, digest.size < DIGEST_SIZE ? digest.size : DIGEST_SIZE);
    }
}

/* persons, and what was said of their care */

static void ask_persons(Questions *questions, const Docket *docket, Rows **rows_out)
{
    if (index_count(docket->persons) == 0)
        return;
    Params *params = question(questions, INTAKE_LOAD_PERSONS, rows_out);
    Column *hashes = params_column(params, COLUMN_BYTES);
    Column *needs_record = params_column(params, COLUMN_BOOL);
    for (size_t i = 0; i < index_count(docket->persons); i++) {
        const Person *person = index_thing(docket->persons, i);
        column_bytes(hashes, (Bytes){person->bsn_hash, BSN_HASH_SIZE});
        column_bool(needs_record, person->needs_record);
    }
}

/* In the order in which it was said, whatever the order of the rows. */
static void add_care(Arena *arena, Person *person, CareSaid care)
{
    if (person->care_count == person->care_room) {
        size_t room = 2 * person->care_room + 4;
        CareSaid *wider = ARENA_MANY(arena, CareSaid, room);
        if (person->care_count)
            memcpy(wider, person->care, person->care_count * sizeof *wider);
        person->care = wider;
        person->care_room = room;
    }
    size_t at = person->care_count++;
    for (; at > 0 && person->care[at - 1].number > care.number; at--)
        person->care[at] = person->care[at - 1];
    person->care[at] = care;
}

static void answer_persons(Docket *docket, const Rows *rows)
{
    if (!rows)
        return;
    int asked = rows_column(rows, "asked");
    int reference = rows_column(rows, "reference");
    int sealed = rows_column(rows, "sealed");
    int named_on = rows_column(rows, "named_on");
    int number = rows_column(rows, "number");
    int kind = rows_column(rows, "kind");
    int conversation = rows_column(rows, "conversation");
    int allocation = rows_column(rows, "allocation");
    int first_day = rows_column(rows, "first_day");
    int last_day = rows_column(rows, "last_day");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Person *person = index_thing(docket->persons, (size_t)rows_int(rows, row, asked) - 1);
        person->reference = rows_text(rows, row, reference);
        person->sealed = rows_bytes(rows, row, sealed);
        person->named = rows_day(rows, row, named_on);
        if (!rows_null(rows, row, kind))
            add_care(docket->arena, person,
                     (CareSaid){.number = rows_int(rows, row, number),
                                .kind = (CareSaidKind)rows_int(rows, row, kind),
                                .conversation = rows_text(rows, row, conversation),
                                .allocation = rows_text(rows, row, allocation),
                                .period = {rows_day(rows, row, first_day), rows_day(rows, row, last_day)}});
    }
}

/* records that are needed, each by the message that needs it */

typedef struct Openings {
    Opening *list;
    Person **persons;
    size_t count;
    size_t room;
} Openings;

static void add_opening(Arena *arena, Openings *openings, const Submission *said, Person *person)
{
    if (!person || !person->reference || !person->needs_record)
        return;
    if (openings->count == openings->room) {
        size_t room = 2 * openings->room + 16;
        Opening *wider = ARENA_MANY(arena, Opening, room);
        Person **persons = ARENA_MANY(arena, Person *, room);
        if (openings->count) {
            memcpy(wider, openings->list, openings->count * sizeof *wider);
            memcpy((void *)persons, (const void *)openings->persons, openings->count * sizeof *persons);
        }
        *openings = (Openings){wider, persons, openings->count, room};
    }
    openings->list[openings->count] = (Opening){
        .owner = said->sender->owner,
        .why = fact_of(said->kind)->name,
        .where = said->conversation ? said->conversation : arena_format(arena, "%s:%s", said->sender->owner, said->id),
        .words = said->why_asked ? said->why_asked : "",
        .reference = person->reference,
        .sealed = person->sealed,
    };
    openings->persons[openings->count++] = person;
}

static Status open_records(Turn *turn, const Docket *docket)
{
    Openings openings = {0};
    for (size_t i = 0; i < docket->count; i++)
        for (const Submission *said = &docket->said[i]; said; said = said->next) {
            /* Of a declaration's clients nothing is asked but who they are. */
            for (size_t j = 0; j < said->client_count && fact_of(said->kind)->about != ABOUT_CLIENTS; j++)
                add_opening(turn->arena, &openings, said, said->clients[j].person);
            if (said->allocated && said->allocated->is_asked)
                add_opening(turn->arena, &openings, said, said->allocated->person);
            add_opening(turn->arena, &openings, said, said->correct);
        }
    TRY(record_open(turn, openings.list, openings.count));
    for (size_t i = 0; i < openings.count; i++) {
        openings.persons[i]->birth = openings.list[i].record.birth;
        openings.persons[i]->name = openings.list[i].record.name;
    }
    return STATUS_OK;
}

/* the calendar and the books */

static void answer_standing(const Turn *turn, Docket *docket, const Rows *rows)
{
    const House *house = turn->house;
    int today = rows_column(rows, "today");
    docket->standing = (Standing){
        .calendar_begun = !rows_null(rows, 0, today),
        .days_by_clock = house->days_by_clock,
        .book_number = (int32_t)rows_int(rows, 0, rows_column(rows, "book_number")),
    };
    if (docket->standing.calendar_begun)
        docket->standing.today = rows_day(rows, 0, today);
}

static void ask_proposals(Questions *questions, const Docket *docket, Rows **rows_out)
{
    if (index_count(docket->proposals) == 0)
        return;
    Params *params = question(questions, INTAKE_LOAD_PROPOSALS, rows_out);
    Column *numbers = params_column(params, COLUMN_INT4);
    Column *digests = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < index_count(docket->proposals); i++) {
        const Proposal *proposal = index_thing(docket->proposals, i);
        column_int(numbers, proposal->number);
        column_text(digests, proposal->digest);
    }
}

static void answer_proposals(Docket *docket, const Rows *rows)
{
    if (!rows)
        return;
    int number = rows_column(rows, "number");
    int digest = rows_column(rows, "digest");
    int slug = rows_column(rows, "slug");
    int proposed_by = rows_column(rows, "proposed_by");
    int contents = rows_column(rows, "contents");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Proposal *proposal =
            docket_proposal(docket, (int32_t)rows_int(rows, row, number), rows_text(rows, row, digest));
        proposal->slug = rows_text(rows, row, slug);
        proposal->proposed_by = rows_text(rows, row, proposed_by);
        proposal->contents = rows_bytes(rows, row, contents);
    }
}

/* what waits for a second person */

static void ask_matters(Questions *questions, const Docket *docket, Rows **rows_out)
{
    if (index_count(docket->matters) == 0)
        return;
    Column *subjects = params_column(question(questions, INTAKE_LOAD_MATTERS, rows_out), COLUMN_TEXT);
    for (size_t i = 0; i < index_count(docket->matters); i++)
        column_text(subjects, ((const Matter *)index_thing(docket->matters, i))->subject);
}

static void answer_matters(Docket *docket, const Rows *rows)
{
    if (!rows)
        return;
    int place = rows_column(rows, "place");
    int proposed_by = rows_column(rows, "proposed_by");
    int contents = rows_column(rows, "contents");
    int is_closed = rows_column(rows, "is_closed");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Matter *matter = index_thing(docket->matters, (size_t)rows_int(rows, row, place) - 1);
        matter->is_closed = rows_bool(rows, row, is_closed);
        if (rows_null(rows, row, proposed_by))
            continue;
        matter->proposed_by = rows_text(rows, row, proposed_by);
        matter->contents = rows_bytes(rows, row, contents);
    }
}

/* whose allocations are asked about: their clients are persons of the batch as well */

static Status load_allocated(Turn *turn, Docket *docket)
{
    Allocated **asked = ARENA_MANY(turn->arena, Allocated *, index_count(docket->allocated));
    size_t count = 0;
    Params *params = params_new(turn->arena);
    Column *conversations = params_column(params, COLUMN_TEXT);
    Column *numbers = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < index_count(docket->allocated); i++) {
        Allocated *allocated = index_thing(docket->allocated, i);
        if (!allocated->is_asked)
            continue;
        column_text(conversations, allocated->conversation);
        column_text(numbers, allocated->number);
        asked[count++] = allocated;
    }
    if (count == 0)
        return STATUS_OK;

    Rows *rows;
    TRY(database_ask(turn->database, INTAKE_LOAD_ALLOCATED, params, &rows));
    int place = rows_column(rows, "asked");
    int hash = rows_column(rows, "bsn_hash");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Person *person = docket_person(docket, rows_bytes(rows, row, hash).data);
        person->needs_record = true;
        asked[rows_int(rows, row, place) - 1]->person = person;
    }
    return STATUS_OK;
}

Status intake_load(Turn *turn, Docket *docket)
{
    TRY(load_allocated(turn, docket));
    Questions questions = {.arena = turn->arena};
    Rows *sent = NULL, *persons = NULL, *standing = NULL, *proposals = NULL, *matters = NULL;
    question(&questions, INTAKE_LOAD_STANDING, &standing);
    ask_sent(&questions, docket, &sent);
    ask_persons(&questions, docket, &persons);
    ask_proposals(&questions, docket, &proposals);
    ask_matters(&questions, docket, &matters);
    TRY(database_ask_all(turn->database, questions.asks, questions.count));

    answer_standing(turn, docket, standing);
    answer_sent(docket, sent);
    answer_proposals(docket, proposals);
    answer_matters(docket, matters);
    answer_persons(docket, persons);
    TRY(open_records(turn, docket));
    TRY(intake_load_care(turn, docket));
    return intake_load_alone(turn, docket);
}

Status intake_load_standing(Turn *turn, Docket *docket)
{
    Rows *standing;
    TRY(database_ask(turn->database, INTAKE_LOAD_STANDING, NULL, &standing));
    answer_standing(turn, docket, standing);
    return STATUS_OK;
}

Status intake_load_keys(Turn *turn, const char *const **keys_out, size_t *count_out)
{
    Rows *rows;
    TRY(database_ask(turn->database, INTAKE_LIST_SENDERS, NULL, &rows));
    int key = rows_column(rows, "key");
    const char **keys = ARENA_MANY(turn->arena, const char *, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++)
        keys[row] = arena_text(turn->arena, rows_text(rows, row, key));
    *keys_out = keys;
    *count_out = rows_count(rows);
    return STATUS_OK;
}

Status intake_load_books(Turn *turn, PublishedBooks *books_out)
{
    Params *params = params_new(turn->arena);
    params_int4(params, house_book_number(turn->house));
    Rows *rows;
    TRY(database_ask(turn->database, INTAKE_LOAD_BOOKS, params, &rows));

    int published_on = rows_column(rows, "published_on");
    int contents = rows_column(rows, "contents");
    Published *books = ARENA_MANY(turn->arena, Published, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++)
        books[row] = (Published){rows_bytes(rows, row, contents), rows_day(rows, row, published_on)};
    *books_out = (PublishedBooks){books, rows_count(rows)};
    return STATUS_OK;
}
