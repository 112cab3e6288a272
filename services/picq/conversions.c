#include "picq/conversions.h"

#include "bus/waker.h"
#include "picq/allocation.h"
#include "picq/door/reader.h"
#include "picq/door/sender.h"
#include "picq/options.h"
#include "picq/progress.h"
#include "picq/table.h"
#include "process/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS_MAX = 200, WAIT_MS = 500, QUIET_MS = 10000, SILENCE_MS = 3000 };

typedef enum Outcome {
    OUTCOME_UNTOLD, /* not judged yet */
    OUTCOME_SAID,   /* in an earlier run, and judged then */
    OUTCOME_NOT_LET_IN,
    OUTCOME_CONVERTED,
    OUTCOME_REFERRED,
    OUTCOME_REFUSED,
    OUTCOMES,
} Outcome;

static const char *const OUTCOME_NAMES[OUTCOMES] = {"not judged yet", "said before", "refused at the door",
                                                    "converted",      "waits",       "refused"};

typedef struct Conversion {
    const json_t *row;
    const char *id;
    Outcome outcome;
    const char *why;
} Conversion;

typedef struct Doing {
    const Conversions *conversions;
    Arena *arena;
    Conversion *list;
    size_t count;
    json_t *places; /* id: place in the list */
    Progress progress;
    size_t told; /* that have their receipt, and those that are judged */
} Doing;

static Conversion *conversion_named(Doing *doing, const char *id)
{
    const json_t *place = json_object_get(doing->places, id);
    return place ? &doing->list[json_integer_value(place)] : NULL;
}

/* A row that stands twice is one conversion. */
static Doing doing_of(const Conversions *conversions)
{
    Doing doing = {
        .conversions = conversions,
        .arena = arena_new(),
        .list = NULL,
        .places = json_object(),
        .progress = progress_begin(conversions->command, 2 * json_array_size(conversions->rows)),
    };
    doing.list = ARENA_MANY(doing.arena, Conversion, json_array_size(conversions->rows));
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)conversions->rows, i, row)
    {
        const char *id = arena_format(doing.arena, "convert:%s:%s:%s", allocation_text(row, "municipality"),
                                      allocation_text(row, "allocation"), allocation_text(row, "day"));
        if (json_object_get(doing.places, id))
            continue;
        json_object_set_new(doing.places, id, json_integer((json_int_t)doing.count));
        doing.list[doing.count++] = (Conversion){row, id, OUTCOME_UNTOLD, ""};
    }
    return doing;
}

static void tell_progress(Doing *doing, const char *what)
{
    if (progress_is_due(&doing->progress))
        progress_tell(&doing->progress, doing->told, "%s", what);
}

/* saying */

static const char *line_of(Doing *doing, const Conversion *conversion)
{
    const char *allocation = allocation_text(conversion->row, "allocation");
    json_t *message = json_pack("{s:s, s:s, s:s, s:{s:s, s:s, s:s*}}", "id", conversion->id, "municipality",
                                allocation_text(conversion->row, "municipality"), "provider",
                                allocation_text(conversion->row, "provider"), "conversion", "allocation", allocation,
                                "day", allocation_text(conversion->row, "day"), "consent", doing->conversions->consent);
    char *dumped = json_dumps(message, JSON_COMPACT);
    const char *line = arena_text(doing->arena, dumped);
    free(dumped);
    json_decref(message);
    return line;
}

static void read_receipt(void *owner, LinePlace place, const Receipt *receipt)
{
    Doing *doing = owner;
    Conversion *conversion = conversion_named(doing, place.file);
    doing->told++;
    if (!receipt->admitted) {
        conversion->outcome = OUTCOME_NOT_LET_IN;
        conversion->why = arena_format(doing->arena, "%s %s", receipt->code, receipt->sentence);
    } else if (receipt->heard_before) {
        conversion->outcome = OUTCOME_SAID;
        conversion->why = allocation_text(conversion->row, "sentence");
    }
}

static Status say_all(Doing *doing)
{
    [[gnu::cleanup(sender_freep)]] Sender *sender = NULL;
    TRY(sender_open(doing->conversions->door, (ReceiptReader){read_receipt, doing}, &sender));
    for (size_t next = 0; next < doing->count || sender_is_waiting(sender);) {
        while (next < doing->count) {
            const char *line = line_of(doing, &doing->list[next]);
            if (!sender_has_room(sender, strlen(line)))
                break;
            sender_add(sender, (LinePlace){doing->list[next].id, 1}, (Bytes){(const uint8_t *)line, strlen(line)});
            next++;
        }
        TRY(sender_work(sender, -1));
        tell_progress(doing, "conversions said");
    }
    return STATUS_OK;
}

/* hearing what became of them */

static void judge(Doing *doing, const json_t *letter)
{
    Conversion *conversion = conversion_named(doing, allocation_text(letter, "about"));
    if (!conversion || conversion->outcome != OUTCOME_UNTOLD)
        return;
    static const struct {
        const char *fact;
        Outcome outcome;
    } WORDS[] = {
        {"converted", OUTCOME_CONVERTED},
        {"referred", OUTCOME_REFERRED},
        {"request_refused", OUTCOME_REFUSED},
        {"set_aside", OUTCOME_REFERRED},
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        const json_t *fact = json_object_get(letter, WORDS[i].fact);
        if (!fact)
            continue;
        conversion->outcome = WORDS[i].outcome;
        conversion->why = arena_text(doing->arena, allocation_text(fact, "sentence"));
        doing->told++;
    }
}

static size_t untold(const Doing *doing)
{
    size_t count = 0;
    for (size_t i = 0; i < doing->count; i++)
        count += doing->list[i].outcome == OUTCOME_UNTOLD;
    return count;
}

static Status ask_mailbox(Reader *reader, MailboxQuestion *question, Mailbox *mailbox_out)
{
    bool answered = false;
    TRY(reader_ask(reader, question, mailbox_out, &answered));
    if (!answered || *mailbox_out->refusal)
        return FAULT(STATUS_STOP, "the mailbox cannot be read: %s", answered ? mailbox_out->refusal : "interrupted");
    return STATUS_OK;
}

static Status open_mailbox(const Doing *doing, const Waker *waker, Reader **reader_out)
{
    DoorSettings door = *doing->conversions->door;
    door.silence_ms = WAIT_MS + SILENCE_MS;
    return reader_open(&door, waker, reader_out);
}

/* Letters that come later are of this run. */
static Status find_head(const Doing *doing, const Waker *waker, int64_t *head_out)
{
    [[gnu::cleanup(reader_freep)]] Reader *reader = NULL;
    TRY(open_mailbox(doing, waker, &reader));
    MailboxQuestion question = {"", "", INT64_MAX - 1, 1, 0};
    Mailbox mailbox;
    TRY(ask_mailbox(reader, &question, &mailbox));
    *head_out = mailbox.head;
    return STATUS_OK;
}

/* Until each is judged, or nothing has come for a while. */
static Status hear_all(Doing *doing, const Waker *waker, int64_t head)
{
    [[gnu::cleanup(reader_freep)]] Reader *reader = NULL;
    TRY(open_mailbox(doing, waker, &reader));
    MailboxQuestion question = {"", "", head, LETTERS_MAX, WAIT_MS};
    int patience_ms = doing->conversions->door->patience_ms;
    int64_t quiet_ms = patience_ms && patience_ms < QUIET_MS ? patience_ms : QUIET_MS;
    int64_t heard_ms = clock_steady_ms();
    while (untold(doing) > 0 && clock_steady_ms() - heard_ms < quiet_ms) {
        Mailbox mailbox;
        TRY(ask_mailbox(reader, &question, &mailbox));
        for (size_t i = 0; i < mailbox.letter_count; i++) {
            const Letter *letter = &mailbox.letters[i];
            json_t *read = json_loadb((const char *)letter->line.data, letter->line.size, 0, NULL);
            judge(doing, read);
            json_decref(read);
            question.after = letter->position;
            heard_ms = clock_steady_ms();
        }
        tell_progress(doing, "conversions said and judged");
    }
    return STATUS_OK;
}

/* telling */

static void print(const Doing *doing, const size_t counts[OUTCOMES])
{
    static const char *const HEADINGS[] = {"municipality", "provider", "allocation", "day", "outcome", "why", NULL};
    Table *table = table_new(doing->arena, HEADINGS);
    for (size_t i = 0; i < doing->count; i++) {
        const Conversion *conversion = &doing->list[i];
        const char *const row[] = {allocation_text(conversion->row, "municipality"),
                                   allocation_text(conversion->row, "provider"),
                                   allocation_text(conversion->row, "allocation"),
                                   allocation_text(conversion->row, "day"),
                                   OUTCOME_NAMES[conversion->outcome],
                                   conversion->why};
        if (conversion->outcome != OUTCOME_CONVERTED)
            table_row(table, row);
    }
    if (counts[OUTCOME_CONVERTED] < doing->count)
        table_print(table);
    printf("%zu converted, %zu refused, %zu wait for a person, %zu said before, %zu not judged yet\n",
           counts[OUTCOME_CONVERTED], counts[OUTCOME_REFUSED] + counts[OUTCOME_NOT_LET_IN], counts[OUTCOME_REFERRED],
           counts[OUTCOME_SAID], counts[OUTCOME_UNTOLD]);
}

static void print_json(const Doing *doing)
{
    json_t *list = json_array();
    for (size_t i = 0; i < doing->count; i++) {
        const Conversion *conversion = &doing->list[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", conversion->id,
                                              "municipality", allocation_text(conversion->row, "municipality"),
                                              "provider", allocation_text(conversion->row, "provider"), "allocation",
                                              allocation_text(conversion->row, "allocation"), "day",
                                              allocation_text(conversion->row, "day"), "outcome",
                                              OUTCOME_NAMES[conversion->outcome], "why", conversion->why));
    }
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(list);
}

static Status do_all(Doing *doing)
{
    Waker *waker;
    TRY(waker_open(&waker));
    int64_t head = 0;
    Status status = find_head(doing, waker, &head);
    if (status == STATUS_OK)
        status = say_all(doing);
    if (status == STATUS_OK)
        status = hear_all(doing, waker, head);
    waker_free(waker);
    return status;
}

ExitStatus conversions_do(const Conversions *conversions)
{
    Doing doing = doing_of(conversions);
    Status status = do_all(&doing);
    progress_clear(&doing.progress);
    size_t counts[OUTCOMES] = {0};
    for (size_t i = 0; i < doing.count; i++)
        counts[doing.list[i].outcome]++;
    if (conversions->json)
        print_json(&doing);
    else
        print(&doing, counts);
    ExitStatus exit = counts[OUTCOME_REFUSED] + counts[OUTCOME_NOT_LET_IN] > 0 ? EXIT_NO : EXIT_DONE;
    if (status != STATUS_OK)
        exit = command_fault(conversions->command, status);
    json_decref(doing.places);
    arena_free(doing.arena);
    return exit;
}
