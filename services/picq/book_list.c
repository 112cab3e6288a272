/*
 * picq book list: the books of a region, in order.
 */
#include "picq/book.h"
#include "picq/region.h"
#include "picq/table.h"

#include <jansson.h>
#include <stdio.h>

static const char DOC[] = "Names the books of a region, in order.";

typedef struct Listing {
    Arena *arena;
    Table *table;
    json_t *json; /* NULL: a table for people */
    bool in_order;
} Listing;

static void list(Listing *listing, const ReadBook *read)
{
    char decided[DAY_TEXT_SIZE], digest_text[DIGEST_TEXT_SIZE];
    Decision decision = book_decision(read->book);
    Digest digest = book_digest(read->book);
    day_write(decision.decided, decided);
    digest_write(&digest, digest_text);
    const char *state = read->faults.errors ? "not in order" : "in order";
    listing->in_order = listing->in_order && read->faults.errors == 0;
    if (listing->json) {
        json_array_append_new(
            listing->json, json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:b}", "number", book_number(read->book), "slug",
                                     book_slug(read->book), "decided", decided, "name", decision.name, "source",
                                     decision.source, "digest", digest_text, "in_order", read->faults.errors == 0));
        return;
    }
    const char *row[] = {
        arena_format(listing->arena, "%03d", book_number(read->book)),
        decided,
        arena_format(listing->arena, "%.12s", digest_text),
        state,
        decision.name,
    };
    table_row(listing->table, row);
}

ExitStatus picq_book_list(int argc, char **argv)
{
    BookArguments arguments = region_arguments(argc, argv, "[REGION]", DOC, 0, 1);
    const char *path = arguments.path_count ? arguments.paths[0] : arguments.region;
    if (!path) {
        command_complain(argv[0], "name the region's folder: --book deploy/regions/haaglanden");
        return EXIT_WRONG_USE;
    }
    [[gnu::cleanup(region_folder_freep)]] RegionFolder *region = region_folder_new();
    BookFolders folders = {0};
    static const char *const HEADINGS[] = {"book", "decided", "digest", "state", "decision", NULL};
    Listing listing = {
        .arena = region->arena,
        .table = table_new(region->arena, HEADINGS),
        .json = arguments.json ? json_array() : NULL,
        .in_order = true,
    };
    Status status = book_folder_list(region->arena, path, &folders);
    for (size_t i = 0; i < folders.count && status == STATUS_OK; i++) {
        ReadBook read;
        status = region_folder_take(region, folders.paths[i], &read);
        if (status == STATUS_OK)
            list(&listing, &read);
    }
    if (status != STATUS_OK) {
        json_decref(listing.json);
        command_complain(argv[0], "%s", fault_words());
        return EXIT_WRONG_USE;
    }
    if (listing.json) {
        json_dumpf(listing.json, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(listing.json);
    } else {
        table_print(listing.table);
    }
    return listing.in_order ? EXIT_DONE : EXIT_NO;
}
