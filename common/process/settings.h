/*
 * Settings: what the environment says, read and checked once at start.
 *
 * Every fault is collected, so that an operator sees all of them at once.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct Settings Settings;

Settings *settings_new(void);
void settings_free(Settings *settings);

/* The value of a variable, or `otherwise`; a NULL `otherwise` makes it required. Never NULL: "" stands for a missing one. */
const char *settings_text(Settings *settings, const char *name, const char *otherwise);

/* A whole number from least to most. */
int64_t settings_number(Settings *settings, const char *name, int64_t otherwise, int64_t least, int64_t most);

/* True when all was well; otherwise every fault is one log line. */
bool settings_checked(const Settings *settings);
