#include "intake/house.h"

#include "base/partition.h"
#include "intake/core/word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void describe_metrics(House *house, Service *service)
{
    static const struct {
        const char *name, *help;
    } WORDS[HOUSE_METRICS] = {
        [HOUSE_ADMITTED] = {"picq_admitted_total", "Messages admitted at the door."},
        [HOUSE_REFUSED] = {"picq_refused_total", "Messages refused at the door."},
        [HOUSE_HEARD_BEFORE] = {"picq_heard_before_total", "Messages sent again, with the receipt they had."},
        [HOUSE_LETTERS] = {"picq_letters_total", "Letters laid in mailboxes."},
        [HOUSE_READINGS] = {"picq_readings_total", "Times that a mailbox was read."},
        [HOUSE_RESENDS] = {"picq_resends_total", "Times that a sender was asked to send again."},
        [HOUSE_DENIED] = {"picq_denied_frames_total", "Frames at the door that are no request, or under no key."},
    };
    for (int i = 0; i < HOUSE_METRICS; i++) {
        house->metrics[i].kind = METRIC_COUNTER;
        house->metrics[i].name = WORDS[i].name;
        house->metrics[i].help = WORDS[i].help;
    }
    service_add_metrics(service, (MetricTable){house->metrics, HOUSE_METRICS});
}

static Status read_calendar(House *house, const char *calendar)
{
    house->days_by_clock = strcmp(calendar, "wall") == 0;
    if (!house->days_by_clock && strcmp(calendar, "feed") != 0)
        return FAULT(STATUS_STOP, "PICQ_CALENDAR is \"%s\": write wall or feed", calendar);
    return STATUS_OK;
}

/* operators: a line each, with owner, municipalities and key; # begins a remark */

enum { OPERATORS_MAX = 256, OPERATORS_SIZE_MAX = 64 * 1024 };

static const char *word(Arena *arena, const char **at)
{
    *at += strspn(*at, " \t");
    size_t size = strcspn(*at, " \t\n");
    const char *text = arena_text_sized(arena, *at, size);
    *at += size;
    return text;
}

static void read_municipalities(Arena *arena, const char *text, Sender *sender)
{
    const char **list = ARENA_MANY(arena, const char *, strlen(text));
    for (const char *at = text; *at;) {
        size_t size = strcspn(at, ",");
        list[sender->municipality_count++] = arena_text_sized(arena, at, size);
        at += size + (at[size] == ',');
    }
    sender->municipalities = list;
}

static bool is_operator(const Sender *sender)
{
    bool fits = word_check(WORD_KEY, sender->key, strlen(sender->key)) == INTAKE_ADMITTED &&
                word_check(WORD_OWNER, sender->owner, strlen(sender->owner)) == INTAKE_ADMITTED &&
                sender->municipality_count > 0;
    for (size_t i = 0; i < sender->municipality_count; i++) {
        const char *municipality = sender->municipalities[i];
        fits = fits && word_check(WORD_MUNICIPALITY_OR_ALL, municipality, strlen(municipality)) == INTAKE_ADMITTED;
    }
    return fits;
}

static Status read_operators(House *house, const char *file)
{
    char *text = arena_take(house->arena, OPERATORS_SIZE_MAX + 1);
    FILE *stream = fopen(file, "re");
    if (!stream)
        return FAULT(STATUS_STOP, "the operators, %s, cannot be read: write a line with owner, municipalities and key",
                     file);
    size_t size = fread(text, 1, OPERATORS_SIZE_MAX, stream);
    fclose(stream);
    if (size == OPERATORS_SIZE_MAX)
        return FAULT(STATUS_STOP, "the operators, %s, are more than %d bytes", file, OPERATORS_SIZE_MAX);

    Sender *operators = ARENA_MANY(house->arena, Sender, OPERATORS_MAX);
    int line = 1;
    for (const char *at = text; *at; at += strcspn(at, "\n"), at += *at == '\n', line++) {
        Sender *sender = &operators[house->operator_count];
        const char *owner = word(house->arena, &at);
        if (!*owner || *owner == '#')
            continue;
        *sender = (Sender){.owner = owner, .is_operator = true};
        read_municipalities(house->arena, word(house->arena, &at), sender);
        sender->key = word(house->arena, &at);
        if (!is_operator(sender) || ++house->operator_count == OPERATORS_MAX)
            return FAULT(STATUS_STOP, "%s:%d: a line has an owner, municipalities with commas or *, and a key", file,
                         line);
    }
    house->operators = operators;
    return STATUS_OK;
}

Status house_open(Service *service, void **house_out)
{
    House *house = calloc(1, sizeof *house);
    if (!house)
        abort();
    house->arena = arena_new();
    Settings *settings = service_settings(service);
    house->door = settings_text(settings, "PICQ_DOOR", NULL);
    const char *vault_key = settings_text(settings, "PICQ_VAULT_KEY", NULL);
    const char *operators = settings_text(settings, "PICQ_OPERATORS", NULL);

    Status status = settings_checked(settings) ? STATUS_OK : FAULT(STATUS_STOP, "settings are missing or wrong");
    if (status == STATUS_OK)
        status = read_calendar(house, settings_text(settings, "PICQ_CALENDAR", "wall"));
    if (status == STATUS_OK)
        status = vault_open(vault_key, &house->vault);
    if (status == STATUS_OK)
        status = read_operators(house, operators);
    if (status != STATUS_OK) {
        house_close(house);
        return status;
    }
    describe_metrics(house, service);
    *house_out = house;
    return STATUS_OK;
}

void house_close(void *house)
{
    House *gone = house;
    for (size_t i = 0; i < gone->books.count; i++)
        book_free(gone->shelf[i]);
    vault_close(gone->vault);
    arena_free(gone->arena);
    free(gone);
}

int32_t house_book_number(const House *house)
{
    const Books *books = &house->books;
    return books->count ? book_number(books->known[books->count - 1].book) : 0;
}

const char *house_conversation(const House *house, Arena *arena, const char *municipality, const char *provider,
                               int16_t *partition_out)
{
    const char *code = books_provider_code(&house->books, provider, DAY_LAST, DAY_LAST);
    *partition_out = partition_of(municipality, code);
    return arena_format(arena, "%s/%s", municipality, code);
}
