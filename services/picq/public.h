/*
 * Public: a key as people name it on a command line.
 */
#pragma once

#include "bus/key.h"

/* The path of a certificate with a public part, or the forty characters; text_out has room for KEY_TEXT_LENGTH + 1. */
Status public_part(const char *said, char *text_out);
