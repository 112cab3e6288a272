/*
 * Load cases: what is known of care that goes from one conversation to another, and of clients who
 * turned out to be another, or died.
 */
#pragma once

#include "intake/core/docket.h"
#include "intake/core/news.h"
#include "service/turn.h"

/*
 * Nobody learns, and no answer is taken in, of who is whom until this transaction ends. Taken
 * before the heads of any partition.
 */
Status intake_hold_fates(Turn *turn);

/* The allocations of the docket that are to go somewhere else. */
Status intake_load_care(Turn *turn, Docket *docket);

/* What stands alone in its batch: the client's conversations, or the case that is closed. */
Status intake_load_alone(Turn *turn, Docket *docket);

/* What is known of the clients and cases that answers are about; the cases are held. */
Status intake_load_news(Turn *turn, CaseNews *news);
