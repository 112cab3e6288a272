#include "process/book_enclosed.h"

#include "book/check.h"

#include <stdlib.h>

json_t *book_files_as_json(const BookFiles *files)
{
    json_t *list = json_array();
    for (size_t i = 0; i < files->count; i++) {
        const BookFile *file = &files->files[i];
        json_t *text = json_stringn((const char *)file->text.data, file->text.size);
        if (!text || json_array_append_new(list, json_pack("{s:s, s:o}", "name", file->name, "text", text)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

const char *book_enclosed_write(Arena *arena, const BookFiles *files)
{
    json_t *list = book_files_as_json(files);
    if (!list)
        return NULL;
    json_t *enclosed = json_pack("{s:o}", "files", list);
    char *text = json_dumps(enclosed, JSON_COMPACT);
    const char *copy = arena_text(arena, text);
    free(text);
    json_decref(enclosed);
    return copy;
}

static bool file_of(Arena *arena, const json_t *said, BookFile *file_out)
{
    const json_t *name = json_object_get(said, "name"), *text = json_object_get(said, "text");
    if (!json_is_string(name) || !json_is_string(text))
        return false;
    file_out->name = arena_text(arena, json_string_value(name));
    size_t size = json_string_length(text);
    file_out->text = (Bytes){arena_copy(arena, json_string_value(text), size), size};
    return true;
}

static const char *files_of(Arena *arena, const json_t *enclosed, BookFile **files_out, size_t *count_out)
{
    const json_t *list = json_object_get(enclosed, "files");
    size_t count = json_array_size(list);
    if (count == 0)
        return "the enclosure is {\"files\": [{\"name\": …, \"text\": …}, …]} and holds no file\n";
    if (count > BOOK_FILES_MAX)
        return "the book has more files than a book may have\n";
    BookFile *files = ARENA_MANY(arena, BookFile, count);
    for (size_t i = 0; i < count; i++)
        if (!file_of(arena, json_array_get(list, i), &files[i]))
            return arena_format(arena, "file %zu of the enclosure has no name or no text\n", i + 1);
    *files_out = files;
    *count_out = count;
    return NULL;
}

static const char *told(Arena *arena, BookFaults *faults)
{
    book_faults_sort(faults);
    const char *text = "";
    for (size_t i = 0; i < faults->count; i++) {
        const BookFault *fault = &faults->faults[i];
        if (!fault->warning)
            text = arena_format(arena, "%s%s:%d: %s. %s\n", text, fault->file, fault->line, fault->what,
                                fault->what_to_do);
    }
    return text;
}

static const char *read_files(Arena *arena, Bytes enclosed, BookFile **files_out, size_t *count_out)
{
    json_error_t error;
    json_t *said = json_loadb((const char *)enclosed.data, enclosed.size, JSON_REJECT_DUPLICATES, &error);
    if (!said)
        return arena_format(arena, "the enclosure is no JSON: %s\n", error.text);
    const char *fault = files_of(arena, said, files_out, count_out);
    json_decref(said);
    return fault;
}

bool book_enclosed_read(Arena *arena, Bytes enclosed, const Books *earlier, Book **book_out, const char **faults_out)
{
    BookFile *files;
    size_t count;
    const char *fault = read_files(arena, enclosed, &files, &count);
    if (fault) {
        *faults_out = fault;
        return false;
    }
    BookFaults faults = book_faults(arena);
    Book *book = book_draft(files, count, &faults);
    book_check(earlier, book, &faults);
    if (faults.errors > 0) {
        book_free(book);
        *faults_out = told(arena, &faults);
        return false;
    }
    *book_out = book;
    return true;
}
