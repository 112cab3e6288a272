#include "intake/say_frame.h"

#include "intake/feed/feed.h"
#include "intake/vault.h"
#include "proto/door.pb-c.h"
#include "proto/letter.pb-c.h"

#include <string.h>

static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

static Bytes pack_receipt(Arena *arena, Door__Receipt *receipt)
{
    Door__FromDoor frame = DOOR__FROM_DOOR__INIT;
    frame.what_case = DOOR__FROM_DOOR__WHAT_RECEIPT;
    frame.receipt = receipt;
    return message_pack(arena, &frame.base);
}

static Bytes pack_mailbox(Arena *arena, Door__Mailbox *mailbox)
{
    Door__FromDoor frame = DOOR__FROM_DOOR__INIT;
    frame.what_case = DOOR__FROM_DOOR__WHAT_MAILBOX;
    frame.mailbox = mailbox;
    return message_pack(arena, &frame.base);
}

/* receipts */

Bytes intake_say_receipt(Arena *arena, uint64_t number, const Admission *admission)
{
    const Submission *said = admission->said;
    Door__Receipt receipt = DOOR__RECEIPT__INIT;
    receipt.number = number;
    receipt.state =
        is_admitted(admission) ? DOOR__RECEIPT__STATE__VALUE__ADMITTED : DOOR__RECEIPT__STATE__VALUE__REFUSED;
    receipt.message_id = text(said->sent && *said->sent->id != '#' ? said->sent->id : "");
    receipt.code = text(intake_reason_name(admission->refusal.reason));
    receipt.heard_before = admission->heard_before;
    if (admission->heard_before)
        receipt.sentence = text(admission->before->sentence);
    else if (!is_admitted(admission))
        receipt.sentence = text(refusal_sentence(arena, &admission->refusal));
    return pack_receipt(arena, &receipt);
}

Bytes intake_say_resend(Arena *arena, uint64_t number)
{
    Door__Receipt receipt = DOOR__RECEIPT__INIT;
    receipt.number = number;
    receipt.state = DOOR__RECEIPT__STATE__VALUE__RESEND;
    return pack_receipt(arena, &receipt);
}

Bytes intake_say_no_session(Arena *arena, uint64_t number)
{
    Door__Receipt receipt = DOOR__RECEIPT__INIT;
    receipt.number = number;
    receipt.state = DOOR__RECEIPT__STATE__VALUE__REFUSED;
    receipt.code = text("SESSION_WRONG");
    receipt.sentence = text("de nummering van deze sessie klopt niet; begin een nieuwe sessie bij nummer 1.");
    return pack_receipt(arena, &receipt);
}

/* letters */

/* Calls `visit` for every text that names a client, in the message and all below it. */
static void visit_clients(ProtobufCMessage *message, void (*visit)(void *context, char **client), void *context)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        char *at = (char *)message;
        void *value = at + field->offset;
        bool is_absent = field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF &&
                         *(uint32_t *)(void *)(at + field->quantifier_offset) != field->id;
        if (is_absent)
            continue;
        if (field->type == PROTOBUF_C_TYPE_STRING && field->label != PROTOBUF_C_LABEL_REPEATED &&
            strcmp(field->name, "client") == 0)
            visit(context, value);
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        bool is_list = field->label == PROTOBUF_C_LABEL_REPEATED;
        size_t count = is_list ? *(size_t *)(void *)(at + field->quantifier_offset) : 1;
        ProtobufCMessage **messages = is_list ? *(ProtobufCMessage ***)value : (ProtobufCMessage **)value;
        for (size_t j = 0; j < count; j++)
            if (messages[j])
                visit_clients(messages[j], visit, context);
    }
}

static Bytes name_of(const char *reference)
{
    return (Bytes){(const uint8_t *)reference, strlen(reference)};
}

static void note_client(void *context, char **client)
{
    Index *clients = context;
    if (**client && !index_find(clients, name_of(*client)))
        index_add(clients, name_of(*client), *client);
}

const char *const *intake_clients_of(Arena *arena, const MailPage *page, size_t *count_out)
{
    Index *clients = index_new(arena);
    for (size_t i = 0; i < page->count; i++) {
        Letter__Message *letter = message_unpack(arena, &letter__message__descriptor, page->letters[i].content);
        if (letter)
            visit_clients(&letter->base, note_client, clients);
    }
    const char **references = ARENA_MANY(arena, const char *, index_count(clients));
    for (size_t i = 0; i < index_count(clients); i++)
        references[i] = index_thing(clients, i);
    *count_out = index_count(clients);
    return references;
}

static void put_person_in(void *context, char **client)
{
    const PersonRecord *person = index_find(context, name_of(*client));
    if (person)
        *client = text(person->bsn);
}

static Bytes line_of(Arena *arena, Bytes content, const Index *persons)
{
    Letter__Message *letter = message_unpack(arena, &letter__message__descriptor, content);
    if (!letter)
        return (Bytes){(const uint8_t *)"{}", 2};
    visit_clients(&letter->base, put_person_in, (void *)(uintptr_t)persons);
    return feed_write(arena, &letter->base);
}

Bytes intake_say_mail(Arena *arena, uint64_t number, const MailPage *page, const Index *persons)
{
    Door__Mailbox mailbox = DOOR__MAILBOX__INIT;
    mailbox.number = number;
    mailbox.head = page->head;
    mailbox.n_letters = page->count;
    mailbox.letters = ARENA_MANY(arena, Door__Mailbox__Letter *, page->count);
    for (size_t i = 0; i < page->count; i++) {
        Door__Mailbox__Letter *letter = ARENA_NEW(arena, Door__Mailbox__Letter);
        door__mailbox__letter__init(letter);
        letter->position = page->letters[i].position;
        Bytes line = line_of(arena, page->letters[i].content, persons);
        letter->message = (ProtobufCBinaryData){line.size, (uint8_t *)(uintptr_t)line.data};
        mailbox.letters[i] = letter;
    }
    return pack_mailbox(arena, &mailbox);
}

Bytes intake_say_no_mail(Arena *arena, uint64_t number, const char *why)
{
    Door__Mailbox mailbox = DOOR__MAILBOX__INIT;
    mailbox.number = number;
    mailbox.refusal = text(why);
    return pack_mailbox(arena, &mailbox);
}
