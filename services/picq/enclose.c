#include "picq/enclose.h"

#include "base/partition.h"
#include "http/fetch.h"
#include "picq/progress.h"
#include "process/book_enclosed.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

enum { ASKERS = 4, PARTITIONS_OF_ONE = 4, PARTS = PARTITIONS / PARTITIONS_OF_ONE, REFUSAL_SIZE = 4000, LOOK_MS = 20 };

/* One question and what came of it. */
typedef struct Part {
    json_t *answer;
    ExitStatus status;
    char refusal[REFUSAL_SIZE];
} Part;

typedef struct Asking {
    const Enclosing *enclosing;
    const char *token;
    Part parts[PARTS];
    _Atomic int next;
    _Atomic int done;
    _Atomic bool refused;
} Asking;

static void refuse(Part *part, ExitStatus status, const char *words)
{
    part->status = status;
    snprintf(part->refusal, sizeof part->refusal, "%s", words);
}

static void take_page(const Enclosing *enclosing, Arena *arena, const Page *page, Part *part)
{
    if (page->status == 200)
        part->answer = json_loads(page->body, 0, NULL);
    if (part->answer)
        part->status = EXIT_DONE;
    else if (page->status == 401)
        refuse(part, EXIT_NO,
               arena_format(arena, "%s does not know who asks: set PICQ_TOKEN to a reader's secret", enclosing->house));
    else
        refuse(part, page->status >= 500 ? EXIT_WORLD_AWAY : EXIT_NO,
               arena_format(arena, "%s answers %d:\n%s", enclosing->house, page->status, page->body));
}

static void ask_part(Asking *asking, int number)
{
    const Enclosing *enclosing = asking->enclosing;
    Part *part = &asking->parts[number];
    Arena *arena = arena_new();
    const char *path = arena_format(arena, "%spartitions=%d-%d", enclosing->path, number * PARTITIONS_OF_ONE,
                                    (number + 1) * PARTITIONS_OF_ONE - 1);
    Page page;
    Status status = enclosing->enclosure ? fetch_page_enclosing(arena, enclosing->place, path, asking->token,
                                                                enclosing->enclosure, &page)
                                         : fetch_page(arena, enclosing->place, path, asking->token, &page);
    if (status == STATUS_OK)
        take_page(enclosing, arena, &page, part);
    else
        refuse(part, status == STATUS_STOP ? EXIT_WRONG_USE : EXIT_WORLD_AWAY,
               arena_format(arena, "%s cannot be reached: %s", enclosing->house, fault_words()));
    arena_free(arena);
}

static int ask_parts(void *argument)
{
    Asking *asking = argument;
    for (int number; !asking->refused && (number = asking->next++) < PARTS;) {
        ask_part(asking, number);
        if (asking->parts[number].status != EXIT_DONE)
            asking->refused = true;
        asking->done++;
    }
    return 0;
}

static void show_progress(const Enclosing *enclosing, Asking *asking)
{
    Progress progress = progress_begin(enclosing->command, PARTITIONS);
    while (asking->done < PARTS && !asking->refused) {
        thrd_sleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000}, NULL);
        if (progress_is_due(&progress))
            progress_tell(&progress, (uint64_t)asking->done * PARTITIONS_OF_ONE, "%s", enclosing->what);
    }
    progress_clear(&progress);
}

static const Part *first_refused(const Asking *asking)
{
    for (int number = 0; number < PARTS; number++)
        if (asking->parts[number].status != EXIT_DONE && *asking->parts[number].refusal)
            return &asking->parts[number];
    return NULL;
}

ExitStatus enclose_ask(const Enclosing *enclosing, json_t **answers_out)
{
    const char *token = getenv("PICQ_TOKEN");
    Asking *asking = calloc(1, sizeof *asking);
    if (!asking)
        abort();
    asking->enclosing = enclosing;
    asking->token = token ? token : "";

    thrd_t askers[ASKERS];
    int begun = 0;
    while (begun < ASKERS && thrd_create(&askers[begun], ask_parts, asking) == thrd_success)
        begun++;
    if (begun == 0)
        ask_parts(asking);
    show_progress(enclosing, asking);
    for (int i = 0; i < begun; i++)
        thrd_join(askers[i], NULL);

    ExitStatus status = EXIT_DONE;
    const Part *refused = first_refused(asking);
    if (refused) {
        status = refused->status;
        command_complain(enclosing->command, "%s", refused->refusal);
    }
    json_t *answers = json_array();
    for (int number = 0; number < PARTS; number++)
        if (asking->parts[number].answer)
            json_array_append_new(answers, asking->parts[number].answer);
    if (status == EXIT_DONE)
        *answers_out = answers;
    else
        json_decref(answers);
    free(asking);
    return status;
}

ExitStatus enclose_folder(const char *command, Arena *arena, const char *folder, const char **enclosure_out)
{
    BookFiles files;
    if (book_folder_read(arena, folder, &files) != STATUS_OK) {
        command_complain(command, "%s", fault_words());
        return EXIT_WRONG_USE;
    }
    *enclosure_out = book_enclosed_write(arena, &files);
    if (!*enclosure_out) {
        command_complain(command, "a file of %s is no UTF-8", folder);
        return EXIT_NO;
    }
    return EXIT_DONE;
}
