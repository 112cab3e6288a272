/*
 * knock: somebody at the door with the manners of no sender, for the journeys.
 *
 *     knock ENDPOINT DOOR-KEY KEY
 *
 * Takes orders from standard input, one at a time, and tells in one line what came of each:
 *
 *     line TEXT          a line of the feed
 *     post TEXT          the same, without listening to the answer
 *     long COUNT         a line of that many bytes
 *     frame COUNT        a frame of that many zeros, which is no request
 *     flood COUNT SIZE   that many lines of that size, each another, without listening to the answers
 *
 *     ADMITTED|REFUSED <tab> again, when it was heard before <tab> code <tab> sentence
 *     SENT, CLOSED when nothing could be sent, or SILENCE when no answer came
 */
#include "bus/client.h"
#include "picq/door/hear.h"
#include "picq/door/say.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME_BYTES_MAX = 9 << 20, SEND_MS = 5000, ANSWER_MS = 60000 };

static const uint8_t SESSION[SESSION_SIZE] = "knock knock";

typedef struct Caller {
    Arena *arena; /* of one order */
    Client *client;
    uint64_t number; /* of the last line that was sent */
} Caller;

static const char *send_frame(Caller *caller, Bytes frame)
{
    return client_send(caller->client, frame) == STATUS_OK ? "SENT" : "CLOSED";
}

static const char *send_line(Caller *caller, Bytes line)
{
    uint64_t number = caller->number + 1;
    const char *sent = send_frame(caller, say_line(caller->arena, SESSION, number, number, line));
    if (strcmp(sent, "SENT") == 0)
        caller->number = number;
    return sent;
}

static bool take_receipt(Caller *caller, Receipt *receipt_out)
{
    Bytes said;
    bool received = true;
    while (client_receive(caller->client, ANSWER_MS, caller->arena, &said, &received) == STATUS_OK && received) {
        Reply reply = hear_reply(caller->arena, said);
        if (reply.kind == REPLY_RECEIPT && reply.receipt.number == caller->number) {
            *receipt_out = reply.receipt;
            return true;
        }
    }
    return false;
}

static void say_a_line(Caller *caller, Bytes line)
{
    Receipt receipt;
    const char *sent = send_line(caller, line);
    if (strcmp(sent, "SENT") != 0)
        puts(sent);
    else if (!take_receipt(caller, &receipt))
        puts("SILENCE");
    else
        printf("%s\t%s\t%s\t%s\n", receipt.admitted ? "ADMITTED" : "REFUSED", receipt.heard_before ? "again" : "",
               receipt.code, receipt.sentence);
}

static Bytes filled(Caller *caller, size_t size, char with)
{
    uint8_t *bytes = arena_take(caller->arena, size);
    memset(bytes, with, size);
    return (Bytes){bytes, size};
}

static void flood(Caller *caller, uint64_t count, size_t size)
{
    const char *sent = "SENT";
    for (uint64_t i = 0; i < count && strcmp(sent, "SENT") == 0; i++) {
        arena_reset(caller->arena);
        Bytes padding = filled(caller, size, ' ');
        const char *line = arena_format(caller->arena, "{\"id\":\"flood-%" PRIu64 "\",%.*s", i, (int)padding.size,
                                        (const char *)padding.data);
        sent = send_line(caller, (Bytes){(const uint8_t *)line, strlen(line)});
    }
    puts(sent);
}

static void follow(Caller *caller, char *order)
{
    char *rest = order + strcspn(order, " ");
    if (*rest)
        *rest++ = '\0';
    char *second;
    size_t count = strtoull(rest, &second, 10);
    if (strcmp(order, "line") == 0)
        say_a_line(caller, (Bytes){(const uint8_t *)rest, strlen(rest)});
    else if (strcmp(order, "post") == 0)
        puts(send_line(caller, (Bytes){(const uint8_t *)rest, strlen(rest)}));
    else if (strcmp(order, "long") == 0)
        say_a_line(caller, filled(caller, count, 'x'));
    else if (strcmp(order, "frame") == 0)
        puts(send_frame(caller, filled(caller, count, '\0')));
    else if (strcmp(order, "flood") == 0)
        flood(caller, count, strtoull(second, NULL, 10));
    else
        puts("WHAT?");
    fflush(stdout);
    arena_reset(caller->arena);
}

static Status open_caller(char **argv, Caller *caller_out)
{
    char door_key[KEY_TEXT_LENGTH + 1];
    TRY(key_load_public(argv[2], door_key));
    [[gnu::cleanup(key_freep)]] Key *key = NULL;
    TRY(key_load(argv[3], &key));
    const ClientSettings settings = {
        .endpoint = argv[1],
        .server_public_key = door_key,
        .key = key,
        .frame_bytes_max = FRAME_BYTES_MAX,
        .send_timeout_ms = SEND_MS,
    };
    TRY(client_open(&settings, &caller_out->client));
    caller_out->arena = arena_new();
    return STATUS_OK;
}

int main(int argc, char **argv)
{
    Caller caller = {0};
    if (argc != 4 || open_caller(argv, &caller) != STATUS_OK) {
        fprintf(stderr, "knock ENDPOINT DOOR-KEY KEY: %s\n", fault_words());
        return EXIT_FAILURE;
    }

    char *order = NULL;
    size_t room = 0;
    for (ssize_t size; (size = getline(&order, &room, stdin)) > 0;) {
        order[size - (order[size - 1] == '\n')] = '\0';
        follow(&caller, order);
    }
    free(order);
    client_free(caller.client);
    arena_free(caller.arena);
    return EXIT_SUCCESS;
}
