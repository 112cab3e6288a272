#include "service/library.h"

#include "service/sql.h"

#include <stdlib.h>

typedef struct Shelved {
    char digest[DIGEST_TEXT_SIZE];
    Book *book;
} Shelved;

struct Library {
    Shelved shelved[BOOKS_MAX];
    size_t count;
    Books books[PARTITIONS];
};

Library *library_new(void)
{
    Library *library = calloc(1, sizeof *library);
    if (!library)
        abort();
    return library;
}

void library_free(Library *library)
{
    if (!library)
        return;
    for (size_t i = 0; i < library->count; i++)
        book_free(library->shelved[i].book);
    free(library);
}

const Books *library_books(const Library *library, int16_t partition)
{
    return &library->books[partition];
}

static const Book *find(const Library *library, const char *digest)
{
    for (size_t i = 0; i < library->count; i++)
        if (strcmp(library->shelved[i].digest, digest) == 0)
            return library->shelved[i].book;
    return NULL;
}

static Status shelve(Library *library, Arena *arena, const Intake__BookPublished *published, const Book **book_out)
{
    BookFile *files = ARENA_MANY(arena, BookFile, published->n_files);
    for (size_t i = 0; i < published->n_files; i++) {
        const char *text = published->files[i]->text;
        files[i] = (BookFile){published->files[i]->name, {(const uint8_t *)text, strlen(text)}};
    }

    char digest_text[DIGEST_TEXT_SIZE];
    Digest digest = book_files_digest(files, published->n_files);
    if (strcmp(digest_write(&digest, digest_text), published->digest) != 0)
        return FAULT(STATUS_SET_ASIDE, "book %d has another digest than it says", published->number);
    if (library->count == BOOKS_MAX)
        return FAULT(STATUS_STOP, "more than %d books", BOOKS_MAX);

    Book *book;
    BookFaults faults = book_faults(arena);
    if (!book_read(files, published->n_files, &book, &faults))
        return FAULT(STATUS_SET_ASIDE, "book %d cannot be read", published->number);
    Shelved *shelved = &library->shelved[library->count++];
    memcpy(shelved->digest, digest_text, sizeof digest_text);
    shelved->book = book;
    *book_out = book;
    return STATUS_OK;
}

static Status fetch(Library *library, Turn *turn, const char *digest, const Book **book_out)
{
    Params *params = params_new(turn->arena);
    params_text(params, digest);
    Rows *rows;
    TRY(database_ask(turn->database, SERVICE_LOAD_BOOK, params, &rows));
    const Intake__BookPublished *published = NULL;
    if (rows_count(rows) == 1)
        published = message_unpack(turn->arena, &intake__book_published__descriptor,
                                   rows_bytes(rows, 0, rows_column(rows, "contents")));
    if (!published)
        return FAULT(STATUS_STOP, "the contents of a book that was heard are not there");
    return shelve(library, turn->arena, published, book_out);
}

Ask library_question(Arena *arena, Batch batch, Rows **rows_out)
{
    Params *params = params_new(arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    for (size_t i = 0; i < batch.count; i++)
        if (i == 0 || batch.messages[i].partition != batch.messages[i - 1].partition)
            column_int(partitions, batch.messages[i].partition);
    return (Ask){SERVICE_LOAD_HEARD_BOOKS, params, rows_out};
}

Status library_answer(Library *library, Turn *turn, const Rows *rows)
{
    for (int i = 0; i < PARTITIONS; i++)
        library->books[i].count = 0;

    int partition = rows_column(rows, "partition");
    int digest = rows_column(rows, "digest");
    int known_day = rows_column(rows, "known_day");
    for (size_t row = 0; row < rows_count(rows); row++) {
        const Book *book = find(library, rows_text(rows, row, digest));
        if (!book)
            TRY(fetch(library, turn, rows_text(rows, row, digest), &book));
        if (!books_add(&library->books[rows_int(rows, row, partition)], book, rows_day(rows, row, known_day)))
            return FAULT(STATUS_STOP, "the books of partition %lld do not follow one another",
                         (long long)rows_int(rows, row, partition));
    }
    return STATUS_OK;
}

Status library_load(Library *library, Turn *turn, Batch batch)
{
    Rows *rows;
    Ask ask = library_question(turn->arena, batch, &rows);
    TRY(database_ask(turn->database, ask.query, ask.params, ask.rows_out));
    return library_answer(library, turn, rows);
}

Status library_read(Library *library, Database *database, Arena *arena, const bool wanted[PARTITIONS])
{
    Turn turn = {.arena = arena, .database = database};
    Heard messages[PARTITIONS];
    size_t count = 0;
    for (int16_t partition = 0; partition < PARTITIONS; partition++)
        if (wanted[partition])
            messages[count++] = (Heard){.partition = partition};
    return library_load(library, &turn, (Batch){messages, count});
}

Status library_hear(Library *library, Turn *turn, const Heard *heard, const Intake__BookPublished *published)
{
    const Book *book = find(library, published->digest);
    if (!book)
        TRY(shelve(library, turn->arena, published, &book));
    if (!books_add(&library->books[heard->partition], book, heard->known))
        return FAULT(STATUS_SET_ASIDE, "book %d does not follow the books that are known", published->number);

    Params *contents = params_new(turn->arena);
    params_text(contents, published->digest);
    params_bytes(contents, message_pack(turn->arena, &published->base));
    Params *known = params_new(turn->arena);
    params_int2(known, heard->partition);
    params_int4(known, published->number);
    params_text(known, published->digest);
    params_day(known, heard->known);
    const Ask asks[] = {{SERVICE_KEEP_BOOK, contents, NULL}, {SERVICE_KEEP_HEARD_BOOK, known, NULL}};
    return database_ask_all(turn->database, asks, sizeof asks / sizeof asks[0]);
}
