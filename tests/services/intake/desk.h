/*
 * Desk: the front door in a test, with a real database and without a socket.
 */
#pragma once

#include "intake/turn.h"
#include "proto/intake.pb-c.h"

/* Keys of senders, as connections show them; synthetic all of them. */
#define KEY_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"       /* operator-a, for all municipalities */
#define KEY_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"       /* operator-b, for all municipalities */
#define KEY_DELFT "dddddddddddddddddddddddddddddddddddddddd"   /* operator-delft, for 0503 */
#define KEY_ONE "1111111111111111111111111111111111111111"     /* one, for 90000001 */
#define KEY_GATEWAY "2222222222222222222222222222222222222222" /* gateway, for 90000001 and 90000002 */

typedef struct Desk {
    Arena *arena;
    char *connection;
    Database *database;
    House house;
    Bytes *receipts; /* of the last batch */
} Desk;

/* A door on 2020-01-01, with the keys above given. */
Desk *desk_new(void);
void desk_free(Desk *desk);

/* A second door on the same database: another replica. */
Desk *desk_beside(const Desk *desk);

/* Says lines under one key in one batch; fails the test when the batch fails or is cut. */
void desk_say_all(Desk *desk, const char *key, const char *const *lines, size_t count);

/* Says one line; gives its code, such as ADMITTED. */
const char *desk_say(Desk *desk, const char *key, const char *line);

/* Sends one national message; gives its code. */
const char *desk_send(Desk *desk, const char *key, Bytes file);

/* Of the first receipt of the last batch. */
const char *desk_message_id(const Desk *desk);
const char *desk_sentence(const Desk *desk);

/* The code of receipt `number` of the last batch, and whether it was heard before. */
const char *desk_code(const Desk *desk, size_t number);
bool desk_heard_before(const Desk *desk, size_t number);

/* All letters of a mailbox as lines, each with a line end; `refusal` when it may not be read. */
const char *desk_read(Desk *desk, const char *key, const char *municipality, const char *provider, int64_t after);

int64_t desk_number(const Desk *desk, const char *question);

/* The first value of the first row, as text. */
char *desk_text(const Desk *desk, const char *question);

/* The fact that was said on under this id. */
const Intake__Fact *desk_fact(const Desk *desk, const char *id);
