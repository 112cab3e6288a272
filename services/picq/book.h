/*
 * Book commands: picq book check, diff and list.
 */
#pragma once

#include "picq/command.h"

extern const Commands picq_book;

ExitStatus picq_book_check(int argc, char **argv);
ExitStatus picq_book_diff(int argc, char **argv);
ExitStatus picq_book_list(int argc, char **argv);
