/*
 * Key: a CURVE key pair, by which a program of the street is known.
 *
 * On disk it is a pair of CZMQ certificates: PATH with the public part, for others, and
 * PATH_secret with both. The public part travels as text of 40 characters (Z85).
 */
#pragma once

#include <stdbool.h>

#include "base/status.h"

enum { KEY_TEXT_LENGTH = 40 };

typedef struct Key Key;

Status key_make(Key **key_out);
void key_free(Key *key);
void key_freep(Key **key);

/* Refuses a secret that others may read, or that is not the secret of its public part. A group may read it: a
 * container's secrets are given to a group. */
Status key_load(const char *path, Key **key_out);

/* Writes both certificates, the secret one for its owner only. A key that is there already is never overwritten. */
Status key_save(const Key *key, const char *path);

/* The public part of a pair whose secret somebody else holds; text_out has room for KEY_TEXT_LENGTH + 1. */
Status key_load_public(const char *path, char *text_out);

const char *key_public(const Key *key);

/* Whether the text can be a public key at all. */
bool key_is_public(const char *text);
