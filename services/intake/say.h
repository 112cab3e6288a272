/*
 * Say: what was decided at the door, to the next house and to the sender's mailbox.
 */
#pragma once

#include "intake/core/docket.h"
#include "intake/mail.h"
#include "service/turn.h"

/* Every fact that was admitted goes on; every refusal is a letter. */
Status intake_say(Turn *turn, const Docket *docket, const Admission *admissions, int64_t now_us);
