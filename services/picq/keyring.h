/*
 * Keyring: what `picq keys make` and `picq keys show` have in common: paths in, public parts out.
 */
#pragma once

#include "bus/key.h"
#include "picq/command.h"

/* Reads the command line, asks `public_of` for the public part at each path (text_out has room for
 * KEY_TEXT_LENGTH + 1), and prints them. */
ExitStatus keyring_run(int argc, char **argv, const char *doc, Status (*public_of)(const char *path, char *text_out));
