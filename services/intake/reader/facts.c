#include "intake/reader/facts.h"

#include "base/digest.h"
#include "intake/core/bsn.h"
#include "intake/core/word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE_MAX = 200, DIGEST_IN_ID = 24 };

typedef struct Making {
    Arena *arena;
    IjwFaults *faults;
    const IjwMessage *message;
    const IjwRoot *root;
    const char *id;
    Facts facts;
} Making;

static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

static int number_of(const char *code)
{
    return atoi(code);
}

/* what the region does not take in this way */

static void not_taken(Making *making, int32_t line, const char *path, const char *why)
{
    ijw_fault_add(making->faults, IJW_RULE_REGION, path, line, why);
}

/* A name that the sender gave, which travels on beyond intake. */
static char *name_of(Making *making, const char *name, int32_t line, const char *path, const char *element)
{
    IntakeReason reason = word_check(WORD_REFERENCE, name, strlen(name));
    if (reason != INTAKE_ADMITTED)
        not_taken(making, line, arena_format(making->arena, "%s/%s", path, element),
                  reason == INTAKE_TEXT_HIDES_BSN
                      ? "(dit lijkt een BSN; gebruik een ander kenmerk)"
                      : arena_format(making->arena, "(gebruik %s)", word_expected(WORD_REFERENCE)));
    return text(name);
}

static char *number_text(Making *making, IjwWhole number, int32_t line, const char *path, const char *element)
{
    return name_of(making, arena_format(making->arena, "%lld", (long long)number.number), line, path, element);
}

/* facts */

/* Plain names stay readable; what has other characters, or looks like a citizen number, is known by its digest. */
const char *facts_id(Arena *arena, IjwRead read)
{
    const IjwHeader *header = &read.root->header;
    const char *name = header->identification.name;
    size_t size = strlen(name);
    bool is_plain = !text_hides_bsn(name, size);
    for (size_t i = 0; i < size && is_plain; i++)
        is_plain = isalnum((unsigned char)name[i]) || name[i] == '-';
    if (!is_plain) {
        char written[DIGEST_TEXT_SIZE];
        Digest digest = digest_of((Bytes){(const uint8_t *)name, size});
        name = arena_format(arena, "_%.*s", DIGEST_IN_ID, digest_write(&digest, written));
    }
    return arena_format(arena, "jw%s:%s:%s", read.message->name + 2, header->sender, name);
}

static Provider__Message *add(Making *making, const char *path)
{
    Provider__Message *message = ARENA_NEW(making->arena, Provider__Message);
    provider__message__init(message);
    message->id = arena_format(making->arena, "%s.%zu", making->id, making->facts.count + 1);
    message->municipality = text(making->root->header.receiver);
    message->provider = text(making->root->header.sender);
    making->facts.list[making->facts.count++] = (Fact){path, message};
    return message;
}

static void make_room(Making *making, size_t count)
{
    making->facts.list = ARENA_MANY(making->arena, Fact, count);
}

/* JW305, JW307 */

static void check_notice(Making *making, const char *status, IjwWhole allocation, int32_t line, const char *path)
{
    if (strcmp(status, "1") != 0)
        not_taken(making, line, arena_format(making->arena, "%s/StatusAanlevering", path),
                  "(verwijderen van een eerdere aanlevering)");
    if (!allocation.given)
        not_taken(making, line, arena_format(making->arena, "%s/ToewijzingNummer", path),
                  "(een start of stop zonder toewijzing)");
}

static void make_starts(Making *making)
{
    const IjwList *list = &making->root->client.starts.list;
    const IjwStart *starts = list->items;
    make_room(making, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const char *path = arena_format(making->arena, "Bericht/Client/StartProducten/StartProduct[%zu]", i + 1);
        check_notice(making, starts[i].status, starts[i].allocation, starts[i].line, path);
        Provider__Start *start = ARENA_NEW(making->arena, Provider__Start);
        provider__start__init(start);
        start->bsn = text(making->root->client.bsn);
        start->allocation = number_text(making, starts[i].allocation, starts[i].line, path, "ToewijzingNummer");
        start->day = starts[i].day.number;
        Provider__Message *message = add(making, path);
        message->fact_case = PROVIDER__MESSAGE__FACT_START;
        message->start = start;
    }
}

static void make_stops(Making *making)
{
    const IjwList *list = &making->root->client.stops.list;
    const IjwStop *stops = list->items;
    make_room(making, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const char *path = arena_format(making->arena, "Bericht/Client/StopProducten/StopProduct[%zu]", i + 1);
        check_notice(making, stops[i].status, stops[i].allocation, stops[i].line, path);
        Provider__Stop *stop = ARENA_NEW(making->arena, Provider__Stop);
        provider__stop__init(stop);
        stop->bsn = text(making->root->client.bsn);
        stop->allocation = number_text(making, stops[i].allocation, stops[i].line, path, "ToewijzingNummer");
        stop->day = stops[i].day.number;
        stop->reason = (Care__StopReason__Value)number_of(stops[i].reason);
        Provider__Message *message = add(making, path);
        message->fact_case = PROVIDER__MESSAGE__FACT_STOP;
        message->stop = stop;
    }
}

/* JW315 */

/* Cut, where it is too long for the feed, before a character begins. */
static char *cut(char *name)
{
    size_t size = strlen(name);
    if (size > NAME_SIZE_MAX) {
        size = NAME_SIZE_MAX;
        while (size > 0 && ((unsigned char)name[size] & 0xC0) == 0x80)
            size--;
        name[size] = '\0';
    }
    return name;
}

static char *full_name(Arena *arena, const IjwName *name)
{
    const char *first = name->first_names ? name->first_names : name->initials ? name->initials : "";
    const char *prefix = name->surname.prefix ? name->surname.prefix : "";
    return cut(
        arena_format(arena, "%s%s%s%s%s", first, *first ? " " : "", prefix, *prefix ? " " : "", name->surname.name));
}

static Provider__Person *person_of(Making *making)
{
    const IjwClient *client = &making->root->client;
    Provider__Person *person = ARENA_NEW(making->arena, Provider__Person);
    provider__person__init(person);
    person->bsn = text(client->bsn);
    person->name = full_name(making->arena, &client->name);
    person->birth_day = client->birth.day.number;
    return person;
}

static Care__Period *period_of(Making *making, Day first, Day last)
{
    Care__Period *period = ARENA_NEW(making->arena, Care__Period);
    care__period__init(period);
    period->first_day = first.number;
    period->last_day = last.number;
    return period;
}

static Care__Product *product_of(Making *making, const IjwVolume *volume)
{
    Care__Product *product = ARENA_NEW(making->arena, Care__Product);
    care__product__init(product);
    product->volume = volume->volume.number;
    product->unit = (Care__Unit__Value)number_of(volume->unit);
    product->frequency = (Care__Frequency__Value)number_of(volume->frequency);
    return product;
}

static Provider__AllocationRequest *request_of(Making *making, const IjwAsked *asked, const char *path)
{
    Provider__AllocationRequest *request = ARENA_NEW(making->arena, Provider__AllocationRequest);
    provider__allocation_request__init(request);
    request->reference = name_of(making, asked->reference, asked->line, path, "ReferentieAanbieder");
    request->client = person_of(making);
    request->referrer = (Care__Referrer__Value)number_of(asked->referrer.kind);
    if (asked->decision.given)
        request->decision = number_text(making, asked->decision, asked->line, path, "BeschikkingNummer");
    request->period = period_of(making, asked->first, asked->last.number ? asked->last : DAY_LAST);

    Care__Product *product = product_of(making, &asked->volume);
    product->category = text(asked->product.category);
    product->code = name_of(making, asked->product.code, asked->product.line, path, "Product/Code");
    request->n_products = 1;
    request->products = ARENA_MANY(making->arena, Care__Product *, 1);
    request->products[0] = product;
    return request;
}

static void make_requests(Making *making)
{
    const IjwList *list = &making->root->client.asked.list;
    const IjwAsked *asked = list->items;
    make_room(making, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const char *path =
            arena_format(making->arena, "Bericht/Client/AangevraagdeProducten/AangevraagdProduct[%zu]", i + 1);
        if (asked[i].product.line == 0 || !asked[i].product.code) {
            not_taken(making, asked[i].line, arena_format(making->arena, "%s/Product", path),
                      "(een verzoek zonder productcode)");
            continue;
        }
        Provider__Message *message = add(making, path);
        message->fact_case = PROVIDER__MESSAGE__FACT_ALLOCATION_REQUEST;
        message->allocation_request = request_of(making, &asked[i], path);
    }
}

/* JW317 */

static void make_changes(Making *making)
{
    static const char PATH[] = "Bericht/Client/Verzoek";
    const IjwChange *asked = &making->root->client.change;
    const IjwList *list = &asked->changed.list;
    const IjwChanged *changed = list->items;
    make_room(making, list->count);
    if (asked->added.list.count > 0)
        not_taken(making, asked->added.line, arena_format(making->arena, "%s/NieuweProducten", PATH),
                  "(een nieuw product; stuur daarvoor een JW315)");
    if (list->count > 1)
        not_taken(making, asked->changed.line, arena_format(making->arena, "%s/TeWijzigenProducten", PATH),
                  "(meer dan één te wijzigen product onder één referentie)");
    for (size_t i = 0; i < list->count; i++) {
        const char *path = arena_format(making->arena, "%s/TeWijzigenProducten/TeWijzigenProduct[%zu]", PATH, i + 1);
        if (changed[i].budget.given)
            not_taken(making, changed[i].line, arena_format(making->arena, "%s/Budget", path), "(een budget)");
        Provider__ChangeRequest *change = ARENA_NEW(making->arena, Provider__ChangeRequest);
        provider__change_request__init(change);
        change->reference = name_of(making, asked->reference, asked->line, PATH, "ReferentieAanbieder");
        change->bsn = text(making->root->client.bsn);
        change->allocation = number_text(making, changed[i].allocation, changed[i].line, path, "ToewijzingNummer");
        change->first_day = changed[i].first.number;
        change->last_day = changed[i].last.number;
        if (changed[i].volume.line > 0)
            change->product = product_of(making, &changed[i].volume);
        Provider__Message *message = add(making, path);
        message->fact_case = PROVIDER__MESSAGE__FACT_CHANGE_REQUEST;
        message->change_request = change;
    }
}

/* JW323 */

static Care__Money *money_of(Making *making, int64_t cents)
{
    Care__Money *money = ARENA_NEW(making->arena, Care__Money);
    care__money__init(money);
    money->cents = cents;
    return money;
}

static void make_line(Making *making, Provider__Declaration__Line *line, const IjwLine *said, const char *path)
{
    provider__declaration__line__init(line);
    line->reference = name_of(making, said->name.reference, said->line, path, "ProductReferentie/ReferentieNummer");
    line->allocation = number_text(making, said->allocation, said->line, path, "ToewijzingNummer");
    line->category = text(said->category);
    line->code = name_of(making, said->code, said->line, path, "ProductCode");
    line->period = period_of(making, said->period.first, said->period.last);
    line->volume = said->volume.number;
    line->unit = (Care__Unit__Value)number_of(said->unit);
    if (said->tariff.given)
        line->tariff = money_of(making, said->tariff.number);
    line->amount = money_of(making, said->amount.cents.number);
    if (said->name.credits)
        line->credits =
            name_of(making, said->name.credits, said->line, path, "ProductReferentie/VorigReferentieNummer");
}

static void make_declared_client(Making *making, Provider__Declaration__Client *client, const IjwDeclaredClient *said,
                                 const char *path)
{
    const IjwLine *lines = said->lines.list.items;
    provider__declaration__client__init(client);
    client->bsn = text(said->bsn);
    client->n_lines = said->lines.list.count;
    client->lines = ARENA_MANY(making->arena, Provider__Declaration__Line *, client->n_lines);
    Provider__Declaration__Line *room = ARENA_MANY(making->arena, Provider__Declaration__Line, client->n_lines);
    for (size_t i = 0; i < client->n_lines; i++) {
        make_line(making, &room[i], &lines[i],
                  arena_format(making->arena, "%s/Prestaties/Prestatie[%zu]", path, i + 1));
        client->lines[i] = &room[i];
    }
}

static void make_declaration(Making *making)
{
    static const char PATH[] = "Bericht/Declaratie";
    const IjwDeclaration *said = &making->root->declaration;
    const IjwDeclaredClient *clients = said->clients.list.items;
    Provider__Declaration *declaration = ARENA_NEW(making->arena, Provider__Declaration);
    provider__declaration__init(declaration);
    declaration->number = name_of(making, said->number, said->line, PATH, "DeclaratieNummer");
    declaration->month_day = said->period.first.number;
    declaration->total =
        money_of(making, *said->total.sign == 'C' ? -said->total.cents.number : said->total.cents.number);
    declaration->n_clients = said->clients.list.count;
    declaration->clients = ARENA_MANY(making->arena, Provider__Declaration__Client *, declaration->n_clients);
    Provider__Declaration__Client *room =
        ARENA_MANY(making->arena, Provider__Declaration__Client, declaration->n_clients);
    for (size_t i = 0; i < declaration->n_clients; i++) {
        make_declared_client(making, &room[i], &clients[i],
                             arena_format(making->arena, "%s/Clienten/Client[%zu]", PATH, i + 1));
        declaration->clients[i] = &room[i];
    }
    make_room(making, 1);
    Provider__Message *message = add(making, PATH);
    message->fact_case = PROVIDER__MESSAGE__FACT_DECLARATION;
    message->declaration = declaration;
}

Facts facts_of(Arena *arena, IjwRead read, IjwFaults *faults)
{
    static const struct {
        unsigned message;
        void (*make)(Making *making);
    } MAKES[] = {
        {IJW_305, make_starts},  {IJW_307, make_stops},       {IJW_315, make_requests},
        {IJW_317, make_changes}, {IJW_323, make_declaration},
    };
    Making making = {
        .arena = arena, .faults = faults, .message = read.message, .root = read.root, .id = facts_id(arena, read)};
    for (size_t i = 0; i < sizeof MAKES / sizeof MAKES[0] && !read.is_return; i++)
        if (MAKES[i].message == read.message->bit)
            MAKES[i].make(&making);
    return making.facts;
}
