#include "intake/house.h"

#include "base/partition.h"
#include "intake/core/word.h"
#include "intake/sql.h"
#include "process/child.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

    static const struct {
        const char *name, *help;
    } NUMBERS[HOUSE_NUMBERS] = {
        [HOUSE_DAY] = {"picq_calendar_timestamp_seconds", "The newest day of the calendar, at its midnight in UTC."},
        [HOUSE_BOOK] = {"picq_book_published_number", "Number of the newest book that was published."},
        [HOUSE_CASES] = {"picq_cases_open", "Cases of which a half was left open, for a person."},
    };
    for (int i = 0; i < HOUSE_NUMBERS; i++) {
        house->numbers[i].kind = METRIC_GAUGE;
        house->numbers[i].name = NUMBERS[i].name;
        house->numbers[i].help = NUMBERS[i].help;
    }
    service_add_metrics(service, (MetricTable){house->numbers, HOUSE_NUMBERS});
}

Status house_look(void *opened, Database *database, Arena *arena)
{
    (void)arena;
    House *house = opened;
    Rows *rows;
    TRY(database_ask(database, INTAKE_WATCH_INTAKE, NULL, &rows));
    bool has_day = !rows_null(rows, 0, rows_column(rows, "today"));
    int64_t day = has_day ? rows_day(rows, 0, rows_column(rows, "today")).number : 0;
    enum { DAY_SECONDS = 24 * 60 * 60 };
    metric_set(&house->numbers[HOUSE_DAY], day * DAY_SECONDS);
    metric_set(&house->numbers[HOUSE_BOOK], rows_int(rows, 0, rows_column(rows, "book_number")));
    metric_set(&house->numbers[HOUSE_CASES], rows_int(rows, 0, rows_column(rows, "cases_open")));
    return STATUS_OK;
}

static Status read_calendar(House *house, const char *calendar)
{
    house->days_by_clock = strcmp(calendar, "wall") == 0;
    if (!house->days_by_clock && strcmp(calendar, "feed") != 0)
        return FAULT(STATUS_STOP, "PICQ_CALENDAR is \"%s\": write wall or feed", calendar);
    return STATUS_OK;
}

/*
 * operators: the public keys in the folder keys/operators are those of operators for all
 * municipalities, those in keys/operators/0503 of operators for that one; the file's name is the owner
 */

enum { OPERATORS_MAX = 256 };

static const char *const ALL[] = {"*"};

static Sender *operator_of(House *house, const char *key, const char *owner)
{
    for (size_t i = 0; i < house->operator_count; i++)
        if (strcmp(house->operators[i].key, key) == 0)
            return &house->operators[i];
    Sender *sender = &house->operators[house->operator_count++];
    *sender = (Sender){.key = key, .owner = owner, .is_operator = true};
    return sender;
}

static void may_speak_for(Arena *arena, Sender *sender, const char *municipality)
{
    const char **municipalities = ARENA_MANY(arena, const char *, sender->municipality_count + 1);
    for (size_t i = 0; i < sender->municipality_count; i++)
        municipalities[i] = sender->municipalities[i];
    municipalities[sender->municipality_count++] = municipality;
    sender->municipalities = municipalities;
}

static Status read_operator(House *house, const char *path, const char *owner, const char *municipality)
{
    if (word_check(WORD_OWNER, owner, strlen(owner)) != INTAKE_ADMITTED)
        return FAULT(STATUS_STOP, "operator %s: the name of the file is no owner, %s", path, word_expected(WORD_OWNER));
    if (house->operator_count == OPERATORS_MAX)
        return FAULT(STATUS_STOP, "more than %d operators", OPERATORS_MAX);

    char *key = arena_take(house->arena, KEY_TEXT_LENGTH + 1);
    TRY(key_load_public(path, key));
    may_speak_for(house->arena, operator_of(house, key, arena_text(house->arena, owner)), municipality);
    return STATUS_OK;
}

static bool is_secret(const char *name)
{
    size_t size = strlen(name);
    return size > strlen("_secret") && strcmp(name + size - strlen("_secret"), "_secret") == 0;
}

static Status read_operators(House *house, const char *folder, const char *municipality);

static Status read_entry(House *house, const char *folder, const char *name, const char *municipality)
{
    const char *path = arena_format(house->arena, "%s/%s", folder, name);
    struct stat about;
    if (*name == '.' || is_secret(name) || stat(path, &about) != 0)
        return STATUS_OK;
    if (!S_ISDIR(about.st_mode))
        return read_operator(house, path, name, municipality);
    bool is_municipality = word_check(WORD_MUNICIPALITY, name, strlen(name)) == INTAKE_ADMITTED;
    return is_municipality && municipality == ALL[0] ? read_operators(house, path, arena_text(house->arena, name))
                                                     : FAULT(STATUS_STOP, "%s is no municipality", path);
}

/* A region without operators has nobody who may begin it; the door is open to those who are known. */
static Status read_operators(House *house, const char *folder, const char *municipality)
{
    DIR *listing = opendir(folder);
    if (!listing && errno == ENOENT)
        return STATUS_OK;
    if (!listing)
        return FAULT(STATUS_STOP, "the operators, %s, cannot be read: make it a folder of public keys", folder);
    Status status = STATUS_OK;
    for (const struct dirent *entry; status == STATUS_OK && (entry = readdir(listing));)
        status = read_entry(house, folder, entry->d_name, municipality);
    closedir(listing);
    return status;
}

/* the reader of national messages gets the settings that are its own, and no others */

static void prepare_reader(House *house, Settings *settings)
{
    static const char *const NAMES[] = {"PICQ_IJW_XSD_DIR", "PICQ_IJW_SECONDS"};
    const char *program = settings_text(settings, "PICQ_IJW_READER", child_beside(house->arena, "picq-reader"));
    const char **environment = ARENA_MANY(house->arena, const char *, sizeof NAMES / sizeof NAMES[0] + 1);
    size_t count = 0;
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        const char *value = settings_text(settings, NAMES[i], "");
        if (*value)
            environment[count++] = arena_format(house->arena, "%s=%s", NAMES[i], value);
    }
    house->reader = child_new(program, environment);
}

Status house_open(Service *service, void **house_out)
{
    House *house = calloc(1, sizeof *house);
    if (!house)
        abort();
    house->arena = arena_new();
    house->operators = ARENA_MANY(house->arena, Sender, OPERATORS_MAX);
    Settings *settings = service_settings(service);
    house->door = settings_text(settings, "PICQ_DOOR", NULL);
    const char *vault_key = settings_text(settings, "PICQ_VAULT_KEY", NULL);
    const char *keys = settings_text(settings, "PICQ_KEYS", NULL);
    prepare_reader(house, settings);

    Status status = settings_checked(settings) ? STATUS_OK : FAULT(STATUS_STOP, "settings are missing or wrong");
    if (status == STATUS_OK)
        status = read_calendar(house, settings_text(settings, "PICQ_CALENDAR", "wall"));
    if (status == STATUS_OK)
        status = vault_open(vault_key, &house->vault);
    if (status == STATUS_OK)
        status = read_operators(house, arena_format(house->arena, "%s/operators", keys), ALL[0]);
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
    child_free(gone->reader);
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
