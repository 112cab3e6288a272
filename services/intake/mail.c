#include "intake/mail.h"

#include "db/copy.h"
#include "intake/house.h"
#include "intake/record.h"
#include "intake/sql.h"

#include <string.h>

const char *mail_address_of_sender(Arena *arena, const char *owner)
{
    return arena_format(arena, "@%s", owner);
}

/* A mailbox that letters of this round go to. */
typedef struct Mailbox {
    const char *address;
    int64_t count;
    int64_t position; /* of the next letter */
} Mailbox;

static Mailbox *find_mailbox(const Index *mailboxes, const char *address)
{
    return index_find(mailboxes, (Bytes){(const uint8_t *)address, strlen(address)});
}

static Index *count_letters(Arena *arena, const Letter *letters, size_t count)
{
    Index *mailboxes = index_new(arena);
    for (size_t i = 0; i < count; i++) {
        Mailbox *mailbox = find_mailbox(mailboxes, letters[i].address);
        if (!mailbox) {
            mailbox = ARENA_NEW(arena, Mailbox);
            mailbox->address = letters[i].address;
            index_add(mailboxes, (Bytes){(const uint8_t *)mailbox->address, strlen(mailbox->address)}, mailbox);
        }
        mailbox->count++;
    }
    return mailboxes;
}

static Status reserve(Turn *turn, const Index *mailboxes)
{
    Params *params = params_new(turn->arena);
    Column *addresses = params_column(params, COLUMN_TEXT);
    Column *counts = params_column(params, COLUMN_INT8);
    for (size_t i = 0; i < index_count(mailboxes); i++) {
        const Mailbox *mailbox = index_thing(mailboxes, i);
        column_text(addresses, mailbox->address);
        column_int(counts, mailbox->count);
    }
    Rows *rows;
    TRY(database_ask(turn->database, INTAKE_RESERVE_LETTERS, params, &rows));

    int address = rows_column(rows, "address");
    int head = rows_column(rows, "head");
    for (size_t row = 0; row < rows_count(rows); row++) {
        Mailbox *mailbox = find_mailbox(mailboxes, rows_text(rows, row, address));
        mailbox->position = rows_int(rows, row, head) - mailbox->count + 1;
    }
    return STATUS_OK;
}

Status mail_post(Turn *turn, const Letter *letters, size_t count)
{
    if (count == 0)
        return STATUS_OK;
    Index *mailboxes = count_letters(turn->arena, letters, count);
    TRY(reserve(turn, mailboxes));

    Copy *copy;
    TRY(copy_open(turn->database, turn->arena, "letter(address, position, content)", &copy));
    for (size_t i = 0; i < count; i++) {
        copy_row(copy, 3);
        copy_text(copy, letters[i].address);
        copy_int8(copy, find_mailbox(mailboxes, letters[i].address)->position++);
        copy_bytes(copy, letters[i].content);
    }
    TRY(copy_close(copy));
    House *house = turn->house;
    house->metrics[HOUSE_LETTERS].value += (int64_t)count;
    return database_run(turn->database, "notify", "NOTIFY letter");
}

Status mail_heads(Turn *turn, const char *const *addresses, size_t count, int64_t *heads)
{
    Params *params = params_new(turn->arena);
    Column *column = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < count; i++)
        column_text(column, addresses[i]);
    Rows *rows;
    TRY(database_ask(turn->database, INTAKE_LOAD_MAILBOXES, params, &rows));

    int address = rows_column(rows, "address");
    int head = rows_column(rows, "head");
    Index *found = index_new(turn->arena);
    for (size_t row = 0; row < rows_count(rows); row++) {
        int64_t *position = arena_take(turn->arena, sizeof *position);
        const char *name = rows_text(rows, row, address);
        *position = rows_int(rows, row, head);
        index_add(found, (Bytes){(const uint8_t *)name, strlen(name)}, position);
    }
    for (size_t i = 0; i < count; i++) {
        const int64_t *position = index_find(found, (Bytes){(const uint8_t *)addresses[i], strlen(addresses[i])});
        heads[i] = position ? *position : 0;
    }
    return STATUS_OK;
}

Status mail_read(Turn *turn, const char *address, int64_t after, int32_t count, MailPage *page_out)
{
    MailPage page = {0};
    TRY(mail_heads(turn, &address, 1, &page.head));

    Params *params = params_new(turn->arena);
    params_text(params, address);
    params_int8(params, after);
    params_int4(params, count > 0 && count < MAIL_LETTERS_MAX ? count : MAIL_LETTERS_MAX);
    Rows *rows;
    TRY(database_ask(turn->database, INTAKE_READ_LETTERS, params, &rows));

    int position = rows_column(rows, "position");
    int content = rows_column(rows, "content");
    Letter *letters = ARENA_MANY(turn->arena, Letter, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++)
        letters[row] = (Letter){address, rows_int(rows, row, position), rows_bytes(rows, row, content)};
    page.letters = letters;
    page.count = rows_count(rows);
    *page_out = page;
    return STATUS_OK;
}

Status mail_open_persons(Turn *turn, const char *owner, const MailPage *page, const char *const *references,
                         size_t count, Index *persons)
{
    House *house = turn->house;
    house->metrics[HOUSE_READINGS].value++;
    if (count == 0)
        return STATUS_OK;
    Params *params = params_new(turn->arena);
    Column *column = params_column(params, COLUMN_TEXT);
    for (size_t i = 0; i < count; i++)
        column_text(column, references[i]);
    Rows *rows;
    TRY(database_ask(turn->database, INTAKE_OPEN_PERSONS, params, &rows));

    int reference = rows_column(rows, "reference");
    int sealed_for = rows_column(rows, "sealed_for");
    int sealed = rows_column(rows, "sealed");
    Opening *openings = ARENA_MANY(turn->arena, Opening, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++) {
        openings[row] = (Opening){
            .owner = owner,
            .why = RECORD_READ_IN_LETTERS,
            .where = page->letters[0].address,
            .words = "",
            .first_position = page->letters[0].position,
            .last_position = page->letters[page->count - 1].position,
            .reference = rows_text(rows, row, sealed_for),
            .sealed = rows_bytes(rows, row, sealed),
        };
        const char *name = rows_text(rows, row, reference);
        index_add(persons, (Bytes){(const uint8_t *)name, strlen(name)}, &openings[row].record);
    }
    return record_open(turn, openings, rows_count(rows));
}
