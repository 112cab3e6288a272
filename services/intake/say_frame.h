/*
 * Say frames: what a sender hears at the door (proto/door.proto).
 */
#pragma once

#include "intake/core/index.h"
#include "intake/core/intake.h"
#include "intake/mail.h"

/* Whether message `number` of a session was admitted. */
Bytes intake_say_receipt(Arena *arena, uint64_t number, const Admission *admission);

/* Asks for messages again, from `number` on. */
Bytes intake_say_resend(Arena *arena, uint64_t number);

/* Numbers that cannot be. */
Bytes intake_say_no_session(Arena *arena, uint64_t number);

/* The references of the clients that letters name, each once. */
const char *const *intake_clients_of(Arena *arena, const MailPage *page, size_t *count_out);

/* Letters as lines of the feed, with the persons (PersonRecord by reference) put back in. */
Bytes intake_say_mail(Arena *arena, uint64_t number, const MailPage *page, const Index *persons);
Bytes intake_say_no_mail(Arena *arena, uint64_t number, const char *why);
