#include "monitoring/web/write.h"

#include "http/json.h"
#include "monitoring/web/question.h"

#include <stdio.h>
#include <string.h>

const char *column_kind_name(ColumnKind kind)
{
    static const char *const NAMES[] = {
        [HOLDS_TEXT] = "text",     [HOLDS_MONTH] = "month", [HOLDS_DAY] = "day",
        [HOLDS_NUMBER] = "number", [HOLDS_COUNT] = "count", [HOLDS_CENTS] = "cents",
        [HOLDS_SHARE] = "share",   [HOLDS_MARK] = "mark",   [HOLDS_YES] = "yes",
    };
    return NAMES[kind];
}

/* ---- a page that grows ---- */

typedef struct Paper {
    FILE *file;
    char *text;
    size_t size;
} Paper;

static void paper_open(Paper *paper)
{
    paper->file = open_memstream(&paper->text, &paper->size);
    if (!paper->file)
        abort();
}

static Bytes paper_close(Paper *paper, Arena *arena)
{
    fclose(paper->file);
    uint8_t *data = arena_take(arena, paper->size + 1);
    memcpy(data, paper->text, paper->size);
    free(paper->text);
    return (Bytes){data, paper->size};
}

static void put(const Paper *paper, const char *text)
{
    fputs_unlocked(text, paper->file);
}

static void put_char(const Paper *paper, char letter)
{
    putc_unlocked(letter, paper->file);
}

static void put_int(const Paper *paper, int64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        digits[--at] = '-';
    fwrite_unlocked(digits + at, 1, sizeof digits - at, paper->file);
}

static void put_decimals(const Paper *paper, int64_t number, int64_t of_one, int places)
{
    fprintf(paper->file, "%s%lld.%0*lld", number < 0 ? "-" : "", (long long)(llabs(number) / of_one), places,
            (long long)(llabs(number) % of_one));
}

static void put_day(const Paper *paper, Day day, size_t letters)
{
    char text[DAY_TEXT_SIZE];
    day_write(day, text);
    fwrite_unlocked(text, 1, letters, paper->file);
}

enum { MONTH_LETTERS = 7, DAY_LETTERS = 10 };

/* What needs no quotes in either form. */
static void put_plain(const Paper *paper, ColumnKind kind, int64_t number)
{
    switch (kind) {
    case HOLDS_SHARE:
        put_decimals(paper, number, 10000, 4);
        break;
    case HOLDS_MARK:
        put_decimals(paper, number, 10, 1);
        break;
    case HOLDS_YES:
        put(paper, number ? "true" : "false");
        break;
    case HOLDS_MONTH:
        put_day(paper, (Day){(int32_t)number}, MONTH_LETTERS);
        break;
    case HOLDS_DAY:
        put_day(paper, (Day){(int32_t)number}, DAY_LETTERS);
        break;
    case HOLDS_TEXT:
    case HOLDS_NUMBER:
    case HOLDS_COUNT:
    case HOLDS_CENTS:
        put_int(paper, number);
        break;
    }
}

/* ---- JSON ---- */

static void put_json_text(const Paper *paper, const char *text)
{
    put_char(paper, '"');
    for (const char *at = text; *at; at++) {
        unsigned char letter = (unsigned char)*at;
        if (letter == '"' || letter == '\\')
            put_char(paper, '\\');
        if (letter < 0x20)
            fprintf(paper->file, "\\u%04x", letter);
        else
            put_char(paper, (char)letter);
    }
    put_char(paper, '"');
}

static void put_json_or_null(const Paper *paper, const char *text)
{
    if (text && *text)
        put_json_text(paper, text);
    else
        put(paper, "null");
}

static void put_json_value(const Paper *paper, ColumnKind kind, const Value *value)
{
    bool quoted = kind == HOLDS_MONTH || kind == HOLDS_DAY;
    if (value->state != VALUE_TOLD) {
        put(paper, "null");
    } else if (kind == HOLDS_TEXT) {
        put_json_text(paper, value->text);
    } else {
        put(paper, quoted ? "\"" : "");
        put_plain(paper, kind, value->number);
        put(paper, quoted ? "\"" : "");
    }
}

static void put_hidden(const Paper *paper, const TableCard *card, const Value *row)
{
    bool any = false;
    for (size_t i = 0; i < card->column_count; i++) {
        if (row[i].state != VALUE_HIDDEN)
            continue;
        put(paper, any ? "," : ",\"hidden\":[");
        put_json_text(paper, card->columns[i].name);
        any = true;
    }
    put(paper, any ? "]" : "");
}

static void put_json_row(const Paper *paper, const TableCard *card, const Value *row)
{
    for (size_t i = 0; i < card->column_count; i++) {
        put(paper, i > 0 ? "," : "{");
        put_json_text(paper, card->columns[i].name);
        put_char(paper, ':');
        put_json_value(paper, card->columns[i].kind, &row[i]);
    }
    put_hidden(paper, card, row);
    put_char(paper, '}');
}

static void put_question(const Paper *paper, const Question *question)
{
    put(paper, "\"question\":{\"municipality\":");
    put_json_or_null(paper, question->municipality);
    put(paper, ",\"provider\":");
    put_json_or_null(paper, question->provider);
    put(paper, ",\"profile\":");
    put_json_or_null(paper, question->profile);
    put(paper, ",\"intensity\":");
    put_json_or_null(paper, question->intensity);
    put(paper, ",\"year\":");
    put_int(paper, question->year);
    put(paper, ",\"known_on\":\"");
    put_day(paper, question->known_on, DAY_LETTERS);
    put(paper, "\"}");
}

Bytes write_json(Arena *arena, const Question *question, const Table *table)
{
    Paper paper;
    paper_open(&paper);
    put(&paper, "{\"table\":");
    put_json_text(&paper, table->card->name);
    put_char(&paper, ',');
    put_question(&paper, question);
    put(&paper, question->exact ? ",\"exact\":true,\"rows\":[" : ",\"exact\":false,\"rows\":[");
    for (size_t row = 0; row < table->row_count; row++) {
        put(&paper, row > 0 ? ",\n" : "\n");
        put_json_row(&paper, table->card, table_row(table, row));
    }
    put(&paper, "]}\n");
    return paper_close(&paper, arena);
}

/* ---- CSV ---- */

static void put_csv_text(const Paper *paper, const char *text)
{
    if (!text[strcspn(text, ",\"\r\n")]) {
        put(paper, text);
        return;
    }
    put_char(paper, '"');
    for (const char *at = text; *at; at++) {
        if (*at == '"')
            put_char(paper, '"');
        put_char(paper, *at);
    }
    put_char(paper, '"');
}

static void put_csv_value(const Paper *paper, ColumnKind kind, const Value *value)
{
    if (value->state == VALUE_HIDDEN)
        put_char(paper, '.');
    else if (value->state == VALUE_TOLD && kind == HOLDS_TEXT)
        put_csv_text(paper, value->text);
    else if (value->state == VALUE_TOLD)
        put_plain(paper, kind, value->number);
}

Bytes write_csv(Arena *arena, const Table *table)
{
    Paper paper;
    const TableCard *card = table->card;
    paper_open(&paper);
    for (size_t i = 0; i < card->column_count; i++) {
        put(&paper, i > 0 ? "," : "");
        put(&paper, card->columns[i].name);
    }
    put(&paper, "\r\n");
    for (size_t row = 0; row < table->row_count; row++) {
        const Value *values = table_row(table, row);
        for (size_t i = 0; i < card->column_count; i++) {
            put(&paper, i > 0 ? "," : "");
            put_csv_value(&paper, card->columns[i].kind, &values[i]);
        }
        put(&paper, "\r\n");
    }
    return paper_close(&paper, arena);
}

/* ---- what there is ---- */

static Bytes finish(Arena *arena, json_t *json)
{
    char *text = json_finish(arena, json);
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

static json_t *filters_of(const TableCard *card)
{
    json_t *filters = json_array();
    for (size_t i = 0; i < question_parameter_count; i++)
        if (question_parameters[i].filter & card->filters)
            json_array_append_new(filters, json_string(question_parameters[i].name));
    return filters;
}

static json_t *card_as_json(const TableCard *card)
{
    json_t *columns = json_array();
    for (size_t i = 0; i < card->column_count; i++)
        json_array_append_new(columns, json_pack("{s:s, s:s, s:s, s:s}", "name", card->columns[i].name, "kind",
                                                 column_kind_name(card->columns[i].kind), "dutch",
                                                 card->columns[i].dutch, "english", card->columns[i].english));
    return json_pack("{s:s, s:s, s:s, s:b, s:o, s:o}", "name", card->name, "dutch", card->dutch, "english",
                     card->english, "wide", card->wide, "filters", filters_of(card), "columns", columns);
}

Bytes write_list(Arena *arena, bool exact_too)
{
    json_t *list = json_array();
    for (size_t i = 0; i < table_entry_count; i++)
        if (exact_too || table_entries[i].card->wide)
            json_array_append_new(list, card_as_json(table_entries[i].card));
    return finish(arena, list);
}

static json_t *named_as_json(Arena *arena, const RegionSaid *said, NamedKind kind)
{
    size_t count;
    const Named *list = books_named(arena, said->books, kind, said->newest, &count);
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, json_pack("{s:s, s:s}", "code", list[i].code, "name", list[i].name));
    return array;
}

static json_t *books_as_json(const RegionSaid *said)
{
    json_t *list = json_array();
    for (size_t i = 0; i < said->books->count; i++) {
        const KnownBook *known = &said->books->known[i];
        json_t *book = json_object();
        json_put_int(book, "number", book_number(known->book));
        json_put_text(book, "slug", book_slug(known->book));
        json_put_day(book, "known_day", known->known);
        json_put_text(book, "decision", book_decision(known->book).name);
        json_array_append_new(list, book);
    }
    return list;
}

static bool sees_all(const RegionSaid *said)
{
    return strchr(said->sees, '*') != NULL;
}

static bool sees_some(const RegionSaid *said)
{
    return sees_all(said) || said->sees[strspn(said->sees, "0123456789,")] == '\0';
}

static json_t *reader_as_json(Arena *arena, const RegionSaid *said)
{
    if (sees_all(said))
        return json_pack("{s:s, s:s}", "name", said->reader, "exact", "*");
    json_t *exact = json_array();
    char *rest = sees_some(said) ? arena_text(arena, said->sees) : NULL;
    for (const char *code; (code = strsep(&rest, ","));)
        if (*code)
            json_array_append_new(exact, json_string(code));
    return json_pack("{s:s, s:o}", "name", said->reader, "exact", exact);
}

static json_t *years_as_json(const RegionSaid *said)
{
    json_t *years = json_array();
    for (int32_t year = said->year_first; year > 0 && year <= said->year_last; year++)
        json_array_append_new(years, json_integer(year));
    return years;
}

Bytes write_region(Arena *arena, const RegionSaid *said)
{
    const Region *region = books_region(said->books, said->newest, said->newest);
    json_t *json = json_object();
    json_put_text(json, "name", region ? region->name : "");
    json_object_set_new(json, "newest_day", json_null());
    if (day_compare(said->newest, DAY_FIRST) > 0)
        json_put_day(json, "newest_day", said->newest);
    json_object_set_new(json, "years", years_as_json(said));
    json_object_set_new(json, "reader", reader_as_json(arena, said));
    json_object_set_new(json, "municipalities", named_as_json(arena, said, NAMED_MUNICIPALITIES));
    json_object_set_new(json, "providers",
                        sees_some(said) ? named_as_json(arena, said, NAMED_PROVIDERS) : json_array());
    json_object_set_new(json, "segments", named_as_json(arena, said, NAMED_SEGMENTS));
    json_object_set_new(json, "profiles", named_as_json(arena, said, NAMED_PROFILES));
    json_object_set_new(json, "intensities", named_as_json(arena, said, NAMED_INTENSITIES));
    json_object_set_new(json, "books", books_as_json(said));
    json_object_set_new(json, "synthetic", json_boolean(books_any_synthetic(said->books, said->newest)));
    return finish(arena, json);
}
