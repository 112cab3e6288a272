#include "allocation/web/survey.h"

#include "allocation/load.h"
#include "allocation/sql.h"
#include "process/book_enclosed.h"

#include <stdio.h>

typedef struct Surveying {
    Arena *arena;
    Database *database;
    Library *library;
    const SurveyQuestion *question;
    const Book *draft; /* NULL: the books as they are */
    SurveyVisit *visit;
    void *owner;
} Surveying;

typedef struct Place {
    int16_t partition;
    Day today;
} Place;

/* A partition that is to hear a book yet hears the draft after it: what is published is heard in order everywhere. */
static bool books_with(const Surveying *surveying, const Books *known, Day today, Books *books_out)
{
    *books_out = *known;
    return !surveying->draft || books_add(books_out, surveying->draft, today);
}

static Status visit_piece(const Surveying *surveying, Arena *arena, Place place, const Books *with, const char **after)
{
    const SurveyQuestion *question = surveying->question;
    Standing *standing = standing_new(arena);
    standing->partitions[place.partition].books = with;
    CareWanted wanted = {place.partition, question->municipality, *after, question->clients_max};
    CarePiece care;
    TRY(allocation_load_care(surveying->database, &wanted, standing, &care));
    Standing *before = arena_copy(arena, standing, sizeof *standing);
    before->partitions[place.partition].books = library_books(surveying->library, place.partition);
    SurveyPiece piece = {arena,  surveying->database, place.partition, !**after, place.today, standing,
                         before, care.list,           care.count};
    TRY(surveying->visit(surveying->owner, &piece));
    *after = arena_text(surveying->arena, care.after);
    return STATUS_OK;
}

static Status visit_partition(const Surveying *surveying, Place place)
{
    Books with;
    if (!books_with(surveying, library_books(surveying->library, place.partition), place.today, &with))
        return FAULT(STATUS_RETRY, "partition %d knows more books than the others", place.partition);
    const char *after = "";
    do {
        [[gnu::cleanup(arena_freep)]] Arena *arena = arena_new();
        TRY(visit_piece(surveying, arena, place, &with, &after));
    } while (*after);
    return STATUS_OK;
}

/* Those of the partition that knows most of them. */
static const Books *newest_books(const Library *library)
{
    const Books *newest = library_books(library, 0);
    for (int16_t i = 1; i < PARTITIONS; i++)
        if (library_books(library, i)->count > newest->count)
            newest = library_books(library, i);
    return newest;
}

static Status read_places(Arena *arena, Database *database, const SurveyQuestion *question, json_t *positions,
                          Place **places_out, size_t *count_out, bool *cut_out)
{
    Params *params = params_new(arena);
    params_int2(params, question->partition_first);
    params_int2(params, question->partition_last);
    Rows *rows;
    TRY(database_ask(database, ALLOCATION_LIST_POSITIONS, params, &rows));
    size_t count = rows_count(rows);
    Place *places = ARENA_MANY(arena, Place, count);
    int partition = rows_column(rows, "partition"), position = rows_column(rows, "position");
    int today = rows_column(rows, "today"), cut = rows_column(rows, "cut");
    for (size_t row = 0; row < count; row++) {
        *cut_out = *cut_out || rows_bool(rows, row, cut);
        places[row] = (Place){(int16_t)rows_int(rows, row, partition), rows_day(rows, row, today)};
        char name[8];
        snprintf(name, sizeof name, "%d", places[row].partition);
        json_object_set_new(positions, name, json_integer((json_int_t)rows_int(rows, row, position)));
    }
    *places_out = places;
    *count_out = count;
    return STATUS_OK;
}

Status survey_walk(Arena *arena, Database *database, Library *library, const SurveyQuestion *question,
                   SurveyVisit *visit, void *owner, json_t *positions, const char **fault_out)
{
    /* All pieces are of one moment, and nothing is written. */
    TRY(database_run(database, "survey", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"));
    Place *places;
    size_t count;
    bool cut = false;
    TRY(read_places(arena, database, question, positions, &places, &count, &cut));
    if (cut) {
        *fault_out = "a book that was published is being worked on: ask again when every partition is done with it\n";
        return STATUS_OK;
    }
    bool wanted[PARTITIONS] = {false};
    for (size_t i = 0; i < count; i++)
        wanted[places[i].partition] = true;
    TRY(library_read(library, database, arena, wanted));

    [[gnu::cleanup(book_freep)]] Book *draft = NULL;
    if (question->book.size && !book_enclosed_read(arena, question->book, newest_books(library), &draft, fault_out))
        return STATUS_OK;
    Surveying surveying = {arena, database, library, question, draft, visit, owner};
    for (size_t i = 0; i < count; i++)
        TRY(visit_partition(&surveying, places[i]));
    return STATUS_OK;
}
