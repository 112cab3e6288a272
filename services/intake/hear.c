#include "intake/hear.h"

#include "book/check.h"
#include "intake/core/bsn.h"
#include "intake/core/decide_case.h"
#include "intake/feed/feed.h"
#include "process/log.h"
#include "proto/operator.pb-c.h"
#include "proto/provider.pb-c.h"

#include <assert.h>
#include <string.h>

static_assert((int)VAULT_HASH_SIZE == (int)BSN_HASH_SIZE, "the vault's hash names a person");

enum { FAULTS_TOLD_MAX = 100 };

typedef struct Hearing {
    Turn *turn;
    Docket *docket;
    House *house;
    Arena *arena;
} Hearing;

static Digest digest_of_message(const Hearing *hearing, const ProtobufCMessage *message)
{
    return digest_of(message_pack(hearing->arena, message));
}

static Period period_of(const Care__Period *period)
{
    return (Period){{period->first_day}, {period->last_day}};
}

/* clients */

static Person *person_of(const Hearing *hearing, const char *bsn)
{
    return bsn_passes(bsn) ? docket_person(hearing->docket, vault_hash(hearing->house->vault, hearing->arena, bsn))
                           : NULL;
}

static void hear_client(const Hearing *hearing, Submission *said, const char *bsn)
{
    said->clients = ARENA_NEW(hearing->arena, SaidClient);
    said->client_count = 1;
    said->clients[0] = (SaidClient){.bsn = bsn, .person = person_of(hearing, bsn)};
    if (said->clients[0].person)
        said->clients[0].person->needs_record = true;
}

static void hear_newcomer(const Hearing *hearing, Submission *said, const Provider__Person *person)
{
    hear_client(hearing, said, person->bsn);
    SaidClient *client = &said->clients[0];
    client->name = person->name;
    client->birth = (Day){person->birth_day};
    if (client->person && !client->person->fresh_reference)
        client->person->fresh_reference = vault_new_reference(hearing->arena);
}

static void hear_request(const Hearing *hearing, Submission *said, const Provider__AllocationRequest *request)
{
    hear_newcomer(hearing, said, request->client);
    said->asked = period_of(request->period);
    said->names_care = request->pic || request->n_products > 0;
}

/* what providers say */

static void hear_allocation_request(const Hearing *hearing, Submission *said, const void *fact)
{
    hear_request(hearing, said, fact);
}

static void hear_change_request(const Hearing *hearing, Submission *said, const void *fact)
{
    const Provider__ChangeRequest *change = fact;
    hear_client(hearing, said, change->bsn);
    said->asked = (Period){{change->first_day}, {change->last_day}};
}

static void hear_start(const Hearing *hearing, Submission *said, const void *fact)
{
    const Provider__Start *start = fact;
    hear_client(hearing, said, start->bsn);
    said->asked = (Period){{start->day}, {start->day}};
    said->allocation = start->allocation;
}

static void hear_stop(const Hearing *hearing, Submission *said, const void *fact)
{
    const Provider__Stop *stop = fact;
    hear_client(hearing, said, stop->bsn);
    said->asked = (Period){{stop->day}, {stop->day}};
    said->allocation = stop->allocation;
}

static void hear_declaration(const Hearing *hearing, Submission *said, const void *fact)
{
    const Provider__Declaration *declaration = fact;
    said->client_count = declaration->n_clients;
    said->clients = ARENA_MANY(hearing->arena, SaidClient, declaration->n_clients);
    for (size_t i = 0; i < declaration->n_clients; i++) {
        const char *bsn = declaration->clients[i]->bsn;
        said->clients[i] = (SaidClient){.bsn = bsn, .person = person_of(hearing, bsn)};
    }
}

static void hear_outcome(const Hearing *hearing, Submission *said, const void *fact)
{
    const Provider__Outcome *outcome = fact;
    hear_client(hearing, said, outcome->bsn);
    said->asked = (Period){{outcome->day}, {outcome->day}};
}

/* what operators say */

static void hear_new_day(const Hearing *hearing, Submission *said, const void *fact)
{
    (void)hearing;
    const Operator__NewDay *day = fact;
    said->day = (Day){day->day};
    said->after_gap = day->after_gap;
}

static const BookFile *files_of(Arena *arena, const Operator__BookProposed *proposed)
{
    BookFile *files = ARENA_MANY(arena, BookFile, proposed->n_files);
    for (size_t i = 0; i < proposed->n_files; i++) {
        const char *text = proposed->files[i]->text;
        files[i] = (BookFile){proposed->files[i]->name, {(const uint8_t *)text, strlen(text)}};
    }
    return files;
}

/* Every fault of the book, in one sentence. */
static const char *faults_of(const Hearing *hearing, const BookFile *files, size_t count, const char *slug,
                             int32_t number)
{
    BookFaults faults = book_faults(hearing->arena);
    Book *book = book_draft(files, count, &faults);
    book_check(&hearing->house->books, book, &faults);
    book_faults_sort(&faults);

    bool is_named_so = book_number(book) == number && strcmp(book_slug(book), slug) == 0;
    const char *told = is_named_so ? "" : "het nummer of de naam staat anders in het boek zelf; ";
    size_t listed = 0;
    for (size_t i = 0; i < faults.count && listed < FAULTS_TOLD_MAX; i++) {
        const BookFault *fault = &faults.faults[i];
        if (fault->warning)
            continue;
        told = arena_format(hearing->arena, "%s%s%s:%d: %s", told, listed ? "; " : "", fault->file, fault->line,
                            fault->what);
        listed++;
    }
    book_free(book);
    return is_named_so && faults.errors == 0 ? NULL : arena_format(hearing->arena, "(%s)", told);
}

static void hear_book_proposed(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__BookProposed *proposed = fact;
    const BookFile *files = files_of(hearing->arena, proposed);
    Digest digest = book_files_digest(files, proposed->n_files);
    char *digest_text = arena_take(hearing->arena, DIGEST_TEXT_SIZE);
    said->proposal = docket_proposal(hearing->docket, proposed->number, digest_write(&digest, digest_text));
    said->proposal->slug = proposed->slug;
    said->proposal->contents = message_pack(hearing->arena, &proposed->base);
    said->book_faults = faults_of(hearing, files, proposed->n_files, proposed->slug, proposed->number);
}

static void hear_book_approved(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__BookApproved *approved = fact;
    said->proposal = docket_proposal(hearing->docket, approved->number, approved->digest);
}

/* what two people decide */

static void hear_year_proposed(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__YearProposed *proposed = fact;
    said->matter = docket_matter(hearing->docket, arena_format(hearing->arena, "year %d", proposed->year));
    said->contents = message_pack(hearing->arena, &proposed->base);
    said->year = proposed->year;
    said->reopened = proposed->reopened;
    said->reason = proposed->reason;
}

static void hear_year_approved(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__YearApproved *approved = fact;
    said->matter = docket_matter(hearing->docket, arena_format(hearing->arena, "year %d", approved->year));
    said->year = approved->year;
    said->reopened = approved->reopened;
}

/* A payment is known by who proposed it and the id of that. */
static Matter *payment_of(const Hearing *hearing, const Submission *said, const char *id)
{
    return docket_matter(hearing->docket,
                         arena_format(hearing->arena, "payment %s/%s %s", said->municipality, said->provider, id));
}

static void hear_payment_made(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__PaymentMade *made = fact;
    said->matter = payment_of(hearing, said, arena_format(hearing->arena, "%s:%s", said->sender->owner, said->id));
    said->contents = message_pack(hearing->arena, &made->base);
}

static void hear_payment_approved(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__PaymentApproved *approved = fact;
    Operator__PaymentMade made = OPERATOR__PAYMENT_MADE__INIT;
    made.declaration = approved->declaration;
    made.amount = approved->amount;
    made.day = approved->day;
    said->matter = payment_of(hearing, said, approved->payment);
    said->contents = message_pack(hearing->arena, &made.base);
}

static void hear_care_taken_over(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__CareTakenOver *taken = fact;
    hear_newcomer(hearing, said, taken->client);
    said->asked = period_of(taken->period);
    said->names_care = true;
    said->allocation = taken->allocation;

    Period *earlier = ARENA_MANY(hearing->arena, Period, taken->n_care_periods);
    for (size_t i = 0; i < taken->n_care_periods; i++)
        earlier[i] = period_of(taken->care_periods[i]);
    said->earlier_care = earlier;
    said->earlier_care_count = taken->n_care_periods;
}

static void hear_care_granted(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__CareGranted *granted = fact;
    hear_request(hearing, said, granted->request);
}

static void hear_conversion(const Hearing *hearing, Submission *said, const void *fact)
{
    (void)hearing;
    const Operator__Conversion *conversion = fact;
    said->asked = (Period){{conversion->day}, {conversion->day}};
    said->allocation = conversion->allocation;
}

/* cases */

static void hear_allocation_ended(const Hearing *hearing, Submission *said, const void *fact)
{
    (void)hearing;
    const Operator__AllocationEnded *ended = fact;
    said->asked = (Period){{ended->last_day}, {ended->last_day}};
    said->allocation = ended->allocation;
}

static const char *or_else(const char *said, const char *otherwise)
{
    return *said ? said : otherwise;
}

static void hear_care_moved(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__CareMoved *moved = fact;
    said->asked = (Period){{moved->day}, {moved->day}};
    said->allocation = moved->allocation;
    said->consent = moved->consent;
    said->to.municipality = or_else(moved->to_municipality, said->municipality);
    said->to.provider = or_else(moved->to_provider, said->provider);
    said->to.conversation = house_conversation(hearing->house, hearing->arena, said->to.municipality, said->to.provider,
                                               &said->to.partition);
}

static void hear_client_died(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__ClientDied *died = fact;
    hear_client(hearing, said, died->bsn);
    said->asked = (Period){{died->day}, {died->day}};
    said->is_withdrawn = died->withdrawn;
}

static void hear_bsn_corrected(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__BsnCorrected *corrected = fact;
    hear_client(hearing, said, corrected->bsn);
    said->correct_bsn = corrected->correct_bsn;
    said->correct = person_of(hearing, corrected->correct_bsn);
    if (said->correct)
        said->correct->needs_record = true;
}

static void hear_case_closed(const Hearing *hearing, Submission *said, const void *fact)
{
    (void)hearing;
    const Operator__CaseClosed *closed = fact;
    said->case_id = closed->case_;
}

static void hear_persons_forgotten(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__PersonsForgotten *forgotten = fact;
    said->why_asked = forgotten->reason;
    memset(hearing->docket->partitions, true, sizeof hearing->docket->partitions);
}

static void hear_key_given(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__KeyGiven *given = fact;
    Right *rights = ARENA_MANY(hearing->arena, Right, given->n_providers);
    for (size_t i = 0; i < given->n_providers; i++) {
        const Operator__KeyGiven__Agb *agb = given->providers[i];
        Period always = {DAY_FIRST, DAY_LAST};
        rights[i] = (Right){agb->provider, agb->period ? period_of(agb->period) : always};
    }
    said->given = docket_sender(hearing->docket, given->key);
    said->given_rights = (Sender){.owner = given->owner,
                                  .is_operator = given->is_operator || given->n_municipalities > 0,
                                  .rights = rights,
                                  .right_count = given->n_providers};
}

static void hear_key_revoked(const Hearing *hearing, Submission *said, const void *fact)
{
    const Operator__KeyRevoked *revoked = fact;
    said->given = docket_sender(hearing->docket, revoked->key);
}

/* What it says is of no interest to intake. */
static void hear_nothing(const Hearing *hearing, Submission *said, const void *fact)
{
    (void)hearing;
    (void)said;
    (void)fact;
}

/* one line */

typedef struct Hear {
    unsigned fact; /* as the message names it */
    FactKind kind;
    void (*hear)(const Hearing *hearing, Submission *said, const void *fact);
} Hear;

static const Hear PROVIDERS[] = {
    {PROVIDER__MESSAGE__FACT_ALLOCATION_REQUEST, FACT_ALLOCATION_REQUEST, hear_allocation_request},
    {PROVIDER__MESSAGE__FACT_CHANGE_REQUEST, FACT_CHANGE_REQUEST, hear_change_request},
    {PROVIDER__MESSAGE__FACT_START, FACT_START, hear_start},
    {PROVIDER__MESSAGE__FACT_STOP, FACT_STOP, hear_stop},
    {PROVIDER__MESSAGE__FACT_DECLARATION, FACT_DECLARATION, hear_declaration},
    {PROVIDER__MESSAGE__FACT_OUTCOME, FACT_OUTCOME, hear_outcome},
};

static const Hear OPERATORS[] = {
    {OPERATOR__MESSAGE__FACT_NEW_DAY, FACT_NEW_DAY, hear_new_day},
    {OPERATOR__MESSAGE__FACT_BOOK_PROPOSED, FACT_BOOK_PROPOSED, hear_book_proposed},
    {OPERATOR__MESSAGE__FACT_BOOK_APPROVED, FACT_BOOK_APPROVED, hear_book_approved},
    {OPERATOR__MESSAGE__FACT_CARE_TAKEN_OVER, FACT_CARE_TAKEN_OVER, hear_care_taken_over},
    {OPERATOR__MESSAGE__FACT_CARE_GRANTED, FACT_CARE_GRANTED, hear_care_granted},
    {OPERATOR__MESSAGE__FACT_REQUEST_GRANTED, FACT_REQUEST_GRANTED, hear_nothing},
    {OPERATOR__MESSAGE__FACT_REQUEST_REFUSED, FACT_REQUEST_REFUSED, hear_nothing},
    {OPERATOR__MESSAGE__FACT_CONVERSION, FACT_CONVERSION, hear_conversion},
    {OPERATOR__MESSAGE__FACT_PAYMENT_MADE, FACT_PAYMENT_MADE, hear_payment_made},
    {OPERATOR__MESSAGE__FACT_PAYMENT_APPROVED, FACT_PAYMENT_APPROVED, hear_payment_approved},
    {OPERATOR__MESSAGE__FACT_YEAR_PROPOSED, FACT_YEAR_PROPOSED, hear_year_proposed},
    {OPERATOR__MESSAGE__FACT_YEAR_APPROVED, FACT_YEAR_APPROVED, hear_year_approved},
    {OPERATOR__MESSAGE__FACT_SET_ASIDE_RETRIED, FACT_SET_ASIDE_RETRIED, hear_nothing},
    {OPERATOR__MESSAGE__FACT_SET_ASIDE_DROPPED, FACT_SET_ASIDE_DROPPED, hear_nothing},
    {OPERATOR__MESSAGE__FACT_ALLOCATION_ENDED, FACT_ALLOCATION_ENDED, hear_allocation_ended},
    {OPERATOR__MESSAGE__FACT_CARE_MOVED, FACT_CARE_MOVED, hear_care_moved},
    {OPERATOR__MESSAGE__FACT_CLIENT_DIED, FACT_CLIENT_DIED, hear_client_died},
    {OPERATOR__MESSAGE__FACT_BSN_CORRECTED, FACT_BSN_CORRECTED, hear_bsn_corrected},
    {OPERATOR__MESSAGE__FACT_CASE_CLOSED, FACT_CASE_CLOSED, hear_case_closed},
    {OPERATOR__MESSAGE__FACT_PERSONS_FORGOTTEN, FACT_PERSONS_FORGOTTEN, hear_persons_forgotten},
    {OPERATOR__MESSAGE__FACT_KEY_GIVEN, FACT_KEY_GIVEN, hear_key_given},
    {OPERATOR__MESSAGE__FACT_KEY_REVOKED, FACT_KEY_REVOKED, hear_key_revoked},
};

static const Hear *find_hear(const Hear *hears, size_t count, unsigned fact)
{
    for (size_t i = 0; i < count; i++)
        if (hears[i].fact == fact)
            return &hears[i];
    return NULL;
}

/* Where the message belongs, and where something may be said because of it. */
static void find_conversation(const Hearing *hearing, Submission *said)
{
    if (case_is_alone(said->kind))
        hearing->docket->alone = said;
    if (fact_of(said->kind)->reach == REACH_EVERYONE || fact_of(said->kind)->reach == REACH_CLIENT) {
        memset(hearing->docket->partitions, true, sizeof hearing->docket->partitions);
        return;
    }
    if (fact_of(said->kind)->reach != REACH_CONVERSATION || !*said->municipality || !*said->provider)
        return;
    said->conversation =
        house_conversation(hearing->house, hearing->arena, said->municipality, said->provider, &said->partition);
    hearing->docket->partitions[said->partition] = true;
    bool is_asked = fact_of(said->kind)->about == ABOUT_AN_ALLOCATION;
    if (said->kind == FACT_CARE_TAKEN_OVER || is_asked)
        said->allocated = docket_allocated(hearing->docket, said->conversation, said->allocation);
    if (is_asked)
        said->allocated->is_asked = true;
    if (said->kind == FACT_CARE_MOVED) {
        said->allocated->goes = true;
        hearing->docket->partitions[said->to.partition] = true;
    }
}

static void hear_fact(const Hearing *hearing, Submission *said, const Hear *hear, const void *fact)
{
    assert(hear);
    said->kind = hear->kind;
    hear->hear(hearing, said, fact);
    find_conversation(hearing, said);
}

static void hear_provider(const Hearing *hearing, Submission *said, const Provider__Message *message)
{
    said->id = message->id;
    said->municipality = message->municipality;
    said->provider = message->provider;
    const Hear *hear = find_hear(PROVIDERS, sizeof PROVIDERS / sizeof PROVIDERS[0], message->fact_case);
    hear_fact(hearing, said, hear, message->allocation_request); /* all facts stand in one union */
}

static void hear_operator(const Hearing *hearing, Submission *said, const Operator__Message *message)
{
    said->id = message->id;
    said->municipality = message->municipality;
    said->provider = message->provider;
    const Hear *hear = find_hear(OPERATORS, sizeof OPERATORS / sizeof OPERATORS[0], message->fact_case);
    hear_fact(hearing, said, hear, message->new_day); /* all facts stand in one union */
}

/* A line without a readable id is known by its bytes. */
static void hear_unreadable(const Hearing *hearing, Submission *said, Bytes line)
{
    char text[DIGEST_TEXT_SIZE];
    said->content = digest_of(line);
    said->id = arena_format(hearing->arena, "#%s", digest_write(&said->content, text));
    said->municipality = "";
    said->provider = "";
}

/* national messages */

/* What the message does not say and the book does: the segment of a product, and the PIC that a code of its own carries. */
static void complete_request(const Hearing *hearing, Submission *said, Provider__AllocationRequest *request)
{
    Care__Product *asked = request->products[0];
    const Product *product =
        books_product(&hearing->house->books, asked->code, (Day){request->period->first_day}, DAY_LAST);
    said->product_unknown = !product || strcmp(product->category, asked->category) != 0;
    if (said->product_unknown)
        return;
    request->segment = arena_text(hearing->arena, product->segment);
    if (!product->pic.profile)
        return;
    request->pic = ARENA_NEW(hearing->arena, Care__Pic);
    care__pic__init(request->pic);
    request->pic->profile = arena_text(hearing->arena, product->pic.profile);
    request->pic->intensity = arena_text(hearing->arena, product->pic.intensity);
    request->n_products = 0;
}

/* One fact of the message, which `head` begins. */
static void hear_national_fact(const Hearing *hearing, Submission *said, const Submission *head,
                               const HeardNational *heard, size_t number)
{
    const Provider__Message *message = heard->facts[number].message;
    said->sender = head->sender;
    said->unreadable = head->unreadable;
    said->content = head->content;
    said->sent = head->sent;
    said->national = head->national;
    said->message = message;
    said->path = heard->facts[number].path;
    if (message->fact_case == PROVIDER__MESSAGE__FACT_ALLOCATION_REQUEST)
        complete_request(hearing, said, message->allocation_request);
    hear_provider(hearing, said, message);
    said->id = arena_format(hearing->arena, "%s/%zu", head->national->id, number + 1);
}

static void hear_national_facts(const Hearing *hearing, Submission *head, const HeardNational *heard)
{
    hear_national_fact(hearing, head, head, heard, 0);
    Submission *last = head;
    for (size_t i = 1; i < heard->fact_count; i++) {
        Submission *next = ARENA_NEW(hearing->arena, Submission);
        hear_national_fact(hearing, next, head, heard, i);
        last->next = next;
        last = next;
    }
}

/* What it breaks first, and how much more; the letter has all of it. */
static Refusal refusal_of(Arena *arena, const HeardNational *heard)
{
    Refusal refusal = {.reason = heard->reason, .path = "", .detail = ""};
    if (heard->national.fault_count > 0) {
        const NationalFault *first = &heard->national.faults[0];
        refusal.path = first->path;
        refusal.detail = arena_format(arena, "(%zu, te beginnen met regel %d, %s: %s)", heard->national.fault_count,
                                      first->line, first->rule, first->sentence);
    }
    return refusal;
}

static void hear_national(const Hearing *hearing, Submission *said, const Knock *knock, const HeardNational *heard)
{
    hear_unreadable(hearing, said, knock->line);
    said->national = &heard->national;
    said->sent_bytes = docket_sent(hearing->docket, said->sender->owner, said->id);
    said->sent = said->sent_bytes;
    if (said->sender->is_operator)
        said->unreadable.reason = INTAKE_NATIONAL_OF_OPERATOR;
    else if (knock->not_kept)
        said->unreadable.reason = INTAKE_NOT_KEPT;
    else if (heard->reason != INTAKE_ADMITTED)
        said->unreadable = refusal_of(hearing->arena, heard);
    if (said->unreadable.reason != INTAKE_ADMITTED)
        return;
    said->sent = docket_sent(hearing->docket, said->sender->owner, heard->national.id);
    hear_national_facts(hearing, said, heard);
}

/* one line, or one national message */

static void hear_line(const Hearing *hearing, Submission *said, const Knock *knock, const HeardNational *heard)
{
    said->sender = docket_sender(hearing->docket, knock->key);
    said->unreadable = (Refusal){.reason = INTAKE_ADMITTED, .path = "", .detail = ""};
    if (!said->sender->owner)
        return;
    if (heard) {
        hear_national(hearing, said, knock, heard);
        return;
    }

    bool is_operator = said->sender->is_operator;
    const ProtobufCMessage *message = NULL;
    if (knock->not_kept)
        said->unreadable.reason = INTAKE_NOT_KEPT;
    else
        message =
            feed_read(hearing->arena, is_operator ? &operator__message__descriptor : &provider__message__descriptor,
                      knock->line, &said->unreadable);
    said->message = message;
    if (!message) {
        hear_unreadable(hearing, said, knock->line);
    } else {
        said->content = digest_of_message(hearing, message);
        if (is_operator)
            hear_operator(hearing, said, (const Operator__Message *)message);
        else
            hear_provider(hearing, said, (const Provider__Message *)message);
    }
    said->sent = docket_sent(hearing->docket, said->sender->owner, said->id);
}

size_t intake_hear(Turn *turn, Docket *docket, const Knock *knocks, const HeardNational *const *nationals, size_t count)
{
    const Hearing hearing = {.turn = turn, .docket = docket, .house = turn->house, .arena = turn->arena};
    for (size_t i = 0; i < count; i++) {
        Submission *said = &docket->said[docket->count++];
        hear_line(&hearing, said, &knocks[i], nationals[i]);
        if (docket->alone && i > 0) { /* it begins the next batch */
            docket->alone = NULL;
            docket->count--;
            return i;
        }
        if (docket->alone)
            return i + 1;
        if (said->message && said->kind == FACT_BOOK_APPROVED)
            return i + 1;
    }
    return count;
}

static Submission *hear_clock(Turn *turn, Docket *docket, FactKind kind, const char *name, Day today)
{
    char text[DAY_TEXT_SIZE];
    Submission *said = &docket->said[docket->count++];
    *said = (Submission){
        .sender = docket_sender(docket, ""),
        .unreadable = {.reason = INTAKE_ADMITTED, .path = "", .detail = ""},
        .id = arena_format(turn->arena, "%s-%s", name, day_write(today, text)),
        .kind = kind,
        .municipality = "",
        .provider = "",
        .day = today,
        .is_from_clock = true,
    };
    said->sent = docket_sent(docket, "clock", said->id);
    memset(docket->partitions, true, sizeof docket->partitions);
    return said;
}

void intake_hear_clock(Turn *turn, Docket *docket, Day today)
{
    hear_clock(turn, docket, FACT_NEW_DAY, "day", today);
}

void intake_hear_forgetting(Turn *turn, Docket *docket, Day today)
{
    docket->alone = hear_clock(turn, docket, FACT_PERSONS_FORGOTTEN, "forget", today);
}

/* books that are published */

static Status shelve(House *house, Arena *arena, const Published *published)
{
    const Operator__BookProposed *proposed =
        message_unpack(arena, &operator__book_proposed__descriptor, published->contents);
    if (!proposed)
        return FAULT(STATUS_STOP, "a published book does not parse");

    Book *book;
    BookFaults faults = book_faults(arena);
    if (!book_read(files_of(arena, proposed), proposed->n_files, &book, &faults))
        return FAULT(STATUS_STOP, "published book %d cannot be read", proposed->number);
    if (!books_add(&house->books, book, published->known)) {
        book_free(book);
        return FAULT(STATUS_STOP, "published book %d does not follow the one before it", proposed->number);
    }
    house->shelf[house->books.count - 1] = book;
    log_event(LOG_INFO, "BOOK-READ", "number=%d slug=%s", book_number(book), book_slug(book));
    return STATUS_OK;
}

Status intake_hear_books(Turn *turn, PublishedBooks books)
{
    for (size_t i = 0; i < books.count; i++)
        TRY(shelve(turn->house, turn->arena, &books.list[i]));
    return STATUS_OK;
}
