/*
 * Sqlstate: what the loop must do after PostgreSQL said no.
 */
#pragma once

#include "base/status.h"

/* `sqlstate`: five characters, or NULL or "" when the connection broke. */
Status sqlstate_status(const char *sqlstate);
