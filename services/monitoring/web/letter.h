/*
 * Letter: brings together the tables that the letter to a council tells of, as a wide audience sees them.
 */
#pragma once

#include "monitoring/web/tables.h"

/* The question names the municipality, and is not exact, whoever asks. */
Status letter_write(const Desk *desk, Bytes *letter_out);
