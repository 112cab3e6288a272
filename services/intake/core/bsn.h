/*
 * Bsn: the citizen number, known by its form.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { BSN_DIGITS = 9 };

/* Nine digits, not all zero, with 9a+8b+7c+6d+5e+4f+3g+2h−1i divisible by 11. */
bool bsn_passes(const char *text);

/* Somewhere in the text stands a run of exactly nine digits that passes. */
bool text_hides_bsn(const char *text, size_t size);
